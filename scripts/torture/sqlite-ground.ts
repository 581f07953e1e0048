/** SQLite under torture: a file in a folder of its own. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Delivery } from '../../src/app/ports/delivery.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { Ground, Snapshot } from './ground.ts';

export async function sqliteGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'sportello-torture-'));
  const path = join(folder, 'sportello.db');
  return {
    url: `sqlite:${path}`,
    read: async () => readStore(path),
    endLeases: async () => {
      const database = new DatabaseSync(path);
      database.exec('UPDATE deliveries SET ready_at = 0 WHERE lease IS NOT NULL AND failed_at IS NULL');
      database.close();
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

function readStore(path: string): Snapshot {
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
      pending: all('SELECT owner_id, body, lease, attempts FROM deliveries WHERE failed_at IS NULL').map(
        ({ owner_id, body, lease, attempts }) => ({
          ...(JSON.parse(String(body)) as Delivery),
          owner: String(owner_id),
          begun: lease !== null || Number(attempts) > 0,
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
