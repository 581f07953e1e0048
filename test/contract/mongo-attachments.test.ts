/** How attachments lie in GridFS: each content once, nothing left over. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Db, GridFSBucket, ObjectId } from 'mongodb';
import { openStore } from '../../src/stores/open.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { withStore } from './backend.ts';

const HOUR = 3_600_000;

async function* content(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function counts(db: Db): Promise<readonly number[]> {
  const names = ['attachments.files', 'attachments.chunks', 'incoming'];
  return Promise.all(names.map((name) => db.collection(name).countDocuments()));
}

/** The id of an upload that began so many hours ago. */
function idFrom(hoursAgo: number): ObjectId {
  return ObjectId.createFromTime(Math.floor((Date.now() - hoursAgo * HOUR) / 1_000));
}

await onMongoDB(({ newBackend, databaseOf }) => {
  test('T15 a content is a file of GridFS, named by its SHA-256, that any client can read', () =>
    withStore(newBackend, async ({ attachments, url }) => {
      const stored = await attachments.put(content('a', 'bc'), 10);
      assert.ok(stored !== 'tooLarge');
      assert.equal(stored.id, 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
      const bucket = new GridFSBucket(databaseOf(url), { bucketName: 'attachments' });
      const parts = await bucket.openDownloadStreamByName(stored.id).toArray();
      assert.equal(Buffer.concat(parts).toString(), 'abc');
    }));

  test('T15 the same content is stored once; what is refused or breaks off leaves no file and no chunk', () =>
    withStore(newBackend, async ({ attachments, url }) => {
      const db = databaseOf(url);
      await Promise.all([1, 2, 3].map(() => attachments.put(content('uguale'), 10)));
      await attachments.put(content('ug', 'uale'), 10);
      assert.deepEqual(await counts(db), [1, 1, 0]);

      const mebibyte = 'x'.repeat(1024 * 1024);
      assert.equal(await attachments.put(content(mebibyte, mebibyte), mebibyte.length + 1), 'tooLarge');
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield Buffer.from(mebibyte);
        throw new Error('connection lost');
      }
      await assert.rejects(attachments.put(broken(), 2 * mebibyte.length), /connection lost/);
      assert.deepEqual(await counts(db), [1, 1, 0]);
    }));

  test('T15 what a crash left half-written is removed a day later; what is young, or whole, is not', () =>
    withStore(newBackend, async ({ attachments, url }) => {
      const db = databaseOf(url);
      const incoming = db.collection('incoming');
      const bucket = new GridFSBucket(db, { bucketName: 'attachments' });
      const half = async (id: ObjectId) => {
        await incoming.insertOne({ _id: id });
        await db.collection('attachments.chunks').insertOne({ files_id: id, n: 0, data: Buffer.from('x') });
      };
      const whole = async (id: ObjectId, name: string) => {
        await incoming.insertOne({ _id: id });
        const upload = bucket.openUploadStreamWithId(id, name);
        await new Promise<unknown>((resolve) => upload.end(Buffer.from('x'), () => resolve(undefined)));
      };
      const [old, other, named, young] = [25, 26, 27, 23].map(idFrom);
      assert.ok(old && other && named && young);
      await half(old);
      await half(young);
      await half(other);
      const sha256 = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
      await whole(named, sha256);

      await (await openStore(url)).store.close();
      const left = await db.collection('attachments.chunks').distinct('files_id');
      assert.deepEqual(left.map(String).sort(), [named, young].map(String).sort());
      assert.deepEqual(await counts(db), [1, 2, 1]);
      assert.ok(await attachments.get(sha256));
    }));

  test('T15 an attachment that has lost a chunk is a fault, not a shorter file', () =>
    withStore(newBackend, async ({ attachments, url }) => {
      const stored = await attachments.put(content('x'.repeat(600_000)), 1_000_000);
      assert.ok(stored !== 'tooLarge');
      await databaseOf(url).collection('attachments.chunks').deleteOne({ n: 1 });
      const damaged = await attachments.get(stored.id);
      assert.ok(damaged);
      await assert.rejects(async () => {
        for await (const _ of damaged);
      }, /lost chunks/);
    }));
});
