/** Group commit: one transaction for what arrives together, and every write answers for itself. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { createGroupCommit } from '../../src/stores/sqlite/group-commit.ts';

let directory: string;
let database: DatabaseSync;
let other: DatabaseSync;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sportello-group-'));
  const file = join(directory, 'group.db');
  database = new DatabaseSync(file, { timeout: 0 });
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE parents (id INTEGER PRIMARY KEY);
    CREATE TABLE rows (
      id INTEGER PRIMARY KEY,
      parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED
    );
  `);
  other = new DatabaseSync(file, { timeout: 0 });
});
afterEach(() => {
  database.close();
  other.close();
  rmSync(directory, { recursive: true });
});

/** Changes whenever another connection has committed. */
const commitsSeen = () => other.prepare('PRAGMA data_version').get()?.data_version;
const rows = () =>
  other
    .prepare('SELECT id FROM rows ORDER BY id')
    .all()
    .map(({ id }) => id);
const insert = (id: number, parent: number | null = null) => {
  database.prepare('INSERT INTO rows (id, parent) VALUES (?, ?)').run(id, parent);
  return id;
};
const settled = async (writes: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(writes)).map(({ status }) => status);

test('A3 writes of one turn of the event loop share one commit, and resolve only after it', async () => {
  const group = createGroupCommit(database);
  let begun = 0;
  let resolved = false;
  const writes = [1, 2, 3].map((id) =>
    group.submit(() => {
      if (!database.isTransaction) assert.fail('outside a transaction');
      if (rows().length > 0) assert.fail('the group was committed in pieces');
      begun += 1;
      return insert(id);
    }),
  );
  void writes[0]?.then(() => {
    resolved = true;
  });
  await Promise.resolve();
  assert.equal(begun, 0, 'nothing is written before the turn ends');
  assert.equal(resolved, false);
  assert.deepEqual(await Promise.all(writes), [1, 2, 3]);
  assert.deepEqual(rows(), [1, 2, 3], 'other connections see what was acknowledged');
});

test('A3 each turn has its commit', async () => {
  const group = createGroupCommit(database);
  const versions = new Set([commitsSeen()]);
  for (const id of [1, 2, 3]) {
    await group.submit(() => insert(id));
    versions.add(commitsSeen());
  }
  assert.equal(versions.size, 4);
});

test('A3 a write that fails undoes its own changes only', async () => {
  const group = createGroupCommit(database);
  const writes = [
    group.submit(() => insert(1)),
    group.submit(() => {
      insert(2);
      insert(3);
      throw new Error('second');
    }),
    group.submit(() => insert(4)),
    group.submit(() => insert(4)),
    group.submit(() => insert(5)),
  ];
  assert.deepEqual(await settled(writes), ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  await assert.rejects(writes[1] ?? Promise.resolve(), /second/);
  assert.deepEqual(rows(), [1, 4, 5]);
});

test('A3 a commit that fails rejects the whole group and writes nothing of it', async () => {
  const group = createGroupCommit(database);
  // The missing parent is noticed at COMMIT only.
  const writes = [group.submit(() => insert(1)), group.submit(() => insert(2, 99))];
  assert.deepEqual(await settled(writes), ['rejected', 'rejected']);
  assert.equal(database.isTransaction, false);
  assert.deepEqual(rows(), []);
  assert.equal(await group.submit(() => insert(3)), 3, 'the next group is not harmed');
});

test('A3 a write that ends the transaction rejects the whole group', async () => {
  const group = createGroupCommit(database);
  const fatal = () => database.prepare('INSERT OR ROLLBACK INTO rows (id) VALUES (1)').run();
  const writes = [group.submit(() => insert(1)), group.submit(fatal), group.submit(() => insert(2))];
  for (const write of writes) await assert.rejects(write, /UNIQUE constraint failed/);
  assert.deepEqual(rows(), []);
  assert.equal(await group.submit(() => insert(3)), 3);
});

test('A3 when another process does not let go of the file, the group is rejected, not lost in silence', async () => {
  const group = createGroupCommit(database);
  other.exec('BEGIN IMMEDIATE');
  assert.deepEqual(await settled([group.submit(() => insert(1))]), ['rejected']);
  other.exec('ROLLBACK');
  assert.equal(await group.submit(() => insert(1)), 1);
});

test('A3 flush commits at once, and the turn’s own commit finds nothing left', async () => {
  const group = createGroupCommit(database);
  const write = group.submit(() => insert(1));
  group.flush();
  assert.deepEqual(rows(), [1]);
  const before = commitsSeen();
  assert.equal(await write, 1);
  await new Promise(setImmediate);
  assert.equal(commitsSeen(), before);
});
