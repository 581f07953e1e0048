/** What a query asks for, as filters on the documents of tickets. */

import { BSONRegExp, type Filter } from 'mongodb';
import { isClosed } from '../../domain/ticket.ts';
import {
  createdWithin,
  DATE_DIGITS,
  numberPattern,
  type Span,
  type TicketQuery,
  type Visibility,
  type WordCondition,
  wordConditions,
} from '../../domain/ticket-query.ts';
import { codeOf, type Month } from '../months.ts';
import { exact, type RequestRecord, recordId, whole } from './records.ts';
import { endingOf, type Mark, markOf, wordPattern } from './ticket-index.ts';

export type Conditions = readonly Filter<RequestRecord>[];

export type Search = {
  /**
   * All conditions, as they are where an index finds few: numbers that begin alike, open tickets, a short time. Only
   * tickets have what these indexes hold; asked for their kind as well, DocumentDB reads each to count it.
   */
  readonly few: Conditions;
  /** Which of them makes it few: one that is known to, or a time of closing or change, which may be long. */
  readonly led: 'surely' | Conditions | undefined;
  /** All conditions, for tickets created in these months. */
  many(months: readonly Month[]): Conditions;
  /** When they may have been created. */
  readonly created: Span;
  readonly hasWords: boolean;
};

/** @returns `nothing` when no ticket can fit */
export function searchOf(query: TicketQuery): Search | 'nothing' {
  const number = query.number === undefined ? undefined : numberPattern(query.number);
  if (query.number !== undefined && number === undefined) return 'nothing';
  const words = wordConditions(query);
  const marks = marksOf(query, number);
  const plain: Conditions = [
    ...(number === undefined ? [] : [{ _id: fits(number) }]),
    ...among('priority', query.priorities),
    ...equal('open', query.open),
    ...equal('locked', query.locked),
    ...within('changedAt', query.changed),
    ...within('closedAt', query.closed),
    ...within(
      'reminderAt',
      query.reminderBefore === undefined ? undefined : { before: query.reminderBefore },
    ),
    ...(query.escalations === undefined
      ? []
      : [{ open: true }, { escalations: { $in: query.escalations.map(exact) } }]),
  ];
  const begun = number === undefined ? [] : beginning(number);
  const open = onlyOpen(query);
  return {
    few: [
      ...begun,
      ...(open ? [{ open: true }] : []),
      ...plain,
      ...marks.map(fieldFilter),
      ...words.map((condition) => ({ words: wordPattern(condition) })),
      ...within('createdAt', query.created),
      ...visibility(query.visibleTo),
    ],
    led: begun.length > 0 || (open && words.length === 0) ? 'surely' : spanOf(query),
    created: createdWithin(query),
    hasWords: words.length > 0,
    many: (months) => [
      { kind: 'ticket' },
      ...words.map((condition) => wordsOfMonths(condition, months)),
      ...marks.map((marked) => marksOfMonths([marked], months)),
      ...visibleMarks(query.visibleTo).map((seen) => marksOfMonths(seen, months)),
      ...plain,
    ],
  };
}

/** Only what this person may see. */
export function visibility(visibleTo: Visibility | undefined): Conditions {
  return visibleMarks(visibleTo).map((seen) => ({ $or: seen.map(fieldFilter) }));
}

type Marked = readonly [mark: Mark, values: readonly string[]];

/** Of these, one must hold. */
function visibleMarks(visibleTo: Visibility | undefined): (readonly Marked[])[] {
  if (visibleTo === undefined || visibleTo.queues === 'all') return [];
  return [
    [
      ['queue', visibleTo.queues],
      [visibleTo.internally ? 'inside' : 'people', [visibleTo.person]],
    ],
  ];
}

function marksOf(query: TicketQuery, number: string | undefined): Marked[] {
  const asked: readonly (readonly [Mark, readonly string[] | string | undefined])[] = [
    ['ending', number === undefined ? undefined : endingOf(number)],
    ['state', query.states],
    ['queue', query.queues],
    ['createdIn', query.createdInQueues],
    ['type', query.types],
    ['service', query.services],
    ['organisation', query.organisations],
    ['owner', query.owner],
    ['responsible', query.responsible],
    ['requester', query.requester],
  ];
  return asked.flatMap(([mark, values]) =>
    values === undefined ? [] : [[mark, typeof values === 'string' ? [values] : values] as const],
  );
}

function wordsOfMonths(condition: WordCondition, months: readonly Month[]): Filter<RequestRecord> {
  return oneOf(months.map((month) => wordPattern(condition, codeOf(month))));
}

function marksOfMonths(marks: readonly Marked[], months: readonly Month[]): Filter<RequestRecord> {
  return oneOf(
    months.flatMap((month) =>
      marks.flatMap(([mark, values]) => values.map((value) => markOf(codeOf(month), mark, value))),
    ),
  );
}

function oneOf(entries: readonly (string | BSONRegExp)[]): Filter<RequestRecord> {
  const [first, ...others] = entries;
  return { words: first !== undefined && others.length === 0 ? first : { $in: entries } };
}

/** The same without months, where another index leads. */
function fieldFilter([mark, values]: Marked): Filter<RequestRecord> {
  if (mark === 'ending') return {};
  if (mark === 'inside')
    return { people: { $in: values.map(exact) }, requester: { $nin: values.map(exact) } };
  return { [mark]: { $in: values.map(exact) } };
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

function equal(field: keyof RequestRecord, value: string | boolean | undefined): Conditions {
  return value === undefined ? [] : [{ [field]: value }];
}

function among(field: keyof RequestRecord, list: readonly number[] | undefined): Conditions {
  return list === undefined ? [] : [{ [field]: { $in: list } }];
}

function within(field: keyof RequestRecord, span: Span | undefined): Conditions {
  if (span?.from === undefined && span?.before === undefined) return [];
  const range = {
    // The condition of the partial indexes, which must be seen to hold.
    ...(span.from === undefined ? { $gt: 0 } : { $gte: whole(span.from) }),
    ...(span.before !== undefined && { $lt: whole(span.before) }),
  };
  return [{ [field]: range }];
}

const ID = recordId({ kind: 'ticket', id: '' });

/** For the server to match: here nothing does. */
function fits(pattern: string): BSONRegExp {
  return new BSONRegExp(`^${ID}([0-9]{${DATE_DIGITS}})?${pattern.replaceAll('*', '[0-9]*')}$`);
}

/** How the id begins, where the pattern says so much of it that few do. */
function beginning(pattern: string): Conditions {
  const [first = ''] = pattern.split('*');
  const few = first.length >= DATE_DIGITS && /^20[0-9]{6}/.test(first);
  return few ? [{ _id: new BSONRegExp(`^${ID}${first}`) }] : [];
}

function spanOf({ closed, changed }: TicketQuery): Conditions | undefined {
  const span = closed ? within('closedAt', closed) : within('changedAt', changed);
  return span.length > 0 ? span : undefined;
}
