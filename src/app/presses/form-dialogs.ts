/**
 * Forms about a ticket in dialogs (W2): opened from a card, sent, left. Nobody is told when a dialog is closed by its cross,
 * so what was typed is kept whenever it reaches the server (T17): with its own button, and with whatever is not accepted.
 */

import { changesText } from '../../cards/dialogs/changes.ts';
import { formDialog } from '../../cards/dialogs/form-dialog-view.ts';
import { type DialogForm, isDialogForm } from '../../cards/kit/buttons.ts';
import type { Notice } from '../../cards/kit/context.ts';
import { whyNotOpenTo } from '../../domain/decide.ts';
import type { Existing } from '../../domain/decisions/rule.ts';
import type { Refusal } from '../../domain/refusals.ts';
import { actorFor, mayReadInternally } from '../../domain/rights.ts';
import { filled, templatesFor } from '../../domain/templates.ts';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import type { TicketAction } from '../../domain/transitions.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { SPLIT_FIELDS, splitOff } from '../opening/split.ts';
import { actorOf } from '../people.ts';
import type { Answer, InboundDialog } from '../ports/inbound.ts';
import type { NoticeName } from '../remembered.ts';
import { say, unknownAction } from '../say.ts';
import { contextFor } from '../showing/card-context.ts';
import { forgetTyped, keepTyped, typedBefore } from '../showing/form-drafts.ts';
import { refreshOwnCards } from '../showing/own-cards.ts';
import { refusalText } from '../showing/refusal-text.ts';
import { answerOnCard, healOrphan, noticeText, opensOver, slotOfPost } from '../showing/show.ts';
import type { Press } from './press.ts';
import { carryOut, commandOf, namedActor, pressOf, pressReceipt } from './pressing.ts';

/** What a form asks for, where that has another name. */
const ASKS: Readonly<Partial<Record<DialogForm, Existing['type'] & TicketAction>>> = {
  join: 'link',
  split: 'link',
};

/** A form, and what stands in it. */
type Filled = {
  readonly form: DialogForm;
  readonly ticket: Ticket;
  readonly values: Readonly<Record<string, string>>;
  readonly errors?: Readonly<Record<string, Refusal>>;
  readonly notice?: Notice;
  /** The version that its person has seen; that of the ticket, where they are shown it now. */
  readonly seen?: number;
};

/** Which form a button of a dialog belongs to; undefined where it is none of a ticket's forms. */
export function formOf({ verb, inputs }: Pick<InboundDialog, 'verb' | 'inputs'>): DialogForm | undefined {
  const name =
    verb === 'closeForm' || verb === 'openForm'
      ? inputs.form
      : verb === 'useTemplate'
        ? 'reply'
        : (pressOf(verb)?.form ?? verb);
  return isDialogForm(name) ? name : undefined;
}

/** Opens the form, with what was left in it; or says why not, before anybody types. */
export async function openForm(house: House, dialog: InboundDialog, form: DialogForm): Promise<Answer> {
  const { sender, post } = dialog;
  const { locale } = sender;
  const ticket = await ticketOf(house, dialog);
  const actor = actorOf(house, sender);
  if (!ticket || !mayReadInternally(actor, ticket)) return say(translate(locale, 'refusal.unknownTicket'));
  const slot = await slotOfPost(house, ticket, post);
  if (slot === 'foreign') return say(translate(locale, 'refusal.unknownTicket'));
  if (slot === 'orphan' && post) await healOrphan(house, ticket, post, sender);
  const asked = ASKS[form] ?? (form as Exclude<DialogForm, 'join' | 'split'>);
  const why = whyNotOpenTo(ticket, actor, asked, asked, house.desk);
  if (why) return say(refusalText(house, why, locale));
  opensOver(house, dialog, ticket);
  const left = await typedBefore(house, sender.person, ticket, form);
  const restored = { text: translate(locale, 'notice.draftRestored'), tone: 'good' } as const;
  return show(house, dialog, { form, ticket, values: left ?? {}, ...(left ? { notice: restored } : {}) });
}

/** What a button of the form does. */
export async function pressInForm(house: House, dialog: InboundDialog, form: DialogForm): Promise<Answer> {
  const { sender, verb, inputs, seen } = dialog;
  const actor = actorOf(house, sender);
  const ticket = await ticketOf(house, dialog);
  // A number alone does not tell whether there is such a ticket; what was typed stays in sight.
  if (!ticket || !(mayReadInternally(actor, ticket) || (await hasWorkedOn(house, ticket, sender.person))))
    return { ...say(translate(sender.locale, 'refusal.unknownTicket')), again: true };
  if (verb === 'closeForm') {
    await keepTyped(house, dialog, ticket, form);
    return { kind: 'none' };
  }
  if (verb === 'split') return split(house, dialog, ticket);
  if (verb === 'useTemplate') {
    const template = templatesFor(house.desk, ticket.queue).find(({ id }) => id === inputs.template);
    if (!template || actor.kind !== 'person' || !mayReadInternally(actor, ticket))
      return unknownAction(sender.locale);
    const { text: typed = '', ...values } = inputs;
    if (typed.trim() !== '') await keepTyped(house, dialog, ticket, form);
    const filledIn = filled(template, ticket, actor.name, house.desk);
    const whole = typed.trim() === '' ? filledIn : `${typed.trimEnd()}\n\n${filledIn}`;
    return show(house, dialog, { form, ticket, values: { ...values, text: whole }, ...seenOf(seen) });
  }
  const press = pressOf(verb);
  const pressed = press && (await commandOf(house, dialog, press, actor, ticket));
  if (!press || !pressed) return unknownAction(sender.locale);
  const result = await carryOut(house, dialog, press, pressed, ticket);
  switch (result.kind) {
    case 'done': {
      const before = result.ticket.version - result.events.length;
      return done(house, dialog, form, result.ticket, before, press.notice(pressed, ticket, house));
    }
    case 'repeated':
      return { kind: 'none' };
    case 'refused':
      return result.ticket
        ? refused(house, dialog, form, result.ticket, result.refusal, press.fields)
        : say(translate(sender.locale, 'refusal.unknownTicket'));
  }
}

/** The dialog closes; where the ticket had changed under it, it says so first. @param before the version it met */
async function done(
  house: House,
  dialog: InboundDialog,
  form: DialogForm,
  ticket: Ticket,
  before: number,
  notice: NoticeName,
): Promise<Answer> {
  const { sender, seen = before } = dialog;
  await forgetTyped(house, sender.person, ticket, form);
  answerOnCard(house, sender, ticket, notice);
  await refreshOwnCards(house, ticket, sender);
  const changes = await changesIn(house, dialog, ticket, seen, before);
  if (changes === '') return { kind: 'none' };
  const said = noticeText(house, ticket, notice, sender.locale);
  return say(translate(sender.locale, 'dialog.sentAllTheSame', { done: said, changes }));
}

/** The form again, with what is wrong at its field or on top of it, and with all that was typed. */
async function refused(
  house: House,
  dialog: InboundDialog,
  form: DialogForm,
  ticket: Ticket,
  refusal: Refusal,
  fields: Press['fields'],
): Promise<Answer> {
  const { sender, inputs: values, seen = ticket.version } = dialog;
  const { locale } = sender;
  // Also where it cannot be sent, because somebody else has the ticket now: they may let it go.
  await keepTyped(house, dialog, ticket, form);
  const atField = fields?.[refusal.code];
  if (atField) return show(house, dialog, { form, ticket, values, errors: { [atField]: refusal }, seen });
  const changes = await changesIn(house, dialog, ticket, seen, ticket.version);
  const reason = refusalText(house, refusal, locale);
  const words =
    refusal.code === 'stale' && changes !== ''
      ? translate(locale, 'dialog.changed', { changes })
      : changes !== ''
        ? translate(locale, 'dialog.notSentSince', { reason, changes })
        : translate(locale, 'dialog.notSent', { reason });
  return show(house, dialog, { form, ticket, values, notice: { text: words, tone: 'warning' } });
}

/** What comes of it is another ticket: this one is linked to it. */
async function split(house: House, dialog: InboundDialog, ticket: Ticket): Promise<Answer> {
  const { sender, seen } = dialog;
  const actor = await namedActor(house, sender);
  if (!mayReadInternally(actor, ticket)) return say(translate(sender.locale, 'refusal.unknownTicket'));
  const receipt = pressReceipt(house, dialog, 'splitOff');
  const result = await splitOff(house, dialog, actor, ticket, receipt);
  switch (result.kind) {
    case 'done':
      return done(house, { ...dialog, seen: ticket.version }, 'split', ticket, ticket.version, 'splitOff');
    case 'form':
      return show(house, dialog, { form: 'split', ticket, values: result.values, ...seenOf(seen) });
    case 'refused':
      return refused(house, dialog, 'split', ticket, result.refusal, SPLIT_FIELDS);
  }
}

/** What has happened to the ticket between these versions. */
async function changesIn(
  house: House,
  { sender }: InboundDialog,
  ticket: Ticket,
  seen: number,
  until: number,
): Promise<string> {
  if (seen >= until || seen < 0) return '';
  const actor = actorOf(house, sender);
  // Who may not read it any more is not told what others did there.
  if (!mayReadInternally(actor, ticket)) return '';
  const events = (await house.store.history(ticket.number)).slice(seen, until);
  return changesText(events, contextFor(house, sender.locale));
}

async function show(
  house: House,
  { sender }: InboundDialog,
  { form, ticket, values, errors = {}, notice, seen = ticket.version }: Filled,
): Promise<Answer> {
  const { locale, person, name } = sender;
  const said = Object.fromEntries(
    Object.entries(errors).map(([field, refusal]) => [field, refusalText(house, refusal, locale)]),
  );
  const wrong = { text: translate(locale, 'dialog.correct'), tone: 'attention' } as const;
  const top = notice ?? (Object.keys(said).length > 0 ? wrong : undefined);
  const lost = !mayReadInternally(actorFor(house.desk, { id: person, name }), ticket);
  const content = formDialog(
    { form, ticket, seen, state: { values, errors: said }, ...(top ? { notice: top } : {}), lost },
    { ...contextFor(house, locale), personal: sender.personal },
  );
  return { kind: 'dialog', title: content.summary, content, ...(TALL.has(form) ? { tall: true } : {}) };
}

/** Forms of more than two fields, or with buttons among them. */
const TALL: ReadonlySet<DialogForm> = new Set([
  'reply',
  'close',
  'wait',
  'phone',
  'forward',
  'move',
  'split',
]);

function ticketOf(house: House, { ticket }: InboundDialog): Promise<Ticket | undefined> {
  return ticket === undefined ? Promise.resolve(undefined) : house.store.ticket(ticket);
}

function seenOf(seen: number | undefined): { readonly seen?: number } {
  return seen === undefined ? {} : { seen };
}

/** Who has done something on a ticket knows of it, also where it has gone out of their sight. */
async function hasWorkedOn(house: House, { number }: Ticket, person: PersonId): Promise<boolean> {
  return (await house.store.history(number)).some(({ by }) => by?.id === person);
}
