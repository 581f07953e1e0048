import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Backend } from './backend.ts';

/** An empty SQLite store in a directory of its own. */
export async function newSqliteBackend(): Promise<Backend> {
  const directory = await mkdtemp(join(tmpdir(), 'sportello-store-'));
  return {
    url: `sqlite:${join(directory, 'sportello.db')}`,
    dispose: () => rm(directory, { recursive: true, force: true }),
  };
}
