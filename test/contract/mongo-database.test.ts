/** What the MongoDB store promises about its database: versions, migrations, refusals, and what it asks of the server. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CommandStartedEvent, type Db, MongoClient } from 'mongodb';
import { DURABLE, readAddress } from '../../src/stores/mongo/address.ts';
import { createGridFsStore } from '../../src/stores/mongo/attachments.ts';
import { createGate } from '../../src/stores/mongo/gate.ts';
import { openMongoStore } from '../../src/stores/mongo/open.ts';
import { collectionsOf } from '../../src/stores/mongo/records.ts';
import { INDEXES, MIGRATIONS, type Migration } from '../../src/stores/mongo/schema.ts';
import { createMongoStore } from '../../src/stores/mongo/store.ts';
import { openStore } from '../../src/stores/open.ts';
import { UnusableStore } from '../../src/stores/unusable-store.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { aTicket, change, MORNING, opening, queueCard, ticketNumber } from '../support/tickets.ts';

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof UnusableStore && pattern.test(error.message);

await onMongoDB(({ newBackend, databaseOf }) => {
  /** Runs `body` with the address of a database that does not exist yet, and drops it. */
  async function onDatabase(body: (url: string, db: Db) => Promise<void>): Promise<void> {
    const backend = await newBackend();
    try {
      await body(backend.url, databaseOf(backend.url));
    } finally {
      await backend.dispose();
    }
  }
  const schemaOf = (db: Db) => db.collection<{ _id: string; version: number }>('schema');
  const versionOf = async (db: Db) => (await schemaOf(db).findOne({ _id: 'sportello' }))?.version;
  const openAndClose = async (url: string, migrations?: readonly Migration[]) =>
    (await openMongoStore(url, migrations)).store.close();

  test('A3 a database of an older version is migrated forward, each step once, and keeps its tickets', () =>
    onDatabase(async (url, db) => {
      const { store } = await openMongoStore(url, []);
      await store.commitTicket(opening(1));
      await store.close();
      assert.equal(await versionOf(db), 1);

      const runs: number[] = [];
      const step =
        (n: number): Migration =>
        async (on) => {
          runs.push(n);
          await on.collection('requests').updateMany({}, { $set: { [`step${n}`]: true } });
        };
      await openAndClose(url, [step(1)]);
      await openAndClose(url, [step(1), step(2), step(3)]);
      await openAndClose(url, [step(1), step(2), step(3)]);
      assert.deepEqual(runs, [1, 2, 3]);
      assert.equal(await versionOf(db), 4);
      const migrated = await db.collection('requests').findOne({ step1: true, step2: true, step3: true });
      assert.equal(migrated?.version, 1);
    }));

  test('A3 a new database has the newest version and runs no migration', () =>
    onDatabase(async (url, db) => {
      const never: Migration = () => Promise.reject(new Error('was run'));
      await Promise.all([1, 2, 3, 4].map(() => openAndClose(url, [never, never])));
      assert.equal(await versionOf(db), 3);
    }));

  test('A3 a migration that fails is said so, and runs again at the next start', () =>
    onDatabase(async (url, db) => {
      await openAndClose(url, []);
      const runs: string[] = [];
      const first: Migration = async () => void runs.push('first');
      const broken: Migration = () => Promise.reject(new Error('no space left'));
      const message = /cannot be opened \(no space left\)/;
      await assert.rejects(openMongoStore(url, [first, broken]), refusal(message));
      assert.equal(await versionOf(db), 2, 'what was done is done');
      await openAndClose(url, [first, async () => void runs.push('second')]);
      assert.deepEqual(runs, ['first', 'second']);
      assert.equal(await versionOf(db), 3);
    }));

  test('A3 a database of a newer Sportello is refused and left alone', () =>
    onDatabase(async (url, db) => {
      await openAndClose(url, [...MIGRATIONS, async () => undefined]);
      const [known, newer] = [MIGRATIONS.length + 1, MIGRATIONS.length + 2];
      const message = new RegExp(`newer Sportello \\(schema ${newer}; .* up to ${known}\\).*back-up`);
      await assert.rejects(openStore(url), refusal(message));
      assert.equal(await versionOf(db), newer);
    }));

  test('A3 the database of another program is refused and left alone', () =>
    onDatabase(async (url, db) => {
      await db.collection('invoices').insertOne({ amount: 1 });
      await assert.rejects(openStore(url), refusal(/another program \(invoices\).*STORE_URL/));
      const names = (await db.listCollections().toArray()).map(({ name }) => name);
      assert.deepEqual(names, ['invoices']);
    }));

  test('A3 an index that was dropped is there again after the next start', () =>
    onDatabase(async (url, db) => {
      await openAndClose(url);
      await db.collection('requests').dropIndex('receipt');
      await openAndClose(url);
      const names = (await db.collection('requests').indexes()).map(({ name }) => name);
      for (const { name } of INDEXES) assert.ok(names.includes(name), name);
    }));

  test('A3 every write asks for a majority and the journal, every read for what a majority has', () =>
    onDatabase(async (url) => {
      const address = readAddress(
        `${url}${url.includes('?') ? '&' : '?'}w=1&journal=false&readConcernLevel=local`,
      );
      const client = new MongoClient(address.url, { ...address.options, monitorCommands: true });
      const seen: CommandStartedEvent[] = [];
      client.on('commandStarted', (event) => void seen.push(event));
      const db = client.db(address.database, DURABLE);
      const gate = createGate();
      const store = createMongoStore(collectionsOf(db), gate, () => client.close());
      const attachments = createGridFsStore(db, gate);

      await store.nextCounter('20261105');
      await store.commitTicket(opening(1, { deliveries: [queueCard()] }));
      await store.commitTicket(change(aTicket(1)));
      const [leased] = await store.leaseDeliveries(MORNING, MORNING + 1, 1);
      assert.ok(leased);
      await store.acknowledge(leased, { conversation: 'c', activity: 'a' });
      await store.ticket(ticketNumber(1));
      async function* content() {
        yield Buffer.from('schermata');
      }
      const stored = await attachments.put(content(), 100);
      assert.ok(stored !== 'tooLarge');
      for await (const _ of (await attachments.get(stored.id)) ?? []);
      assert.equal(await attachments.put(content(), 1), 'tooLarge');
      await store.close();

      const concerns = new Map<string, unknown>();
      for (const { commandName, command } of seen) {
        if (['insert', 'update', 'delete', 'findAndModify'].includes(commandName)) {
          concerns.set(commandName, command.writeConcern);
          assert.deepEqual({ ...command.writeConcern }, { w: 'majority', j: true }, commandName);
        } else if (commandName === 'find') {
          concerns.set(commandName, command.readConcern);
          assert.deepEqual({ ...command.readConcern }, { level: 'majority' }, JSON.stringify(command));
        }
        assert.equal(command.startTransaction, undefined);
      }
      assert.deepEqual([...concerns.keys()].sort(), ['delete', 'find', 'findAndModify', 'insert', 'update']);

      // The one collection that may be sharded, by file and number of the chunk: nothing has to ask all shards.
      const chunks = seen.filter(({ command }) => Object.values(command).includes('attachments.chunks'));
      assert.deepEqual([...new Set(chunks.map(({ commandName }) => commandName))].sort(), [
        'delete',
        'find',
        'insert',
      ]);
      for (const { command } of chunks) {
        const { documents = [], filter, deletes = [] } = command;
        const named = [
          ...documents,
          ...(filter ? [filter] : []),
          ...deletes.map(({ q }: { q: unknown }) => q),
        ];
        assert.ok(named.length > 0);
        for (const one of named) assert.ok(one.files_id, JSON.stringify(command));
      }
    }));

  test('A3 receipts older than a day go with the next one of their ticket, so that they do not grow for ever', () =>
    onDatabase(async (url) => {
      const { store } = await openStore(url);
      const hour = 3_600_000;
      for (const [version, after] of [0, 10, 24.5, 26].entries()) {
        const receipt = { key: `r${version}`, at: MORNING + after * hour, outcome: version };
        await store.commitTicket(
          version === 0 ? opening(1, { receipt }) : change(aTicket(1, { version }), { receipt }),
        );
        if (version === 2) assert.equal((await store.receipt('r0'))?.outcome, 0);
      }
      assert.equal(await store.receipt('r0'), undefined);
      assert.equal((await store.receipt('r1'))?.outcome, 1);
      await store.close();
    }));

  test('A3 wiping empties an open store and its attachments; it goes on working', () =>
    onDatabase(async (url, db) => {
      const { store, attachments, wipe } = await openStore(url);
      await store.nextCounter('20261105');
      const receipt = { key: 'r', at: MORNING, outcome: 1 };
      await store.commitTicket(opening(1, { receipt, deliveries: [queueCard()] }));
      async function* content() {
        yield Buffer.from('schermata');
      }
      const stored = await attachments.put(content(), 100);
      assert.ok(stored !== 'tooLarge');
      await wipe();

      // From when to when there were tickets is kept: searches of stores that are open rely on it.
      const kept: Readonly<Record<string, number>> = { schema: 1, counters: 2 };
      for (const { name } of await db.listCollections().toArray())
        assert.equal(await db.collection(name).countDocuments(), kept[name] ?? 0, name);
      assert.equal(await attachments.get(stored.id), undefined);
      assert.equal(await store.ticket(ticketNumber(1)), undefined);
      assert.equal(await store.nextDeliveryAt(), undefined);
      assert.equal(await store.nextCounter('20261105'), 1);
      assert.deepEqual(await store.commitTicket(opening(1, { receipt })), { kind: 'committed' });
      assert.equal((await store.find({ text: 'mandati' })).tickets.length, 1);
      async function* again() {
        yield Buffer.from('schermata');
      }
      assert.deepEqual(await attachments.put(again(), 100), stored);
      await store.close();
    }));
});
