/** Databases of earlier versions, kept as files, are opened by this one with all that was in them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMongoStore } from '../../src/stores/mongo/open.ts';
import { MIGRATIONS, type Migration } from '../../src/stores/mongo/schema.ts';
import { openStore } from '../../src/stores/open.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { opening, ticketNumber } from '../support/tickets.ts';
import { seenOf, toBeSent } from './moving-desk.ts';
import { asJson, storedDesks, undump } from './stored-desk.ts';

const stored = storedDesks('mongo');

test('A6 the present schema of MongoDB is kept as a file, for later versions to open', () => {
  const present = MIGRATIONS.length + 1;
  assert.ok(
    stored.some(({ version }) => version === present),
    `Schema ${present} is new: keep a database of it with npm run store:fixture.`,
  );
});

await onMongoDB(({ newBackend, databaseOf }) => {
  for (const { version, content, seen } of stored)
    test(`A6 a MongoDB database of schema ${version} is opened with all that was in it, and worked on`, async () => {
      const backend = await newBackend();
      try {
        await undump(databaseOf(backend.url), content);
        const opened = await openStore(backend.url);
        assert.deepEqual(asJson(await seenOf(opened)), seen);
        assert.ok((await toBeSent(opened)).length > 0);
        await opened.store.commitTicket(opening(50));
        assert.ok(await opened.store.ticket(ticketNumber(50)));
        await opened.store.close();
      } finally {
        await backend.dispose();
      }
    });

  test('I14 A6 an upgrade makes the profiles that are there known by their address', async () => {
    const backend = await newBackend();
    try {
      const before = await openStore(backend.url);
      await before.store.saveProfile({ person: 'p', name: 'Ada', email: 'Ada@Ente.example', locale: 'it' });
      await before.store.close();
      const db = databaseOf(backend.url);
      await db.collection('profiles').updateMany({}, { $unset: { email: '' } });
      await db.collection('schema').updateMany({}, { $set: { version: 1 } });
      const after = await openStore(backend.url);
      assert.equal((await after.store.profileWithEmail('ada@ente.example'))?.person, 'p');
      await after.store.close();
    } finally {
      await backend.dispose();
    }
  });

  test('A6 an upgrade that was interrupted goes on where it stopped', async () => {
    const last = stored.at(-1);
    assert.ok(last);
    const backend = await newBackend();
    try {
      const db = databaseOf(backend.url);
      await undump(db, last.content);
      const done: string[] = [];
      const first: Migration = async () => {
        done.push('first');
      };
      const killed: Migration = async (on) => {
        await on.collection('requests').updateMany({}, { $set: { second: true } });
        throw new Error('killed here');
      };
      const second: Migration = async () => {
        done.push('second');
      };
      await assert.rejects(openMongoStore(backend.url, [...MIGRATIONS, first, killed]), /killed here/);
      const opened = await openMongoStore(backend.url, [...MIGRATIONS, first, second]);
      assert.deepEqual(done, ['first', 'second']);
      assert.deepEqual(asJson(await seenOf(opened)), last.seen);
      await opened.store.close();
    } finally {
      await backend.dispose();
    }
  });
});
