/** Writes a desk into MongoDB, through the stages that write it every day where there are any. */

import type { AnyBulkWriteOperation, Document } from 'mongodb';
import type { Owner } from '../../app/ports/delivery.ts';
import type { Change } from '../moving/archive.ts';
import { extendHistory } from '../moving/history.ts';
import type { Outbox, RecordOf, StoredRecord } from '../moving/record.ts';
import { UnusableStore } from '../unusable-store.ts';
import { createCommits, draftFields, SEQUENCE } from './commits.ts';
import { createCounters } from './counters.ts';
import { createCreatedEnds } from './created-ends.ts';
import { untilDone } from './faults.ts';
import { QUERIES } from './queries.ts';
import {
  type Collections,
  exact,
  type Failed,
  moment,
  type Pending,
  type Posted,
  profileFields,
  type RequestRecord,
  receiptDigest,
  recordId,
  whole,
} from './records.ts';
import { createSavedSearches } from './saved-searches.ts';
import { literal, SUMMARY } from './stages.ts';

/** Tickets written at the same time. */
const AT_ONCE = 16;
/** Longer than any store has to keep a receipt, in milliseconds of the world's clock. */
const RECEIPT_STAYS_MS = 25 * 3_600_000;

export function createArchiveWriter(collections: Collections): (changes: readonly Change[]) => Promise<void> {
  const { requests, profiles, counters } = collections;
  const savedSearches = createSavedSearches(collections);
  const commits = createCommits(collections, createCounters(counters), createCreatedEnds(counters));

  async function writeTicket({ record, known, place }: Change & { record: RecordOf<'ticket'> }) {
    const { kind } = await commits.ticket(extendHistory(record, known), place + 1);
    if (kind !== 'committed')
      throw new Error(`The ticket ${record.body.ticket.number} could not be written: ${kind}`);
  }

  /** What orders deliveries from now on comes after all that was copied. */
  async function raiseSequence(changes: readonly Change[]): Promise<void> {
    const orders = changes.flatMap(({ record, place }) => [place + 1, ...ordersOf(record)]);
    const value = orders.reduce((a, b) => Math.max(a, b), 0);
    await untilDone(() => counters.updateOne({ _id: SEQUENCE }, { $max: { value } }, { upsert: true }));
  }

  /** A document of its own: here a receipt lies with its ticket, but where it comes from nobody may know that. */
  async function writeReceipt({ body }: RecordOf<'receipt'>): Promise<void> {
    const digest = receiptDigest(body.key);
    const outcome = JSON.stringify(body.outcome) ?? 'null';
    const receipts = [{ key: digest, of: exact(body.key), at: whole(body.at), outcome }];
    const expireAt = new Date(Date.now() + RECEIPT_STAYS_MS);
    await untilDone(() => requests.insertOne({ _id: `receipt/${digest}`, receipts, expireAt }));
  }

  return async (changes) => {
    const writes: AnyBulkWriteOperation<RequestRecord>[] = [];
    const tickets: (Change & { record: RecordOf<'ticket'> })[] = [];
    await raiseSequence(changes);
    for (const change of changes) {
      const { record, known, place } = change;
      switch (record.kind) {
        case 'receipt':
          if (known) throw differs(`receipt of ${new Date(record.body.at).toISOString()}`);
          await writeReceipt(record);
          break;
        case 'draft':
          writes.push(draftWrite(record, place + 1));
          break;
        case 'ticket':
          tickets.push({ ...change, record });
          break;
        case 'outbox':
          writes.push(outboxWrite(record.body.owner, record.body));
          break;
        case 'profile': {
          const { notices, ...body } = record.body;
          const set = {
            $set: {
              ...profileFields(body),
              ...(notices === undefined ? {} : { notices: JSON.stringify(notices) }),
            },
            ...(notices === undefined ? { $unset: { notices: '' as const } } : {}),
          };
          await untilDone(() => profiles.updateOne({ _id: exact(body.person) }, set, { upsert: true }));
          break;
        }
        case 'search': {
          const { person, ...search } = record.body;
          await savedSearches.save(person, search);
          break;
        }
        case 'counter': {
          const { day, value } = record.body;
          await untilDone(() =>
            counters.updateOne({ _id: `day/${day}` }, { $set: { value } }, { upsert: true }),
          );
          break;
        }
      }
    }
    for (let from = 0; from < tickets.length; from += AT_ONCE)
      await Promise.all(tickets.slice(from, from + AT_ONCE).map(writeTicket));
    for (const { record } of tickets)
      writes.push(outboxWrite({ kind: 'ticket', id: record.body.ticket.number }, record.body));
    if (writes.length > 0) await untilDone(() => requests.bulkWrite(writes, { ordered: false }));
  };
}

function differs(what: string): UnusableStore {
  return new UnusableStore(
    `The ${what} is another one in the store that is copied to. Let --to name an empty store.`,
  );
}

function draftWrite({ body }: RecordOf<'draft'>, born: number): AnyBulkWriteOperation<RequestRecord> {
  const { draft } = body;
  const state = {
    ...draftFields(draft),
    kind: 'draft',
    createdAt: whole(draft.createdAt),
    born: { $ifNull: ['$born', born] },
    ...outboxFields(body),
  };
  const { filter } = QUERIES.record(recordId({ kind: 'draft', id: draft.id }));
  return { updateOne: { filter, update: [{ $set: state }, SUMMARY], upsert: true } };
}

function outboxWrite(owner: Owner, outbox: Outbox): AnyBulkWriteOperation<RequestRecord> {
  const update: Document[] = [{ $set: outboxFields(outbox) }, SUMMARY];
  return { updateOne: { filter: QUERIES.record(recordId(owner)).filter, update, upsert: true } };
}

/** As values of a `$set` stage; `SUMMARY` must follow. */
function outboxFields({ waiting, failed, posts }: Outbox) {
  const pending: Pending[] = waiting.map(({ order, delivery, attempts, readyAt }) => ({
    key: exact(delivery.key),
    seq: order,
    body: JSON.stringify(delivery),
    generation: 0,
    attempts,
    ready: readyAt === undefined ? 0 : moment(readyAt),
    lease: null,
    by: null,
  }));
  const lost: Failed[] = failed.map(({ order, delivery, at, reason }) => ({
    key: exact(delivery.key),
    seq: order,
    body: JSON.stringify(delivery),
    at: whole(at),
    reason: exact(reason),
  }));
  const standing: Posted[] = posts.map(({ key, post }) => ({
    key: exact(key),
    ...(post && { post: JSON.stringify(post), activity: exact(post.activity) }),
  }));
  return { outbox: literal(pending), failed: literal(lost), posts: literal(standing) };
}

function ordersOf(record: StoredRecord): number[] {
  if (!('waiting' in record.body)) return [];
  const { waiting, failed } = record.body;
  return [...waiting, ...failed].map(({ order }) => order);
}
