/** Promises about back-ups in one file. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { openBackup, writeBackup } from '../../src/stores/moving/backup-file.ts';
import { type Copied, copyDesk } from '../../src/stores/moving/copy.ts';
import { openStore } from '../../src/stores/open.ts';
import { openSource, openTarget } from '../../src/stores/open-archive.ts';
import { UnusableStore } from '../../src/stores/unusable-store.ts';
import { opening } from '../support/tickets.ts';
import type { NewBackend } from './backend.ts';
import { fillDesk, seenOf, toBeSent } from './moving-desk.ts';

const said = (pattern: RegExp) => (error: unknown) =>
  error instanceof UnusableStore && pattern.test(error.message);
const NOW = new Date('2026-11-05T09:00:00Z');

async function backUp(url: string, file: string) {
  const source = await openSource(url);
  try {
    return await writeBackup(source, file, NOW);
  } finally {
    await source.close();
  }
}

async function restore(file: string, url: string): Promise<Copied> {
  const source = await openBackup(file);
  const target = await openTarget(url);
  try {
    return await copyDesk(source, target);
  } finally {
    await target.close();
  }
}

export function backupContract(newBackend: NewBackend): void {
  async function withBackup(body: (file: string, from: string, to: string) => Promise<void>): Promise<void> {
    const backends = [await newBackend(), await newBackend()] as const;
    const folder = await mkdtemp(join(tmpdir(), 'sportello-backup-'));
    try {
      const opened = await openStore(backends[0].url);
      await fillDesk(opened);
      await opened.store.close();
      const file = join(folder, 'desk.backup');
      await backUp(backends[0].url, file);
      await body(file, backends[0].url, backends[1].url);
    } finally {
      await rm(folder, { recursive: true });
      for (const backend of backends) await backend.dispose();
    }
  }

  test('A6 what was backed up is there again after a restore, and the file is its owner’s alone', () =>
    withBackup(async (file, from, to) => {
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      const { counts } = await restore(file, to);
      assert.deepEqual([counts.ticket, counts.draft, counts.receipt, counts.attachment], [7, 9, 7, 3]);
      const one = await openStore(from);
      const other = await openStore(to);
      assert.deepEqual(await seenOf(other), await seenOf(one));
      assert.deepEqual(await toBeSent(other), await toBeSent(one));
      const [first] = (await readdir(join(file, '..'))).filter((name) => name !== 'desk.backup');
      assert.equal(first, undefined, 'nothing is left beside it');
      await one.store.close();
      await other.store.close();
    }));

  test('A6 a back-up is written over no file, and restored into no desk', () =>
    withBackup(async (file, from, to) => {
      await assert.rejects(backUp(from, file), said(/is a file .* already/));
      await assert.rejects(restore(file, from), said(/holds a desk already/));
      const opened = await openStore(to);
      await opened.store.commitTicket(opening(1));
      await opened.store.close();
      await assert.rejects(restore(file, to), said(/holds a desk already/));
    }));

  test('A6 a back-up that was cut off or altered anywhere is refused before anything is restored', () =>
    withBackup(async (file, _from, to) => {
      const whole = await readFile(file);
      const lines = gunzipSync(whole).toString().split('\n');
      const zipped = (changed: readonly string[]) => gzipSync(changed.join('\n'));
      const flipped = Buffer.from(whole);
      flipped[Math.floor(whole.length / 2)] = (flipped[Math.floor(whole.length / 2)] ?? 0) ^ 1;
      const broken: Readonly<Record<string, Buffer>> = {
        'no file of ours': Buffer.from('not a back-up'),
        nothing: Buffer.alloc(0),
        'cut off': whole.subarray(0, whole.length - 20),
        'cut in half': whole.subarray(0, whole.length / 2),
        'one bit turned': flipped,
        'without its end': zipped([...lines.slice(0, -2), '']),
        'without a record': zipped([...lines.slice(0, 5), ...lines.slice(6)]),
        'with a record twice': zipped([...lines.slice(0, 5), ...lines.slice(4)]),
        'with another text': zipped(lines.map((line) => line.replace('Stampante 3', 'Stampante 4'))),
        'with more behind its end': zipped([...lines.slice(0, -1), lines[4] ?? '', '']),
        'without its beginning': zipped(lines.slice(1)),
      };
      for (const [name, content] of Object.entries(broken)) {
        const path = `${file} ${name}`;
        await writeFile(path, content);
        await assert.rejects(restore(path, to), said(/no whole back-up.*cut off or altered/), name);
      }
      await assert.rejects(restore(`${file}.none`, to), said(/There is no file/));
      assert.equal((await restore(file, to)).counts.ticket, 7);
    }));

  test('A6 a restore that was interrupted goes on with the same file, and with no other', () =>
    withBackup(async (file, from, to) => {
      const target = await openTarget(to);
      await target.begin((await openBackup(file)).name);
      await target.close();
      await assert.rejects(openStore(to), said(/not finished/));
      await backUp(from, `${file}.other`);
      await assert.rejects(restore(`${file}.other`, to), said(/is a copy of/));
      assert.equal((await restore(file, to)).counts.ticket, 7);
      await (await openStore(to)).store.close();
    }));
}
