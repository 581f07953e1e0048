/** Stores of earlier versions, kept as files, are opened by this one with all that was in them. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { openStore } from '../../src/stores/open.ts';
import { openDatabase } from '../../src/stores/sqlite/database.ts';
import { MIGRATIONS } from '../../src/stores/sqlite/schema.ts';
import { MORNING, opening, ticketNumber } from '../support/tickets.ts';
import { seenOf, toBeSent } from './moving-desk.ts';
import { asJson, storedDesks } from './stored-desk.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sportello-upgrade-'));
  file = join(directory, 'sportello.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

const stored = storedDesks('sqlite');

test('A6 the present schema of SQLite is kept as a file, for later versions to open', () => {
  const versions = stored.map(({ version }) => version);
  assert.ok(
    versions.includes(MIGRATIONS.length),
    `Schema ${MIGRATIONS.length} is new: keep a store of it with npm run store:fixture.`,
  );
});

for (const { version, content, seen } of stored) {
  test(`A6 a SQLite file of schema ${version} is opened with all that was in it, and worked on`, async () => {
    writeFileSync(file, content);
    const opened = await openStore(`sqlite:${file}`);
    assert.deepEqual(asJson(await seenOf(opened)), seen);
    assert.ok((await toBeSent(opened)).length > 0);
    await opened.store.commitTicket(opening(50));
    assert.equal((await opened.store.ticket(ticketNumber(50)))?.createdAt, MORNING);
    await opened.store.close();
    const again = await openStore(`sqlite:${file}`);
    assert.ok(await again.store.ticket(ticketNumber(50)));
    await again.store.close();
  });
}

/** Migrates the file as a start of Sportello would, and gets stuck in the middle of its second new step. */
const STUCK = `
  import { DatabaseSync } from 'node:sqlite';
  import { openDatabase } from ${JSON.stringify(new URL('../../src/stores/sqlite/database.ts', import.meta.url).href)};
  import { MIGRATIONS } from ${JSON.stringify(new URL('../../src/stores/sqlite/schema.ts', import.meta.url).href)};
  const exec = DatabaseSync.prototype.exec;
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql);
    if (!sql.includes('CREATE TABLE second')) return;
    process.stdout.write('stuck');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  openDatabase(process.argv[1], [...MIGRATIONS, 'CREATE TABLE first (id INTEGER)', 'CREATE TABLE second (id INTEGER)']);
`;

test('A6 a kill in the middle of an upgrade leaves the store as it was, and the next start upgrades it', async () => {
  const last = stored.at(-1);
  assert.ok(last);
  writeFileSync(file, last.content);
  openDatabase(file).close();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', STUCK, '--', file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const opened = await openStore(`sqlite:${file}`);
  assert.deepEqual(asJson(await seenOf(opened)), last.seen, 'this version goes on with it');
  await opened.store.close();
  const next = [...MIGRATIONS, 'CREATE TABLE first (id INTEGER)', 'CREATE TABLE second (id INTEGER)'];
  openDatabase(file, next).close();
  const upgraded = new DatabaseSync(file);
  assert.equal(upgraded.prepare('PRAGMA user_version').get()?.user_version, next.length);
  upgraded.close();
});
