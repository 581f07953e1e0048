/** Every SQL statement of the store, by name, so that a test can read the query plan of each. */

import type { DatabaseSync, StatementSync } from 'node:sqlite';

function deliveries(index: string, when: string): string {
  return `
    SELECT d.id, d.owner_kind, d.owner_id, d.body, d.generation, d.attempts, p.conversation, p.activity
    FROM deliveries d ${index}
    LEFT JOIN posts p ON p.owner_kind = d.owner_kind AND p.owner_id = d.owner_id AND p.key = d.key
    WHERE d.failed_at IS NULL AND ${when}`;
}

function readyDeliveries(when: string, order: string): string {
  return `${deliveries('INDEXED BY deliveries_ready', when)} ORDER BY ${order} LIMIT ?`;
}

/** What of a ticket can be looked for and may change, and the digests that tell what did. */
export const ATTRIBUTES = [
  ...[
    'state',
    'open',
    'priority',
    'locked',
    'queue',
    'type',
    'service',
    'organisation',
    'owner',
    'responsible',
  ],
  ...['requester', 'changed_at', 'closed_at', 'reminder_at', 'escalations', 'texts', 'people'],
] as const;
/** What changes of a ticket itself. */
export const TICKET_COLUMNS = ['requester', 'due_at', 'version', 'body'] as const;

export const SQL = {
  nextCounter: `
    INSERT INTO counters (day, value) VALUES (?, 1)
    ON CONFLICT (day) DO UPDATE SET value = value + 1
    RETURNING value`,

  // An existing number or draft inserts nothing: the caller sees no change and answers conflict.
  insertTicket: `
    INSERT INTO tickets (id, number, draft, requester, created_at, version, due_at, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`,
  // The version is asked for here, and what follows happens in the same transaction. No RETURNING, here or below: a
  // statement that has it opens a savepoint of its own, on which FTS5 writes out all that it holds back until COMMIT.
  ticketInVersion: `
    SELECT t.id, t.requester, t.due_at, ${ATTRIBUTES.map((column) => `a.${column}`).join(', ')}
    FROM tickets t JOIN attributes a ON a.id = t.id
    WHERE t.number = ? AND t.version = ?`,
  lastIdBetween: 'SELECT max(id) AS id FROM tickets WHERE id BETWEEN ? AND ?',

  insertAttributes: `
    INSERT INTO attributes (${ATTRIBUTES.join(', ')}, id, number, created_in)
    VALUES (${ATTRIBUTES.map(() => '?').join(', ')}, ?, ?, ?)`,
  insertWords: `
    INSERT INTO words (
      rowid, title, article, internalArticle, attachment, internalAttachment, number, person, answer
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  updateWords: `
    UPDATE words SET
      title = ?2, article = ?3, internalArticle = ?4, attachment = ?5, internalAttachment = ?6, number = ?7, person = ?8,
      answer = ?9
    WHERE rowid = ?1`,
  participants: 'SELECT person FROM participants WHERE ticket = ?',
  insertParticipant: 'INSERT INTO participants (ticket, person) VALUES (?, ?)',
  deleteParticipant: 'DELETE FROM participants WHERE ticket = ? AND person = ?',

  insertEvent: 'INSERT INTO events (number, position, body) VALUES (?, ?, ?)',
  ticket: 'SELECT body FROM tickets WHERE number = ?',
  ticketOfDraft: 'SELECT body FROM tickets WHERE draft = ?',
  ticketsOf: `
    SELECT body FROM tickets WHERE requester = ?
    ORDER BY created_at DESC, id DESC LIMIT ?`,
  history: 'SELECT body FROM events WHERE number = ? ORDER BY position',
  due: `
    SELECT number FROM tickets WHERE due_at IS NOT NULL AND due_at <= ?
    ORDER BY due_at, id LIMIT ?`,

  insertDraft: `
    INSERT INTO drafts (id, requester, created_at, version, pending, body)
    SELECT ?1, ?2, ?3, ?4, iif(EXISTS (SELECT 1 FROM tickets WHERE draft = ?1), 0, ?5), ?6
    WHERE true
    ON CONFLICT DO NOTHING`,
  // What is written to a draft after its ticket would be lost.
  updateDraft: `
    UPDATE drafts SET requester = ?2, version = ?3, pending = ?4, body = ?5
    WHERE id = ?1 AND version = ?6 AND NOT EXISTS (SELECT 1 FROM tickets WHERE draft = ?1)`,
  draftInVersion: 'SELECT 1 FROM drafts WHERE id = ? AND version = ?',
  settleDraft: 'UPDATE drafts SET pending = 0 WHERE id = ? AND pending > 0',
  draft: 'SELECT body FROM drafts WHERE id = ?',
  pendingDraftOf: `
    SELECT body FROM drafts WHERE requester = ? AND pending = 1
    ORDER BY created_at DESC, rowid DESC LIMIT 1`,

  unsentDrafts: `
    SELECT body FROM drafts INDEXED BY drafts_unsent
    WHERE pending > 0 AND coalesce(body ->> '$.changedAt', created_at) <= ?
    ORDER BY coalesce(body ->> '$.changedAt', created_at) LIMIT ?`,

  // Held by the ticket from now on, for good.
  ownFile: 'DELETE FROM loose_files WHERE id = ?',
  keepLooseFile: `
    INSERT INTO loose_files (id, at) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET at = max(at, excluded.at)`,
  touchLooseFile: 'UPDATE loose_files SET at = max(at, ?2) WHERE id = ?1',
  oldLooseFiles: 'SELECT id FROM loose_files WHERE at <= ? ORDER BY at LIMIT ?',
  forgetDraftFiles: 'DELETE FROM draft_files WHERE draft = ?',
  keepDraftFile: 'INSERT OR IGNORE INTO draft_files (draft, file) VALUES (?, ?)',
  draftHolding: 'SELECT 1 FROM draft_files WHERE file = ? LIMIT 1',

  receipt: 'SELECT at, outcome FROM receipts WHERE key = ?',
  // One that is there already inserts nothing: it was committed before.
  insertReceipt: 'INSERT INTO receipts (key, at, outcome) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  deleteReceipt: 'DELETE FROM receipts WHERE key = ?',
  pruneReceipts: 'DELETE FROM receipts WHERE at < ?',

  // Merges into the pending edit, whose lease this outdates; revives a failed one, at the end of the line.
  enqueueLive: `
    INSERT INTO deliveries (owner_kind, owner_id, key, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (owner_kind, owner_id, key) DO UPDATE SET
      body = iif(
        failed_at IS NULL AND body ->> 'asked' IS NOT NULL,
        json_set(excluded.body, '$.asked', body ->> 'asked'),
        excluded.body
      ),
      generation = generation + 1,
      id = iif(failed_at IS NULL, id, (SELECT max(id) + 1 FROM deliveries)),
      ready_at = iif(failed_at IS NULL, ready_at, 0),
      attempts = iif(failed_at IS NULL, attempts, 0),
      failed_at = NULL,
      reason = NULL`,
  // A notice is asked for once: not again while it waits, after it failed, or after it was sent (its post is the mark).
  enqueueNotice: `
    INSERT INTO deliveries (owner_kind, owner_id, key, body)
    SELECT ?1, ?2, ?3, ?4
    WHERE NOT EXISTS (SELECT 1 FROM posts WHERE owner_kind = ?1 AND owner_id = ?2 AND key = ?3)
    ON CONFLICT DO NOTHING`,
  // Left to itself SQLite walks the table in the order of its ids, past every failed and postponed row. Two questions,
  // because the index holds those that never waited in that order, however many they are: only the others are sorted.
  newDeliveries: readyDeliveries('d.ready_at = 0', 'd.id'),
  waitedDeliveries: readyDeliveries('d.ready_at > 0 AND d.ready_at <= ?', 'd.ready_at, d.id'),
  readyOfOwner: deliveries('', 'd.owner_kind = ? AND d.owner_id = ? AND d.ready_at <= ?'),
  lease: 'UPDATE deliveries SET lease = ?, ready_at = ? WHERE id = ?',
  deliveryState: `
    SELECT id, lease, generation FROM deliveries WHERE owner_kind = ? AND owner_id = ? AND key = ?`,
  deleteDelivery: 'DELETE FROM deliveries WHERE id = ?',
  releaseDelivery: `
    UPDATE deliveries SET lease = NULL, ready_at = ?, attempts = attempts + ? WHERE id = ?`,
  failDelivery: 'UPDATE deliveries SET lease = NULL, failed_at = ?, reason = ? WHERE id = ?',
  failedDeliveries: `
    SELECT owner_kind, owner_id, body, failed_at, reason FROM deliveries
    WHERE failed_at IS NOT NULL ORDER BY failed_at DESC, id DESC LIMIT ?`,
  // All that is older than nothing: so that the index is searched for them.
  waitingDeliveries: `
    SELECT count(*) AS n, min(id) AS first FROM deliveries INDEXED BY deliveries_ready
    WHERE failed_at IS NULL AND ready_at >= 0`,
  failedCount: 'SELECT count(*) AS n FROM deliveries WHERE failed_at >= 0',
  askedAt: "SELECT body ->> 'asked' AS at FROM deliveries WHERE id = ?",
  firstDue: 'SELECT min(due_at) AS at FROM tickets WHERE due_at IS NOT NULL',
  dueMoment: 'SELECT due_at AS at FROM tickets WHERE number = ? AND due_at IS NOT NULL',
  failedDelivery: `
    SELECT id, body FROM deliveries
    WHERE owner_kind = ? AND owner_id = ? AND key = ? AND failed_at IS NOT NULL`,
  // At the end of the line.
  reviveDelivery: `
    UPDATE deliveries SET id = (SELECT max(id) + 1 FROM deliveries), failed_at = NULL, reason = NULL, lease = NULL,
      ready_at = 0, attempts = 0 WHERE id = ?`,
  nextDeliveryAt: 'SELECT min(ready_at) AS at FROM deliveries WHERE failed_at IS NULL',
  deliveryPending: `
    SELECT 1 FROM deliveries WHERE owner_kind = ? AND owner_id = ? AND failed_at IS NULL LIMIT 1`,

  savePost: `
    INSERT INTO posts (owner_kind, owner_id, key, conversation, activity) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (owner_kind, owner_id, key) DO UPDATE SET
      conversation = excluded.conversation, activity = excluded.activity`,
  markSent: `
    INSERT INTO posts (owner_kind, owner_id, key) VALUES (?, ?, ?)
    ON CONFLICT DO NOTHING`,
  posts: `
    SELECT key, conversation, activity FROM posts
    WHERE owner_kind = ? AND owner_id = ? AND conversation IS NOT NULL`,
  cardsAt: 'SELECT owner_kind, owner_id, conversation, activity FROM posts WHERE activity = ?',

  formDraft: 'SELECT body FROM form_drafts WHERE person = ? AND ticket = ? AND form = ? AND at > ?',
  keepFormDraft: `
    INSERT INTO form_drafts (person, ticket, form, at, body) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (person, ticket, form) DO UPDATE SET at = excluded.at, body = excluded.body`,
  forgetFormDraft: 'DELETE FROM form_drafts WHERE person = ? AND ticket = ? AND form = ?',
  pruneFormDrafts: 'DELETE FROM form_drafts WHERE at <= ?',

  profile: 'SELECT body FROM profiles WHERE person = ?',
  profileWithEmail: `
    SELECT body FROM profiles
    WHERE body ->> '$.email' IS NOT NULL AND lower(body ->> '$.email') = ? ORDER BY person LIMIT 1`,
  saveProfile: `
    INSERT INTO profiles (person, body) VALUES (?, ?)
    ON CONFLICT (person) DO UPDATE SET body =
      CASE WHEN json_type(body, '$.notices') IS NULL THEN excluded.body
      ELSE json_set(excluded.body, '$.notices', json(json_extract(body, '$.notices'))) END
    WHERE body <> excluded.body`,
  replaceProfile: 'INSERT OR REPLACE INTO profiles (person, body) VALUES (?, ?)',
  chooseNotices: `UPDATE profiles SET body = json_set(body, '$.notices', json(?)) WHERE person = ?`,

  keepAlert: `
    INSERT INTO alerts (id, since, seen_at, params) VALUES (?1, ?2, ?2, ?3)
    ON CONFLICT (id) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at), params = excluded.params
    RETURNING since, seen_at`,
  endAlert: 'DELETE FROM alerts WHERE id = ? AND since = ?',
  openAlerts: "SELECT id, since, seen_at, params FROM alerts WHERE id > '' ORDER BY id",

  savedSearches: 'SELECT name, asked FROM searches WHERE person = ? ORDER BY name',
  saveSearch: `
    INSERT INTO searches (person, name, asked) VALUES (?, ?, ?)
    ON CONFLICT (person, name) DO UPDATE SET asked = excluded.asked`,
  deleteSearch: 'DELETE FROM searches WHERE person = ? AND name = ?',
} as const;

export type Statements = Readonly<Record<keyof typeof SQL, StatementSync>>;

/** Prepares each statement once; the connection keeps them for its life. */
export function prepareStatements(database: DatabaseSync): Statements {
  const prepared: Partial<Record<keyof typeof SQL, StatementSync>> = {};
  for (const name of Object.keys(SQL) as (keyof typeof SQL)[]) prepared[name] = database.prepare(SQL[name]);
  prepared.ticketInVersion?.setReturnArrays(true);
  return prepared as Statements;
}
