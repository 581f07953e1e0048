/** What a query asks for, as filters on the documents of tickets. */

import type { Filter } from 'mongodb';
import {
  DATE_DIGITS,
  numberPattern,
  type Span,
  type TicketQuery,
  type Visibility,
  wordConditions,
} from '../../domain/ticket-query.ts';
import { exact, type RequestRecord, recordId, whole } from './records.ts';
import { wordPattern } from './ticket-index.ts';

export type Conditions = readonly Filter<RequestRecord>[];

/** @returns `nothing` when no ticket can fit */
export function conditionsOf(query: TicketQuery): Conditions | 'nothing' {
  const number = query.number === undefined ? undefined : numberPattern(query.number);
  if (query.number !== undefined && number === undefined) return 'nothing';
  return [
    ...wordConditions(query).map((condition) => ({ words: wordPattern(condition) })),
    ...(number === undefined ? [] : [{ _id: fits(number) }]),
    ...among('state', query.states),
    ...among('priority', query.priorities),
    ...among('queue', query.queues?.map(exact)),
    ...among('createdIn', query.createdInQueues?.map(exact)),
    ...among('type', query.types),
    ...among('service', query.services?.map(exact)),
    ...among('organisation', query.organisations?.map(exact)),
    ...equal('open', query.open),
    ...equal('locked', query.locked),
    ...equal('owner', query.owner === undefined ? undefined : exact(query.owner)),
    ...equal('responsible', query.responsible === undefined ? undefined : exact(query.responsible)),
    ...equal('requester', query.requester === undefined ? undefined : exact(query.requester)),
    ...within('createdAt', query.created),
    ...within('changedAt', query.changed),
    ...within('closedAt', query.closed),
    ...within(
      'reminderAt',
      query.reminderBefore === undefined ? undefined : { before: query.reminderBefore },
    ),
    ...(query.escalations === undefined
      ? []
      : [{ open: true }, { escalations: { $in: query.escalations.map(exact) } }]),
    ...visibility(query.visibleTo),
  ];
}

/** Only what this person may see. */
export function visibility(visibleTo: Visibility | undefined): Conditions {
  if (visibleTo === undefined || visibleTo.queues === 'all') return [];
  const person = exact(visibleTo.person);
  const own = visibleTo.internally ? { people: person, requester: { $ne: person } } : { people: person };
  return [{ $or: [{ queue: { $in: visibleTo.queues.map(exact) } }, own] }];
}

function equal(field: keyof RequestRecord, value: string | boolean | undefined): Conditions {
  return value === undefined ? [] : [{ [field]: value }];
}

function among(field: keyof RequestRecord, list: readonly (string | number)[] | undefined): Conditions {
  return list === undefined ? [] : [{ [field]: list.length === 1 ? list[0] : { $in: list } }];
}

function within(field: keyof RequestRecord, span: Span | undefined): Conditions {
  if (span?.from === undefined && span?.before === undefined) return [];
  const range = {
    ...(span.from !== undefined && { $gte: whole(span.from) }),
    ...(span.before !== undefined && { $lt: whole(span.before) }),
  };
  return [{ [field]: range }];
}

function fits(pattern: string): RegExp {
  const id = recordId({ kind: 'ticket', id: '' });
  return new RegExp(`^${id}([0-9]{${DATE_DIGITS}})?${pattern.replaceAll('*', '[0-9]*')}$`);
}
