/** What a query asks for, as conditions of SQL on `attributes`, here called `a`. */

import { isClosed } from '../../domain/ticket.ts';
import {
  createdWithin,
  DATE_DIGITS,
  numberPattern,
  type Span,
  type TicketQuery,
  type Visibility,
} from '../../domain/ticket-query.ts';
import { firstId } from './newest-first.ts';

export type Value = string | number;
/** Conditions that all hold. `+` before a column keeps SQLite from looking for it in an index. */
export type Conditions = { readonly where: readonly string[]; readonly values: readonly Value[] };

export type Search = {
  /**
   * What finds the tickets, by the index named if it is not plain which; undefined where all are walked through, from the
   * newest on. SQLite would choose by guess, and could sort half of all tickets to find the newest.
   */
  readonly lead: (Conditions & { readonly index?: string }) | undefined;
  /** What may lead where nothing else does and few tickets fit: a time of closing or of change. */
  readonly span: Conditions | undefined;
  /** What must hold of them besides. */
  readonly rest: Conditions;
};

const ALL: Conditions = { where: [], values: [] };
/** Digits at the end of a number that an index knows. */
const ENDING = 4;

/** @returns `nothing` when no ticket can fit */
export function conditionsOf(query: TicketQuery): Search | 'nothing' {
  const number = query.number === undefined ? undefined : numberPattern(query.number);
  if (query.number !== undefined && number === undefined) return 'nothing';
  const lists = listsOf(query);
  if (lists.some(([, list]) => list.length === 0)) return 'nothing';
  const lead = leadOf(query, number);
  const rest = [
    ...lists.map(([column, list]) => among(`+a.${column}`, list)),
    query.open === undefined ? ALL : condition(`+a.open = ${Number(query.open)}`),
    query.locked === undefined ? ALL : condition(`+a.locked = ${Number(query.locked)}`),
    equal('owner', query.owner),
    equal('responsible', query.responsible),
    equal('requester', query.requester),
    number === undefined ? ALL : fits(number),
    within('a.id', createdWithin(query), firstId),
    within('+a.changed_at', query.changed, Math.ceil),
    within('+a.closed_at', query.closed, Math.ceil),
    within('+a.reminder_at', before(query.reminderBefore), Math.ceil),
    query.escalations === undefined ? ALL : escalated(query.escalations),
    visibility(query.visibleTo),
  ];
  return { lead, span: spanOf(query), rest: all(rest) };
}

function spanOf({ closed, changed }: TicketQuery): Conditions | undefined {
  const [column, span] = closed ? ['closed_at', closed] : ['changed_at', changed];
  const conditions = within(`a.${column}`, span, Math.ceil);
  return conditions.where.length > 0 ? conditions : undefined;
}

/** Only what this person may see. */
export function visibility(visibleTo: Visibility | undefined): Conditions {
  if (visibleTo === undefined || visibleTo.queues === 'all') return ALL;
  const { queues, person, internally } = visibleTo;
  const part = 'EXISTS (SELECT 1 FROM participants p WHERE p.ticket = a.id AND p.person = ?)';
  const own = internally
    ? condition(`(+a.requester <> ? AND ${part})`, person, person)
    : condition(part, person);
  if (queues.length === 0) return own;
  const seen = among('+a.queue', queues);
  return condition(`(${seen.where} OR ${own.where})`, ...seen.values, ...own.values);
}

export function all(parts: readonly Conditions[]): Conditions {
  return { where: parts.flatMap(({ where }) => where), values: parts.flatMap(({ values }) => values) };
}

function condition(where: string, ...values: readonly Value[]): Conditions {
  return { where: [where], values };
}

/** The first condition that few tickets fit, as desks go. */
function leadOf(query: TicketQuery, number: string | undefined): Search['lead'] {
  const [organisation, ...organisations] = query.organisations ?? [];
  const [service, ...services] = query.services ?? [];
  const [state, ...states] = query.states ?? [];
  const [createdIn, ...createdInMore] = query.createdInQueues ?? [];
  const [queue, ...queues] = query.queues ?? [];
  const one = (column: string, value: Value | undefined, others: readonly Value[] = []) =>
    value === undefined || others.length > 0 ? undefined : condition(`a.${column} = ?`, value);
  const inQueue = one('queue', queue, queues);
  return (
    numberLead(number) ??
    (onlyOpen(query)
      ? { ...all([condition('a.open = 1'), inQueue ?? ALL]), index: 'attributes_open' }
      : undefined) ??
    one('requester', query.requester) ??
    one('owner', query.owner) ??
    one('responsible', query.responsible) ??
    one('organisation', organisation, organisations) ??
    one('service', service, services) ??
    one('state', state === 'closedSuccessfully' ? undefined : state, states) ??
    one('created_in', createdIn, createdInMore) ??
    inQueue
  );
}

/** Undefined for a pattern that too many numbers fit, as far as indexes can tell. */
function numberLead(pattern: string | undefined): Conditions | undefined {
  if (pattern === undefined) return undefined;
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length > 1 && last.length >= ENDING)
    return condition(`substr(a.number, -${ENDING}) = ?`, last.slice(-ENDING));
  if (parts.length > 1 && first.length < DATE_DIGITS) return undefined;
  // What begins so and, where nothing is left open, ends there: “:” follows “9”.
  const end = parts.length > 1 ? `${first}:` : `${first}\u0001`;
  const beginning = (column: string) => `SELECT id FROM attributes WHERE ${column} >= ? AND ${column} < ?`;
  const ids = [beginning('number'), beginning(`substr(number, ${DATE_DIGITS + 1})`)].join(' UNION ALL ');
  return condition(`a.id IN (${ids})`, first, end, first, end);
}

/** True when what is closed cannot fit. */
function onlyOpen({ open, states, escalations, reminderBefore }: TicketQuery): boolean {
  return (
    open === true ||
    escalations !== undefined ||
    reminderBefore !== undefined ||
    (states?.every((kind) => !isClosed({ kind })) ?? false)
  );
}

function listsOf(query: TicketQuery): (readonly [column: string, list: readonly Value[]])[] {
  const lists: readonly (readonly [column: string, list: readonly Value[] | undefined])[] = [
    ['state', query.states],
    ['priority', query.priorities],
    ['queue', query.queues],
    ['created_in', query.createdInQueues],
    ['type', query.types],
    ['service', query.services],
    ['organisation', query.organisations],
  ];
  return lists.flatMap(([column, list]) => (list === undefined ? [] : [[column, list] as const]));
}

function equal(column: string, value: Value | undefined): Conditions {
  return value === undefined ? ALL : condition(`+a.${column} = ?`, value);
}

function among(column: string, list: readonly Value[]): Conditions {
  return condition(`${column} IN (${list.map(() => '?').join(', ')})`, ...list);
}

function before(moment: number | undefined): Span | undefined {
  return moment === undefined ? undefined : { before: moment };
}

function within(column: string, span: Span | undefined, toValue: (instant: number) => number): Conditions {
  return all([
    span?.from === undefined ? ALL : condition(`${column} >= ?`, toValue(span.from)),
    span?.before === undefined ? ALL : condition(`${column} < ?`, toValue(span.before)),
  ]);
}

function fits(pattern: string): Conditions {
  const undated = `substr(a.number, ${DATE_DIGITS + 1})`;
  return condition(`(+a.number GLOB ? OR ${undated} GLOB ?)`, pattern, pattern);
}

function escalated(levels: readonly string[]): Conditions {
  const fired =
    'EXISTS (SELECT 1 FROM json_each(a.escalations) WHERE value IN (SELECT value FROM json_each(?)))';
  return condition(`+a.open = 1 AND a.escalations IS NOT NULL AND ${fired}`, JSON.stringify(levels));
}
