/**
 * The outbox: pending deliveries, leased to whoever sends them.
 *
 * A lease is a random word on the delivery. Asking again for a live card counts its generation up, so that an edit asked
 * for while an older one is under way is sent too, but only after that one has ended: two edits of one card never race.
 *
 * Leases and postponements end by the clock of whoever leased or postponed. Other instances step in `STEP_IN_MS` later by
 * theirs, so that clocks that differ by up to that never make two of them send the same delivery.
 */

import { randomUUID } from 'node:crypto';
import type {
  Delivery,
  FailedDelivery,
  LeasedDelivery,
  Owner,
  Post,
  StandingCard,
} from '../../app/ports/delivery.ts';
import type { Instant } from '../../domain/ticket.ts';
import { untilDone, untilHeard } from './faults.ts';
import { leasedOf, leaseOf } from './leases.ts';
import { QUERIES, type Query } from './queries.ts';
import {
  type Collections,
  exact,
  inexact,
  moment,
  ownerOf,
  type Pending,
  postOf,
  recordId,
} from './records.ts';
import {
  failed,
  forgotten,
  leased,
  marked,
  posted,
  postponed,
  released,
  removed,
  revived,
  type Stage,
  SUMMARY,
  settled,
  WITH_OUTBOX,
  woken,
  wokenOwn,
} from './stages.ts';

/** How much later than an instance itself the others take over what it leased or postponed, in milliseconds. */
export const STEP_IN_MS = 90_000;
/** Records named in one command. */
const AT_ONCE = 1_000;

export type Outbox = {
  lease(now: Instant, until: Instant, limit: number): Promise<readonly LeasedDelivery[]>;
  leaseOthers(owner: Owner, now: Instant, until: Instant): Promise<readonly LeasedDelivery[]>;
  acknowledge(delivery: LeasedDelivery, post: Post | undefined): Promise<boolean>;
  postpone(delivery: LeasedDelivery, notBefore: Instant, counts: boolean): Promise<void>;
  fail(delivery: LeasedDelivery, reason: string, at: Instant): Promise<void>;
  failed(limit: number): Promise<readonly FailedDelivery[]>;
  retryFailed(owner: Owner, key: string, seq: number): Promise<boolean>;
  discardFailed(owner: Owner, key: string): Promise<boolean>;
  nextAt(): Promise<Instant | undefined>;
  pending(owner: Owner): Promise<boolean>;
  posts(owner: Owner): Promise<Readonly<Record<string, Post>>>;
  keepPost(owner: Owner, key: string, post: Post): Promise<void>;
  cardsAt(activity: string): Promise<readonly StandingCard[]>;
};

/** What this instance leased or postponed, and until when. A stale entry wakes the instance once, for nothing. */
type Own = Map<string, { readonly record: string; readonly end: Instant }>;

export function createOutbox({ requests }: Collections): Outbox {
  const instance = randomUUID();
  let leases = 0;
  const own: Own = new Map();

  const ownKey = (record: string, key: string) => `${record} ${key}`;

  function wake({ filter }: Query, stage: Stage): Promise<unknown> {
    return untilDone(() => requests.updateMany(filter, [stage, SUMMARY]));
  }

  /** Makes what this instance leased or postponed, up to now, ready again. False when there is nothing. */
  async function wakeOwn(now: Instant): Promise<boolean> {
    const ended = [...own].filter(([, { end }]) => end <= now);
    for (let from = 0; from < ended.length; from += AT_ONCE) {
      const part = ended.slice(from, from + AT_ONCE);
      const ids = [...new Set(part.map(([, { record }]) => record))];
      await wake(QUERIES.records(ids), wokenOwn(instance, now));
      // It may have been leased anew meanwhile.
      for (const [key, entry] of part) if (own.get(key) === entry) own.delete(key);
    }
    return ended.length > 0;
  }

  /** Makes ready again what instances that are gone left behind. False when there is nothing. */
  async function wakeAll(now: Instant): Promise<boolean> {
    const ended = now - STEP_IN_MS;
    const first = await earliestEnd();
    if (first === undefined || first > ended) return false;
    await wake(QUERIES.waitingUntil(ended), woken(ended));
    return true;
  }

  async function earliestEnd(): Promise<number | undefined> {
    const { filter, sort = {} } = QUERIES.waiting();
    const record = await requests.findOne(filter, { sort, projection: { wakeAt: 1 } });
    return record?.wakeAt ?? undefined;
  }

  /** Keys that may be leased, by record: the first `limit` in the order they were asked for. */
  async function ready(limit: number): Promise<Map<string, string[]>> {
    const { filter, sort = {} } = QUERIES.queued();
    const projection = { 'outbox.key': 1, 'outbox.seq': 1, 'outbox.ready': 1 };
    // The first `limit` deliveries lie in the first `limit` records: each of these has one at least.
    const records = await requests.find(filter, { sort, limit, projection }).toArray();
    const found = records.flatMap(({ _id, outbox = [] }) =>
      outbox.filter((item) => item.ready === 0).map(({ key, seq }) => ({ id: _id, key, seq })),
    );
    const keys = new Map<string, string[]>();
    for (const { id, key } of found.sort((a, b) => a.seq - b.seq).slice(0, limit)) {
      const others = keys.get(id);
      if (others) others.push(key);
      else keys.set(id, [key]);
    }
    return keys;
  }

  /** Tries to lease these. Answers those that no other instance leased first. */
  async function claim(keys: ReadonlyMap<string, string[]>, until: Instant): Promise<LeasedDelivery[]> {
    leases += 1;
    const word = `${instance}.${leases}`;
    const updates = [...keys].map(([id, wanted]) => ({
      updateOne: {
        filter: QUERIES.record(id).filter,
        update: [leased(wanted, word, until, instance), SUMMARY],
      },
    }));
    await untilDone(() => requests.bulkWrite(updates, { ordered: false }));
    const { filter } = QUERIES.records([...keys.keys()]);
    const records = await requests.find(filter, { projection: { outbox: 1, posts: 1 } }).toArray();
    const claimed = records.flatMap((record) =>
      (record.outbox ?? []).filter(({ lease }) => lease === word).map((item) => ({ record, item })),
    );
    for (const { record, item } of claimed)
      own.set(ownKey(record._id, item.key), { record: record._id, end: item.ready });
    return claimed.sort((a, b) => a.item.seq - b.item.seq).map(({ record, item }) => leasedOf(record, item));
  }

  /** Applies the stages, and answers the delivery as it was before, if it was still held under this lease. */
  async function end(delivery: LeasedDelivery, stages: readonly Stage[]): Promise<Pending | undefined> {
    const id = recordId(delivery.owner);
    const key = exact(delivery.key);
    // What Teams has taken must not be forgotten for a connection: it would be sent a second time.
    const before = await untilHeard(() =>
      requests.findOneAndUpdate(QUERIES.record(id).filter, [...stages, SUMMARY], {
        returnDocument: 'before',
        projection: { outbox: 1 },
      }),
    );
    const { word } = leaseOf(delivery);
    const held = before?.outbox?.find((item) => item.key === key && item.lease === word);
    if (held) own.delete(ownKey(id, key));
    return held;
  }

  /** Applies the stages where the delivery is among the failed, and answers it as it was. */
  async function changeFailed(owner: Owner, key: string, stages: readonly Stage[]) {
    const filter = QUERIES.failedOf(recordId(owner), exact(key)).filter;
    const before = await untilDone(() =>
      requests.findOneAndUpdate(filter, [...stages, SUMMARY], {
        returnDocument: 'before',
        projection: { failed: 1 },
      }),
    );
    return before?.failed?.find((item) => item.key === exact(key));
  }

  return {
    async lease(now, until, limit) {
      if (limit < 1) return [];
      const [wokeOwn, wokeAll, found] = await Promise.all([wakeOwn(now), wakeAll(now), ready(limit)]);
      let keys = wokeOwn || wokeAll ? await ready(limit) : found;
      while (keys.size > 0) {
        const claimed = await claim(keys, until);
        if (claimed.length > 0) return claimed;
        // Other instances leased all of these first: there may be more behind them.
        keys = await ready(limit);
      }
      return [];
    },

    async leaseOthers(owner, now, until) {
      await wakeOwn(now);
      const record = await requests.findOne(recordOf(owner), { projection: { outbox: 1 } });
      const keys = (record?.outbox ?? []).filter(({ ready: at }) => at === 0).map(({ key }) => key);
      return keys.length === 0 ? [] : claim(new Map([[recordId(owner), keys]]), until);
    },

    async acknowledge(delivery, post) {
      const { merged = [] } = delivery;
      const lease = leaseOf(delivery);
      const keys = [delivery, ...merged].map(({ key }) => key);
      const sent = post ? [posted(keys, post)] : delivery.live ? [] : keys.map(marked);
      const done = delivery.live ? [settled(lease), released(lease)] : [removed(keys)];
      const held = await end(delivery, [...sent, ...done]);
      for (const { owner, key } of merged) own.delete(ownKey(recordId(owner), exact(key)));
      return held !== undefined && (!delivery.live || held.generation === lease.generation);
    },

    async postpone(delivery, notBefore, counts) {
      const later = postponed(leaseOf(delivery), notBefore, counts ? 1 : 0, instance);
      const held = await end(delivery, [later]);
      if (!held) return;
      const record = recordId(delivery.owner);
      own.set(ownKey(record, held.key), { record, end: moment(notBefore) });
    },

    async fail(delivery, reason, at) {
      const lease = leaseOf(delivery);
      await end(delivery, [failed(lease, reason, at), settled(lease), released(lease)]);
    },

    async failed(limit) {
      if (limit < 1) return [];
      const { filter, sort = {} } = QUERIES.failed();
      const records = await requests.find(filter, { sort, limit, projection: { failed: 1 } }).toArray();
      return records
        .flatMap(({ _id, failed: items = [] }) => items.map((item) => ({ id: _id, item })))
        .sort((a, b) => b.item.at - a.item.at || b.item.seq - a.item.seq)
        .slice(0, limit)
        .map(({ id, item }) => ({
          ...(JSON.parse(item.body) as Delivery),
          owner: ownerOf(id),
          reason: inexact(item.reason),
          at: item.at,
        }));
    },

    retryFailed: async (owner, key, seq) =>
      (await changeFailed(owner, key, [revived(key, seq)])) !== undefined,

    async discardFailed(owner, key) {
      // Whether it is live never changes, so it may be looked up before.
      const before = await requests.findOne(recordOf(owner), { projection: { failed: 1 } });
      const found = before?.failed?.find((item) => item.key === exact(key));
      if (!found) return false;
      const { live } = JSON.parse(found.body) as Delivery;
      const stages = live ? [forgotten(key)] : [forgotten(key), marked(key)];
      return (await changeFailed(owner, key, stages)) !== undefined;
    },

    async nextAt() {
      const { filter } = QUERIES.queued();
      const [queued, others] = await Promise.all([
        requests.findOne(filter, { projection: { _id: 1 } }),
        earliestEnd(),
      ]);
      if (queued) return 0;
      const ends = [...own.values()].map(({ end: at }) => at);
      if (others !== undefined) ends.push(others + STEP_IN_MS);
      return ends.length === 0 ? undefined : ends.reduce((a, b) => Math.min(a, b));
    },

    async pending(owner) {
      const record = await requests.findOne(recordOf(owner), { projection: { 'outbox.key': 1 } });
      return (record?.outbox?.length ?? 0) > 0;
    },

    async posts(owner) {
      const record = await requests.findOne(recordOf(owner), { projection: { posts: 1 } });
      const cards = (record?.posts ?? []).flatMap((entry) => {
        const post = postOf(entry);
        return post ? [[inexact(entry.key), post] as const] : [];
      });
      return Object.fromEntries(cards);
    },

    async keepPost(owner, key, post) {
      await untilDone(() => requests.updateOne(recordOf(owner), [WITH_OUTBOX, posted([key], post), SUMMARY]));
    },

    async cardsAt(activity) {
      const { filter } = QUERIES.cardsAt(exact(activity));
      const records = await requests.find(filter, { projection: { posts: 1 } }).toArray();
      return records.flatMap(({ _id, posts = [] }) =>
        posts.flatMap((entry) => {
          const post = postOf(entry);
          return post?.activity === activity ? [{ owner: ownerOf(_id), post }] : [];
        }),
      );
    },
  };
}

const recordOf = (owner: Owner) => QUERIES.record(recordId(owner)).filter;
