/** Promises about attachments. */

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Moved } from './attachment-mover.ts';
import { type NewBackend, withStore } from './backend.ts';

const MEBIBYTE = 1024 * 1024;
const MOVER = fileURLToPath(new URL('attachment-mover.ts', import.meta.url));
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? Buffer.from(part) : part;
}

async function readAll(content: AsyncIterable<Uint8Array> | undefined): Promise<string> {
  assert.ok(content);
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts).toString();
}

export function attachmentContract(newBackend: NewBackend): void {
  test('T15 a content comes back byte for byte under its SHA-256, also after a restart', () =>
    withStore(newBackend, async ({ attachments, again }) => {
      const stored = await attachments.put(chunks('scher', '', 'mata'), 100);
      const id = sha256(Buffer.from('schermata'));
      assert.deepEqual(stored, { id, size: 9 });
      assert.equal(await readAll(await attachments.get(id)), 'schermata');
      assert.equal(await readAll(await (await again()).attachments.get(id)), 'schermata');
    }));

  test('T15 an empty file is a file', () =>
    withStore(newBackend, async ({ attachments }) => {
      const stored = await attachments.put(chunks(), 100);
      assert.deepEqual(stored, { id: sha256(Buffer.from('')), size: 0 });
      assert.equal(await readAll(await attachments.get(sha256(Buffer.from('')))), '');
    }));

  test('T15 the same content twice, even at once, is one content', () =>
    withStore(newBackend, async ({ attachments }) => {
      const both = await Promise.all(['uguale', 'uguale'].map((text) => attachments.put(chunks(text), 100)));
      assert.deepEqual(both[0], both[1]);
      assert.deepEqual(await attachments.put(chunks('ug', 'uale'), 100), both[0]);
      assert.equal(await readAll(await attachments.get(sha256(Buffer.from('uguale')))), 'uguale');
    }));

  test('T15 a content of exactly the limit is taken; one byte more is too large and leaves nothing', () =>
    withStore(newBackend, async ({ attachments }) => {
      assert.notEqual(await attachments.put(chunks('12345', '67890'), 10), 'tooLarge');
      assert.equal(await attachments.put(chunks('12345', '678901'), 10), 'tooLarge');
      assert.equal(await attachments.get(sha256(Buffer.from('12345678901'))), undefined);
      assert.equal(await attachments.get(sha256(Buffer.from('12345'))), undefined);
    }));

  test('T15 reading stops at the limit and the source is told', () =>
    withStore(newBackend, async ({ attachments }) => {
      let given = 0;
      let ended = false;
      async function* endless(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) {
            given += 1;
            yield Buffer.alloc(MEBIBYTE);
          }
        } finally {
          ended = true;
        }
      }
      assert.equal(await attachments.put(endless(), 5 * MEBIBYTE), 'tooLarge');
      assert.equal(given, 6);
      assert.ok(ended);
    }));

  test('T15 a source that breaks off leaves nothing and its error is passed on', () =>
    withStore(newBackend, async ({ attachments }) => {
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield Buffer.from('metà');
        throw new Error('connection lost');
      }
      await assert.rejects(attachments.put(broken(), 100), /connection lost/);
      assert.equal(await attachments.get(sha256(Buffer.from('metà'))), undefined);
    }));

  test('T15 20 MB pass through chunk by chunk, in and out', () =>
    withStore(newBackend, async ({ attachments }) => {
      const size = 64 * 1024;
      const count = 320;
      const expected = createHash('sha256');
      async function* source(): AsyncGenerator<Uint8Array> {
        // One buffer for all: whoever held a chunk back for later would store the wrong bytes.
        const buffer = Buffer.alloc(size);
        for (let chunk = 0; chunk < count; chunk++) {
          buffer.fill(chunk % 251);
          expected.update(buffer);
          yield buffer;
        }
      }
      const stored = await attachments.put(source(), size * count);
      const id = expected.digest('hex');
      assert.deepEqual(stored, { id, size: size * count });

      const seen = createHash('sha256');
      let largest = 0;
      for await (const chunk of (await attachments.get(id)) ?? []) {
        largest = Math.max(largest, chunk.byteLength);
        seen.update(chunk);
      }
      assert.equal(seen.digest('hex'), id);
      assert.ok(largest <= MEBIBYTE, `a chunk had ${largest} bytes`);
    }));

  test('T15 20 MB on their way in, or out, add less than 40 MB to the memory of a process', () =>
    withStore(newBackend, async ({ url }) => {
      const mover = fork(MOVER, [url], { execArgv: ['--expose-gc'] });
      const [[moved], [code]] = await Promise.all([once(mover, 'message'), once(mover, 'exit')]);
      assert.equal(code, 0);
      const { put, got } = moved as { put: Moved; got: Moved };
      for (const { bytes, grown } of [put, got]) {
        assert.equal(bytes, 20 * MEBIBYTE);
        assert.ok(grown < 40 * MEBIBYTE, `${Math.round(grown / MEBIBYTE)} MB more`);
      }
    }));

  test('T15 A2 what is not an id of a stored content is not found, wherever it points', () =>
    withStore(newBackend, async ({ attachments }) => {
      const stored = await attachments.put(chunks('x'), 100);
      assert.ok(stored !== 'tooLarge');
      const { id } = stored;
      const wrong = [
        '',
        '..',
        '../sportello.db',
        `../${id.slice(0, 2)}/${id}`,
        '/etc/passwd',
        id.toUpperCase(),
        id.slice(1),
        `${id}0`,
        `${id}\n`,
        `${id}\0`,
        sha256(Buffer.from('never stored')),
      ];
      for (const other of wrong) assert.equal(await attachments.get(other), undefined, JSON.stringify(other));
      assert.equal(await readAll(await attachments.get(id)), 'x');
    }));
}
