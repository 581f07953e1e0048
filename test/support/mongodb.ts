/**
 * The MongoDB server of the tests: `MONGODB_URL` where it is set, otherwise a `mongod` that mongodb-memory-server-core
 * finds on this machine or downloads. Where neither can be had the tests are skipped, and say so.
 */

import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { after, test } from 'node:test';
import { type Db, MongoClient } from 'mongodb';
import type { NewBackend } from '../contract/backend.ts';

export type TestServer = {
  /** An empty store of its own: a database with a random name, dropped when it is disposed of. */
  readonly newBackend: NewBackend;
  /** A connection of the test's own to the database of that store. */
  databaseOf(url: string): Db;
};

/** Defines tests where a server can be had; otherwise one test that is skipped with the reason. */
export async function onMongoDB(define: (server: TestServer) => void): Promise<void> {
  const found = await findServer();
  if ('missing' in found) {
    const file = basename(process.argv[1] ?? 'this file');
    test(`MongoDB: all of ${file}`, { skip: found.missing }, () => undefined);
    return;
  }
  const client = new MongoClient(found.url);
  define({
    newBackend: async () => {
      const name = `sportello_test_${randomBytes(6).toString('hex')}`;
      return {
        url: withDatabase(found.url, name),
        dispose: async () => {
          await client.db(name).dropDatabase();
        },
      };
    },
    databaseOf: (url) => client.db(databaseIn(url)),
  });
  after(async () => {
    await client.close();
    await found.stop();
  });
}

type Found = { readonly url: string; readonly stop: () => Promise<unknown> } | { readonly missing: string };

async function findServer(): Promise<Found> {
  const url = process.env.MONGODB_URL;
  if (url) return { url, stop: async () => undefined };
  // Without a network this fails at once, not after several attempts.
  process.env.MONGOMS_MAX_RETRIES ??= '0';
  try {
    const { MongoMemoryServer } = await import('mongodb-memory-server-core');
    const server = await quietly(() => MongoMemoryServer.create());
    return { url: server.getUri(), stop: () => server.stop() };
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split(/,? Details:|\n/);
    return {
      missing: `MONGODB_URL is not set, and no mongod can be found or downloaded here (${reason})`,
    };
  }
}

/** The library writes its failure to standard error, stack and all; the reason of the skipped test says it. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { warn, error } = console;
  console.warn = console.error = () => undefined;
  try {
    return await run();
  } finally {
    Object.assign(console, { warn, error });
  }
}

/** The address with another database; whoever was known to the old one is looked for there still. */
function withDatabase(url: string, name: string): string {
  const [, server = '', path = '', query = ''] = /^([a-z+]+:\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(url) ?? [];
  const options = [...(query ? [query] : [])];
  if (path && server.includes('@') && !/(^|&)authSource=/i.test(query)) options.push(`authSource=${path}`);
  return `${server}/${name}${options.length > 0 ? `?${options.join('&')}` : ''}`;
}

function databaseIn(url: string): string {
  return /^[a-z+]+:\/\/[^/?]+\/([^?]*)/.exec(url)?.[1] ?? '';
}
