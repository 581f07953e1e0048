/**
 * What a desk consists of, as records that know nothing of the store they come from. Indexes are no part of it: whoever
 * writes a record makes them anew.
 */

import { createHash } from 'node:crypto';
import type { Delivery, Owner, Post } from '../../app/ports/delivery.ts';
import type { SavedSearch } from '../../app/ports/finding.ts';
import type { Profile, Receipt } from '../../app/ports/store.ts';
import type { Draft } from '../../domain/draft.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { Instant, PersonId, Ticket } from '../../domain/ticket.ts';

/** A delivery that waits. Leases are left behind: whoever held one is gone. */
export type WaitingDelivery = {
  /** Its place in the order in which deliveries were asked for, over all tickets and drafts. */
  readonly order: number;
  readonly delivery: Delivery;
  readonly attempts: number;
  /** When its lease or postponement ends; absent when it may be sent at once. */
  readonly readyAt?: Instant;
};

export type LostDelivery = {
  readonly order: number;
  readonly delivery: Delivery;
  readonly at: Instant;
  readonly reason: string;
};

/** The deliveries of a ticket or draft in their order, and by key where its cards stand. */
export type Outbox = {
  readonly waiting: readonly WaitingDelivery[];
  readonly failed: readonly LostDelivery[];
  /** Without a post: the mark that a notice was sent. */
  readonly posts: readonly { readonly key: string; readonly post?: Post }[];
};

export type Bodies = {
  receipt: Receipt;
  draft: Outbox & { readonly draft: Draft };
  ticket: Outbox & {
    readonly ticket: Ticket;
    readonly events: readonly TicketEvent[];
    readonly dueAt?: Instant;
  };
  /** Of an owner that has no ticket or draft yet. */
  outbox: Outbox & { readonly owner: Owner };
  profile: Profile;
  /** What somebody keeps looking for. */
  search: SavedSearch & { readonly person: PersonId };
  counter: { readonly day: string; readonly value: number };
};
export type Kind = keyof Bodies;
export type StoredRecord = { [K in Kind]: { readonly kind: K; readonly body: Bodies[K] } }[Kind];
export type RecordOf<K extends Kind> = Extract<StoredRecord, { readonly kind: K }>;

/**
 * In the order in which they are read and written, so that what is read while others write fits together: no receipt without
 * its ticket, no ticket with a number that its day's counter has not reached.
 */
export const KINDS = [
  'receipt',
  'draft',
  'ticket',
  'outbox',
  'profile',
  'search',
  'counter',
] as const satisfies Kind[];

/**
 * Receipts older than this before the newest one, in milliseconds of the desk's clock, stay behind: no store has to keep
 * them, and some do.
 */
export const RECEIPTS_KEPT_MS = 24 * 3_600_000;

/** Unique within its kind. */
export function keyOf({ kind, body }: StoredRecord): string {
  switch (kind) {
    case 'receipt':
      return body.key;
    case 'draft':
      return body.draft.id;
    case 'ticket':
      return body.ticket.number;
    case 'outbox':
      return `${body.owner.kind}/${body.owner.id}`;
    case 'profile':
      return body.person;
    case 'search':
      return JSON.stringify([body.person, body.name]);
    case 'counter':
      return body.day;
  }
}

/** JSON in which equal values are equal texts: names in order, nothing between. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** SHA-256 of a record's canonical JSON. */
export function checksum(record: StoredRecord): Buffer {
  return createHash('sha256').update(canonical(record)).digest();
}

export function sameRecord(one: StoredRecord | undefined, other: StoredRecord): boolean {
  return one !== undefined && checksum(one).equals(checksum(other));
}

/** An outbox whose posts are in the order of their keys, wherever it comes from. */
export function sortedOutbox(outbox: Outbox): Outbox {
  const byOrder = (a: { order: number }, b: { order: number }) => a.order - b.order;
  return {
    waiting: [...outbox.waiting].sort(byOrder),
    failed: [...outbox.failed].sort(byOrder),
    posts: [...outbox.posts].sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

export function isEmptyOutbox({ waiting, failed, posts }: Outbox): boolean {
  return waiting.length + failed.length + posts.length === 0;
}
