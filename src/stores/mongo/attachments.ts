/** The `AttachmentStore` port in GridFS: each content once, under its SHA-256 as file name. */

import { createHash } from 'node:crypto';
import { type Db, GridFSBucket, type GridFSBucketWriteStream, ObjectId } from 'mongodb';
import type { AttachmentStore } from '../../app/ports.ts';
import { isDuplicateKey, untilDone } from './faults.ts';
import type { Gate } from './gate.ts';
import { BUCKET, collectionsOf } from './records.ts';

const ID = /^[0-9a-f]{64}$/;
/** An upload that began this long ago, in milliseconds of the machines' clocks, was left by a crash. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;
/** Chunks of 255 KiB fetched together: what a download holds in memory. */
const CHUNKS_AT_ONCE = 4;

type Chunk = { readonly files_id: ObjectId; readonly n: number; readonly data: Uint8Array };

export function createGridFsStore(db: Db, gate: Gate): AttachmentStore {
  const bucket = new GridFSBucket(db, { bucketName: BUCKET });
  const { incoming } = collectionsOf(db);
  const { files, chunks } = gridFs(db);

  async function put(content: AsyncIterable<Uint8Array>, limit: number) {
    const id = new ObjectId();
    // Before its first chunk, so that a crash leaves nothing that nobody knows of.
    await incoming.insertOne({ _id: id });
    const upload = bucket.openUploadStreamWithId(id, temporaryName(id));
    // What goes wrong is told to whoever waits for the write.
    upload.on('error', () => undefined);
    let kept = false;
    try {
      const hash = createHash('sha256');
      let size = 0;
      for await (const chunk of content) {
        size += chunk.byteLength;
        if (size > limit) return 'tooLarge' as const;
        hash.update(chunk);
        await write(upload, chunk);
      }
      await finish(upload);
      const sha256 = hash.digest('hex');
      kept = await name(id, sha256);
      return { id: sha256, size };
    } finally {
      if (!kept) await discard(db, id);
      await incoming.deleteOne({ _id: id });
    }
  }

  /** False when the content is there already. */
  async function name(id: ObjectId, sha256: string): Promise<boolean> {
    try {
      await untilDone(() => files.updateOne({ _id: id }, { $set: { filename: sha256 } }));
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  /** A few chunks at a time, not one cursor: that would hold up to 16 MB, and end when a slow reader pauses. */
  async function* read(id: ObjectId, count: number): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < count; from += CHUNKS_AT_ONCE) {
      const to = Math.min(from + CHUNKS_AT_ONCE, count);
      const part = chunks.find(
        { files_id: id, n: { $gte: from, $lt: to } },
        { sort: { n: 1 }, promoteBuffers: true },
      );
      const found = await part.toArray();
      if (found.length < to - from) throw new Error(`An attachment has lost chunks after ${from}`);
      for (const { data } of found) yield data;
    }
  }

  return {
    put: (content, limit) => gate.pass(() => put(content, limit)),
    get: (id) =>
      gate.pass(async () => {
        if (!ID.test(id)) return undefined;
        const file = await files.findOne({ filename: id });
        return file === null ? undefined : read(file._id, Math.ceil(file.length / file.chunkSize));
      }),
  };
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

/** Removes an upload, unless it was given its name: then the content is in its place. */
async function discard(db: Db, id: ObjectId): Promise<void> {
  const { files, chunks } = gridFs(db);
  await files.deleteOne({ _id: id, filename: temporaryName(id) });
  if (!(await files.findOne({ _id: id }))) await chunks.deleteMany({ files_id: id });
}

function gridFs(db: Db) {
  return {
    files: db.collection<{ _id: ObjectId; filename: string; length: number; chunkSize: number }>(
      `${BUCKET}.files`,
    ),
    chunks: db.collection<Chunk>(`${BUCKET}.chunks`),
  };
}

function temporaryName(id: ObjectId): string {
  return `${id.toHexString()} incoming`;
}

/** Waits until the chunk is copied or stored: its owner may use the memory again. */
function write(upload: GridFSBucketWriteStream, chunk: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    upload.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function finish(upload: GridFSBucketWriteStream): Promise<void> {
  return new Promise((resolve, reject) => {
    upload.once('error', reject);
    upload.end(resolve);
  });
}
