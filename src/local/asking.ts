/**
 * What a client asks the bot and waits for: buttons, dialogs, and the commands of the message extension, below the place to
 * write, on a message or in the command box.
 */

import type { Activities } from './activities.ts';
import type { Clock } from './clock.ts';
import type { Delivery } from './delivery.ts';
import type { Directory, Place } from './directory.ts';
import type { Extension } from './extension.ts';
import type { History } from './history.ts';
import { actionInvoke, commandInvoke, dialogInvoke } from './invokes.ts';
import { objectAt } from './json.ts';
import { Misuse } from './misuse.ts';
import type { Phones } from './phones.ts';
import { COMMAND_BOX, type CommandContext } from './places.ts';
import type {
  ActionResult,
  AskSearch,
  DialogRequest,
  DialogResult,
  LocalUser,
  MessageView,
  PressAction,
  SearchAnswer,
  SelectResult,
} from './protocol.ts';
import type { Reach } from './reach.ts';
import { saysNothing, toActionResult, toSubmitResult } from './results.ts';

/** Fields that have a natural default may be left out. */
export type Asked<T, Required extends keyof T> = Pick<T, Required> & Partial<T>;

/** In all of them the conversation may be `COMMAND_BOX`. */
export type Asking = {
  press(press: Asked<PressAction, 'as' | 'conversation' | 'message' | 'action'>): Promise<ActionResult>;
  dialog(request: Asked<DialogRequest, 'as' | 'conversation' | 'step'>): Promise<DialogResult>;
  /** Types into the search field of the message extension. */
  search(search: Asked<AskSearch, 'as' | 'conversation' | 'command'>): Promise<SearchAnswer>;
  /** Chooses a result whose preview asks the bot once more. */
  select(selection: Asked<SelectResult, 'as' | 'conversation' | 'command' | 'result'>): Promise<SearchAnswer>;
};

export function createAsking(
  parts: Reach & {
    readonly directory: Directory;
    readonly history: History;
    readonly activities: Activities;
    readonly delivery: Delivery;
    readonly extension: Extension;
    readonly clock: Clock;
    readonly phones: Phones;
  },
): Asking {
  const { directory, history, activities, delivery, extension, clock, phones } = parts;
  const { known, visible, present, occasion, filesOf } = parts;

  const whereabouts = (user: LocalUser, conversation: string): Place =>
    conversation === COMMAND_BOX ? directory.commandBox(user) : visible(user, conversation);
  const contextOf = (conversation: string, on?: MessageView): CommandContext =>
    conversation === COMMAND_BOX ? 'commandBox' : on === undefined ? 'compose' : 'message';
  const cardMessage = (place: Place, id: string): MessageView => {
    const message = present(place, id);
    // People put cards into their messages, too: those that the bot's message extension gave them.
    if (message.cards.length === 0) throw new Misuse(400, `Message ${id} is not a card of the bot.`);
    return message;
  };
  const inThread = (place: Place, root: string | undefined) =>
    root === undefined ? undefined : present(place, root);

  return {
    async press({ trigger = 'manual', ...press }) {
      const user = known(press.as);
      const place = whereabouts(user, press.conversation);
      // A card in the command box is in no message: it is the result that was given to this person.
      const inBox = press.conversation === COMMAND_BOX;
      if (inBox) extension.card(user.aadObjectId, press.message);
      const card = inBox ? undefined : cardMessage(place, press.message);
      const when = occasion(user, place, card, press.locale);
      if (press.action.type === 'Action.Execute') {
        const { name, value } = actionInvoke(press.action, trigger);
        const invoke = activities.invoke(when, name, value, card);
        const first = await delivery.deliver(invoke);
        const result = toActionResult(
          saysNothing(first) ? await delivery.deliver(invoke) : first,
          when.locale,
        );
        return result.kind === 'card' ? { ...result, ...phones.seen(result.card) } : result;
      }
      const { data } = press.action;
      const special = objectAt(data, 'msteams').type;
      if (special !== undefined) {
        throw new Misuse(
          400,
          `Action.Submit with msteams.type ${special} is not a plain submit; a task/fetch is a dialog.`,
        );
      }
      if (card === undefined) throw new Misuse(400, 'An Action.Submit is a message, and here is no chat.');
      // The submit is a message of its own, with an id of its own, that nobody sees.
      const submit = activities.submit(when, history.nextId(clock.now()), card, data);
      return toSubmitResult(await delivery.deliver(submit), when.locale);
    },

    async dialog(request) {
      const user = known(request.as);
      const place = whereabouts(user, request.conversation);
      const { command, step, data = {} } = request;
      if (command === undefined) {
        const card = request.message === undefined ? undefined : cardMessage(place, request.message);
        const when = occasion(user, place, card, request.locale);
        const { name, value } = dialogInvoke(step, data);
        // Teams names the card when a dialog is fetched, and no longer when its form is sent (botframework-sdk#6473).
        const on = step === 'fetch' ? card : undefined;
        const delivered = await delivery.deliver(activities.invoke(when, name, value, on));
        return extension.dialogResult(when, delivered, step);
      }
      const on = request.message === undefined ? undefined : present(place, request.message);
      const context = contextOf(request.conversation, on);
      extension.command(command, 'action', context);
      const payload = on && activities.payload(place, on, filesOf(on));
      const when = occasion(user, place, on ?? inThread(place, request.root), request.locale);
      const { name, value } = commandInvoke(step, command, context, payload, data);
      // A message action names its message in the payload; `replyToId` is for what a card opened.
      return extension.dialogResult(when, await delivery.deliver(activities.invoke(when, name, value)), step);
    },

    async search({ text = '', initial = false, skip = 0, ...search }) {
      const user = known(search.as);
      const place = whereabouts(user, search.conversation);
      const when = occasion(user, place, inThread(place, search.root), search.locale);
      const asked = { ...search, text, initial, skip, locale: when.locale };
      return extension.search(when, asked, contextOf(search.conversation));
    },

    async select(selection) {
      const user = known(selection.as);
      const place = whereabouts(user, selection.conversation);
      extension.command(selection.command, 'query', contextOf(selection.conversation));
      const when = occasion(user, place, inThread(place, selection.root), selection.locale);
      return extension.select(when, selection.result);
    },
  };
}
