/** The SQL that reads or writes a whole desk. Walking through entire tables is its business, other than that of `SQL`. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { RECEIPTS_KEPT_MS } from '../moving/record.ts';

export const ARCHIVE_SQL = {
  receipts: `
    SELECT key, at, outcome FROM receipts
    WHERE key > ? AND at > (SELECT max(at) - ${RECEIPTS_KEPT_MS} FROM receipts) ORDER BY key LIMIT ?`,
  drafts: 'SELECT rowid AS place, body FROM drafts WHERE rowid > ? ORDER BY rowid LIMIT ?',
  tickets: 'SELECT id AS place, number, due_at, body FROM tickets WHERE id > ? ORDER BY id LIMIT ?',
  ticket: 'SELECT id AS place, number, due_at, body FROM tickets WHERE number = ?',
  owners: `
    SELECT place, owner_kind, owner_id FROM (
      SELECT owner_kind || '/' || owner_id AS place, owner_kind, owner_id FROM deliveries
      UNION
      SELECT owner_kind || '/' || owner_id AS place, owner_kind, owner_id FROM posts
    )
    WHERE place > ? AND NOT EXISTS (SELECT 1 FROM tickets WHERE owner_kind = 'ticket' AND number = owner_id)
      AND NOT EXISTS (SELECT 1 FROM drafts WHERE owner_kind = 'draft' AND drafts.id = owner_id)
    ORDER BY place LIMIT ?`,
  profiles: 'SELECT person AS place, body FROM profiles WHERE person > ? ORDER BY person LIMIT ?',
  searches:
    'SELECT person, name, asked FROM searches WHERE (person, name) > (?, ?) ORDER BY person, name LIMIT ?',
  search: 'SELECT person, name, asked FROM searches WHERE person = ? AND name = ?',
  counters: 'SELECT day AS place, value FROM counters WHERE day > ? ORDER BY day LIMIT ?',
  counter: 'SELECT value FROM counters WHERE day = ?',
  deliveries: `
    SELECT id, body, ready_at, attempts, failed_at, reason FROM deliveries
    WHERE owner_kind = ? AND owner_id = ?`,
  posts: 'SELECT key, conversation, activity FROM posts WHERE owner_kind = ? AND owner_id = ?',

  forgetDeliveries: 'DELETE FROM deliveries WHERE owner_kind = ? AND owner_id = ?',
  forgetPosts: 'DELETE FROM posts WHERE owner_kind = ? AND owner_id = ?',
  // In place of a delivery that was sent meanwhile, whose number was given again.
  writeDelivery: `
    INSERT OR REPLACE INTO deliveries (id, owner_kind, owner_id, key, body, ready_at, attempts, failed_at, reason)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  writePost: 'INSERT INTO posts (owner_kind, owner_id, key, conversation, activity) VALUES (?, ?, ?, ?, ?)',
  writeReceipt: 'INSERT OR REPLACE INTO receipts (key, at, outcome) VALUES (?, ?, ?)',
  writeCounter: `
    INSERT INTO counters (day, value) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET value = excluded.value`,
} as const;

export type ArchiveStatements = Readonly<Record<keyof typeof ARCHIVE_SQL, StatementSync>>;

export function prepareArchive(database: DatabaseSync): ArchiveStatements {
  const entries = Object.entries(ARCHIVE_SQL).map(([name, sql]) => [name, database.prepare(sql)]);
  return Object.fromEntries(entries) as ArchiveStatements;
}

/** Whether no table that a copy writes holds anything yet. */
export function isEmpty(database: DatabaseSync): boolean {
  const tables = ['tickets', 'drafts', 'deliveries', 'posts', 'receipts', 'profiles', 'searches', 'counters'];
  return tables.every((table) => !database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get());
}
