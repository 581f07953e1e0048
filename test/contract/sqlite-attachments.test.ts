/** How attachments lie beside the SQLite file: each content once, nothing left over. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { openStore } from '../../src/stores/open.ts';
import { createAttachmentStore } from '../../src/stores/sqlite/attachments.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sportello-files-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function* content(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}
const filesBelow = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('T15 a content lies beside the database, below the first two digits of its SHA-256', async () => {
  const { store, attachments } = await openStore(`sqlite:${join(directory, 'x.db')}`);
  const stored = await attachments.put(content('abc'), 10);
  assert.ok(stored !== 'tooLarge');
  assert.equal(stored.id, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  assert.deepEqual(filesBelow(join(directory, 'x.db-attachments')), [
    join(directory, 'x.db-attachments', 'ba', stored.id),
  ]);
  await store.close();
});

test('T15 the same content is stored once; what is refused or breaks off leaves no file', async () => {
  const attachments = createAttachmentStore(join(directory, 'files'));
  await Promise.all([1, 2, 3].map(() => attachments.put(content('uguale'), 10)));
  await attachments.put(content('ug', 'uale'), 10);
  assert.equal(await attachments.put(content('troppo ', 'lungo'), 10), 'tooLarge');
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('metà');
    throw new Error('connection lost');
  }
  await assert.rejects(attachments.put(broken(), 10));
  assert.equal(filesBelow(join(directory, 'files')).length, 1);
});

test('T15 no file outside its place can be named', async () => {
  writeFileSync(join(directory, 'secret'), 'x');
  const attachments = createAttachmentStore(join(directory, 'files'));
  const stored = await attachments.put(content('abc'), 10);
  assert.ok(stored !== 'tooLarge');
  const behind = `${stored.id}/../../../secret`;
  for (const id of ['../secret', '../../secret', 'secret', join(directory, 'secret'), 'incoming', behind]) {
    assert.equal(await attachments.get(id), undefined, id);
  }
});

test('T15 what a crash left half-written is removed a day later, younger files are not', async () => {
  const url = `sqlite:${join(directory, 'x.db')}`;
  const files = join(directory, 'x.db-attachments');
  const first = await openStore(url);
  await first.attachments.put(content('abc'), 10);
  await first.store.close();
  const [old, young] = ['old', 'young'].map((name) => join(files, 'incoming', name));
  assert.ok(old && young);
  const now = Date.now();
  for (const path of [old, young]) writeFileSync(path, 'half');
  utimesSync(old, new Date(now - 25 * 3_600_000), new Date(now - 25 * 3_600_000));
  await (await openStore(url)).store.close();
  assert.equal(existsSync(old), false);
  assert.ok(existsSync(young));
  assert.equal(filesBelow(files).length, 2);
});
