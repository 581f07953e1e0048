/** A MongoDB store as a source or target of copies and back-ups. */

import type { Db } from 'mongodb';
import type { AttachmentStore } from '../../app/ports/store.ts';
import type { Archive } from '../moving/archive.ts';
import { checkTarget } from '../moving/mark.ts';
import type { Kind, RecordOf } from '../moving/record.ts';
import { createArchiveReader } from './archive-reader.ts';
import { createArchiveWriter } from './archive-writer.ts';
import { attachmentIds } from './attachments.ts';
import { readCopyMark, writeCopyMark } from './copy-mark.ts';
import { BUCKET, collectionsOf } from './records.ts';

/** @param close ends the connection */
export function createMongoArchive(
  name: string,
  db: Db,
  attachments: AttachmentStore,
  close: () => Promise<void>,
): Archive {
  const reader = createArchiveReader(collectionsOf(db));

  return {
    name,
    records: () => reader.all(),
    async *attachments() {
      for await (const id of attachmentIds(db)) {
        yield {
          id,
          open: async function* () {
            yield* (await attachments.get(id)) ?? [];
          },
        };
      }
    },

    async begin(source) {
      const { requests, counters, profiles, searches } = collectionsOf(db);
      const collections = [requests, counters, profiles, searches, db.collection(`${BUCKET}.files`)];
      const found = await Promise.all(
        collections.map(({ collectionName }) => db.collection(collectionName).findOne()),
      );
      const empty = found.every((document) => document === null);
      checkTarget(name, source, await readCopyMark(db), empty);
      await writeCopyMark(db, { source, finished: false });
    },

    async end() {
      const mark = await readCopyMark(db);
      if (mark) await writeCopyMark(db, { ...mark, finished: true });
    },

    find: async <K extends Kind>(kind: K, keys: readonly string[]) => {
      return (await reader.find(kind, keys)) as ReadonlyMap<string, RecordOf<K>>;
    },
    write: createArchiveWriter(collectionsOf(db)),
    hasAttachment: async (id) => (await attachments.get(id)) !== undefined,
    putAttachment: async (content) => {
      await attachments.put(content, Number.POSITIVE_INFINITY);
    },
    close,
  };
}
