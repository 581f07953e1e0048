/**
 * The message extension of the bot: what is searched for, what was found, and what of it goes into a message. What a bot
 * answered stays here, so that a page can put nothing else into a message than what the bot gave to this person.
 */

import { randomUUID } from 'node:crypto';
import type { Activities, Occasion } from './activities.ts';
import type { Delivered, Delivery } from './delivery.ts';
import { RESULTS_ASKED, searchInvoke, selectInvoke } from './invokes.ts';
import type { Json } from './json.ts';
import { Misuse } from './misuse.ts';
import type { Phones } from './phones.ts';
import type { CommandContext } from './places.ts';
import type {
  AskSearch,
  BotCommand,
  DialogRequest,
  DialogResult,
  SearchAnswer,
  SearchResult,
} from './protocol.ts';
import { type Found, toDialogResult, toSearchAnswer } from './results.ts';

/** Results that can still be put into a message. */
const KEPT = 1_000;

export type Extension = {
  /** @returns the command, if the bot has it there; throws `Misuse` where it has not */
  command(id: string, type: BotCommand['type'], context: CommandContext): BotCommand;
  search(occasion: Occasion, asked: AskSearch, context: CommandContext): Promise<SearchAnswer>;
  select(occasion: Occasion, result: string): Promise<SearchAnswer>;
  /** What a dialog of an action command was answered with. */
  dialogResult(occasion: Occasion, delivered: Delivered, step: DialogRequest['step']): DialogResult;
  /** The card of a result that this person was given; throws `Misuse` where there is none. */
  card(user: string, result: string): unknown;
  /** Forgets all results. */
  clear(): void;
};

export function createExtension(parts: {
  readonly commands: readonly BotCommand[];
  readonly activities: Activities;
  readonly delivery: Delivery;
  readonly phones: Phones;
}): Extension {
  const { commands, activities, delivery, phones } = parts;
  const given = new Map<string, { readonly user: string; readonly found: Found }>();

  const keep = (user: string, found: Found): SearchResult => {
    const id = randomUUID();
    given.set(id, { user, found });
    for (const oldest of given.keys()) {
      if (given.size <= KEPT) break;
      given.delete(oldest);
    }
    const { title, text, card, ask } = found;
    return { id, title, text, card, asks: ask !== undefined };
  };
  const foundBy = (user: string, result: string): Found => {
    const known = given.get(result);
    if (known === undefined || known.user !== user) throw new Misuse(404, `There is no result ${result}.`);
    return known.found;
  };
  const ask = async (occasion: Occasion, invoke: { readonly name: string; readonly value: Json }) => {
    const delivered = await delivery.deliver(activities.invoke(occasion, invoke.name, invoke.value));
    const answer = toSearchAnswer(delivered, occasion.locale);
    if (answer.kind !== 'found') return answer;
    const user = occasion.user.aadObjectId;
    const results = answer.found.map((one) => keep(user, one));
    return { kind: 'results', results, full: results.length >= RESULTS_ASKED } as const;
  };

  const commandOf: Extension['command'] = (id, type, context) => {
    const command = commands.find((one) => one.id === id && one.type === type);
    if (command?.contexts.includes(context)) return command;
    throw new Misuse(404, `The bot has no ${type} command ${id} in the context ${context}.`);
  };

  return {
    command: commandOf,
    async search(occasion, asked, context) {
      const [parameter] = commandOf(asked.command, 'query', context).parameters;
      return ask(occasion, searchInvoke(asked, parameter?.name ?? ''));
    },
    async select(occasion, result) {
      const value = foundBy(occasion.user.aadObjectId, result).ask;
      if (value === undefined) throw new Misuse(400, `The result ${result} asks nothing when it is chosen.`);
      return ask(occasion, selectInvoke(value));
    },
    dialogResult(occasion, delivered, step) {
      const result = toDialogResult(delivered, occasion.locale, step);
      if (result.kind === 'dialog') return { ...result, ...phones.seen(result.card) };
      if (result.kind !== 'found') return result;
      return {
        kind: 'insert',
        results: result.found.map((one) => keep(occasion.user.aadObjectId, one)),
      };
    },
    card: (user, result) => foundBy(user, result).card,
    clear: () => given.clear(),
  };
}
