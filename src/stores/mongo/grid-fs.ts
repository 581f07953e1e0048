/** The two collections in which GridFS keeps files and their chunks. */

import type { Binary, Db, ObjectId } from 'mongodb';
import { BUCKET } from './records.ts';

export type File = {
  readonly _id: ObjectId;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
  readonly filename: string;
  /** Since when nothing may hold it; absent when something does, or when it was stored to stay. */
  readonly looseSince?: number;
};
type Chunk = { readonly files_id: ObjectId; readonly n: number; readonly data: Binary };

/** Removes the chunks of an upload that did not become a file. */
export async function discard(db: Db, id: ObjectId): Promise<void> {
  const { files, chunks } = gridFs(db);
  if (await files.findOne({ _id: id }, { projection: { _id: 1 } })) return;
  await chunks.deleteMany({ files_id: id });
}

export function gridFs(db: Db) {
  return {
    files: db.collection<File>(`${BUCKET}.files`),
    chunks: db.collection<Chunk>(`${BUCKET}.chunks`),
  };
}
