/**
 * The mark of a file that is a copy of another store: a table that is there from the first record on until Sportello opens
 * the finished copy.
 */

import type { DatabaseSync } from 'node:sqlite';
import { UNFINISHED_COPY } from '../moving/mark.ts';
import { UnusableStore } from '../unusable-store.ts';

export type CopyMark = { readonly source: string; readonly finished: boolean };

export function readCopyMark(database: DatabaseSync): CopyMark | undefined {
  const table = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'copied_from'").get();
  const row = table && database.prepare('SELECT source, finished FROM copied_from').get();
  return row && { source: String(row.source), finished: row.finished === 1 };
}

export function writeCopyMark(database: DatabaseSync, { source, finished }: CopyMark): void {
  database.exec(`
    BEGIN IMMEDIATE;
    DROP TABLE IF EXISTS copied_from;
    CREATE TABLE copied_from (source TEXT NOT NULL, finished INTEGER NOT NULL) STRICT;
  `);
  database.prepare('INSERT INTO copied_from (source, finished) VALUES (?, ?)').run(source, finished ? 1 : 0);
  database.exec('COMMIT');
}

/**
 * Makes a finished copy a store like any other, before Sportello uses it.
 * @throws UnusableStore when the copy is not finished
 */
export function useCopy(database: DatabaseSync, path: string): void {
  const mark = readCopyMark(database);
  if (mark?.finished === false) throw new UnusableStore(`The store ${path} ${UNFINISHED_COPY}`);
  if (mark) database.exec('DROP TABLE IF EXISTS copied_from');
}
