/** The stores that are measured: how to fill one fast, and how to open it as Sportello does. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, MongoClient } from 'mongodb';
import type { Store, TicketCommit } from '../../src/app/ports/store.ts';
import { readAddress } from '../../src/stores/mongo/address.ts';
import { recordId } from '../../src/stores/mongo/records.ts';
import { INDEXES } from '../../src/stores/mongo/schema.ts';
import { indexFields } from '../../src/stores/mongo/ticket-index.ts';
import { openStore } from '../../src/stores/open.ts';
import { openDatabase } from '../../src/stores/sqlite/database.ts';
import { createSqliteStore } from '../../src/stores/sqlite/store.ts';
import { type CountCost, countCosts } from './mongo-counts.ts';

export type StoreBackend = {
  readonly name: 'SQLite' | 'MongoDB';
  /** Writes that many tickets to an empty store of that name. Fast, and not safe from a power cut. */
  fill(name: string, size: number, commitOf: (n: number) => TicketCommit): Promise<void>;
  open(name: string): Promise<Store>;
  /** Where the time of counts goes, where that is not plain. */
  countCosts?(name: string): Promise<readonly CountCost[]>;
  /** Bytes on disk. */
  bytes(name: string): Promise<number>;
  remove(name: string): Promise<void>;
};

const GROUP = 500;

export function sqliteBackend(directory: string): StoreBackend {
  const path = (name: string) => join(directory, `${name}.db`);
  return {
    name: 'SQLite',
    async fill(name, size, commitOf) {
      const database = openDatabase(path(name));
      database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -400000');
      const { store } = createSqliteStore(database);
      for (let from = 0; from < size; from += GROUP) {
        const group = Array.from({ length: Math.min(GROUP, size - from) }, (_, n) => commitOf(from + n));
        await Promise.all(group.map((commit) => store.commitTicket(commit)));
      }
      await store.close();
    },
    open: async (name) => (await openStore(`sqlite:${path(name)}`)).store,
    bytes: async (name) => statSync(path(name)).size,
    // The folder goes as a whole; a large file should go at once.
    remove: async (name) => (await import('node:fs/promises')).rm(path(name), { force: true }),
  };
}

export function mongoBackend(url: string): StoreBackend {
  const { url: address, options } = readAddress(url);
  const prefix = `sportello_bench_${Date.now().toString(36)}_`;
  const urlOf = (name: string) => url.replace(/^([a-z+]+:\/\/[^/?]+)\/?[^?]*/, `$1/${prefix}${name}`);

  async function connected<T>(name: string, use: (client: MongoClient, database: string) => Promise<T>) {
    const client = new MongoClient(address, options);
    try {
      return await use(client, `${prefix}${name}`);
    } finally {
      await client.close();
    }
  }

  return {
    name: 'MongoDB',
    async fill(name, size, commitOf) {
      const { store } = await openStore(urlOf(name));
      // The first and the last by the store itself, which so learns from when to when tickets are.
      for (const n of [0, size - 1]) await store.commitTicket(commitOf(n));
      await store.close();
      await connected(name, async (client, database) => {
        const requests = client.db(database).collection<Document & { _id: string }>('requests');
        for (const index of INDEXES) await requests.dropIndex(String(index.name));
        for (let from = 1; from < size - 1; from += GROUP) {
          const group = Array.from({ length: Math.min(GROUP, size - 1 - from) }, (_, n) =>
            documentOf(commitOf(from + n), from + n),
          );
          await requests.insertMany(group, { ordered: false, writeConcern: { w: 1 } });
        }
        for (const index of INDEXES) await requests.createIndexes([index]);
      });
    },
    open: async (name) => (await openStore(urlOf(name))).store,
    countCosts: (name) => connected(name, (client, database) => countCosts(client.db(database))),
    bytes: (name) =>
      connected(name, async (client, database) => {
        const stats = await client.db(database).command({ collStats: 'requests' });
        return Number(stats.totalSize ?? stats.storageSize ?? Number.NaN);
      }),
    remove: (name) =>
      connected(name, async (client, database) => void (await client.db(database).dropDatabase())),
  };
}

/** What a commit leaves in the database, written at one go. */
function documentOf({ ticket, events, dueAt }: TicketCommit, born: number): Document & { _id: string } {
  return {
    _id: recordId({ kind: 'ticket', id: ticket.number }),
    kind: 'ticket',
    version: ticket.version,
    draft: ticket.draft,
    requester: ticket.requester.id,
    createdAt: ticket.createdAt,
    born,
    body: JSON.stringify(ticket),
    events: events.map((event) => JSON.stringify(event)),
    ...(dueAt !== undefined && { dueAt }),
    ...evaluated(indexFields(ticket)),
  };
}

/** The fields that a `$set` stage with these values would write. */
function evaluated(fields: Document): Document {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (value === '$$REMOVE') return [];
      const literal = typeof value === 'object' && value !== null && '$literal' in value;
      return [[name, literal ? value.$literal : value]];
    }),
  );
}
