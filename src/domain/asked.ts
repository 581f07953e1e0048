/**
 * What somebody asks of all tickets, field by field as a form has it (W5, W6). The same words are what buttons carry, what is
 * kept under a name and what a link signs, so a number on the dashboard and the list behind it cannot mean different things.
 */

import { dayTyped } from './days.ts';
import { type Desk, PRIORITIES, TICKET_TYPES } from './desk.ts';
import { type Actor, isStaff } from './rights.ts';
import type { Instant, QueueId, StateKind } from './ticket.ts';
import { searchWords } from './ticket-index.ts';
import { numberPattern, type Span, type TicketQuery, type Visibility } from './ticket-query.ts';

/** Whose tickets: what I own, what I answer for, my queues’, all that I may see, what I asked for myself. */
export const SCOPES = ['mine', 'responsible', 'queues', 'all', 'requested'] as const;
export type Scope = (typeof SCOPES)[number];

const ASKED_FIELDS = [
  'scope',
  'words',
  /** Of the ticket’s number. */
  'digits',
  'title',
  'article',
  'attachment',
  'person',
  'state',
  'priority',
  'lock',
  'queue',
  'createdIn',
  'type',
  'service',
  'owner',
  'responsible',
  'organisation',
  'createdFrom',
  'createdTo',
  'changedFrom',
  'changedTo',
  'closedFrom',
  'closedTo',
  /** `reminder`: a reminder is due. `escalated`: a deadline is missed. */
  'due',
  /** `created` or `closed`: in the last seven days. */
  'week',
] as const;
export type AskedField = (typeof ASKED_FIELDS)[number];
export type Asked = Readonly<Partial<Record<AskedField, string>>>;

/** States that people ask for together, beside each by itself. */
export const STATE_GROUPS = {
  working: ['open', 'inProgress'],
  waiting: ['waitingReminder', 'waitingRequester', 'waitingAutoClose'],
  anyOpen: ['new', 'open', 'inProgress', 'waitingReminder', 'waitingRequester', 'waitingAutoClose'],
  anyClosed: ['closedSuccessfully', 'closedUnsuccessfully', 'merged'],
} as const satisfies Readonly<Record<string, readonly StateKind[]>>;
export const STATES = [
  'new',
  'open',
  'inProgress',
  ...STATE_GROUPS.waiting,
  ...STATE_GROUPS.anyClosed,
] as const satisfies readonly StateKind[];
const MANY_STATES: Readonly<Record<string, readonly StateKind[]>> = {
  ...STATE_GROUPS,
  ...Object.fromEntries(STATES.map((state) => [state, [state]])),
};

/** Longer than anybody types, and room for a list of ids; what is longer is cut. */
const VALUE_LENGTH = 1_000;
/** Longest line of `writeAsked`: several stand on one card. */
const LINE_LENGTH = 1_000;
/** Stands between the entries of a list, which are ids. */
const SEPARATOR = ',';
/** Fields in which words are typed. */
const TYPED = ['words', 'title', 'article', 'attachment', 'person'] as const;
const WEEK_MS = 7 * 86_400_000;

/** What a form sent, without what says nothing: empty fields and `any`. */
export function askedOf(inputs: Readonly<Record<string, string | undefined>>): Asked {
  const asked: Partial<Record<AskedField, string>> = {};
  for (const field of ASKED_FIELDS) {
    const value = (inputs[field] ?? '').toWellFormed().trim().slice(0, VALUE_LENGTH).toWellFormed();
    if (value !== '' && value !== 'any') asked[field] = value;
  }
  return asked;
}

/** As one line, always the same for the same. */
export function writeAsked(asked: Asked): string {
  return new URLSearchParams(askedOf(asked) as Record<string, string>).toString();
}

/** Reads `writeAsked` back; what it never wrote is passed over. */
export function readAsked(line: string): Asked {
  return askedOf(Object.fromEntries(new URLSearchParams(line.slice(0, 8_000))));
}

/** Whose answer would tell who merely asked what is the desk’s business (N4): they find nothing. */
const INTERNAL: readonly AskedField[] = [
  'priority',
  'lock',
  'createdIn',
  'owner',
  'responsible',
  'due',
  // Notes change a ticket, too.
  'changedFrom',
  'changedTo',
];
/** States that are told to requesters in the same words, and so are one to them. */
const ALIKE: readonly StateKind[] = ['new', 'open'];

/** The scope that holds for this person, whatever was asked for. */
export function scopeOf({ scope }: Asked, actor: Actor): Scope {
  if (!isStaff(actor)) return 'requested';
  return SCOPES.find((known) => known === scope) ?? 'all';
}

/** Queues that this person works or answers for. */
export function queuesOf(actor: Actor): readonly QueueId[] {
  return actor.kind === 'person' ? [...new Set([...actor.agentOf, ...actor.supervisorOf])] : [];
}

/** What this person may find: their queues’ tickets and what they take part in; administrators everything. */
export function visibilityOf(actor: Actor): Visibility {
  if (actor.kind !== 'person') return { queues: [], person: '' };
  return { queues: actor.administrator ? 'all' : queuesOf(actor), person: actor.id };
}

/** What cannot be understood: no such day, no number that could fit, or more than a button can carry. */
export type AskedProblem = 'day' | 'number' | 'long';
export type AskedErrors = Readonly<Partial<Record<AskedField, AskedProblem>>>;
export type Understood =
  | { readonly ok: true; readonly query: TicketQuery }
  | { readonly ok: false; readonly errors: AskedErrors };

type Asking = {
  readonly actor: Actor;
  readonly desk: Pick<Desk, 'escalation' | 'timeZone'>;
  readonly now: Instant;
};

/** The query, never wider than what this person may see. A choice that the form does not have finds nothing. */
export function queryOf(asked: Asked, { actor, desk, now }: Asking): Understood {
  const errors: Partial<Record<AskedField, AskedProblem>> = {};
  const span = (from: AskedField, to: AskedField): Span | undefined => {
    const days = [from, to].map((field) => {
      const typed = asked[field];
      const day = typed === undefined ? undefined : dayTyped(typed, desk.timeZone);
      if (typed !== undefined && !day) errors[field] = 'day';
      return day;
    });
    const [first, last] = days;
    return first || last
      ? { ...(first && { from: first.from }), ...(last && { before: last.before }) }
      : undefined;
  };
  if (asked.digits !== undefined && numberPattern(asked.digits) === undefined) errors.digits = 'number';
  if (writeAsked(asked).length > LINE_LENGTH) errors.words = 'long';
  const created = asked.week === 'created' ? { from: now - WEEK_MS } : span('createdFrom', 'createdTo');
  const closed = asked.week === 'closed' ? { from: now - WEEK_MS } : span('closedFrom', 'closedTo');
  const changed = span('changedFrom', 'changedTo');
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const choice = {
    ...(asked.state !== undefined && { states: MANY_STATES[asked.state] ?? [] }),
    ...(asked.priority !== undefined && {
      priorities: PRIORITIES.filter((priority) => String(priority) === asked.priority),
    }),
    ...(asked.lock !== undefined && { locked: asked.lock === 'yes' }),
    ...(asked.queue !== undefined && { queues: asked.queue.split(SEPARATOR) }),
    ...(asked.createdIn !== undefined && { createdInQueues: asked.createdIn.split(SEPARATOR) }),
    ...(asked.type !== undefined && { types: TICKET_TYPES.filter((type) => type === asked.type) }),
    ...(asked.service !== undefined && { services: asked.service.split(SEPARATOR) }),
    ...(asked.organisation !== undefined && { organisations: asked.organisation.split(SEPARATOR) }),
    ...(asked.owner !== undefined && { owner: asked.owner }),
    ...(asked.responsible !== undefined && { responsible: asked.responsible }),
  };
  // What has neither letter nor digit stands in no ticket: it asks for something all the same, and finds nothing.
  const wordless = TYPED.some(
    (field) => asked[field] !== undefined && searchWords(asked[field]).length === 0,
  );
  const query: TicketQuery = {
    ...(asked.words !== undefined && { text: asked.words }),
    ...(asked.digits !== undefined && { number: asked.digits }),
    ...(asked.title !== undefined && { title: asked.title }),
    ...(asked.article !== undefined && { articleText: asked.article }),
    ...(asked.attachment !== undefined && { attachmentName: asked.attachment }),
    ...(asked.person !== undefined && { personText: asked.person }),
    ...choice,
    ...(wordless && { states: [] }),
    ...(created && { created }),
    ...(closed && { closed }),
    ...(changed && { changed }),
    ...(asked.due === 'reminder' && { reminderBefore: now }),
    ...(asked.due === 'escalated' && {
      escalations: desk.escalation.filter(({ at }) => at >= 1).map(({ id }) => id),
    }),
  };
  const scope = scopeOf(asked, actor);
  return { ok: true, query: within(scope === 'requested' ? asRequester(query, asked) : query, scope, actor) };
}

/** As far as whoever asked for the tickets may know what it asks for. */
function asRequester(query: TicketQuery, asked: Asked): TicketQuery {
  if (INTERNAL.some((field) => asked[field] !== undefined)) return { ...query, states: [] };
  const { states } = query;
  return states?.some((state) => ALIKE.includes(state))
    ? { ...query, states: [...new Set([...states, ...ALIKE])] }
    : query;
}

/** Who they are comes last: nothing that was asked for can undo it. */
function within(query: TicketQuery, scope: Scope, actor: Actor): TicketQuery {
  const person = actor.kind === 'person' ? actor.id : '';
  if (scope === 'requested') return { ...query, requester: person, readableOnly: true };
  // What they merely asked for is found among their own requests only (N4).
  const visibleTo: Visibility = { ...visibilityOf(actor), internally: true };
  if (scope === 'mine') return both(query, { owner: person }, visibleTo);
  if (scope === 'responsible') return both(query, { responsible: person }, visibleTo);
  if (scope === 'all') return { ...query, visibleTo };
  const own = queuesOf(actor);
  const queues = query.queues ? query.queues.filter((queue) => own.includes(queue)) : own;
  return { ...query, queues, visibleTo };
}

/** Somebody else’s tickets are not mine: what asks for both finds nothing. */
function both(
  query: TicketQuery,
  whose: Pick<TicketQuery, 'owner' | 'responsible'>,
  visibleTo: Visibility,
): TicketQuery {
  const another =
    (whose.owner !== undefined && query.owner !== undefined && query.owner !== whose.owner) ||
    (whose.responsible !== undefined &&
      query.responsible !== undefined &&
      query.responsible !== whose.responsible);
  return { ...query, ...whose, visibleTo, ...(another && { states: [] }) };
}
