/**
 * The outbox: pending deliveries, leased to whoever sends them.
 *
 * A lease is a random word on the row. Asking again for a live card counts its generation up, so that an edit asked for
 * while an older one is under way is sent too, but only after that one has ended: two edits of one card never race.
 *
 * A notice is sent once. After its acknowledgement the row under its key in `posts` stays as the mark, some hundred
 * bytes that are needed anyway where the notice is a card with buttons; nothing else is kept of it.
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
import { whole } from './commits.ts';
import type { Statements } from './statements.ts';

export type Outbox = {
  /** The writes below run inside a transaction. */
  lease(now: Instant, until: Instant, limit: number): readonly LeasedDelivery[];
  leaseOthers(owner: Owner, now: Instant, until: Instant): readonly LeasedDelivery[];
  acknowledge(delivery: LeasedDelivery, post: Post | undefined): boolean;
  postpone(delivery: LeasedDelivery, notBefore: Instant, counts: boolean): void;
  fail(delivery: LeasedDelivery, reason: string, at: Instant): void;
  failed(limit: number): readonly FailedDelivery[];
  retryFailed(owner: Owner, key: string): boolean;
  discardFailed(owner: Owner, key: string): boolean;
  nextAt(): Instant | undefined;
  pending(owner: Owner): boolean;
  posts(owner: Owner): Readonly<Record<string, Post>>;
  cardsAt(activity: string): readonly StandingCard[];
};

/** The row that a lease was given for, while it still holds it. */
type Held = {
  readonly id: number;
  /** False when an edit was asked for since. */
  readonly current: boolean;
};

export function createOutbox(sql: Statements): Outbox {
  const instance = randomUUID();
  let leases = 0;

  function held({ owner, key, lease }: LeasedDelivery): Held | undefined {
    const row = sql.deliveryState.get(owner.kind, owner.id, key);
    if (!row || row.lease === null) return undefined;
    const [word, generation] = lease.split('/');
    if (row.lease !== word) return undefined;
    return { id: Number(row.id), current: String(row.generation) === generation };
  }

  function take(rows: readonly Row[], until: Instant): LeasedDelivery[] {
    leases += 1;
    const word = `${instance}.${leases}`;
    return [...rows]
      .sort((a, b) => Number(a.id) - Number(b.id))
      .map((row) => {
        sql.lease.run(word, whole(until), Number(row.id));
        const post = postOf(row);
        return {
          ...deliveryOf(row),
          lease: `${word}/${String(row.generation)}`,
          attempts: Number(row.attempts),
          ...(post && { posted: post }),
        };
      });
  }

  function acknowledgeOne(delivery: LeasedDelivery, post: Post | undefined): boolean {
    const { kind, id } = delivery.owner;
    if (post) sql.savePost.run(kind, id, delivery.key, post.conversation, post.activity);
    else if (!delivery.live) sql.markSent.run(kind, id, delivery.key);
    const row = held(delivery);
    if (!delivery.live) {
      // Sent is sent: whoever has leased the notice since finds it gone.
      const left = sql.deliveryState.get(kind, id, delivery.key);
      if (left) sql.deleteDelivery.run(Number(left.id));
      return row !== undefined;
    }
    if (!row) return false;
    if (row.current) sql.deleteDelivery.run(row.id);
    else sql.releaseDelivery.run(0, 0, row.id);
    return row.current;
  }

  return {
    lease(now, until, limit) {
      const waited = sql.waitedDeliveries.all(now, limit);
      // Where more waited than are asked for, what is new could be sent before what was asked for earlier.
      const fresh = waited.length < limit ? sql.newDeliveries.all(limit) : [];
      const ready = [...waited, ...fresh].sort((a, b) => Number(a.id) - Number(b.id));
      return take(ready.slice(0, limit), until);
    },

    leaseOthers: ({ kind, id }, now, until) => take(sql.readyOfOwner.all(kind, id, now), until),

    acknowledge(delivery, post) {
      for (const one of delivery.merged ?? []) acknowledgeOne(one, post);
      return acknowledgeOne(delivery, post);
    },

    postpone(delivery, notBefore, counts) {
      const row = held(delivery);
      if (row) sql.releaseDelivery.run(whole(notBefore), counts ? 1 : 0, row.id);
    },

    fail(delivery, reason, at) {
      const row = held(delivery);
      if (!row) return;
      if (row.current) sql.failDelivery.run(whole(at), reason, row.id);
      else sql.releaseDelivery.run(0, 0, row.id);
    },

    failed(limit) {
      return sql.failedDeliveries.all(limit).map((row) => ({
        ...deliveryOf(row),
        reason: String(row.reason),
        at: Number(row.failed_at),
      }));
    },

    retryFailed({ kind, id }, key) {
      const row = sql.failedDelivery.get(kind, id, key);
      if (row) sql.reviveDelivery.run(Number(row.id));
      return row !== undefined;
    },

    discardFailed({ kind, id }, key) {
      const row = sql.failedDelivery.get(kind, id, key);
      if (!row) return false;
      if (!(JSON.parse(String(row.body)) as Delivery).live) sql.markSent.run(kind, id, key);
      sql.deleteDelivery.run(Number(row.id));
      return true;
    },

    nextAt() {
      const at = sql.nextDeliveryAt.get()?.at;
      return at === null || at === undefined ? undefined : Number(at);
    },

    pending(owner) {
      return sql.deliveryPending.get(owner.kind, owner.id) !== undefined;
    },

    posts(owner) {
      const rows = sql.posts.all(owner.kind, owner.id);
      return Object.fromEntries(
        rows.flatMap((row) => {
          const post = postOf(row);
          return post ? [[String(row.key), post]] : [];
        }),
      );
    },

    cardsAt(activity) {
      return sql.cardsAt.all(activity).flatMap((row) => {
        const post = postOf(row);
        return post ? [{ owner: ownerOf(row), post }] : [];
      });
    },
  };
}

type Row = Readonly<Record<string, unknown>>;

function deliveryOf(row: Row): Delivery & { owner: Owner } {
  return { ...(JSON.parse(String(row.body)) as Delivery), owner: ownerOf(row) };
}

function ownerOf(row: Row): Owner {
  return { kind: row.owner_kind as Owner['kind'], id: String(row.owner_id) };
}

function postOf(row: Row): Post | undefined {
  if (row.conversation === null) return undefined;
  return { conversation: String(row.conversation), activity: String(row.activity) };
}
