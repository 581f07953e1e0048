/** The memory of local Teams: one small SQLite file, so that conversations survive a restart and a reload. */

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { KeptMail } from './imap.ts';
import type { FileView, MailView, MessageView } from './protocol.ts';

export type StoredFile = {
  readonly view: FileView;
  readonly bytes: Uint8Array;
  /** Opens the file without further proof, as the download URL of Teams does. */
  readonly downloadToken: string;
};

const ID = /^\d{1,15}$/;

export type History = {
  /** A new activity id: epoch milliseconds as in Teams, moved on where two would be alike. */
  nextId(now: number): string;
  insert(message: MessageView): void;
  replace(message: MessageView): void;
  message(conversation: string, id: string): MessageView | undefined;
  /** The newest messages, oldest first. */
  messages(conversation: string, limit: number): readonly MessageView[];
  addFile(name: string, contentType: string, bytes: Uint8Array): StoredFile;
  file(id: string): StoredFile | undefined;
  fileByDownloadToken(token: string): StoredFile | undefined;
  installed(user: string): boolean;
  setInstalled(user: string, installed: boolean): void;
  /** Whether this person blocked the bot. */
  blocked(user: string): boolean;
  setBlocked(user: string, blocked: boolean): void;
  /** Whether this person deleted their chat with the bot, and nobody has begun it anew. */
  chatDeleted(user: string): boolean;
  setChatDeleted(user: string, deleted: boolean): void;
  /** Forgets all messages of a conversation. */
  empty(conversation: string): void;
  /** Milliseconds by which the clock was ahead when the process ended. */
  clockOffset(): number;
  setClockOffset(ms: number): void;
  /** What was sent outside, the newest first. */
  mails(): readonly MailView[];
  mail(id: string): MailView | undefined;
  /** Adds it, or puts it in place of the one with its id. */
  keepMail(mail: MailView): void;
  /** The bot's mailbox, the oldest first. */
  inbox(): readonly KeptMail[];
  arrive(source: Buffer): void;
  flagInbox(uid: number, flag: string): void;
  clear(): void;
  close(): void;
};

/**
 * @param file path of the SQLite file, made with its directory if it is not there, or `:memory:`
 * @throws the error of SQLite or the file system, where it is in use by another process or cannot be written
 */
export function openHistory(file: string): History {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file);
  // Two of them on one file would each show half of what happens.
  db.exec(`
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    CREATE TABLE IF NOT EXISTS messages (
      id INTEGER PRIMARY KEY, conversation TEXT NOT NULL, message TEXT NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS messages_by_conversation ON messages (conversation, id);
    CREATE TABLE IF NOT EXISTS files (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, content_type TEXT NOT NULL,
      download_token TEXT NOT NULL UNIQUE, bytes BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS uninstalled (user TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS blocked (user TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS deleted_chats (user TEXT PRIMARY KEY) STRICT;
    CREATE TABLE IF NOT EXISTS clock (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), offset_ms REAL NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS mails (id INTEGER PRIMARY KEY, mail TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS inbox (
      uid INTEGER PRIMARY KEY AUTOINCREMENT, source BLOB NOT NULL, flags TEXT NOT NULL DEFAULT '') STRICT;
  `);
  const insert = db.prepare('INSERT INTO messages (id, conversation, message) VALUES (?, ?, ?)');
  const replace = db.prepare('UPDATE messages SET message = ? WHERE id = ?');
  const one = db.prepare('SELECT message FROM messages WHERE id = ? AND conversation = ?');
  const newest = db.prepare('SELECT message FROM messages WHERE conversation = ? ORDER BY id DESC LIMIT ?');
  const addFile = db.prepare(
    'INSERT INTO files (id, name, content_type, download_token, bytes) VALUES (?, ?, ?, ?, ?)',
  );
  const fileById = db.prepare('SELECT * FROM files WHERE id = ?');
  const fileByToken = db.prepare('SELECT * FROM files WHERE download_token = ?');
  const marks = (table: 'uninstalled' | 'blocked' | 'deleted_chats') => {
    const find = db.prepare(`SELECT 1 FROM ${table} WHERE user = ?`);
    const add = db.prepare(`INSERT OR IGNORE INTO ${table} (user) VALUES (?)`);
    const remove = db.prepare(`DELETE FROM ${table} WHERE user = ?`);
    return {
      has: (user: string) => find.get(user) !== undefined,
      set: (user: string, marked: boolean) => void (marked ? add : remove).run(user),
    };
  };
  const uninstalled = marks('uninstalled');
  const blocked = marks('blocked');
  const deletedChats = marks('deleted_chats');
  const empty = db.prepare('DELETE FROM messages WHERE conversation = ?');
  const readOffset = db.prepare('SELECT offset_ms FROM clock');
  const writeOffset = db.prepare('INSERT OR REPLACE INTO clock (only_row, offset_ms) VALUES (1, ?)');
  const allMails = db.prepare('SELECT mail FROM mails ORDER BY id DESC');
  const oneMail = db.prepare('SELECT mail FROM mails WHERE id = ?');
  const keepMail = db.prepare('INSERT OR REPLACE INTO mails (id, mail) VALUES (?, ?)');
  const wholeInbox = db.prepare('SELECT * FROM inbox ORDER BY uid');
  const arrive = db.prepare('INSERT INTO inbox (source) VALUES (?)');
  const flagInbox = db.prepare("UPDATE inbox SET flags = trim(flags || ' ' || ?) WHERE uid = ?");

  const newestId = db.prepare(
    'SELECT max(id) AS id FROM (SELECT id FROM messages UNION ALL SELECT id FROM mails)',
  );
  let last = Number(newestId.get()?.id ?? 0);

  return {
    nextId(now) {
      last = Math.max(Math.floor(now), last + 1);
      return String(last);
    },
    insert: (message) => void insert.run(Number(message.id), message.conversation, JSON.stringify(message)),
    replace: (message) => void replace.run(JSON.stringify(message), Number(message.id)),
    message(conversation, id) {
      if (!ID.test(id)) return undefined;
      const row = one.get(Number(id), conversation);
      return row === undefined ? undefined : (JSON.parse(String(row.message)) as MessageView);
    },
    messages: (conversation, limit) =>
      newest
        .all(conversation, limit)
        .map((row) => JSON.parse(String(row.message)) as MessageView)
        .reverse(),
    addFile(name, contentType, bytes) {
      const id = randomBytes(16).toString('hex');
      const downloadToken = randomBytes(24).toString('base64url');
      addFile.run(id, name, contentType, downloadToken, bytes);
      return { view: viewOf(id, name, contentType, bytes.length), bytes, downloadToken };
    },
    file: (id) => storedFile(fileById.get(id)),
    fileByDownloadToken: (token) => storedFile(fileByToken.get(token)),
    installed: (user) => !uninstalled.has(user),
    setInstalled: (user, installed) => uninstalled.set(user, !installed),
    blocked: blocked.has,
    setBlocked: blocked.set,
    chatDeleted: deletedChats.has,
    setChatDeleted: deletedChats.set,
    empty: (conversation) => void empty.run(conversation),
    clockOffset: () => Number(readOffset.get()?.offset_ms ?? 0),
    setClockOffset: (ms) => void writeOffset.run(ms),
    mails: () => allMails.all().map((row) => JSON.parse(String(row.mail)) as MailView),
    mail(id) {
      if (!ID.test(id)) return undefined;
      const row = oneMail.get(Number(id));
      return row === undefined ? undefined : (JSON.parse(String(row.mail)) as MailView);
    },
    keepMail: (mail) => void keepMail.run(Number(mail.id), JSON.stringify(mail)),
    inbox: () =>
      wholeInbox.all().map(({ uid, source, flags }) => ({
        uid: Number(uid),
        source: Buffer.from(source as Uint8Array),
        flags: new Set(String(flags).split(' ').filter(Boolean)),
      })),
    arrive: (source) => void arrive.run(source),
    flagInbox: (uid, flag) => void flagInbox.run(flag, uid),
    // `last` stays, and so does the inbox's: an id that a client may still hold must not come back for something else.
    clear: () =>
      db.exec(
        ['messages', 'files', 'uninstalled', 'blocked', 'deleted_chats', 'clock', 'mails', 'inbox']
          .map((table) => `DELETE FROM ${table};`)
          .join(' '),
      ),
    close: () => db.close(),
  };
}

function viewOf(id: string, name: string, contentType: string, size: number): FileView {
  return { id, name, contentType, size, url: `/local/files/${id}` };
}

function storedFile(row: Record<string, unknown> | undefined): StoredFile | undefined {
  if (row === undefined) return undefined;
  const bytes = row.bytes as Uint8Array;
  return {
    view: viewOf(String(row.id), String(row.name), String(row.content_type), bytes.length),
    bytes,
    downloadToken: String(row.download_token),
  };
}
