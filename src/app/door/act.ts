/** What a button does: from verb to command, and from its outcome to the card that is shown. */

import { isDialogForm, isPlaceForm, isQueueForm } from '../../cards/kit/buttons.ts';
import type { CardVerb, Verb } from '../../cards/kit/verbs.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { type Actor, mayReadInternally } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { showAlert } from '../alerts/alert-content.ts';
import { actOnFailures, isAboutFailures } from '../alerts/failed-deliveries.ts';
import { find, isFinding } from '../finding/find-tickets.ts';
import { showInserted } from '../finding/search-tickets.ts';
import type { House } from '../house.ts';
import { actOnDraft } from '../opening/draft-actions.ts';
import { actorOf } from '../people.ts';
import type { Answer, InboundAction } from '../ports/inbound.ts';
import type { Press, Pressed } from '../presses/press.ts';
import { carryOut, commandOf, pressOf, pressReceipt } from '../presses/pressing.ts';
import type { NoticeName } from '../remembered.ts';
import { say, unknownAction } from '../say.ts';
import { forgetTyped, keepTyped, typedBefore } from '../showing/form-drafts.ts';
import { refusalText } from '../showing/refusal-text.ts';
import {
  forgetAnswer,
  healOrphan,
  lastAnswer,
  type Showing,
  showCardOf,
  slotOfPost,
} from '../showing/show.ts';

/** A button about a ticket, as it stands. */
type OnTicket = {
  readonly house: House;
  readonly action: InboundAction;
  readonly actor: Actor;
  readonly ticket: Ticket;
};

/** What changes what is shown of a ticket, and not the ticket. */
const ON_CARD: Readonly<Record<CardVerb, (pressed: OnTicket) => Promise<Answer>>> = {
  showTicket: ({ house, action, actor, ticket }) => showInserted(house, action.sender, actor, ticket),
  refresh,
  workView: async (pressed) => {
    const { house, actor, ticket } = pressed;
    if (mayReadInternally(actor, ticket)) return refresh(pressed);
    const queue = house.desk.queues.get(ticket.queue)?.name ?? ticket.queue;
    return show(pressed, { refusal: { code: 'notYourQueue', queue } });
  },
  openForm: async (pressed) => {
    const { house, action, ticket } = pressed;
    const { form } = action.inputs;
    // From a card that was drawn before its forms became dialogs: the one that it becomes opens it.
    if (isDialogForm(form)) return show(pressed, { notice: 'pressAgain' });
    if (!isPlaceForm(form)) return unknownAction(action.sender.locale);
    house.openForms.set(placeOf(action, ticket), form);
    const left = await typedBefore(house, action.sender.person, ticket, form);
    return show(pressed, {
      form: { name: form, values: left ?? {} },
      ...(left ? { notice: 'draftRestored' as const } : {}),
    });
  },
  closeForm: async (pressed) => {
    const { house, action, ticket } = pressed;
    const { form } = action.inputs;
    if (!isQueueForm(form)) return unknownAction(action.sender.locale);
    house.openForms.delete(placeOf(action, ticket));
    const kept = await keepTyped(house, action, ticket, form);
    return show(pressed, kept ? { notice: 'draftKept' } : {});
  },
};

export async function act(house: House, action: InboundAction): Promise<Answer> {
  const { sender, verb } = action;
  if (action.draft !== undefined) return actOnDraft(house, action, action.draft, pressReceipt(house, action));
  if (isFinding(verb)) return find(house, action);
  if (isAboutFailures(verb)) return actOnFailures(house, action);
  if (verb === 'showAlert') return showAlert(house, action);
  // Its button is not there either.
  const mails = verb === 'forward' || action.inputs.form === 'forward';
  if (mails && !house.mailer) return unknownAction(action.sender.locale);
  const number = action.ticket;
  if (number === undefined) return unknownAction(action.sender.locale);
  const actor = actorOf(house, sender);
  const ticket = await house.store.ticket(number);
  if (!ticket)
    return say(
      translate(sender.locale, verb === 'showTicket' ? 'extension.notForYou' : 'refusal.unknownTicket'),
    );
  if (!action.automatic) forgetAnswer(house, action);
  const onTicket = { house, action, actor, ticket };
  if (isOnCard(verb)) return ON_CARD[verb](onTicket);
  const press = pressOf(verb);
  const pressed = press && (await commandOf(house, action, press, actor, ticket));
  return press && pressed ? run(onTicket, pressed, press) : unknownAction(action.sender.locale);
}

function isOnCard(verb: Verb): verb is CardVerb {
  return Object.hasOwn(ON_CARD, verb);
}

function placeOf({ sender }: Pick<InboundAction, 'sender'>, { number }: Pick<Ticket, 'number'>): string {
  return `${sender.person} ${number}`;
}

async function refresh(pressed: OnTicket): Promise<Answer> {
  const { house, action, ticket } = pressed;
  const place = placeOf(action, ticket);
  // Pressed by hand it is the form's way out; asked for by the client, what was open stays open.
  if (!action.automatic) house.openForms.delete(place);
  const open = house.openForms.get(place);
  const values = (open && (await typedBefore(house, action.sender.person, ticket, open))) ?? {};
  return show(pressed, {
    ...(action.automatic ? lastAnswer(house, action, ticket) : {}),
    ...(open ? { form: { name: open, values } } : {}),
  });
}

async function run(
  { house, action, actor, ticket: seen }: OnTicket,
  pressed: Pressed,
  press: Press,
): Promise<Answer> {
  const { post, sender } = action;
  const notice = press.notice(pressed, seen, house);
  // Looked at before: afterwards there is news on its way, and with it posts that are not known yet.
  const slot = await slotOfPost(house, seen, post);
  if (slot === 'foreign') return say(translate(sender.locale, 'refusal.unknownTicket'));
  const onCopy = slot === 'orphan';
  const result = await carryOut(house, action, press, pressed, seen);
  const now = (ticket: Ticket): OnTicket => ({ house, action, actor, ticket });
  switch (result.kind) {
    case 'done':
      house.openForms.delete(placeOf(action, seen));
      await forgetTyped(house, sender.person, seen, press.form ?? action.verb);
      if (onCopy && post) await healOrphan(house, result.ticket, post, sender);
      return show(now(result.ticket), { notice, ...(slot && !onCopy ? { slot } : {}) });
    case 'repeated':
      return result.ticket
        ? show(now(result.ticket), { notice: result.outcome as NoticeName })
        : say(translate(sender.locale, 'refusal.unknownTicket'));
    case 'refused':
      return result.ticket
        ? refused(now(result.ticket), result.refusal, press)
        : say(translate(sender.locale, 'refusal.unknownTicket'));
  }
}

/** A refusal shows the card as it is now, the reason, and the form of choices where choosing again may help. */
async function refused(
  pressed: OnTicket,
  refusal: Refusal,
  { fields, form = isQueueForm(pressed.action.verb) ? pressed.action.verb : undefined }: Press,
): Promise<Answer> {
  const { house, action, ticket } = pressed;
  // Also where the form goes away, because somebody else has the ticket now: they may let it go.
  if (form) await keepTyped(house, action, ticket, form);
  const inPlace = isPlaceForm(form) ? form : undefined;
  const atField = inPlace && fields?.[refusal.code];
  const keepsForm = inPlace !== undefined && (atField !== undefined || refusal.code === 'stale');
  return show(pressed, {
    ...(atField === undefined ? { refusal } : {}),
    ...(keepsForm
      ? {
          form: {
            name: inPlace,
            values: action.inputs,
            ...(atField ? { errors: { [atField]: refusal } } : {}),
          },
        }
      : {}),
  });
}

async function show({ house, action, actor, ticket }: OnTicket, showing: Showing = {}): Promise<Answer> {
  const { locale } = action.sender;
  const content = await showCardOf(house, action, { actor, ticket }, showing);
  if (!content) return say(translate(locale, 'refusal.unknownTicket'));
  const refusal = showing.refusal ?? Object.values(showing.form?.errors ?? {})[0];
  return { kind: 'card', content, ...(refusal ? { words: refusalText(house, refusal, locale) } : {}) };
}
