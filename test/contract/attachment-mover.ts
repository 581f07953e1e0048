/**
 * A process that takes an attachment of 20 MB in and gives it out again, and says how much its memory grew each time.
 * Started by the attachment tests with `fork` and `--expose-gc`.
 */

import { randomFillSync } from 'node:crypto';
import type { AttachmentStore } from '../../src/app/ports/store.ts';
import { openStore } from '../../src/stores/open.ts';

const CHUNK = 64 * 1024;
const MEBIBYTE = 1024 * 1024;

export type Moved = { readonly bytes: number; readonly grown: number };

/** `onChunk` is called between chunks, when most is in memory. */
type Move = (onChunk: () => void) => Promise<number>;

async function put(attachments: AttachmentStore, size: number, onChunk: () => void) {
  async function* random(): AsyncGenerator<Uint8Array> {
    // One for all: what counts is what the store holds.
    const buffer = Buffer.alloc(CHUNK);
    for (let given = 0; given < size; given += CHUNK) {
      onChunk();
      yield randomFillSync(buffer);
    }
  }
  const stored = await attachments.put(random(), size);
  if (stored === 'tooLarge') throw new Error('The attachment was refused');
  return stored;
}

async function get(attachments: AttachmentStore, id: string, onChunk: () => void): Promise<number> {
  let bytes = 0;
  for await (const chunk of (await attachments.get(id)) ?? []) {
    onChunk();
    bytes += chunk.byteLength;
  }
  return bytes;
}

async function measured(move: Move): Promise<Moved> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const bytes = await move(() => {
    most = Math.max(most, process.memoryUsage.rss());
  });
  return { bytes, grown: most - before };
}

const url = process.argv[2];
if (url && process.send) {
  const { attachments, store } = await openStore(url);
  const nothing = () => undefined;
  // Whatever is loaded or allocated once is there before it counts.
  await get(attachments, (await put(attachments, 2 * MEBIBYTE, nothing)).id, nothing);
  let id = '';
  const taken = await measured(async (onChunk) => {
    const stored = await put(attachments, 20 * MEBIBYTE, onChunk);
    id = stored.id;
    return stored.size;
  });
  const given = await measured((onChunk) => get(attachments, id, onChunk));
  await store.close();
  process.send({ put: taken, got: given }, () => process.disconnect());
}
