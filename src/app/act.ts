/** What a button does: from verb to command, and from its outcome to the card that is shown. */

import { isQueueForm } from '../cards/buttons.ts';
import type { Refusal } from '../domain/refusals.ts';
import { type Actor, actorFor, mayReadInternally } from '../domain/rights.ts';
import { filled, templatesFor } from '../domain/templates.ts';
import type { Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { showAlert } from './alert-content.ts';
import { actOnDraft } from './draft-actions.ts';
import { execute } from './execute.ts';
import { actOnFailures, isAboutFailures } from './failed-deliveries.ts';
import { find, isFinding } from './find-tickets.ts';
import { forgetTyped, keepTyped, typedBefore } from './form-drafts.ts';
import type { House } from './house.ts';
import type { Answer, InboundAction } from './inbound.ts';
import { acquaintanceIn, greet } from './people.ts';
import type { Receipt } from './ports.ts';
import { pressKey } from './press-key.ts';
import { CLOSING } from './presses/closing.ts';
import { FOLLOWING } from './presses/following.ts';
import { LINKING } from './presses/linking.ts';
import { MAILING } from './presses/mailing.ts';
import { PASSING } from './presses/passing.ts';
import { PHONE } from './presses/phone.ts';
import type { Press, Pressed, Presses } from './presses/press.ts';
import { REQUESTER } from './presses/requester.ts';
import { WAITING } from './presses/waiting.ts';
import { WORKING } from './presses/working.ts';
import { refusalText } from './refusal-text.ts';
import { showInserted } from './search-tickets.ts';
import {
  forgetAnswer,
  healOrphan,
  lastAnswer,
  type NoticeName,
  type Showing,
  showCardOf,
  slotOfPost,
} from './show.ts';
import { SPLIT_FIELDS, splitOff } from './split.ts';

const PRESSES: Presses = {
  ...CLOSING,
  ...WAITING,
  ...PHONE,
  ...WORKING,
  ...PASSING,
  ...FOLLOWING,
  ...LINKING,
  ...MAILING,
  ...REQUESTER,
};

export async function act(house: House, action: InboundAction): Promise<Answer> {
  const { sender, verb } = action;
  if (action.draft !== undefined) return actOnDraft(house, action, action.draft, pressReceipt(house, action));
  if (isFinding(verb)) return find(house, action);
  if (isAboutFailures(verb)) return actOnFailures(house, action);
  if (verb === 'showAlert') return showAlert(house, action);
  // Its button is not there either.
  const mails = verb === 'forward' || action.inputs.form === 'forward';
  if (mails && !house.mailer) return text(translate(sender.locale, 'chat.unknownAction'));
  const number = action.ticket;
  if (number === undefined) return text(translate(sender.locale, 'chat.unknownAction'));
  const actor = actorFor(house.desk, { id: sender.person, name: sender.name });
  const ticket = await house.store.ticket(number);
  if (!ticket)
    return text(
      translate(sender.locale, verb === 'showTicket' ? 'extension.notForYou' : 'refusal.unknownTicket'),
    );
  const place = `${sender.person} ${number}`;
  if (!action.automatic) forgetAnswer(house, action);
  if (verb === 'showTicket') return showInserted(house, sender, actor, ticket);
  if (verb === 'workView' && !mayReadInternally(actor, ticket))
    return show(house, action, actor, ticket, {
      refusal: { code: 'notYourQueue', queue: house.desk.queues.get(ticket.queue)?.name ?? ticket.queue },
    });
  if (verb === 'refresh' || verb === 'workView') {
    // Pressed by hand it is the form's way out; asked for by the client, what was open stays open.
    if (!action.automatic) house.openForms.delete(place);
    const open = house.openForms.get(place);
    const values = (open && (await typedBefore(house, sender.person, ticket, open))) ?? {};
    return show(house, action, actor, ticket, {
      ...(action.automatic ? lastAnswer(house, action, ticket) : {}),
      ...(open ? { form: { name: open, values } } : {}),
    });
  }
  if (verb === 'openForm') {
    const { form } = action.inputs;
    if (!isQueueForm(form)) return text(translate(sender.locale, 'chat.unknownAction'));
    house.openForms.set(place, form);
    const left = await typedBefore(house, sender.person, ticket, form);
    return show(house, action, actor, ticket, {
      form: { name: form, values: left ?? {} },
      ...(left ? { notice: 'draftRestored' as const } : {}),
    });
  }
  if (verb === 'closeForm') {
    const { form } = action.inputs;
    if (!isQueueForm(form)) return text(translate(sender.locale, 'chat.unknownAction'));
    house.openForms.delete(place);
    const kept = await keepTyped(house, action, ticket, form);
    return show(house, action, actor, ticket, kept ? { notice: 'draftKept' } : {});
  }
  if (verb === 'split') return split(house, action, actor, ticket);
  if (verb === 'useTemplate') {
    const template = templatesFor(house.desk, ticket.queue).find(({ id }) => id === action.inputs.template);
    if (!template || actor.kind !== 'person') return text(translate(sender.locale, 'chat.unknownAction'));
    const { text: typed = '', ...values } = action.inputs;
    const filledIn = filled(template, ticket, actor.name, house.desk);
    const whole = typed.trim() === '' ? filledIn : `${typed.trimEnd()}\n\n${filledIn}`;
    return show(house, action, actor, ticket, {
      form: { name: 'reply', values: { ...values, text: whole } },
    });
  }
  const press = Object.hasOwn(PRESSES, verb) ? PRESSES[verb] : undefined;
  const met = verb === 'changeRequester' && (await acquaintanceIn(house, action.inputs.requester ?? ''));
  const pressed = press?.command(action.inputs, {
    ...(met ? { met } : {}),
    ticket,
    actor,
    now: house.clock.now(),
    desk: house.desk,
    calendars: house.calendars,
  });
  if (!press || !pressed) return text(translate(sender.locale, 'chat.unknownAction'));
  return run(house, action, actor, ticket, pressed, press);
}

async function run(
  house: House,
  action: InboundAction,
  actor: Actor,
  seen: Ticket,
  pressed: Pressed,
  press: Press,
): Promise<Answer> {
  const { post, sender } = action;
  const { name } = await greet(house, sender);
  const notice = press.notice(pressed, seen, house);
  // Looked at before: afterwards there is news on its way, and with it posts that are not known yet.
  const slot = await slotOfPost(house, seen, post);
  if (slot === 'foreign') return text(translate(sender.locale, 'refusal.unknownTicket'));
  const onCopy = slot === 'orphan';
  const result = await execute(
    house,
    seen.number,
    {
      ...pressed,
      at: house.clock.now(),
      actor: actor.kind === 'person' ? { ...actor, name } : actor,
      via: sender.personal ? 'chat' : 'queueChannel',
      ...(action.seen === undefined ? {} : { seen: action.seen }),
    },
    { receipt: pressReceipt(house, action, notice), known: seen },
  );
  switch (result.kind) {
    case 'done':
      house.openForms.delete(`${sender.person} ${seen.number}`);
      await forgetTyped(house, sender.person, seen, press.form ?? action.verb);
      if (onCopy && post) await healOrphan(house, result.ticket, post, sender);
      return show(house, action, actor, result.ticket, { notice, ...(slot && !onCopy ? { slot } : {}) });
    case 'repeated':
      return result.ticket
        ? show(house, action, actor, result.ticket, { notice: result.outcome as NoticeName })
        : text(translate(sender.locale, 'refusal.unknownTicket'));
    case 'refused':
      return refused(house, action, actor, result.ticket, result.refusal, press);
  }
}

/** A refusal shows the card as it is now, the reason, and the form with all that was typed where typing again may help. */
async function refused(
  house: House,
  action: InboundAction,
  actor: Actor,
  ticket: Ticket | undefined,
  refusal: Refusal,
  { fields, form = isQueueForm(action.verb) ? action.verb : undefined }: Press,
): Promise<Answer> {
  if (!ticket) return text(translate(action.sender.locale, 'refusal.unknownTicket'));
  // Also where the form goes away, because somebody else has the ticket now: they may let it go.
  if (form) await keepTyped(house, action, ticket, form);
  const atField = form && fields?.[refusal.code];
  const keepsForm = form !== undefined && (atField !== undefined || refusal.code === 'stale');
  return show(house, action, actor, ticket, {
    ...(atField === undefined || form === undefined ? { refusal } : {}),
    ...(keepsForm
      ? {
          form: { name: form, values: action.inputs, ...(atField ? { errors: { [atField]: refusal } } : {}) },
        }
      : {}),
    ...(action.verb === 'writeToOffice' ? { typed: action.inputs.text ?? '' } : {}),
  });
}

/** What comes of it is another ticket: this one is linked to it, and its card stays. */
async function split(house: House, action: InboundAction, actor: Actor, ticket: Ticket): Promise<Answer> {
  if ((await slotOfPost(house, ticket, action.post)) === 'foreign')
    return text(translate(action.sender.locale, 'refusal.unknownTicket'));
  const { name } = await greet(house, action.sender);
  const asker = actor.kind === 'person' ? { ...actor, name } : actor;
  const result = await splitOff(house, action, asker, ticket, pressReceipt(house, action, 'splitOff'));
  switch (result.kind) {
    case 'done':
      house.openForms.delete(`${action.sender.person} ${ticket.number}`);
      await forgetTyped(house, action.sender.person, ticket, 'split');
      return show(house, action, actor, ticket, { notice: 'splitOff' });
    case 'form':
      return show(house, action, actor, ticket, { form: { name: 'split', values: result.values } });
    case 'refused': {
      await keepTyped(house, action, ticket, 'split');
      const field = SPLIT_FIELDS[result.refusal.code];
      if (!field) return show(house, action, actor, ticket, { refusal: result.refusal });
      const errors = { [field]: result.refusal };
      return show(house, action, actor, ticket, { form: { name: 'split', values: action.inputs, errors } });
    }
  }
}

async function show(
  house: House,
  action: InboundAction,
  actor: Actor,
  ticket: Ticket,
  showing: Showing = {},
): Promise<Answer> {
  const { locale } = action.sender;
  const content = await showCardOf(house, action, { actor, ticket }, showing);
  if (!content) return text(translate(locale, 'refusal.unknownTicket'));
  const refusal = showing.refusal ?? Object.values(showing.form?.errors ?? {})[0];
  return { kind: 'card', content, ...(refusal ? { words: refusalText(house, refusal, locale) } : {}) };
}

function text(words: string): Answer {
  return { kind: 'text', text: words };
}

/** The same press has one effect, however often it is delivered: a double click does one thing. */
function pressReceipt(house: House, action: InboundAction, outcome: unknown = null): Receipt {
  return { key: pressKey(action), at: house.clock.now(), outcome };
}
