/** Finds and counts tickets. Statements are put together from what a query asks for, and kept for the next of its kind. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PageRequest, QueueCount, TicketPage, Whose } from '../../app/finding.ts';
import type { StateKind, Ticket } from '../../domain/ticket.ts';
import type { TicketQuery, Visibility } from '../../domain/ticket-query.ts';
import { conditionsOf, type Search, visibility } from './conditions.ts';

const PAGE = 25;
/** Shapes of statements that are kept prepared. */
const KEPT = 200;

export type TicketSearch = {
  find(query: TicketQuery, page?: PageRequest): TicketPage;
  count(query: TicketQuery, atMost: number): number;
  countOpen(visibleTo?: Visibility, whose?: Whose): readonly QueueCount[];
};

type Value = string | number | null;
export type Select = { readonly sql: string; readonly values: readonly Value[] };

export function createTicketSearch(database: DatabaseSync): TicketSearch {
  const prepared = new Map<string, StatementSync>();

  function statement(sql: string): StatementSync {
    const known = prepared.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    if (prepared.size === KEPT) prepared.clear();
    prepared.set(sql, made);
    return made;
  }

  return {
    find(query, { limit = PAGE, after } = {}) {
      const search = conditionsOf(query);
      if (search === 'nothing' || limit < 1) return { tickets: [] };
      const { sql, values } = findStatement(search, idAfter(after), limit + 1);
      const rows = statement(sql).all(...values);
      const page = rows.slice(0, limit);
      const tickets = page.map(({ body }) => JSON.parse(String(body)) as Ticket);
      const last = page.at(-1);
      return rows.length > limit && last ? { tickets, next: String(last.id) } : { tickets };
    },

    count(query, atMost) {
      const search = conditionsOf(query);
      if (search === 'nothing' || atMost < 1) return 0;
      const { sql, values } = countStatement(search, atMost);
      return Number(statement(sql).get(...values)?.n);
    },

    countOpen(visibleTo, whose) {
      const { sql, values } = countOpenStatement(visibleTo, whose);
      return statement(sql)
        .all(...values)
        .map((row) => ({
          queue: String(row.queue),
          state: String(row.state) as StateKind,
          count: Number(row.n),
        }));
    },
  };
}

/** What a cursor stands for. */
function idAfter(cursor: string | undefined): number {
  const id = /^\d{1,16}$/.test(cursor ?? '') ? Number(cursor) : Number.NaN;
  return Number.isSafeInteger(id) ? id : Number.MAX_SAFE_INTEGER;
}

export function findStatement(search: Search, before: number, limit: number): Select {
  const { from, id, where, values } = search;
  return {
    sql: `SELECT t.id, t.body FROM ${from} CROSS JOIN tickets t ON t.id = a.id
      WHERE ${[...where, `${id} < ?`].join(' AND ')} ORDER BY ${id} DESC LIMIT ?`,
    values: [...values, before, limit],
  };
}

export function countStatement({ from, where, values }: Search, atMost: number): Select {
  return {
    sql: `SELECT count(*) AS n FROM (SELECT 1 FROM ${from} WHERE ${[...where, 'true'].join(' AND ')} LIMIT ?)`,
    values: [...values, atMost],
  };
}

export function countOpenStatement(
  visibleTo: Visibility | undefined,
  { owner, responsible }: Whose = {},
): Select {
  const seen = visibility(visibleTo);
  const theirs = [
    ...(owner === undefined ? [] : [{ where: 'a.owner = ?', value: owner }]),
    ...(responsible === undefined ? [] : [{ where: 'a.responsible = ?', value: responsible }]),
  ];
  // All open tickets are counted on an index alone; those of one person are few, and found by that person.
  const index = theirs.length === 0 ? 'INDEXED BY attributes_states' : '';
  const where = ['a.open = 1', ...theirs.map((one) => one.where), ...seen.where].join(' AND ');
  return {
    sql: `SELECT a.queue, a.state, count(*) AS n FROM attributes a ${index}
      WHERE ${where} GROUP BY a.queue, a.state ORDER BY a.queue, a.state`,
    values: [...theirs.map(({ value }) => value), ...seen.values],
  };
}
