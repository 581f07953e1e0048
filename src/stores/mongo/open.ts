/** Opens the MongoDB store: connects, brings the database up to date, and says in a sentence why it cannot. */

import { MongoClient, MongoServerError } from 'mongodb';
import type { OpenedStore } from '../open.ts';
import { UnusableStore } from '../unusable-store.ts';
import { type Address, DURABLE, readAddress } from './address.ts';
import { createGridFsStore, removeAbandoned } from './attachments.ts';
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
  const address = readAddress(url);
  let client: MongoClient | undefined;
  try {
    client = new MongoClient(address.url, address.options);
    await client.connect();
    const db = client.db(address.database, DURABLE);
    await prepareDatabase(db, migrations);
    await removeAbandoned(db);
    const opened = client;
    const gate = createGate();
    return {
      store: createMongoStore(collectionsOf(db), gate, () => opened.close()),
      attachments: createGridFsStore(db, gate),
      wipe: () => gate.pass(() => wipeDatabase(db)),
    };
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
