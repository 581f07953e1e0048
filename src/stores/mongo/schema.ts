/** The indexes, and the version of what is stored: forward migrations, and refusal of what this Sportello does not know. */

import type { Collection, Db, IndexDescription } from 'mongodb';
import type { Draft } from '../../domain/draft.ts';
import { UnusableStore } from '../unusable-store.ts';
import { insertOnce } from './faults.ts';
import { BUCKET, collectionsOf, moment, profileFields } from './records.ts';

/** The version that a new database has before any migration. */
const FIRST_VERSION = 1;

/**
 * Entry n brings a database from version n + 1 to n + 2. Instances may run the same entry at the same time, and one that
 * was interrupted runs again: each must do nothing to what it has already changed. Entries are never edited once
 * released; a change is a new entry. Indexes are not their business: those of `INDEXES` are made sure of at every start.
 */
export type Migration = (db: Db) => Promise<void>;
export const MIGRATIONS: readonly Migration[] = [addressesOfProfiles, unsentDrafts];

/** Profiles can be looked up by e-mail address. */
async function addressesOfProfiles(db: Db): Promise<void> {
  const { profiles } = collectionsOf(db);
  // Not over what a newer instance has saved since.
  for await (const { _id, body } of profiles.find({ email: { $exists: false } }))
    await profiles.updateOne({ _id, body }, { $set: profileFields(JSON.parse(body)) });
}

/** Drafts that wait to be sent can be looked up by when they were last written to; for those from before, when begun. */
async function unsentDrafts(db: Db): Promise<void> {
  const { requests } = collectionsOf(db);
  const waiting = { pending: true, unsentSince: { $exists: false } };
  await requests.updateMany(waiting, [{ $set: { unsentSince: { $max: ['$createdAt', 1] } } }]);
  const inDialogs = { kind: 'draft', pending: false, unsentSince: { $exists: false } } as const;
  for await (const { _id, body, version } of requests.find(inDialogs)) {
    const draft = JSON.parse(body ?? '') as Draft;
    if (draft.withdrawn || !draft.arrival) continue;
    const asFound = { _id, version: version ?? 0 };
    await requests.updateOne(asFound, { $set: { unsentSince: moment(draft.createdAt) } });
  }
}

/** All that finds a ticket or draft by something else than its id. Partial: an index holds what its query looks for. */
export const INDEXES: readonly IndexDescription[] = [
  { name: 'draft', key: { draft: 1 }, unique: true, partialFilterExpression: { draft: { $exists: true } } },
  {
    name: 'receipt',
    key: { 'receipts.key': 1 },
    unique: true,
    partialFilterExpression: { 'receipts.key': { $exists: true } },
  },
  {
    name: 'tickets_of_requester',
    key: { requester: 1, createdAt: -1, born: -1 },
    partialFilterExpression: { kind: 'ticket' },
  },
  {
    // Not the same fields as above: before MongoDB 5.0 that counts as the same index.
    name: 'pending_drafts',
    key: { pending: 1, requester: 1, createdAt: -1, born: -1 },
    partialFilterExpression: { pending: true },
  },
  { name: 'unsent_drafts', key: { unsentSince: 1 }, partialFilterExpression: { unsentSince: { $gt: 0 } } },
  { name: 'files', key: { files: 1 }, partialFilterExpression: { files: { $exists: true } } },
  { name: 'due', key: { dueAt: 1, born: 1 }, partialFilterExpression: { dueAt: { $gt: 0 } } },
  { name: 'newest_tickets', key: { createdAt: -1, born: -1 }, partialFilterExpression: { kind: 'ticket' } },
  {
    name: 'open_tickets',
    key: { open: 1, queue: 1, createdAt: -1, born: -1 },
    partialFilterExpression: { open: true },
  },
  // With the time of creation, so that a frequent word’s newest tickets are found without looking at the others.
  { name: 'words', key: { words: 1, createdAt: -1 }, partialFilterExpression: { kind: 'ticket' } },
  { name: 'closed', key: { closedAt: -1 }, partialFilterExpression: { closedAt: { $gt: 0 } } },
  { name: 'changed', key: { changedAt: -1 }, partialFilterExpression: { changedAt: { $gt: 0 } } },
  { name: 'queued', key: { queued: 1 }, partialFilterExpression: { queued: { $gt: 0 } } },
  { name: 'waiting', key: { wakeAt: 1 }, partialFilterExpression: { wakeAt: { $gt: 0 } } },
  {
    name: 'posts',
    key: { 'posts.activity': 1 },
    partialFilterExpression: { 'posts.activity': { $exists: true } },
  },
  { name: 'failed', key: { failedAt: -1 }, partialFilterExpression: { failedAt: { $gt: 0 } } },
];

/** Lets the server delete receipts that were copied from another store, see archive-writer.ts. */
export const EXPIRY_INDEX: IndexDescription = {
  name: 'expired',
  key: { expireAt: 1 },
  expireAfterSeconds: 0,
  partialFilterExpression: { expireAt: { $exists: true } },
};

const FILE_INDEXES: readonly IndexDescription[] = [
  // Each content once: the name is its SHA-256.
  { name: 'content', key: { filename: 1 }, unique: true },
  // These two are what GridFS itself asks for.
  { name: 'filename_1_uploadDate_1', key: { filename: 1, uploadDate: 1 } },
  { name: 'loose', key: { looseSince: 1 }, partialFilterExpression: { looseSince: { $gt: 0 } } },
];
const ADDRESS_INDEX: IndexDescription = { name: 'email', key: { email: 1, _id: 1 } };
/** Finds those that are too old. */
const FORM_DRAFT_INDEX: IndexDescription = { name: 'age', key: { at: 1 } };
const CHUNK_INDEX: IndexDescription = { name: 'files_id_1_n_1', key: { files_id: 1, n: 1 }, unique: true };

type SchemaRecord = { readonly _id: 'sportello'; readonly version: number };
const ID = 'sportello';

/**
 * Makes an empty database ours, migrates an older one, and makes sure of the indexes. Other instances may do the same at
 * the same moment; those that are already at work are not held up.
 *
 * @throws UnusableStore when the database belongs to another program or to a newer Sportello
 */
export async function prepareDatabase(db: Db, migrations: readonly Migration[] = MIGRATIONS): Promise<void> {
  const schema = db.collection<SchemaRecord>('schema');
  const newest = FIRST_VERSION + migrations.length;
  const version = (await versionOf(schema)) ?? (await begin(db, schema, newest));
  if (version > newest) {
    throw new UnusableStore(
      `The database ${db.databaseName} was written by a newer Sportello (schema ${version}; this one knows up to ` +
        `${newest}). Start that version again, or restore a back-up made before the update.`,
    );
  }
  for (const [index, migration] of migrations.entries()) {
    const from = FIRST_VERSION + index;
    if (from < version) continue;
    await migration(db);
    // No match when another instance was faster with the same step.
    await schema.updateOne({ _id: ID, version: from }, { $set: { version: from + 1 } });
  }
  await makeSureOfIndexes(db);
}

/**
 * @throws UnusableStore when the database holds no desk, or one of another version
 */
export async function checkReadable(db: Db): Promise<void> {
  const newest = FIRST_VERSION + MIGRATIONS.length;
  const version = await versionOf(db.collection<SchemaRecord>('schema'));
  if (version === newest) return;
  throw new UnusableStore(
    version === undefined
      ? `The database ${db.databaseName} holds no desk. Let STORE_URL name the one that Sportello uses.`
      : `The database ${db.databaseName} is of another version of Sportello (schema ${version}; this one reads ` +
          `${newest}). Use that version, or start this one on it once.`,
  );
}

/** The version that this Sportello works with. */
export function newestVersion(): number {
  return FIRST_VERSION + MIGRATIONS.length;
}

/** The version of what is there; undefined where there is nothing of ours. */
export function versionIn(db: Db): Promise<number | undefined> {
  return versionOf(db.collection<SchemaRecord>('schema'));
}

async function versionOf(schema: Collection<SchemaRecord>): Promise<number | undefined> {
  return (await schema.findOne({ _id: ID }))?.version;
}

/** Marks an empty database as ours, before anything else is written to it. Answers the version that it has then. */
async function begin(db: Db, schema: Collection<SchemaRecord>, newest: number): Promise<number> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray();
  const names = found.map(({ name }) => name).filter((name) => !name.startsWith('system.'));
  if (names.length > 0) {
    // Another instance may have begun since the version was looked for.
    const version = await versionOf(schema);
    if (version !== undefined) return version;
    throw new UnusableStore(
      `The database ${db.databaseName} holds collections of another program (${names.slice(0, 3).join(', ')}). ` +
        'Let STORE_URL name another database.',
    );
  }
  await insertOnce(() => schema.insertOne({ _id: ID, version: newest }));
  return (await versionOf(schema)) ?? newest;
}

async function makeSureOfIndexes(db: Db): Promise<void> {
  await collectionsOf(db).requests.createIndexes([...INDEXES, EXPIRY_INDEX]);
  await collectionsOf(db).searches.createIndex({ person: 1 }, { name: 'person' });
  await collectionsOf(db).profiles.createIndexes([ADDRESS_INDEX]);
  await collectionsOf(db).formDrafts.createIndexes([FORM_DRAFT_INDEX]);
  await db.collection(`${BUCKET}.files`).createIndexes([...FILE_INDEXES]);
  await db.collection(`${BUCKET}.chunks`).createIndexes([CHUNK_INDEX]);
}
