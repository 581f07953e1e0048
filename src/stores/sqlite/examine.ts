/** Looks at a SQLite store without changing anything of it: for whoever asks whether Sportello could start on it. */

import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Examined } from '../examine.ts';
import { checkSqliteVersion } from './database.ts';
import { MIGRATIONS } from './schema.ts';

/** @throws UnusableStore when this Node's SQLite must not be used, and Error when the file is no database */
export function examineSqlite(path: string): Examined {
  checkSqliteVersion(process.versions.sqlite);
  const file = resolve(path);
  const there = existsSync(file);
  const writable = isWritable(nearestThere(dirname(file))) && (!there || isWritable(file));
  const { bavail, bsize } = statfsSync(nearestThere(dirname(file)));
  const common = { name: file, newest: MIGRATIONS.length, writable, freeBytes: bavail * bsize };
  if (!there) return { ...common, version: undefined };
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return { ...common, version: Number(database.prepare('PRAGMA user_version').get()?.user_version) };
  } finally {
    database.close();
  }
}

/** The folder, or the nearest above it that exists: the rest is made at start. */
function nearestThere(folder: string): string {
  return existsSync(folder) ? folder : nearestThere(dirname(folder));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
