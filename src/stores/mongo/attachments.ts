/**
 * The `AttachmentStore` port in GridFS: each content once, under its SHA-256 as file name.
 *
 * The documents are those of GridFS, https://github.com/mongodb/specifications/blob/master/source/gridfs/gridfs-spec.md,
 * but written and read here. The driver's streams want the name before the content is known, and hold up to 16 MB of a
 * file that is read.
 */

import { createHash } from 'node:crypto';
import { Binary, type Db, type Document, ObjectId } from 'mongodb';
import type { AttachmentStore } from '../../app/ports/store.ts';
import type { Instant } from '../../domain/ticket.ts';
import { isDuplicateKey, untilDone } from './faults.ts';
import type { Gate } from './gate.ts';
import { discard, type File, gridFs } from './grid-fs.ts';
import { removeUnowned } from './loose-files.ts';
import { collectionsOf, moment } from './records.ts';

const ID = /^[0-9a-f]{64}$/;
/** An upload that began this long ago, in milliseconds of the machines' clocks, was left by a crash. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;
/** Bytes of a chunk, as GridFS has it. */
const CHUNK_SIZE = 255 * 1024;
/** Chunks fetched together: what a download holds in memory. */
const CHUNKS_AT_ONCE = 4;

export function createGridFsStore(db: Db, gate: Gate): AttachmentStore {
  const { incoming } = collectionsOf(db);
  const { files, chunks } = gridFs(db);

  async function put(content: AsyncIterable<Uint8Array>, limit: number, at?: Instant) {
    const id = new ObjectId();
    // Before its first chunk, so that a crash leaves nothing that nobody knows of.
    await incoming.insertOne({ _id: id });
    try {
      const written = await writeChunks(id, content, limit);
      if (written !== 'tooLarge') await place(id, written.id, written.size, at);
      return written;
    } finally {
      await discard(db, id);
      await incoming.deleteOne({ _id: id });
    }
  }

  async function writeChunks(id: ObjectId, content: AsyncIterable<Uint8Array>, limit: number) {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(CHUNK_SIZE);
    let size = 0;
    let filled = 0;
    let n = 0;
    const flush = async () => {
      const data = new Binary(buffer.subarray(0, filled));
      await chunks.insertOne({ files_id: id, n, data });
      filled = 0;
      n += 1;
    };
    for await (const chunk of content) {
      size += chunk.byteLength;
      if (size > limit) return 'tooLarge' as const;
      hash.update(chunk);
      for (let from = 0; from < chunk.byteLength; ) {
        const part = chunk.subarray(from, from + CHUNK_SIZE - filled);
        buffer.set(part, filled);
        filled += part.byteLength;
        from += part.byteLength;
        if (filled === CHUNK_SIZE) await flush();
      }
    }
    if (filled > 0) await flush();
    return { id: hash.digest('hex'), size };
  }

  /** Makes the chunks a file, unless the same content is there already, which is then as good as new. */
  async function place(id: ObjectId, filename: string, length: number, at?: Instant): Promise<void> {
    const loose = at === undefined ? {} : { looseSince: moment(at) };
    const file: File = { _id: id, length, chunkSize: CHUNK_SIZE, uploadDate: new Date(), filename, ...loose };
    for (;;) {
      try {
        await untilDone(() => files.insertOne(file));
        return;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const renewed = await untilDone(() => files.updateOne({ filename }, [renewal(at)]));
      // Otherwise it was removed just now, and there is room for this one.
      if (renewed.matchedCount > 0) return;
    }
  }

  /** A few chunks at a time, not by one cursor: that would end when a slow reader pauses. */
  async function* read({ _id, length, chunkSize }: File): AsyncGenerator<Uint8Array> {
    const count = Math.ceil(length / chunkSize);
    for (let from = 0; from < count; from += CHUNKS_AT_ONCE) {
      const to = Math.min(from + CHUNKS_AT_ONCE, count);
      const part = chunks.find({ files_id: _id, n: { $gte: from, $lt: to } }, { sort: { n: 1 } });
      const found = await part.toArray();
      if (found.length < to - from) throw new Error(`An attachment has lost chunks after ${from}`);
      for (const { data } of found) yield data.value();
    }
  }

  return {
    put: (content, limit, at) => gate.pass(() => put(content, limit, at)),
    removeUnowned: (now, limit) => gate.pass(() => removeUnowned(db, now, limit)),
    get: (id) =>
      gate.pass(async () => {
        if (!ID.test(id)) return undefined;
        const file = await files.findOne({ filename: id });
        return file === null ? undefined : read(file);
      }),
  };
}

/** What has no moment is held, and stays so. */
function renewal(at: Instant | undefined): Document {
  if (at === undefined) return { $unset: 'looseSince' };
  const later = { $max: ['$looseSince', moment(at)] };
  return { $set: { looseSince: { $cond: [{ $gt: ['$looseSince', 0] }, later, '$$REMOVE'] } } };
}

/** The ids of all contents. */
export async function* attachmentIds(db: Db): AsyncGenerator<string> {
  const found = gridFs(db).files.find({}, { projection: { filename: 1 }, sort: { filename: 1 } });
  for await (const { filename } of found) if (ID.test(filename)) yield filename;
}

/** Removes what crashes left half-written. Younger uploads may belong to another instance that is running. */
export async function removeAbandoned(db: Db): Promise<void> {
  const { incoming } = collectionsOf(db);
  const oldest = ObjectId.createFromTime(Math.floor((Date.now() - ABANDONED_AFTER_MS) / 1_000));
  for await (const { _id } of incoming.find({ _id: { $lt: oldest } })) {
    await discard(db, _id);
    await incoming.deleteOne({ _id });
  }
}
