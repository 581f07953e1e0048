/** Opens the MongoDB store: connects, brings the database up to date, and says in a sentence why it cannot. */

import { type Db, MongoClient, MongoServerError } from 'mongodb';
import type { OpenedStore } from '../open.ts';
import { UnusableStore } from '../unusable-store.ts';
import { type Address, DURABLE, readAddress } from './address.ts';
import { createGridFsStore, removeAbandoned } from './attachments.ts';
import { useCopy } from './copy-mark.ts';
import { createGate } from './gate.ts';
import { collectionsOf } from './records.ts';
import { type Migration, prepareDatabase } from './schema.ts';
import { createMongoStore } from './store.ts';
import { wipeDatabase } from './wipe.ts';

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const UNAUTHORIZED = 13;
const AUTHENTICATION_FAILED = 18;

/**
 * @param url `mongodb://` or `mongodb+srv://`; the database is its path, `sportello` without one
 * @throws UnusableStore when it cannot be reached or used; the message holds neither user nor password
 */
export async function openMongoStore(url: string, migrations?: readonly Migration[]): Promise<OpenedStore> {
  const { db, close } = await connect(url, async (database) => {
    await prepareDatabase(database, migrations);
    await useCopy(database);
    await removeAbandoned(database);
  });
  const gate = createGate();
  return {
    store: createMongoStore(collectionsOf(db), gate, close),
    attachments: createGridFsStore(db, gate),
    wipe: () => gate.pass(() => wipeDatabase(db)),
  };
}

export type Connected = {
  readonly db: Db;
  readonly address: Address;
  close(): Promise<void>;
};

/**
 * Connects to the database, and makes it ready.
 * @throws UnusableStore when either fails
 */
export async function connect(url: string, prepare: (db: Db) => Promise<void>): Promise<Connected> {
  const address = readAddress(url);
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(address.url, address.options);
    await client.connect();
    const db = client.db(address.database, DURABLE);
    await prepare(db);
    const opened = client;
    return { db, address, close: () => opened.close() };
  } catch (error) {
    await client?.close();
    throw error instanceof UnusableStore ? error : unusable(address, error);
  }
}

/** The error without its cause: the driver's may repeat the address. */
function unusable({ hosts, database, withoutCredentials }: Address, error: unknown): UnusableStore {
  const reason = withoutCredentials(error instanceof Error ? error.message : String(error));
  const code = error instanceof MongoServerError ? error.code : undefined;
  if (code === AUTHENTICATION_FAILED) {
    return new UnusableStore(
      `MongoDB at ${hosts} does not accept the user and password of STORE_URL (${reason}). Correct them, or name the ` +
        'database that knows the user with ?authSource=….',
    );
  }
  if (code === UNAUTHORIZED) {
    return new UnusableStore(
      `MongoDB at ${hosts} does not let this user work in the database ${database} (${reason}). Give the user of ` +
        'STORE_URL the role readWrite there.',
    );
  }
  return new UnusableStore(
    `The store in MongoDB at ${hosts}, database ${database}, cannot be opened (${reason}). Check that STORE_URL is ` +
      'right, that the server runs, and that it lets this machine in.',
  );
}
