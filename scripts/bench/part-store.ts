/** The part of the benchmark that measures the stores, with the tickets of years. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongoServer } from '../torture/mongo-server.ts';
import { describeMachine } from './machine.ts';
import { mongoBackend, type StoreBackend, sqliteBackend } from './store-backends.ts';
import { measureStore, type StoreFigures } from './store-measure.ts';
import { storeReport } from './store-report.ts';

const FULL = [10_000, 100_000, 1_000_000];
/**
 * A server like the one of the tests takes most of an hour to be filled with a million, and 60 GB of disk at the most, so
 * that is asked for by name.
 */
const FULL_MONGO = [10_000, 100_000];
const QUICK = [1_000, 10_000];
const BESIDE = '../shared/mongodb/with-mongodb';

export type Sizes = {
  readonly quick: boolean;
  /** Numbers of tickets. */
  readonly sizes: readonly number[] | undefined;
  readonly mongoSizes: readonly number[] | undefined;
};

/**
 * SQLite lies in a temporary folder; MongoDB is measured in databases of their own that are dropped afterwards.
 * @returns the report on it
 */
export async function measureStores(
  { quick, sizes: asked, mongoSizes: askedOfMongo }: Sizes,
  say: (words: string) => void,
): Promise<string> {
  const sizes = asked ?? (quick ? QUICK : FULL);
  const mongoSizes = askedOfMongo ?? asked ?? (quick ? QUICK : FULL_MONGO);
  const begin = performance.now();
  const directory = mkdtempSync(join(tmpdir(), 'sportello-bench-store-'));
  const server = await serverOf();
  try {
    const machine = describeMachine(directory);
    const backends: readonly (readonly [StoreBackend, readonly number[]])[] = [
      [sqliteBackend(directory), sizes],
      ...(server ? [[mongoBackend(server.url), mongoSizes] as const] : []),
    ];
    const figures: StoreFigures[] = [];
    for (const [backend, ofSizes] of backends)
      for (const size of ofSizes) figures.push(await measureStore(backend, size, say));
    return storeReport({
      at: new Date(),
      seconds: (performance.now() - begin) / 1000,
      machine,
      loadAfter: loadavg()[0] ?? 0,
      figures,
      mongo: server !== undefined,
    });
  } finally {
    await server?.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The MongoDB that is measured; undefined where none can be had. */
async function serverOf(): Promise<{ readonly url: string; close(): Promise<void> } | undefined> {
  const url = process.env.MONGODB_URL;
  if (url) return { url, close: async () => undefined };
  const starter = process.env.MONGODB_SERVER ?? (existsSync(BESIDE) ? BESIDE : undefined);
  return starter === undefined ? undefined : startMongoServer(starter);
}
