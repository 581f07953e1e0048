/** From `STORE_URL` to a store. */

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AttachmentStore, Store } from '../app/ports/store.ts';
import { checkFolder, createAttachmentStore, removeAbandoned } from './sqlite/attachments.ts';
import { useCopy } from './sqlite/copy-mark.ts';
import { openDatabase, unusable } from './sqlite/database.ts';
import { createSqliteStore } from './sqlite/store.ts';
import { wipeStore } from './sqlite/wipe.ts';
import { UnusableStore } from './unusable-store.ts';

const DEFAULT_PATH = './data/sportello.db';
const ACCEPTED =
  `Leave it unset for ${DEFAULT_PATH}, or set sqlite:<path>, file:///<absolute path> or ` +
  'mongodb://<user>:<password>@<host>/<database>.';

export type OpenedStore = {
  readonly store: Store;
  readonly attachments: AttachmentStore;
  /** Forgets everything. Only for the reset of local Teams. */
  wipe(): Promise<void>;
};

/**
 * Opens the store that `STORE_URL` names, creating file and directory, or database and collections, where they are missing.
 *
 * @param url undefined for SQLite in `./data/sportello.db`; `sqlite:<path>`; `file:` URL; `mongodb:` or `mongodb+srv:` URL
 * @throws UnusableStore with a sentence for whoever starts Sportello
 */
export async function openStore(url: string | undefined): Promise<OpenedStore> {
  if (url !== undefined && isMongoUrl(url)) {
    // Only here: whoever keeps SQLite need not load the driver.
    const { openMongoStore } = await import('./mongo/open.ts');
    return openMongoStore(url.trim());
  }
  const path = sqlitePath(url);
  const attachments = `${path}-attachments`;
  const database = openDatabase(path);
  try {
    useCopy(database, path);
    await checkFolder(attachments);
    await removeAbandoned(attachments);
  } catch (error) {
    database.close();
    throw error instanceof UnusableStore ? error : unusable(resolve(path), error);
  }
  const { store, loose } = createSqliteStore(database);
  return {
    store,
    attachments: createAttachmentStore(attachments, loose),
    wipe: () => wipeStore(path, attachments),
  };
}

/** True for the address of a MongoDB deployment. */
export function isMongoUrl(url: string): boolean {
  return /^mongodb(\+srv)?:/i.test(url.trim());
}

/** @throws UnusableStore when the URL names no file */
export function sqlitePath(url: string | undefined): string {
  if (url === undefined || url.trim() === '') return DEFAULT_PATH;
  const [, scheme, rest] = /^([a-z][a-z0-9+.-]*):(.*)$/i.exec(url.trim()) ?? [];
  if (scheme === undefined || rest === undefined) {
    throw new UnusableStore(`STORE_URL does not begin with a scheme. ${ACCEPTED}`);
  }
  if (!/^(sqlite|file)$/i.test(scheme)) {
    // The scheme alone: the rest may hold a password.
    throw new UnusableStore(`STORE_URL begins with ${scheme}:, which is not a store known here. ${ACCEPTED}`);
  }
  if (rest.startsWith('//')) {
    try {
      return fileURLToPath(`file:${rest}`);
    } catch {
      throw new UnusableStore(`STORE_URL is not a URL of a file on this machine. ${ACCEPTED}`);
    }
  }
  if (rest === '' || rest === ':memory:') {
    throw new UnusableStore(`STORE_URL names no file. ${ACCEPTED}`);
  }
  return rest;
}
