/** What the SQLite store promises about its file: settings, migrations, refusals, and which file it is. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { openStore } from '../../src/stores/open.ts';
import { checkSqliteVersion, openDatabase } from '../../src/stores/sqlite/database.ts';
import { MIGRATIONS } from '../../src/stores/sqlite/schema.ts';
import { UnusableStore } from '../../src/stores/unusable-store.ts';
import { aTicket, change, MORNING, notice, opening, queueCard, ticketNumber } from '../support/tickets.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sportello-file-'));
  file = join(directory, 'sportello.db');
});
afterEach(() => rmSync(directory, { recursive: true }));

const refusal = (pattern: RegExp) => (error: unknown) =>
  error instanceof UnusableStore && pattern.test(error.message);

test('A3 every connection syncs at each commit, writes ahead, and checks foreign keys', () => {
  const database = openDatabase(file);
  const setting = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  assert.equal(setting('journal_mode'), 'wal');
  assert.equal(setting('synchronous'), 2, 'FULL');
  assert.equal(setting('foreign_keys'), 1);
  assert.equal(setting('busy_timeout'), 5000);
  database.close();
});

test('A3 a SQLite with the WAL corruption bug is refused and the remedy named', () => {
  for (const version of ['3.51.2', '3.50.9', '3.9.99', '2.99.99', undefined]) {
    assert.throws(() => checkSqliteVersion(version), refusal(/3\.51\.3 or newer.*newer Node/), version);
  }
  for (const version of ['3.51.3', '3.51.10', '3.53.4', '3.100.0', '4.0.0']) checkSqliteVersion(version);
  assert.throws(() => openDatabase(file, MIGRATIONS, '3.51.2'), refusal(/3\.51\.2/));
  assert.equal(existsSync(file), false, 'the file is not touched');
});

test('A3 a file of an older version is migrated forward and keeps its rows', () => {
  openDatabase(file).close();
  const old = new DatabaseSync(file);
  old.exec("INSERT INTO counters (day, value) VALUES ('20261105', 41)");
  old.close();
  const next = [
    ...MIGRATIONS,
    'ALTER TABLE counters ADD COLUMN note TEXT',
    'CREATE TABLE extra (id INTEGER)',
  ];
  const migrated = openDatabase(file, next);
  const row = migrated.prepare('SELECT value, note FROM counters').get();
  assert.deepEqual({ ...row }, { value: 41, note: null });
  assert.equal(migrated.prepare('PRAGMA user_version').get()?.user_version, next.length);
  migrated.close();
  openDatabase(file, next).close();
});

test('A3 a migration that fails changes nothing', () => {
  openDatabase(file).close();
  const broken = [...MIGRATIONS, 'CREATE TABLE half (id INTEGER)', 'CREATE TABLE tickets (id INTEGER)'];
  assert.throws(() => openDatabase(file, broken), refusal(/already exists/));
  const database = openDatabase(file);
  assert.equal(database.prepare('PRAGMA user_version').get()?.user_version, MIGRATIONS.length);
  assert.equal(database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'half'").get()?.n, 0);
  database.close();
});

test('A3 a file of a newer Sportello is refused and left alone', () => {
  openDatabase(file, [...MIGRATIONS, 'CREATE TABLE future (id INTEGER)']).close();
  const message = new RegExp(`newer Sportello \\(schema ${MIGRATIONS.length + 1}.*back-up`);
  assert.throws(() => openDatabase(file), refusal(message));
  openDatabase(file, [...MIGRATIONS, 'CREATE TABLE future (id INTEGER)']).close();
});

test('A3 the database of another program is refused and left alone', () => {
  const foreign = new DatabaseSync(file);
  foreign.exec('CREATE TABLE invoices (id INTEGER)');
  foreign.close();
  assert.throws(() => openDatabase(file), refusal(/another program.*STORE_URL/));
  const numbered = new DatabaseSync(file);
  numbered.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  numbered.close();
  assert.throws(() => openDatabase(file), refusal(/another program/), 'whatever its version says');
});

test('A3 what cannot be opened is refused with the reason and the remedy', () => {
  writeFileSync(file, 'not a database at all, but long enough to be taken for one'.repeat(20));
  assert.throws(() => openDatabase(file), refusal(/cannot be opened \(file is not a database\).*STORE_URL/));
  assert.throws(() => openDatabase(directory), refusal(/cannot be opened/));
  assert.throws(() => openDatabase(join(file, 'below', 'a-file.db')), refusal(/cannot be opened/));
});

test('A5 STORE_URL names the file in each accepted form, and its directory is made', async () => {
  const forms: readonly [string, string][] = [
    [`sqlite:${join(directory, 'a', 'one.db')}`, join(directory, 'a', 'one.db')],
    [`sqlite://${join(directory, 'b', 'two.db')}`, join(directory, 'b', 'two.db')],
    [pathToFileURL(join(directory, 'c d', 'è.db')).href, join(directory, 'c d', 'è.db')],
    [`file:${join(directory, 'e', 'three.db')}`, join(directory, 'e', 'three.db')],
  ];
  for (const [url, path] of forms) {
    const { store } = await openStore(url);
    await store.close();
    assert.ok(existsSync(path), url);
  }
});

test('A5 without STORE_URL the store is ./data/sportello.db', async () => {
  const before = process.cwd();
  process.chdir(directory);
  try {
    for (const unset of [undefined, '', ' ']) await (await openStore(unset)).store.close();
    assert.ok(existsSync(join(directory, 'data', 'sportello.db')));
  } finally {
    process.chdir(before);
  }
});

test('A5 any other STORE_URL is refused, saying what is accepted and repeating no password', async () => {
  const urls = [
    'postgres://user:secret@host/db',
    'sportello.db',
    'sqlite:',
    'sqlite::memory:',
    'sqlite://host/secret.db',
  ];
  for (const url of urls) {
    await assert.rejects(openStore(url), refusal(/^(?!.*secret)STORE_URL .*sqlite:<path>/), url);
  }
});

test('A3 receipts older than a day are pruned, so that they do not grow for ever', async () => {
  const { store } = await openStore(`sqlite:${file}`);
  const hour = 3_600_000;
  for (const [counter, after] of [
    [1, 0],
    [2, 10],
    [3, 24.5],
    [4, 26],
  ] as const) {
    const receipt = { key: `r${counter}`, at: MORNING + after * hour, outcome: counter };
    await store.commitTicket(opening(counter, { receipt }));
  }
  assert.equal(await store.receipt('r1'), undefined);
  assert.equal((await store.receipt('r2'))?.outcome, 2);
  await store.close();
});

test('A3 a commit that cannot be written is rejected whole, and harms none that came with it', async () => {
  const { store } = await openStore(`sqlite:${file}`);
  // What is undefined cannot be bound, and posts are written after the ticket.
  const posts = { card: { activity: 'a' } as never };
  const ticket = aTicket(2, { createdAt: MORNING + 1 });
  const receipt = { key: 'r2', at: MORNING, outcome: 2 };
  const [first, second, third] = await Promise.allSettled([
    store.commitTicket(opening(1)),
    store.commitTicket(opening(2, { ticket, receipt, posts, deliveries: [queueCard()], dueAt: MORNING })),
    store.commitTicket(opening(3)),
  ]);
  assert.deepEqual([first?.status, second?.status, third?.status], ['fulfilled', 'rejected', 'fulfilled']);
  assert.ok(await store.ticket(ticketNumber(1)));
  assert.ok(await store.ticket(ticketNumber(3)));
  assert.equal(await store.ticket(ticketNumber(2)), undefined);
  assert.equal(await store.receipt('r2'), undefined);
  assert.deepEqual(await store.history(ticketNumber(2)), []);
  assert.equal(await store.nextDeliveryAt(), undefined);
  const words = new DatabaseSync(file, { readOnly: true });
  assert.equal(words.prepare('SELECT count(*) AS n FROM words_docsize').get()?.n, 2);
  words.close();
  const found = async () => (await store.find({ text: 'mandati' })).tickets.map(({ number }) => number);
  assert.deepEqual(await found(), [ticketNumber(3), ticketNumber(1)], 'nor are its words there');
  assert.deepEqual(await store.commitTicket(opening(2)), { kind: 'committed' });
  assert.equal((await found()).length, 3);
  await store.close();
});

test('A6 what is written together becomes one part of the index of words, in whatever order it comes', async () => {
  const { store } = await openStore(`sqlite:${file}`);
  const reader = new DatabaseSync(file, { readOnly: true });
  const parts = () =>
    new Set(
      reader
        .prepare('SELECT segid FROM words_idx')
        .all()
        .map(({ segid }) => segid),
    ).size;
  const numbers = [5, 2, 6, 1, 4, 3];
  await Promise.all(
    numbers.map((n) => store.commitTicket(opening(n, { deliveries: [queueCard(), notice(1)] }))),
  );
  assert.equal(parts(), 1);
  const noted = (n: number) =>
    change(aTicket(n, { subject: 'Stampante' }), { deliveries: [queueCard(), notice(2)] });
  await Promise.all(numbers.reverse().map((n) => store.commitTicket(noted(n))));
  assert.equal(parts(), 2);
  reader.close();
  await store.close();
});

test('A6 a change touches no index of a column that stays as it is', async () => {
  const { store } = await openStore(`sqlite:${file}`);
  await store.commitTicket(opening(1, { dueAt: MORNING }));
  const statements: string[] = [];
  const { prepare } = DatabaseSync.prototype;
  DatabaseSync.prototype.prepare = function (sql, ...rest) {
    if (sql.startsWith('UPDATE')) statements.push(sql);
    return prepare.call(this, sql, ...rest);
  };
  try {
    await store.commitTicket(change(aTicket(1, { subject: 'Stampante' }), { dueAt: MORNING }));
  } finally {
    DatabaseSync.prototype.prepare = prepare;
  }
  assert.deepEqual(statements, [
    'UPDATE tickets SET version = ?, body = ? WHERE id = ?',
    'UPDATE attributes SET texts = ? WHERE id = ?',
  ]);
  await store.close();
});

test('A3 wiping empties an open store and its attachments; it goes on working', async () => {
  const { store, attachments, wipe } = await openStore(`sqlite:${file}`);
  await store.nextCounter('20261105');
  await store.commitTicket(opening(1, { receipt: { key: 'r', at: MORNING, outcome: 1 } }));
  async function* content() {
    yield Buffer.from('schermata');
  }
  const stored = await attachments.put(content(), 100);
  assert.ok(stored !== 'tooLarge');
  await wipe();

  const tables = new DatabaseSync(file);
  const names = tables.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  // Of an empty full-text index its own book-keeping is there.
  const kept: Readonly<Record<string, number>> = { words_data: 2, words_config: 3 };
  for (const { name } of names) {
    const rows = tables.prepare(`SELECT count(*) AS n FROM ${String(name)}`).get()?.n;
    assert.equal(rows, kept[String(name)] ?? 0, String(name));
  }
  tables.close();
  assert.equal(await attachments.get(stored.id), undefined);
  assert.equal(await store.ticket(ticketNumber(1)), undefined);
  assert.equal(await store.nextCounter('20261105'), 1);
  assert.deepEqual(await store.commitTicket(opening(1)), { kind: 'committed' });
  assert.deepEqual(await attachments.put(content(), 100), stored);
  await store.close();
});
