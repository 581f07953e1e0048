/** Finds and counts tickets. */

import type { Filter } from 'mongodb';
import type { PageRequest, QueueCount, TicketPage, Whose } from '../../app/finding.ts';
import type { StateKind, Ticket } from '../../domain/ticket.ts';
import type { TicketQuery, Visibility } from '../../domain/ticket-query.ts';
import { conditionsOf } from './conditions.ts';
import { QUERIES } from './queries.ts';
import { type Collections, inexact, type RequestRecord } from './records.ts';

const PAGE = 25;

export type TicketSearch = {
  find(query: TicketQuery, page?: PageRequest): Promise<TicketPage>;
  count(query: TicketQuery, atMost: number): Promise<number>;
  countOpen(visibleTo?: Visibility, whose?: Whose): Promise<readonly QueueCount[]>;
};

export function createTicketSearch({ requests }: Collections): TicketSearch {
  return {
    async find(query, { limit = PAGE, after } = {}) {
      const conditions = conditionsOf(query);
      if (conditions === 'nothing' || limit < 1) return { tickets: [] };
      const { filter, sort = {} } = QUERIES.tickets([...conditions, ...following(after)]);
      const projection = { body: 1, createdAt: 1, born: 1 };
      const found = await requests.find(filter, { sort, limit: limit + 1, projection }).toArray();
      const page = found.slice(0, limit);
      const tickets = page.map(({ body }) => JSON.parse(body ?? '') as Ticket);
      const last = page.at(-1);
      return found.length > limit && last ? { tickets, next: `${last.createdAt}.${last.born}` } : { tickets };
    },

    async count(query, atMost) {
      const conditions = conditionsOf(query);
      if (conditions === 'nothing' || atMost < 1) return 0;
      return requests.countDocuments(QUERIES.tickets(conditions).filter, { limit: atMost });
    },

    async countOpen(visibleTo, whose) {
      const { filter } = QUERIES.openTickets(visibleTo, whose);
      const groups = await requests
        .aggregate<{ _id: { queue: string; state: StateKind }; count: number }>([
          { $match: filter },
          { $group: { _id: { queue: '$queue', state: '$state' }, count: { $sum: 1 } } },
        ])
        .toArray();
      return groups
        .map(({ _id, count }) => ({ queue: inexact(_id.queue), state: _id.state, count }))
        .sort((a, b) => order(a.queue, b.queue) || order(a.state, b.state));
    },
  };
}

/** What comes behind the ticket that a cursor stands for. */
function following(cursor: string | undefined): Filter<RequestRecord>[] {
  const [, createdAt, born] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? '') ?? [];
  if (createdAt === undefined) return [];
  const moment = Number(createdAt);
  return [
    { createdAt: { $lte: moment } },
    { $or: [{ createdAt: { $lt: moment } }, { born: { $lt: Number(born) } }] },
  ];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
