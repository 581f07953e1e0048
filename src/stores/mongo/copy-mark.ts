/**
 * The mark of a database that is a copy of another store: a document beside the version, there from the first record on
 * until Sportello opens the finished copy.
 */

import type { Db } from 'mongodb';
import { UNFINISHED_COPY } from '../moving/mark.ts';
import { UnusableStore } from '../unusable-store.ts';

export type CopyMark = { readonly source: string; readonly finished: boolean };
type MarkRecord = CopyMark & { readonly _id: 'copy' };

const marks = (db: Db) => db.collection<MarkRecord>('schema');

export async function readCopyMark(db: Db): Promise<CopyMark | undefined> {
  return (await marks(db).findOne({ _id: 'copy' })) ?? undefined;
}

export async function writeCopyMark(db: Db, { source, finished }: CopyMark): Promise<void> {
  await marks(db).replaceOne({ _id: 'copy' }, { source, finished }, { upsert: true });
}

/**
 * Makes a finished copy a store like any other, before Sportello uses it.
 * @throws UnusableStore when the copy is not finished
 */
export async function useCopy(db: Db): Promise<void> {
  const mark = await readCopyMark(db);
  if (mark?.finished === false) throw new UnusableStore(`The database ${db.databaseName} ${UNFINISHED_COPY}`);
  if (mark) await marks(db).deleteOne({ _id: 'copy' });
}
