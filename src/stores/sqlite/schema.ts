/**
 * The tables, as forward migrations: entry n brings a file from schema version n to n + 1. Entries are never edited
 * once released; a change is a new entry.
 *
 * Tickets, events, drafts, deliveries and profiles are kept as JSON text, as the types of the domain write them; a
 * column of its own has only what a query looks up. All times are milliseconds since 1970.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE counters (
    day TEXT PRIMARY KEY,
    value INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE tickets (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    draft TEXT NOT NULL UNIQUE,
    requester TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    due_at INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX tickets_of_requester ON tickets (requester, created_at);
  CREATE INDEX tickets_due ON tickets (due_at) WHERE due_at IS NOT NULL;

  CREATE TABLE events (
    number TEXT NOT NULL REFERENCES tickets (number),
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (number, position)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE drafts (
    id TEXT PRIMARY KEY,
    requester TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    pending INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX drafts_pending ON drafts (requester, created_at) WHERE pending = 1;

  -- The id gives the order in which deliveries were asked for. A row that was sent is deleted.
  CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 0,
    lease TEXT,
    ready_at INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    failed_at INTEGER,
    reason TEXT,
    UNIQUE (owner_kind, owner_id, key)
  ) STRICT;
  CREATE INDEX deliveries_ready ON deliveries (ready_at) WHERE failed_at IS NULL;
  CREATE INDEX deliveries_failed ON deliveries (failed_at) WHERE failed_at IS NOT NULL;

  -- Where a card stands, and the mark that a notice was sent: conversation is null when it left no post.
  CREATE TABLE posts (
    owner_kind TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    key TEXT NOT NULL,
    conversation TEXT,
    activity TEXT,
    PRIMARY KEY (owner_kind, owner_id, key)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE receipts (
    key TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX receipts_by_age ON receipts (at);

  CREATE TABLE profiles (
    person TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
