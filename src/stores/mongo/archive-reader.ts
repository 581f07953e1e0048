/** Reads a whole desk out of MongoDB. Walking through entire collections is its business, other than that of `QUERIES`. */

import type { Filter } from 'mongodb';
import type { Delivery, Owner } from '../../app/ports/delivery.ts';
import {
  isEmptyOutbox,
  KINDS,
  type Kind,
  keyOf,
  type Outbox,
  RECEIPTS_KEPT_MS,
  type RecordOf,
  type StoredRecord,
  sortedOutbox,
} from '../moving/record.ts';
import { QUERIES } from './queries.ts';
import {
  type Collections,
  exact,
  inexact,
  ownerOf,
  postOf,
  profileOf,
  type Receipted,
  type RequestRecord,
  receiptDigest,
  recordId,
  type SearchRecord,
} from './records.ts';
import { idOf } from './saved-searches.ts';

/** Records read together. */
const BATCH = 100;
const DAY = 'day/';

const WITH_RECEIPTS: Filter<RequestRecord> = { 'receipts.key': { $exists: true } };
const OWNERS: Filter<RequestRecord> = { kind: { $exists: false } };

export type ArchiveReader = {
  all(): AsyncGenerator<readonly StoredRecord[]>;
  find(kind: Kind, keys: readonly string[]): Promise<ReadonlyMap<string, StoredRecord>>;
};

export function createArchiveReader({ requests, profiles, searches, counters }: Collections): ArchiveReader {
  async function* receipts(): AsyncGenerator<StoredRecord> {
    const [newest] = await requests
      .aggregate<{ at: number }>([
        { $match: WITH_RECEIPTS },
        { $unwind: '$receipts' },
        { $group: { _id: null, at: { $max: '$receipts.at' } } },
      ])
      .toArray();
    const oldest = (newest?.at ?? 0) - RECEIPTS_KEPT_MS;
    for await (const record of requests.find(WITH_RECEIPTS, { projection: { receipts: 1 } }))
      for (const receipt of record.receipts ?? []) if (receipt.at > oldest) yield* receiptOf(receipt);
  }

  /** By age. Ids first: the server sorts no more than those, on its disk where they are many. */
  async function* owned(kind: Owner['kind']): AsyncGenerator<readonly StoredRecord[]> {
    const filter: Filter<RequestRecord> = { kind };
    const ids = requests.find(filter, { projection: { _id: 1 }, sort: { createdAt: 1, born: 1 } });
    for await (const part of batches(ids.allowDiskUse())) {
      const wanted = part.map(({ _id }) => _id);
      const found = await recordsOf(wanted);
      yield wanted.flatMap((id) => {
        const record = found.get(id);
        return record ? [requestOf(record)] : [];
      });
    }
  }

  async function recordsOf(ids: readonly string[]): Promise<ReadonlyMap<string, RequestRecord>> {
    const found = await requests.find(QUERIES.records(ids).filter).toArray();
    return new Map(found.map((record) => [record._id, record]));
  }

  async function* outboxes(): AsyncGenerator<StoredRecord> {
    for await (const record of requests.find(OWNERS)) {
      const outbox = outboxOf(record);
      if (!isEmptyOutbox(outbox)) yield { kind: 'outbox', body: { owner: ownerOf(record._id), ...outbox } };
    }
  }

  async function* people(): AsyncGenerator<StoredRecord> {
    for await (const record of profiles.find()) yield { kind: 'profile', body: profileOf(record) };
  }

  async function* kept(): AsyncGenerator<StoredRecord> {
    for await (const record of searches.find()) yield searchOf(record);
  }

  async function* days(): AsyncGenerator<StoredRecord> {
    for await (const { _id, value } of counters.find())
      if (_id.startsWith(DAY)) yield { kind: 'counter', body: { day: _id.slice(DAY.length), value } };
  }

  const reading: Readonly<Record<Kind, () => AsyncGenerator<readonly StoredRecord[]>>> = {
    receipt: () => batches(receipts()),
    draft: () => owned('draft'),
    ticket: () => owned('ticket'),
    outbox: () => batches(outboxes()),
    profile: () => batches(people()),
    search: () => batches(kept()),
    counter: () => batches(days()),
  };

  async function found(kind: Kind, keys: readonly string[]): Promise<readonly StoredRecord[]> {
    switch (kind) {
      case 'receipt': {
        const digests = keys.map(receiptDigest);
        const wanted = new Set(digests);
        const filter: Filter<RequestRecord> = { 'receipts.key': { $in: digests } };
        const records = await requests.find(filter, { projection: { receipts: 1 } }).toArray();
        return records
          .flatMap(({ receipts: kept = [] }) => kept)
          .filter(({ key }) => wanted.has(key))
          .flatMap(receiptOf);
      }
      case 'draft':
      case 'ticket': {
        const records = await recordsOf(keys.map((id) => recordId({ kind, id })));
        return [...records.values()].filter((record) => record.kind === kind).map(requestOf);
      }
      case 'outbox': {
        const records = await recordsOf(keys.map((key) => recordId(ownerOf(key))));
        return [...records.values()].map((record) => ({
          kind,
          body: { owner: ownerOf(record._id), ...outboxOf(record) },
        }));
      }
      case 'profile': {
        const records = await profiles.find({ _id: { $in: keys.map(exact) } }).toArray();
        return records.map((record) => ({ kind, body: profileOf(record) }));
      }
      case 'search': {
        const ids = keys.map((key) => idOf(...(JSON.parse(key) as [string, string])));
        return (await searches.find({ _id: { $in: ids } }).toArray()).map(searchOf);
      }
      case 'counter': {
        const records = await counters.find({ _id: { $in: keys.map((day) => `${DAY}${day}`) } }).toArray();
        return records.map(({ _id, value }) => ({ kind, body: { day: _id.slice(DAY.length), value } }));
      }
    }
  }

  return {
    async *all() {
      for (const kind of KINDS) yield* reading[kind]();
    },
    find: async (kind, keys) => new Map((await found(kind, keys)).map((record) => [keyOf(record), record])),
  };
}

async function* batches<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function receiptOf({ of, at, outcome }: Receipted): RecordOf<'receipt'>[] {
  return of === undefined
    ? []
    : [{ kind: 'receipt', body: { key: inexact(of), at, outcome: JSON.parse(outcome) } }];
}

function searchOf({ person, name, asked }: SearchRecord): RecordOf<'search'> {
  const body = { person: inexact(person), name: inexact(name), asked: inexact(asked) };
  return { kind: 'search', body };
}

function requestOf(record: RequestRecord): StoredRecord {
  const outbox = outboxOf(record);
  const body = JSON.parse(record.body ?? '');
  if (record.kind === 'draft') return { kind: 'draft', body: { draft: body, ...outbox } };
  const events = (record.events ?? []).map((event) => JSON.parse(event));
  const due = record.dueAt === undefined ? {} : { dueAt: record.dueAt };
  return { kind: 'ticket', body: { ticket: body, events, ...due, ...outbox } };
}

function outboxOf({ outbox = [], failed = [], posts = [] }: RequestRecord): Outbox {
  return sortedOutbox({
    waiting: outbox.map(({ seq, body, attempts, ready }) => ({
      order: seq,
      delivery: JSON.parse(body) as Delivery,
      attempts,
      ...(ready > 0 && { readyAt: ready }),
    })),
    failed: failed.map(({ seq, body, at, reason }) => ({
      order: seq,
      delivery: JSON.parse(body) as Delivery,
      at,
      reason: inexact(reason),
    })),
    posts: posts.map((entry) => {
      const post = postOf(entry);
      return { key: inexact(entry.key), ...(post && { post }) };
    }),
  });
}
