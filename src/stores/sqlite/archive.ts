/** A SQLite store as a source or target of copies and back-ups. */

import type { DatabaseSync } from 'node:sqlite';
import type { Delivery, Owner } from '../../app/ports/delivery.ts';
import type { AttachmentStore, Receipt } from '../../app/ports/store.ts';
import type { Draft } from '../../domain/draft.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { Archive } from '../moving/archive.ts';
import { extendHistory } from '../moving/history.ts';
import { checkTarget } from '../moving/mark.ts';
import {
  KINDS,
  type Kind,
  keyOf,
  type Outbox,
  type RecordOf,
  type StoredRecord,
  sortedOutbox,
} from '../moving/record.ts';
import { type ArchiveStatements, isEmpty, prepareArchive } from './archive-statements.ts';
import { attachmentIds } from './attachments.ts';
import { createCommits, pendingMark } from './commits.ts';
import { readCopyMark, writeCopyMark } from './copy-mark.ts';
import { prepareStatements, type Statements } from './statements.ts';

/** Records read together. */
const BATCH = 100;

/**
 * @param database the archive closes it
 * @param directory of the attachments
 */
export function createSqliteArchive(
  name: string,
  database: DatabaseSync,
  attachments: AttachmentStore,
  directory: string,
): Archive {
  const all = prepareArchive(database);
  const sql = prepareStatements(database);
  const read = createReader(all, sql);
  const write = createWriter(database, all, sql);

  return {
    name,

    async *records() {
      // One transaction: the desk as it is at this moment, whatever is written while it is read.
      database.exec('BEGIN');
      try {
        for (const kind of KINDS) {
          let place: string | number = kind === 'draft' || kind === 'ticket' ? Number.MIN_SAFE_INTEGER : '';
          for (;;) {
            const rows = read.page[kind](place);
            if (rows.length === 0) break;
            place = rows.at(-1)?.place ?? '';
            yield rows.map(({ record }) => record);
          }
        }
      } finally {
        database.exec('COMMIT');
      }
    },

    async *attachments() {
      for await (const id of attachmentIds(directory)) {
        yield {
          id,
          open: async function* () {
            yield* (await attachments.get(id)) ?? [];
          },
        };
      }
    },

    async begin(source) {
      const first = await attachmentIds(directory).next();
      checkTarget(name, source, readCopyMark(database), isEmpty(database) && first.done === true);
      writeCopyMark(database, { source, finished: false });
    },

    async end() {
      const mark = readCopyMark(database);
      if (mark) writeCopyMark(database, { ...mark, finished: true });
    },

    async find<K extends Kind>(kind: K, keys: readonly string[]) {
      const found = new Map<string, RecordOf<K>>();
      for (const key of keys) {
        const record = read.one[kind](key) as RecordOf<K> | undefined;
        if (record) found.set(key, record);
      }
      return found;
    },

    async write(changes) {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const { record, known } of changes) write.one(record, known);
        write.finish();
        database.exec('COMMIT');
      } finally {
        write.forget();
        if (database.isTransaction) database.exec('ROLLBACK');
      }
    },

    hasAttachment: async (id) => (await attachments.get(id)) !== undefined,
    putAttachment: async (content) => {
      await attachments.put(content, Number.POSITIVE_INFINITY);
    },
    close: async () => database.close(),
  };
}

type Row = Readonly<Record<string, unknown>>;
type Placed = { readonly place: string | number; readonly record: StoredRecord };

function createReader(all: ArchiveStatements, sql: Statements) {
  const outboxOf = ({ kind, id }: Owner): Outbox => {
    const deliveries = all.deliveries.all(kind, id);
    return sortedOutbox({
      waiting: deliveries
        .filter((row) => row.failed_at === null)
        .map((row) => ({
          order: Number(row.id),
          delivery: JSON.parse(String(row.body)) as Delivery,
          attempts: Number(row.attempts),
          ...(Number(row.ready_at) > 0 && { readyAt: Number(row.ready_at) }),
        })),
      failed: deliveries
        .filter((row) => row.failed_at !== null)
        .map((row) => ({
          order: Number(row.id),
          delivery: JSON.parse(String(row.body)) as Delivery,
          at: Number(row.failed_at),
          reason: String(row.reason),
        })),
      posts: all.posts.all(kind, id).map(({ key, conversation, activity }) => ({
        key: String(key),
        ...(conversation !== null && {
          post: { conversation: String(conversation), activity: String(activity) },
        }),
      })),
    });
  };
  const receipt = (row: Row): RecordOf<'receipt'> => ({
    kind: 'receipt',
    body: { key: String(row.key), at: Number(row.at), outcome: JSON.parse(String(row.outcome)) } as Receipt,
  });
  const draft = (row: Row): RecordOf<'draft'> => {
    const body = JSON.parse(String(row.body)) as Draft;
    return { kind: 'draft', body: { draft: body, ...outboxOf({ kind: 'draft', id: body.id }) } };
  };
  const ticket = (row: Row): RecordOf<'ticket'> => {
    const number = String(row.number);
    return {
      kind: 'ticket',
      body: {
        ticket: JSON.parse(String(row.body)) as Ticket,
        events: sql.history.all(number).map(({ body }) => JSON.parse(String(body))),
        ...(row.due_at !== null && { dueAt: Math.max(Number(row.due_at), 1) }),
        ...outboxOf({ kind: 'ticket', id: number }),
      },
    };
  };
  const outbox = (owner: Owner): RecordOf<'outbox'> => ({
    kind: 'outbox',
    body: { owner, ...outboxOf(owner) },
  });
  const profile = (row: Row): RecordOf<'profile'> => ({
    kind: 'profile',
    body: JSON.parse(String(row.body)),
  });
  const search = (row: Row): RecordOf<'search'> => ({
    kind: 'search',
    body: { person: String(row.person), name: String(row.name), asked: String(row.asked) },
  });
  const counter = (day: unknown, value: unknown): RecordOf<'counter'> => ({
    kind: 'counter',
    body: { day: String(day), value: Number(value) },
  });
  const placed = (row: Row, record: StoredRecord): Placed => ({
    place: typeof row.place === 'number' ? row.place : String(row.place),
    record,
  });

  return {
    page: {
      receipt: (from) => all.receipts.all(from, BATCH).map((row) => placed({ place: row.key }, receipt(row))),
      draft: (from) => all.drafts.all(from, BATCH).map((row) => placed(row, draft(row))),
      ticket: (from) => all.tickets.all(from, BATCH).map((row) => placed(row, ticket(row))),
      outbox: (from) =>
        all.owners.all(from, BATCH).map((row) => {
          const owner = { kind: row.owner_kind as Owner['kind'], id: String(row.owner_id) };
          return placed(row, outbox(owner));
        }),
      profile: (from) => all.profiles.all(from, BATCH).map((row) => placed(row, profile(row))),
      search: (from) =>
        all.searches.all(...personAndName(from === '' ? '["",""]' : String(from)), BATCH).map((row) => {
          const record = search(row);
          return placed({ place: keyOf(record) }, record);
        }),
      counter: (from) =>
        all.counters.all(from, BATCH).map((row) => placed(row, counter(row.place, row.value))),
    } satisfies Record<Kind, (from: string | number) => Placed[]>,

    one: {
      receipt: (key) => given(sql.receipt.get(key), (row) => receipt({ ...row, key })),
      draft: (key) => given(sql.draft.get(key), draft),
      ticket: (key) => given(all.ticket.get(key), ticket),
      outbox: (key) => {
        const slash = key.indexOf('/');
        const kind = key.slice(0, slash) as Owner['kind'];
        return outbox({ kind, id: key.slice(slash + 1) });
      },
      search: (key) => given(all.search.get(...personAndName(key)), search),
      profile: (key) => given(sql.profile.get(key), profile),
      counter: (key) => given(all.counter.get(key), (row) => counter(key, row.value)),
    } satisfies Record<Kind, (key: string) => StoredRecord | undefined>,
  };
}

/** What the key of a search is made of. */
function personAndName(key: string): [string, string] {
  return JSON.parse(key);
}

function given<T, R>(value: T | undefined, make: (value: T) => R): R | undefined {
  return value === undefined ? undefined : make(value);
}

/** Writes one record, inside a transaction, through the statements that write it every day where there are any. */
function createWriter(database: DatabaseSync, all: ArchiveStatements, sql: Statements) {
  const commits = createCommits(database, sql);

  function writeOutbox({ kind, id }: Owner, { waiting, failed, posts }: Outbox): void {
    all.forgetDeliveries.run(kind, id);
    all.forgetPosts.run(kind, id);
    for (const { order, delivery, attempts, readyAt } of waiting) {
      const body = JSON.stringify(delivery);
      all.writeDelivery.run(order, kind, id, delivery.key, body, readyAt ?? 0, attempts, null, null);
    }
    for (const { order, delivery, at, reason } of failed)
      all.writeDelivery.run(order, kind, id, delivery.key, JSON.stringify(delivery), 0, 0, at, reason);
    for (const { key, post } of posts)
      all.writePost.run(kind, id, key, post?.conversation ?? null, post?.activity ?? null);
  }

  function one(record: StoredRecord, known: StoredRecord | undefined): void {
    switch (record.kind) {
      case 'receipt': {
        const { key, at, outcome } = record.body;
        all.writeReceipt.run(key, at, JSON.stringify(outcome) ?? 'null');
        return;
      }
      case 'draft': {
        const { draft } = record.body;
        const { id, version, createdAt } = draft;
        const values = [pendingMark(draft), JSON.stringify(draft)] as const;
        // Over its earlier version, and not in its place: that gives its age.
        if (known?.kind === 'draft')
          sql.updateDraft.run(id, draft.requester.id, version, ...values, known.body.draft.version);
        else sql.insertDraft.run(id, draft.requester.id, Math.ceil(createdAt), version, ...values);
        writeOutbox({ kind: 'draft', id }, record.body);
        return;
      }
      case 'ticket': {
        const result = commits.ticket(extendHistory(record, known))();
        if (result.kind !== 'committed')
          throw new Error(`The ticket ${record.body.ticket.number} could not be written: ${result.kind}`);
        writeOutbox({ kind: 'ticket', id: record.body.ticket.number }, record.body);
        return;
      }
      case 'outbox':
        writeOutbox(record.body.owner, record.body);
        return;
      case 'profile':
        sql.replaceProfile.run(record.body.person, JSON.stringify(record.body));
        return;
      case 'search':
        sql.saveSearch.run(record.body.person, record.body.name, record.body.asked);
        return;
      case 'counter':
        all.writeCounter.run(record.body.day, record.body.value);
        return;
    }
  }

  return { one, finish: () => commits.finish(), forget: () => commits.forget() };
}
