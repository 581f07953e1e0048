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

  -- Ids grow with the moment of creation, see newest-first.ts.
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

  -- What of a ticket can be looked for (domain/ticket-index.ts), on rows so short that very many are read in no time.
  CREATE TABLE attributes (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    open INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    locked INTEGER NOT NULL,
    queue TEXT NOT NULL,
    created_in TEXT NOT NULL,
    type TEXT NOT NULL,
    service TEXT NOT NULL,
    organisation TEXT,
    owner TEXT,
    responsible TEXT,
    requester TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    closed_at INTEGER,
    reminder_at INTEGER,
    -- As JSON.
    escalations TEXT,
    -- Digests of the texts that the words were taken from, and of the participants.
    texts TEXT NOT NULL,
    people TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attributes_number ON attributes (number);
  CREATE INDEX attributes_undated ON attributes (substr(number, 9));
  CREATE INDEX attributes_ending ON attributes (substr(number, -4));
  CREATE INDEX attributes_open ON attributes (queue) WHERE open = 1;
  CREATE INDEX attributes_states ON attributes (queue, state) WHERE open = 1;
  CREATE INDEX attributes_owner ON attributes (owner) WHERE owner IS NOT NULL;
  CREATE INDEX attributes_responsible ON attributes (responsible) WHERE responsible IS NOT NULL;
  CREATE INDEX attributes_requester ON attributes (requester);
  CREATE INDEX attributes_organisation ON attributes (organisation) WHERE organisation IS NOT NULL;
  CREATE INDEX attributes_service ON attributes (service);
  CREATE INDEX attributes_state ON attributes (state);
  CREATE INDEX attributes_queue ON attributes (queue);
  CREATE INDEX attributes_created_in ON attributes (created_in);
  CREATE INDEX attributes_changed ON attributes (changed_at);
  CREATE INDEX attributes_closed ON attributes (closed_at) WHERE closed_at IS NOT NULL;

  CREATE TABLE participants (
    ticket INTEGER NOT NULL,
    person TEXT NOT NULL,
    PRIMARY KEY (ticket, person)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX participants_person ON participants (person, ticket);

  -- The words of each ticket, by kind of field. They come folded and between spaces: all that this tokenizer does.
  CREATE VIRTUAL TABLE words USING fts5 (
    title, article, internalArticle, attachment, internalAttachment, number, person, answer,
    content = '', contentless_delete = 1, detail = column, tokenize = 'ascii'
  );

  CREATE TABLE events (
    number TEXT NOT NULL,
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
  'CREATE INDEX posts_by_activity ON posts (activity) WHERE activity IS NOT NULL',
  `
  CREATE TABLE searches (
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    asked TEXT NOT NULL,
    PRIMARY KEY (person, name)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE form_drafts (
    person TEXT NOT NULL,
    ticket TEXT NOT NULL,
    form TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (person, ticket, form)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX form_drafts_by_age ON form_drafts (at);
  `,
  // Most changes of texts come soon after a ticket is opened, when its words lie in small parts of the index, which are merged
  // before long anyway. With what FTS5 does by itself (4 and 10) half of a note's cost was the rewriting of larger ones.
  `
  INSERT INTO words (words, rank) VALUES ('automerge', 8);
  INSERT INTO words (words, rank) VALUES ('deletemerge', 50);
  `,
  `
  CREATE TABLE alerts (
    id TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    params TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  "CREATE INDEX profiles_email ON profiles (lower(body ->> '$.email')) WHERE body ->> '$.email' IS NOT NULL",
  // Drafts that are prepared in a dialog wait to be sent as well, and are marked with 2. Files are looked at until a ticket
  // holds them; those that were stored before have no row, and stay.
  `
  UPDATE drafts SET pending = 2
  WHERE pending = 0 AND body ->> '$.arrival' IS NOT NULL AND NOT body ->> '$.withdrawn'
    AND NOT EXISTS (SELECT 1 FROM tickets WHERE draft = drafts.id);
  CREATE INDEX drafts_unsent ON drafts (coalesce(body ->> '$.changedAt', created_at)) WHERE pending > 0;
  CREATE TABLE loose_files (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX loose_files_by_age ON loose_files (at);
  CREATE TABLE draft_files (
    draft TEXT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (draft, file)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX draft_files_by_file ON draft_files (file);
  `,
];
