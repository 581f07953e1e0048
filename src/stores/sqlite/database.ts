/** Opens the SQLite file with the settings that durability rests on, and brings its schema up to date. */

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UnusableStore } from '../unusable-store.ts';
import { MIGRATIONS } from './schema.ts';

/** Below this version two connections could corrupt a database in WAL mode (https://sqlite.org/wal.html#walresetbug). */
const OLDEST_SQLITE = [3, 51, 3] as const;

/** How long a connection waits for another one's write, in milliseconds. The event loop waits with it. */
const BUSY_TIMEOUT_MS = 5_000;

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * So much of the file is read where the system has it in memory, without copying. It asks nothing of the file system that
 * the shared index of the write-ahead log does not ask anyway.
 */
const MAPPED_BYTES = 256 * 1024 * 1024;

/** "Spor": tells our files from those of other programs, see `PRAGMA application_id`. */
const APPLICATION_ID = 0x53706f72;

/** @throws UnusableStore when this Node brings a SQLite with the WAL corruption bug */
export function checkSqliteVersion(version: string | undefined): void {
  const parts = (version ?? '0').split('.').map(Number);
  for (const [index, least] of OLDEST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw new UnusableStore(
        `This Node contains SQLite ${version ?? '(none)'}, which can corrupt the store: ` +
          `SQLite ${OLDEST_SQLITE.join('.')} or newer is needed. Use a newer Node (24 LTS has it).`,
      );
    }
  }
}

/**
 * Opens the file, creating it and its directory where they are missing. Safe beside other processes doing the same.
 *
 * @throws UnusableStore when the file cannot be opened, belongs to another program or to a newer Sportello
 */
export function openDatabase(
  path: string,
  migrations: readonly string[] = MIGRATIONS,
  sqliteVersion: string | undefined = process.versions.sqlite,
): DatabaseSync {
  checkSqliteVersion(sqliteVersion);
  const file = resolve(path);
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
    configure(database);
    migrate(database, file, migrations);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof UnusableStore) throw error;
    throw unusable(file, error);
  }
}

/** @returns what is wrong with the file or its folder, and what to do about it */
export function unusable(file: string, error: unknown): UnusableStore {
  const reason = error instanceof Error ? error.message : String(error);
  return new UnusableStore(`The store ${file} cannot be opened (${reason}). ${remedyOf(error)}`, {
    cause: error,
  });
}

/** https://sqlite.org/rescode.html; the lower byte of a longer code is the code of its kind. */
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

function remedyOf(error: unknown): string {
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  const kind = typeof errcode === 'number' ? errcode & 0xff : undefined;
  if (kind === SQLITE_BUSY || kind === SQLITE_LOCKED)
    return 'Another program holds it: end that one, such as a second Sportello or a tool that has the file open, and start again.';
  if (kind === SQLITE_NOTADB || kind === SQLITE_CORRUPT)
    return 'Let STORE_URL name another file, or restore a back-up in its place (docs/store.md).';
  if (kind === SQLITE_FULL || code === 'ENOSPC' || code === 'EDQUOT')
    return 'The disk is full: free at least 1 GB, or let STORE_URL name a file on another one.';
  if (kind === SQLITE_READONLY || code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return 'Give the user that runs Sportello the right to write to the file and its folder, or let STORE_URL name another one.';
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return 'A part of that path is a file and no folder: let STORE_URL name another one, or move that file.';
  return 'Check that STORE_URL names a file that Sportello may read and write, on a local disk with free space.';
}

/**
 * Opens a file that is there, and never writes to it.
 * @throws UnusableStore when there is none, or when it holds no desk or one of another version
 */
export function openForReading(path: string): DatabaseSync {
  checkSqliteVersion(process.versions.sqlite);
  const file = resolve(path);
  if (!existsSync(file)) throw new UnusableStore(`There is no store ${file}. Let STORE_URL name one.`);
  const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
  try {
    const version = pragma(database, 'user_version');
    if (pragma(database, 'application_id') !== APPLICATION_ID)
      throw new UnusableStore(`The file ${file} is no store of Sportello. Let STORE_URL name one.`);
    if (version !== MIGRATIONS.length)
      throw new UnusableStore(
        `The store ${file} is of another version of Sportello (schema ${version}; this one reads ` +
          `${MIGRATIONS.length}). Use that version, or start this one on it once.`,
      );
    return database;
  } catch (error) {
    database.close();
    if (error instanceof UnusableStore) throw error;
    throw new UnusableStore(`The file ${file} is no store of Sportello, or it is damaged.`, { cause: error });
  }
}

function configure(database: DatabaseSync): void {
  const mode = writeAheadMode(database);
  if (mode !== 'wal') {
    throw new Error(`SQLite cannot use its write-ahead log there: journal mode is ${String(mode)}`);
  }
  // FULL, not NORMAL: in WAL mode only FULL syncs at every commit, so that a power cut loses nothing acknowledged.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = ${MAPPED_BYTES};
    PRAGMA journal_size_limit = 67108864;
  `);
}

/** Turns the write-ahead log on. Answers the journal mode that holds now. */
function writeAheadMode(database: DatabaseSync): unknown {
  const deadline = performance.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
    } catch (error) {
      // For this one statement SQLite does not wait for another process that does the same at the same moment.
      const busy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
      if (!busy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function migrate(database: DatabaseSync, file: string, migrations: readonly string[]): void {
  if (pragma(database, 'user_version') === migrations.length && migrations.length > 0) {
    checkApplication(database, file);
    return;
  }
  // The version is read again inside the transaction: another process may be migrating at this moment.
  database.exec('BEGIN IMMEDIATE');
  try {
    checkApplication(database, file);
    const version = pragma(database, 'user_version');
    if (version > migrations.length) {
      throw new UnusableStore(
        `The store ${file} was written by a newer Sportello (schema ${version}; this one knows up to ` +
          `${migrations.length}). Start that version again, or restore a back-up made before the update.`,
      );
    }
    for (const migration of migrations.slice(version)) database.exec(migration);
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function checkApplication(database: DatabaseSync, file: string): void {
  if (pragma(database, 'application_id') === APPLICATION_ID) return;
  const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n;
  if (tables === 0 && pragma(database, 'user_version') === 0) return;
  throw new UnusableStore(
    `The file ${file} is a SQLite database of another program. Let STORE_URL name another file.`,
  );
}

function pragma(database: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
