/** From a URL as in `STORE_URL` to a desk that can be copied. */

import { resolve } from 'node:path';
import type { Archive, Source } from './moving/archive.ts';
import { isMongoUrl, sqlitePath } from './open.ts';
import { createSqliteArchive } from './sqlite/archive.ts';
import { createAttachmentStore, removeAbandoned } from './sqlite/attachments.ts';
import { openDatabase, openForReading } from './sqlite/database.ts';

/**
 * Opens a store to read all of it. Nothing is created, migrated or written.
 * @throws UnusableStore when there is no desk of this version of Sportello
 */
export async function openSource(url: string): Promise<Source> {
  if (isMongoUrl(url)) {
    const { openMongoArchive } = await import('./mongo/open-archive.ts');
    return openMongoArchive(url.trim(), 'reading');
  }
  const path = resolve(sqlitePath(url));
  return sqliteArchive(path, openForReading(path));
}

/**
 * Opens a store to write a desk to it, creating it where it is missing.
 * @throws UnusableStore with a sentence for whoever called
 */
export async function openTarget(url: string): Promise<Archive> {
  if (isMongoUrl(url)) {
    const { openMongoArchive } = await import('./mongo/open-archive.ts');
    return openMongoArchive(url.trim(), 'writing');
  }
  const path = resolve(sqlitePath(url));
  const database = openDatabase(path);
  await removeAbandoned(`${path}-attachments`);
  return sqliteArchive(path, database);
}

function sqliteArchive(path: string, database: ReturnType<typeof openDatabase>): Archive {
  const directory = `${path}-attachments`;
  return createSqliteArchive(`sqlite:${path}`, database, createAttachmentStore(directory), directory);
}
