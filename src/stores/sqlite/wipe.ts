/** Empties a SQLite store, for the reset of local Teams only: no other path leads here. */

import { rm } from 'node:fs/promises';
import { openDatabase } from './database.ts';

/**
 * Deletes every row in one transaction, on a connection of its own, and then the attachments. An open store on the same
 * file goes on working, and finds itself empty.
 *
 * @param path the database file
 * @param attachments the directory of its attachments
 */
export async function wipeStore(path: string, attachments: string): Promise<void> {
  const database = openDatabase(path);
  try {
    // Children before parents.
    database.exec(`
      BEGIN IMMEDIATE;
      DELETE FROM events;
      DELETE FROM participants;
      DELETE FROM attributes;
      DELETE FROM tickets;
      DELETE FROM drafts;
      DELETE FROM draft_files;
      DELETE FROM loose_files;
      DELETE FROM form_drafts;
      DELETE FROM deliveries;
      DELETE FROM posts;
      DELETE FROM receipts;
      DELETE FROM profiles;
      DELETE FROM searches;
      DELETE FROM alerts;
      DELETE FROM counters;
    `);
    // A full-text index without contents of its own knows this command instead of a plain DELETE.
    database.prepare('INSERT INTO words (words) VALUES (?)').run('delete-all');
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  await rm(attachments, { recursive: true, force: true });
}
