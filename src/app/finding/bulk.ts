/**
 * Several tickets of a list, changed with one press (T16). Each is a decision and a commit of its own, with a receipt of the
 * press and its number: the same press again does what is left of it and nothing twice, so a kill in the middle is made
 * good by pressing again.
 */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import type { FormState } from '../../cards/kit/fields.ts';
import {
  type BulkOutcome,
  bulkFields,
  bulkForm,
  opensInDialog,
  outcomeCard,
  selectionCard,
} from '../../cards/lists/bulk-view.ts';
import { PAGE_SIZE } from '../../cards/lists/list-view.ts';
import { type Asked, queryOf, scopeOf } from '../../domain/asked.ts';
import { type BulkAction, bulkActionsFor, isBulkAction, type Picked, readPicked } from '../../domain/bulk.ts';
import { decide } from '../../domain/decide.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { mayReadInternally } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { execute } from '../changing/execute.ts';
import type { House } from '../house.ts';
import { greet } from '../people.ts';
import type { InboundAction } from '../ports/inbound.ts';
import { CLOSING } from '../presses/closing.ts';
import { PASSING } from '../presses/passing.ts';
import type { Press, Pressed } from '../presses/press.ts';
import { pressKey } from '../presses/press-key.ts';
import { WORKING } from '../presses/working.ts';
import { contextFor } from '../showing/card-context.ts';
import { forgetTypedForSeveral, keepTypedForSeveral, typedForSeveral } from '../showing/form-drafts.ts';
import { refusalText } from '../showing/refusal-text.ts';
import { type Looking, showList } from './lists.ts';
import { findVisible } from './visible.ts';

/** A press on a list or in a dialog over it, and which page of it. */
export type OnList = {
  readonly action: Pick<InboundAction, 'sender' | 'verb' | 'ticket' | 'draft' | 'seen' | 'inputs'>;
  readonly looking: Looking;
  readonly asked: Asked;
  readonly trail: readonly string[];
  /** The message that a dialog was opened from. */
  readonly card?: string;
};

type Doing = {
  readonly press: Press | undefined;
  /** Fields of its form; nothing else of what a card sends goes into a command. */
  readonly fields: readonly string[];
  /** The field in which something must have been chosen. */
  readonly chosen?: string;
};

const DOINGS: Readonly<Record<BulkAction, Doing>> = {
  classify: { press: WORKING.classify, fields: ['priority'], chosen: 'priority' },
  assign: { press: PASSING.assign, fields: ['to', 'note'], chosen: 'to' },
  move: { press: PASSING.move, fields: ['queue', 'note'], chosen: 'queue' },
  close: { press: CLOSING.close, fields: ['text', 'outcome'] },
};

/** Refusals about what was typed: the same for all tickets, so they are said at the field before anything is done. */
const ABOUT_INPUT: ReadonlySet<RefusalCode> = new Set(['emptyText', 'textTooLong', 'reasonRequired']);

/** The boxes to tick; then, once something is to be done, its form. */
export async function selectTickets(house: House, on: OnList): Promise<Outgoing> {
  const { what, tickets = '' } = on.action.inputs;
  if (!isBulkAction(what)) return boxes(house, on);
  // From a card that was drawn before these forms became dialogs: the one that it becomes opens them.
  if (opensInDialog(what)) {
    const notice = { text: translate(on.looking.locale, 'notice.pressAgain'), tone: 'good' } as const;
    return boxes(house, on, { values: { tickets } }, notice);
  }
  const form = await openBulkForm(house, on, what);
  if (form) return form;
  return boxes(house, on, {
    values: { tickets },
    errors: { tickets: translate(on.looking.locale, 'bulk.chooseSome') },
  });
}

/** The form, with what was left in it. @returns undefined where nothing is ticked that this person may see */
export async function openBulkForm(
  house: House,
  on: OnList,
  what: BulkAction,
): Promise<Outgoing | undefined> {
  const { actor, locale } = on.looking;
  const picked = await read(house, on, readPicked(on.action.inputs.tickets ?? '', PAGE_SIZE));
  if (picked.length === 0) return undefined;
  const context = contextFor(house, locale);
  const values = await typedForSeveral(house, actor.id, what);
  if (!values) return bulkForm(on, what, picked, context);
  const notice = { text: translate(locale, 'notice.draftRestored'), tone: 'good' } as const;
  return bulkForm(on, what, picked, context, { values }, notice);
}

/** Back to the list; what was typed is kept (T17). */
export async function leaveForm(house: House, on: OnList): Promise<Outgoing> {
  const { looking, asked, trail } = on;
  const kept = await keepBulkForm(house, on);
  const notice = { text: translate(looking.locale, 'notice.draftKept'), tone: 'good' } as const;
  return showList(house, looking, asked, { trail, ...(kept ? { notice } : {}) });
}

/** Keeps what stands in the form (T17). @returns whether there is anything to keep */
export async function keepBulkForm(house: House, on: OnList): Promise<boolean> {
  const { what, tickets = '' } = on.action.inputs;
  return isBulkAction(what) && keep(house, on, what, await read(house, on, readPicked(tickets, PAGE_SIZE)));
}

function keep(
  house: House,
  { action, looking }: OnList,
  what: BulkAction,
  tickets: readonly Ticket[],
): Promise<boolean> {
  const empty = bulkFields(what, tickets, contextFor(house, looking.locale));
  return keepTypedForSeveral(house, action, what, empty);
}

/** Does it, or shows the form again with what is wrong in it. */
export async function changeTickets(house: House, on: OnList): Promise<Outgoing> {
  const { what } = on.action.inputs;
  const changed = isBulkAction(what) ? await sendBulkForm(house, on, what) : undefined;
  if (!changed) return boxes(house, on);
  const { content } = changed;
  if (changed.kind === 'done' || !isBulkAction(what) || !opensInDialog(what)) return content;
  // What was typed is kept for the dialog, which says at the field what is wrong.
  const notice = { text: translate(on.looking.locale, 'notice.pressAgain'), tone: 'good' } as const;
  return boxes(house, on, {}, notice);
}

/**
 * Does it, and says what became of each; `again`: the form, with what is wrong in it, and with what was typed, which is kept.
 * @returns undefined where no card of ours can have sent such inputs
 */
export async function sendBulkForm(
  house: House,
  on: OnList,
  what: BulkAction,
): Promise<{ readonly kind: 'done' | 'again'; readonly content: Outgoing } | undefined> {
  const { action, looking } = on;
  const picked = readPicked(action.inputs.tickets ?? '', PAGE_SIZE);
  if (picked.length === 0) return undefined;
  const known = await read(house, on, picked);
  const errors = inputErrors(house, on, what, known);
  const context = contextFor(house, looking.locale);
  if (Object.keys(errors).length > 0) {
    await keep(house, on, what, known);
    const content = bulkForm(on, what, known, context, { values: action.inputs, errors });
    return { kind: 'again', content };
  }
  const { name } = await greet(house, action.sender);
  const named = { ...on, looking: { ...looking, actor: { ...looking.actor, name } } };
  const outcomes: BulkOutcome[] = [];
  for (const one of picked) outcomes.push(await change(house, named, what, one));
  await forgetTypedForSeveral(house, looking.actor.id, what);
  return { kind: 'done', content: outcomeCard(on, outcomes, context) };
}

async function boxes(house: House, on: OnList, state: FormState = {}, notice?: Notice): Promise<Outgoing> {
  const { looking, asked, trail } = on;
  const { actor, locale } = looking;
  const understood = queryOf(asked, { actor, desk: house.desk, now: house.clock.now() });
  const after = trail.at(-1);
  const { tickets } = understood.ok
    ? await findVisible(house, actor, understood.query, {
        limit: PAGE_SIZE,
        ...(after === undefined ? {} : { after }),
      })
    : { tickets: [] };
  if (scopeOf(asked, actor) === 'requested' || bulkActionsFor(tickets, actor).length === 0)
    return showList(house, looking, asked, { trail });
  return selectionCard(on, tickets, actor, contextFor(house, locale), state, notice);
}

/** Those that this person may see, at the version that the list showed. */
async function read(
  house: House,
  { looking: { actor } }: OnList,
  picked: readonly Picked[],
): Promise<readonly Ticket[]> {
  const found = await Promise.all(
    picked.map(async ({ number, seen }) => {
      const ticket = await house.store.ticket(number);
      return ticket && mayReadInternally(actor, ticket) ? [{ ...ticket, version: seen }] : [];
    }),
  );
  return found.flat();
}

/** What is wrong with what was typed, by field. */
function inputErrors(
  house: House,
  { looking: { actor, locale }, action }: OnList,
  what: BulkAction,
  tickets: readonly Ticket[],
): Readonly<Record<string, string>> {
  const { chosen, press } = DOINGS[what];
  if (chosen !== undefined && (action.inputs[chosen] ?? '') === '')
    return { [chosen]: translate(locale, 'form.choiceRequired') };
  for (const ticket of tickets) {
    const pressed = commandFor(house, actor, action, what, ticket);
    if (!pressed) return chosen === undefined ? {} : { [chosen]: translate(locale, 'form.choiceRequired') };
    const decision = decide(ticket, { ...pressed, at: house.clock.now(), actor, via: 'chat' }, house);
    const field = decision.ok ? undefined : press?.fields?.[decision.refusal.code];
    if (!decision.ok && field !== undefined && ABOUT_INPUT.has(decision.refusal.code))
      return { [field]: refusalText(house, decision.refusal, locale) };
  }
  return {};
}

function commandFor(
  house: House,
  actor: Looking['actor'],
  { inputs }: Pick<InboundAction, 'inputs'>,
  what: BulkAction,
  ticket: Ticket,
): Pressed | undefined {
  const { press, fields } = DOINGS[what];
  const typed = Object.fromEntries(fields.map((field) => [field, inputs[field] ?? '']));
  // Only the priority changes: the rest stays what it is on each.
  const whole = what === 'classify' ? { ...typed, type: ticket.type, service: ticket.service } : typed;
  const { clock, desk, calendars, ids } = house;
  return press?.command(whole, { ticket, actor, now: clock.now(), desk, calendars, newKey: ids.next });
}

async function change(
  house: House,
  { action, looking: { actor, locale } }: OnList,
  what: BulkAction,
  { number, seen }: Picked,
): Promise<BulkOutcome> {
  const ticket = await house.store.ticket(number);
  const pressed = ticket && commandFor(house, actor, action, what, ticket);
  if (!pressed) return { number, reason: translate(locale, 'refusal.unknownTicket') };
  const at = house.clock.now();
  const result = await execute(
    house,
    number,
    { ...pressed, at, actor, via: 'chat', seen },
    { receipt: { key: `${pressKey(action)} ${number}`, at, outcome: null }, known: ticket },
  );
  if (result.kind !== 'refused') return { number, ...(result.ticket ? { ticket: result.ticket } : {}) };
  // Nor does a number alone tell whether there is such a ticket.
  if (!result.ticket || !mayReadInternally(actor, result.ticket))
    return { number, reason: translate(locale, 'refusal.unknownTicket') };
  const reason =
    result.refusal.code === 'stale'
      ? translate(locale, 'bulk.changed')
      : refusalText(house, result.refusal, locale);
  return { number, ticket: result.ticket, reason };
}
