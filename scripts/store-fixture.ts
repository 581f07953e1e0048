/**
 * Keeps a store of the present schema version as a file of the tests: `npm run store:fixture`, with `MONGODB_URL` set. Run it
 * before a migration is added. What is kept already stays as it is.
 */

import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MongoClient } from 'mongodb';
import { openStore } from '../src/stores/open.ts';
import { fillDesk, seenOf } from '../test/contract/moving-desk.ts';
import { asJson, dump, keepDesk } from '../test/contract/stored-desk.ts';

async function keepSqlite(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'sportello-fixture-'));
  try {
    const file = join(folder, 'sportello.db');
    const opened = await openStore(`sqlite:${file}`);
    await fillDesk(opened);
    const seen = asJson(await seenOf(opened));
    await opened.store.close();
    const database = new DatabaseSync(file);
    // One small file, without its write-ahead log beside it.
    database.exec('VACUUM; PRAGMA journal_mode = DELETE');
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    database.close();
    keepDesk('sqlite', { version, content: await readFile(file), seen });
    return version;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keepMongo(server: string): Promise<number> {
  const url = new URL(server);
  url.pathname = `sportello_fixture_${randomBytes(4).toString('hex')}`;
  const client = await MongoClient.connect(server);
  const db = client.db(url.pathname.slice(1));
  try {
    const opened = await openStore(url.href);
    await fillDesk(opened);
    const seen = asJson(await seenOf(opened));
    await opened.store.close();
    const version = Number((await db.collection('schema').findOne({}))?.version);
    keepDesk('mongo', { version, content: await dump(db), seen });
    return version;
  } finally {
    await db.dropDatabase();
    await client.close();
  }
}

const server = process.env.MONGODB_URL;
if (server === undefined) throw new Error('Set MONGODB_URL to a server on which a database may be made.');
console.log(`Kept SQLite in schema ${await keepSqlite()} and MongoDB in schema ${await keepMongo(server)}.`);
