/** MongoDB under torture: a database of its own on a server that can be killed. */

import { type Document, MongoClient } from 'mongodb';
import type { Delivery } from '../../src/app/ports/delivery.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { collectionsOf, inexact, ownerOf, postOf } from '../../src/stores/mongo/records.ts';
import type { Ground, PendingDelivery, Snapshot } from './ground.ts';
import { startMongoServer } from './mongo-server.ts';

/** @param starter program that starts a server, see `mongo-server.ts` */
export async function mongoGround(starter: string): Promise<Ground> {
  const server = await startMongoServer(starter);
  const url = `${server.url}/torture`;
  /** A connection for each use: the server dies in between. */
  async function connected<T>(use: (client: MongoClient) => Promise<T>): Promise<T> {
    const client = new MongoClient(url);
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }
  return {
    url,
    read: () => connected(readStore),
    endLeases: () =>
      connected(async (client) => {
        const { requests } = collectionsOf(client.db());
        const ended = { $cond: [{ $gt: ['$$item.ready', 0] }, { ready: 1 }, {}] };
        const outbox: Document = {
          $map: { input: '$outbox', as: 'item', in: { $mergeObjects: ['$$item', ended] } },
        };
        await requests.updateMany({ wakeAt: { $gt: 0 } }, [{ $set: { outbox, wakeAt: 1 } }]);
      }),
    server,
    close: () => server.close(),
  };
}

async function readStore(client: MongoClient): Promise<Snapshot> {
  const tickets = new Map<string, Ticket>();
  const histories = new Map<string, readonly TicketEvent[]>();
  const posts = new Map<string, { owner: string; key: string }>();
  const pending: PendingDelivery[] = [];
  const failures: string[] = [];
  for await (const record of collectionsOf(client.db()).requests.find()) {
    const owner = ownerOf(record._id).id;
    if (record.kind === 'ticket') {
      tickets.set(owner, JSON.parse(record.body ?? ''));
      const events = record.events ?? [];
      histories.set(
        owner,
        events.map((event) => JSON.parse(event)),
      );
    }
    for (const entry of record.posts ?? []) {
      const activity = postOf(entry)?.activity;
      if (activity !== undefined) posts.set(activity, { owner, key: inexact(entry.key) });
    }
    for (const { body, lease, attempts } of record.outbox ?? []) {
      const begun = lease !== null || attempts > 0;
      pending.push({ ...(JSON.parse(body) as Delivery), owner, begun });
    }
    for (const { key, reason } of record.failed ?? []) failures.push(`${key}: ${inexact(reason)}`);
  }
  return { tickets, histories, posts, pending, failed: failures, integrity: 'ok' };
}
