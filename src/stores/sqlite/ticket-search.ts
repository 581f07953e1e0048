/** Finds and counts tickets. Statements are put together from what a query asks for, and kept for the next of its kind. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PageRequest, QueueCount, TicketPage, Whose } from '../../app/ports/finding.ts';
import type { StateKind, Ticket } from '../../domain/ticket.ts';
import {
  createdWithin,
  type TicketQuery,
  type Visibility,
  wordConditions,
} from '../../domain/ticket-query.ts';
import { conditionsOf, type Search } from './conditions.ts';
import { createdWith, firstId, LAST_ID } from './newest-first.ts';
import {
  bodiesStatement,
  countStatement,
  ENDS,
  findStatement,
  idsStatement,
  openStatement,
  type Select,
  wordsStatement,
} from './search-statements.ts';
import { type Slice, slicesOf } from './slices.ts';

const PAGE = 25;
/** Shapes of statements that are kept prepared. */
const KEPT = 200;
/** Tickets that are looked up one by one, instead of being met on the way through all. */
const FEW = 5_000;

export type TicketSearch = {
  find(query: TicketQuery, page?: PageRequest): TicketPage;
  count(query: TicketQuery, atMost: number): number;
  countOpen(visibleTo?: Visibility, whose?: Whose): readonly QueueCount[];
};

export function createTicketSearch(database: DatabaseSync): TicketSearch {
  const prepared = new Map<string, StatementSync>();

  function rows({ sql, values }: Select): Record<string, unknown>[] {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      if (prepared.size === KEPT) prepared.clear();
      prepared.set(sql, statement);
    }
    return statement.all(...values);
  }

  function ids(select: Select): number[] {
    return rows(select).map(({ id }) => Number(id));
  }

  /** With the time of closing or of change as its lead, where that finds few. */
  function led(search: Search): Search {
    const { lead, span } = search;
    if (lead || !span || ids(idsStatement(span, FEW)).length === FEW) return search;
    return { ...search, lead: span };
  }

  /** The ids of the newest tickets found, before that id. */
  function newest(query: TicketQuery, search: Search, before: number, limit: number): number[] {
    const words = wordConditions(query);
    if (words.length === 0) return ids(findStatement(led(search), before, limit));
    const found: number[] = [];
    for (const slice of slices(query, search, before)) {
      found.push(...ids(wordsStatement(words, slice, search, before, limit - found.length)));
      if (found.length >= limit) break;
    }
    return found;
  }

  /** The parts of the index of words in which to look, newest first. */
  function slices(query: TicketQuery, search: Search, before: number): Slice[] {
    const known = search.lead && ids(idsStatement(search.lead, FEW));
    if (known && known.length < FEW) return slicesOf(known);
    const created = createdWithin(query);
    const [oldest, last] = ids(ENDS);
    if (oldest === undefined || last === undefined) return [];
    const upTo = Math.min(before, last, created.before === undefined ? last : firstId(created.before));
    return slicesOf({
      from: createdWith(Math.max(oldest, created.from === undefined ? oldest : firstId(created.from))),
      to: createdWith(upTo),
    });
  }

  return {
    find(query, { limit = PAGE, after } = {}) {
      const search = conditionsOf(query);
      if (search === 'nothing' || limit < 1) return { tickets: [] };
      const found = newest(query, search, idAfter(after), limit + 1);
      const page = found.slice(0, limit);
      const bodies = new Map(rows(bodiesStatement(page)).map(({ id, body }) => [Number(id), String(body)]));
      const tickets = page.map((id) => JSON.parse(bodies.get(id) ?? '') as Ticket);
      return found.length > limit ? { tickets, next: String(page.at(-1)) } : { tickets };
    },

    count(query, atMost) {
      const search = conditionsOf(query);
      if (search === 'nothing' || atMost < 1) return 0;
      if (wordConditions(query).length > 0) return newest(query, search, LAST_ID, atMost).length;
      const [row] = rows(countStatement({ ...search, lead: search.lead ?? search.span }, atMost));
      return Number(row?.n);
    },

    countOpen(visibleTo, whose) {
      return rows(openStatement(visibleTo, whose)).map((row) => ({
        queue: String(row.queue),
        state: String(row.state) as StateKind,
        count: Number(row.n),
      }));
    },
  };
}

/** What a cursor stands for. */
function idAfter(cursor: string | undefined): number {
  const id = /^\d{1,16}$/.test(cursor ?? '') ? Number(cursor) : LAST_ID;
  return Math.min(id, LAST_ID);
}
