/** What the store holds while no bot runs, read past the bot's own code. */

import { DatabaseSync } from 'node:sqlite';
import type { Delivery } from '../../src/app/ports.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { Ticket } from '../../src/domain/ticket.ts';

export type Snapshot = {
  /** By number. */
  readonly tickets: ReadonlyMap<string, Ticket>;
  /** Oldest first, by number. */
  readonly histories: ReadonlyMap<string, readonly TicketEvent[]>;
  /** Activities of the cards that the bot knows to stand in Teams, with owner and key. */
  readonly posts: ReadonlyMap<string, { readonly owner: string; readonly key: string }>;
  /** Deliveries that were under way, or waited. */
  readonly pending: readonly (Delivery & { readonly owner: string; readonly leased: boolean })[];
  readonly failed: readonly string[];
  /** What SQLite itself finds wrong; `ok` when nothing. */
  readonly integrity: string;
};

/** Reads a store of SQLite without writing to it. */
export function readStore(path: string): Snapshot {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const all = (sql: string) => database.prepare(sql).all();
    const histories = new Map<string, TicketEvent[]>();
    for (const { number, body } of all('SELECT number, body FROM events ORDER BY number, position')) {
      const history = histories.get(String(number)) ?? [];
      histories.set(String(number), history);
      history.push(JSON.parse(String(body)));
    }
    return {
      tickets: new Map(
        all('SELECT number, body FROM tickets').map(({ number, body }) => [
          String(number),
          JSON.parse(String(body)) as Ticket,
        ]),
      ),
      histories,
      posts: new Map(
        all('SELECT owner_id, key, activity FROM posts WHERE activity IS NOT NULL').map(
          ({ owner_id, key, activity }) => [String(activity), { owner: String(owner_id), key: String(key) }],
        ),
      ),
      pending: all('SELECT owner_id, body, lease FROM deliveries WHERE failed_at IS NULL').map(
        ({ owner_id, body, lease }) => ({
          ...(JSON.parse(String(body)) as Delivery),
          owner: String(owner_id),
          leased: lease !== null,
        }),
      ),
      failed: all('SELECT key, reason FROM deliveries WHERE failed_at IS NOT NULL').map(
        ({ key, reason }) => `${String(key)}: ${String(reason)}`,
      ),
      integrity: all('PRAGMA integrity_check').map(Object.values).join(),
    };
  } finally {
    database.close();
  }
}

/** Lets a minute pass for the leases that a killed bot has left behind, by ending them. */
export function endLeases(path: string): void {
  const database = new DatabaseSync(path);
  database.exec('UPDATE deliveries SET ready_at = 0 WHERE lease IS NOT NULL AND failed_at IS NULL');
  database.close();
}
