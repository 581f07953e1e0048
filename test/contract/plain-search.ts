/** What a query means, written as plainly as can be: every ticket is looked at. The stores must answer the same. */

import type { QueueCount } from '../../src/app/ports/finding.ts';
import type { Instant, Ticket, TicketNumber } from '../../src/domain/ticket.ts';
import { textsOf, ticketAttributes, ticketWords } from '../../src/domain/ticket-index.ts';
import {
  fitsNumber,
  numberPattern,
  type Span,
  type TicketQuery,
  type Visibility,
  wordConditions,
} from '../../src/domain/ticket-query.ts';
import { wordMatches } from '../../src/domain/words.ts';

/** The numbers that the query finds among these tickets, given in the order in which they were first written. */
export function plainFind(tickets: readonly Ticket[], query: TicketQuery): TicketNumber[] {
  return [...tickets.entries()]
    .filter(([, ticket]) => matches(ticket, query))
    .sort(([a, one], [b, other]) => other.createdAt - one.createdAt || b - a)
    .map(([, { number }]) => number);
}

export function plainCountOpen(tickets: readonly Ticket[], visibleTo?: Visibility): QueueCount[] {
  const counts = new Map<string, QueueCount>();
  for (const ticket of tickets) {
    if (!matches(ticket, { open: true, ...(visibleTo && { visibleTo }) })) continue;
    const key = `${ticket.queue} ${ticket.state.kind}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { queue: ticket.queue, state: ticket.state.kind, count });
  }
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...counts.values()].sort((a, b) => order(a.queue, b.queue) || order(a.state, b.state));
}

function matches(ticket: Ticket, query: TicketQuery): boolean {
  const is = ticketAttributes(ticket);
  const words = ticketWords(textsOf(ticket));
  const found = wordConditions(query).every(({ prefix, fields }) =>
    fields.some((field) => [...words[field]].some((word) => wordMatches(word, prefix))),
  );
  const number = query.number === undefined ? undefined : numberPattern(query.number);
  const seen = query.visibleTo;
  return (
    found &&
    (query.number === undefined || (number !== undefined && fitsNumber(ticket.number, number))) &&
    among(is.state, query.states) &&
    equal(is.open, query.open) &&
    among(is.priority, query.priorities) &&
    equal(is.locked, query.locked) &&
    among(is.queue, query.queues) &&
    among(is.createdIn, query.createdInQueues) &&
    among(is.type, query.types) &&
    among(is.service, query.services) &&
    among(is.organisation, query.organisations) &&
    equal(is.owner, query.owner) &&
    equal(is.responsible, query.responsible) &&
    equal(is.requester, query.requester) &&
    within(is.createdAt, query.created) &&
    within(is.changedAt, query.changed) &&
    within(is.closedAt, query.closed) &&
    (query.reminderBefore === undefined || within(is.reminderAt, { before: query.reminderBefore })) &&
    (query.escalations === undefined || is.escalations.some((level) => query.escalations?.includes(level))) &&
    (seen === undefined ||
      seen.queues === 'all' ||
      seen.queues.includes(is.queue) ||
      (is.participants.includes(seen.person) && !(seen.internally && is.requester === seen.person)))
  );
}

function equal<T>(value: T | undefined, asked: T | undefined): boolean {
  return asked === undefined || value === asked;
}

function among<T>(value: T | undefined, list: readonly T[] | undefined): boolean {
  return list === undefined || (value !== undefined && list.includes(value));
}

function within(moment: Instant | undefined, span: Span | undefined): boolean {
  if (span?.from === undefined && span?.before === undefined) return true;
  if (moment === undefined) return false;
  return (
    moment >= (span.from ?? Number.NEGATIVE_INFINITY) && moment < (span.before ?? Number.POSITIVE_INFINITY)
  );
}
