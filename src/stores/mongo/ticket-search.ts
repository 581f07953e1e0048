/**
 * Finds and counts tickets.
 *
 * Where many may fit, one looks from the newest on, in stretches of time that begin with a day and grow while little is
 * found: so what is frequent is found among the newest, what is rare by few questions, and nowhere is a long list sorted.
 * Not every server walks back along an index by itself: DocumentDB sorts what it has found.
 */

import type { Filter } from 'mongodb';
import type { PageRequest, QueueCount, TicketPage, Whose } from '../../app/ports/finding.ts';
import type { Instant, StateKind, Ticket } from '../../domain/ticket.ts';
import type { TicketQuery, Visibility } from '../../domain/ticket-query.ts';
import { DAY_MS } from '../../domain/units.ts';
import { type Month, monthOf } from '../months.ts';
import { type Conditions, type Search, searchOf } from './conditions.ts';
import type { CreatedEnds } from './created-ends.ts';
import { QUERIES } from './queries.ts';
import { type Collections, inexact, type RequestRecord, whole } from './records.ts';

const PAGE = 25;
/** Documents that may be read and sorted for one page. */
const FEW = 250;
/** The next stretch is at most so many times as long, and at most so long: a question has an entry for each month. */
const GROWTH = 8;
const LONGEST_MS = 730 * DAY_MS;

export type TicketSearch = {
  find(query: TicketQuery, page?: PageRequest): Promise<TicketPage>;
  count(query: TicketQuery, atMost: number): Promise<number>;
  countOpen(visibleTo?: Visibility, whose?: Whose): Promise<readonly QueueCount[]>;
};

export function createTicketSearch({ requests }: Collections, ends: CreatedEnds): TicketSearch {
  /**
   * Asks about one stretch after the other, from the newest to the oldest.
   *
   * @param ask answers how many were found, of those that are still wanted
   */
  async function walk(
    search: Search,
    upTo: Instant,
    wanted: number,
    ask: (conditions: Conditions, wanted: number) => Promise<number>,
  ): Promise<void> {
    const { created } = search;
    const there = await ends.read();
    if (!there) return;
    const first = Math.max(there.from, whole(created.from ?? there.from));
    let to = Math.min(there.before, whole(created.before ?? there.before), upTo + 1);
    let length = DAY_MS;
    let left = wanted;
    while (to > first && left > 0) {
      const from = Math.max(first, to - length);
      const months = monthsBetween(from, to - 1);
      const found = await ask([{ createdAt: { $gte: from, $lt: to } }, ...search.many(months)], left);
      left -= found;
      const growth = found === 0 ? GROWTH : Math.min(GROWTH, Math.max(1, Math.ceil((2 * left) / found)));
      length = Math.min(LONGEST_MS, length * growth);
      to = from;
    }
  }

  async function findsFew({ led }: Search): Promise<boolean> {
    if (led === undefined || led === 'surely') return led !== undefined;
    return (await requests.countDocuments(QUERIES.tickets(led).filter, { limit: FEW })) < FEW;
  }

  async function newest(conditions: Conditions, limit: number): Promise<RequestRecord[]> {
    const { filter, sort = {} } = QUERIES.tickets(conditions);
    return requests.find(filter, { sort, limit, projection: { body: 1, createdAt: 1, born: 1 } }).toArray();
  }

  return {
    async find(query, { limit = PAGE, after } = {}) {
      const search = searchOf(query);
      if (search === 'nothing' || limit < 1) return { tickets: [] };
      const cursor = readCursor(after);
      const found: RequestRecord[] = [];
      const take = async (conditions: Conditions, left: number) => {
        const records = await newest([...conditions, ...following(cursor)], left);
        found.push(...records);
        return records.length;
      };
      if (await findsFew(search)) await take(search.few, limit + 1);
      else await walk(search, cursor?.createdAt ?? Number.MAX_SAFE_INTEGER, limit + 1, take);
      const page = found.slice(0, limit);
      const tickets = page.map(({ body }) => JSON.parse(body ?? '') as Ticket);
      const last = page.at(-1);
      return found.length > limit && last ? { tickets, next: `${last.createdAt}.${last.born}` } : { tickets };
    },

    async count(query, atMost) {
      const search = searchOf(query);
      if (search === 'nothing' || atMost < 1) return 0;
      let count = 0;
      const ask = async (conditions: Conditions, left: number) => {
        const more = await requests.countDocuments(QUERIES.tickets(conditions).filter, { limit: left });
        count += more;
        return more;
      };
      // Whom nobody wants in order, an index may find many.
      if ((search.led && !search.hasWords) || (await findsFew(search))) await ask(search.few, atMost);
      else await walk(search, Number.MAX_SAFE_INTEGER, atMost, ask);
      return count;
    },

    async countOpen(visibleTo, whose) {
      const { filter } = QUERIES.openTickets(visibleTo, whose);
      // One text in place of a document of two: DocumentDB groups those by comparing BSON, which takes longer than reading.
      const groups = await requests
        .aggregate<{ _id: string; count: number }>([
          { $match: filter },
          { $group: { _id: { $concat: ['$state', '/', '$queue'] }, count: { $sum: 1 } } },
        ])
        .toArray();
      return groups
        .map(({ _id, count }) => {
          const slash = _id.indexOf('/');
          return { queue: inexact(_id.slice(slash + 1)), state: _id.slice(0, slash) as StateKind, count };
        })
        .sort((a, b) => order(a.queue, b.queue) || order(a.state, b.state));
    },
  };
}

type Cursor = { readonly createdAt: Instant; readonly born: number };

function readCursor(cursor: string | undefined): Cursor | undefined {
  const [, createdAt, born] = /^(\d{1,15})\.(\d{1,15})$/.exec(cursor ?? '') ?? [];
  return createdAt === undefined ? undefined : { createdAt: Number(createdAt), born: Number(born) };
}

/** What comes behind the ticket that the cursor stands for. */
function following(cursor: Cursor | undefined): Filter<RequestRecord>[] {
  if (!cursor) return [];
  const { createdAt, born } = cursor;
  return [
    { createdAt: { $lte: createdAt } },
    { $or: [{ createdAt: { $lt: createdAt } }, { born: { $lt: born } }] },
  ];
}

/** The newest first. */
function monthsBetween(from: Instant, to: Instant): Month[] {
  const last = monthOf(to);
  return Array.from({ length: last - monthOf(from) + 1 }, (_, n) => last - n);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
