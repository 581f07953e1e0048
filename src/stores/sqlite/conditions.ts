/** What a query asks for, as conditions of SQL on `attributes`, here called `a`, and on the full-text table `words`. */

import { WORD_FIELDS } from '../../domain/ticket-index.ts';
import {
  DATE_DIGITS,
  numberPattern,
  type Span,
  type TicketQuery,
  type Visibility,
  type WordCondition,
  wordConditions,
} from '../../domain/ticket-query.ts';
import { firstId } from './newest-first.ts';

type Value = string | number;
type Conditions = { readonly where: readonly string[]; readonly values: readonly Value[] };
/** Where the tickets are found, in the order of `id`, and what must hold of them. */
export type Search = Conditions & { readonly from: string; readonly id: string };

const ALL: Conditions = { where: [], values: [] };

/** @returns `nothing` when no ticket can fit */
export function conditionsOf(query: TicketQuery): Search | 'nothing' {
  const words = wordConditions(query);
  const number = query.number === undefined ? undefined : numberPattern(query.number);
  if (query.number !== undefined && number === undefined) return 'nothing';
  const lists = listsOf(query);
  if (lists.some(([, list]) => list.length === 0)) return 'nothing';
  const parts: Conditions[] = [
    words.length === 0 ? ALL : condition('w.words MATCH ?', words.map(matchOf).join(' AND ')),
    number === undefined ? ALL : fits(number),
    ...lists.map(([column, list]) => among(`a.${column}`, list)),
    query.open === undefined ? ALL : condition(`a.open = ${Number(query.open)}`),
    query.locked === undefined ? ALL : condition(`a.locked = ${Number(query.locked)}`),
    query.owner === undefined ? ALL : condition('a.owner = ?', query.owner),
    query.responsible === undefined ? ALL : condition('a.responsible = ?', query.responsible),
    query.requester === undefined ? ALL : condition('a.requester = ?', query.requester),
    within('a.id', query.created, firstId),
    within('a.changed_at', query.changed, Math.ceil),
    within('a.closed_at', query.closed, Math.ceil),
    within(
      'a.reminder_at',
      query.reminderBefore === undefined ? undefined : { before: query.reminderBefore },
      Math.ceil,
    ),
    query.escalations === undefined ? ALL : escalated(query.escalations),
    visibility(query.visibleTo),
  ];
  return {
    ...(words.length === 0
      ? { from: 'attributes a', id: 'a.id' }
      : { from: 'words w CROSS JOIN attributes a ON a.id = w.rowid', id: 'w.rowid' }),
    where: parts.flatMap(({ where }) => where),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Only what this person may see. */
export function visibility(visibleTo: Visibility | undefined): Conditions {
  if (visibleTo === undefined || visibleTo.queues === 'all') return ALL;
  const queues = visibleTo.queues.length === 0 ? condition('false') : among('a.queue', visibleTo.queues);
  const own = takesPart(visibleTo);
  return condition(`(${queues.where} OR ${own.where})`, ...queues.values, ...own.values);
}

function takesPart({ person, internally }: Visibility): Conditions {
  const part = 'EXISTS (SELECT 1 FROM participants p WHERE p.ticket = a.id AND p.person = ?)';
  return internally ? condition(`(a.requester <> ? AND ${part})`, person, person) : condition(part, person);
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

function condition(where: string, ...values: readonly Value[]): Conditions {
  return { where: [where], values };
}

function among(column: string, list: readonly Value[]): Conditions {
  const [first] = list;
  if (list.length === 1 && first !== undefined) return condition(`${column} = ?`, first);
  return condition(`${column} IN (${list.map(() => '?').join(', ')})`, ...list);
}

function within(column: string, span: Span | undefined, toValue: (instant: number) => number): Conditions {
  const parts: Conditions[] = [];
  if (span?.from !== undefined) parts.push(condition(`${column} >= ?`, toValue(span.from)));
  if (span?.before !== undefined) parts.push(condition(`${column} < ?`, toValue(span.before)));
  return { where: parts.flatMap(({ where }) => where), values: parts.flatMap(({ values }) => values) };
}

function fits(pattern: string): Conditions {
  return condition(`(a.number GLOB ? OR substr(a.number, ${DATE_DIGITS + 1}) GLOB ?)`, pattern, pattern);
}

function escalated(levels: readonly string[]): Conditions {
  const fired =
    'EXISTS (SELECT 1 FROM json_each(a.escalations) WHERE value IN (SELECT value FROM json_each(?)))';
  return condition(`a.open = 1 AND a.escalations IS NOT NULL AND ${fired}`, JSON.stringify(levels));
}

/** In the language of FTS5. Words are letters and digits, so quotes hold them. */
function matchOf({ prefix, fields }: WordCondition): string {
  const everywhere = fields.length === WORD_FIELDS.length;
  return `${everywhere ? '' : `{${fields.join(' ')}} : `}"${prefix}" *`;
}
