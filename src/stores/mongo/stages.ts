/**
 * The changes of an outbox, as stages of an update pipeline: the server applies them to the document as it is at that
 * moment, so they neither need nor change the ticket's version, and none is lost beside another.
 */

import type { Document } from 'mongodb';
import type { Delivery, Post } from '../../app/ports/delivery.ts';
import type { Instant } from '../../domain/ticket.ts';
import { exact, moment, whole } from './records.ts';

export type Stage = { readonly $set: Document };

/** A value that is not to be read as an expression, whatever it contains. */
export function literal(value: unknown): Document {
  return { $literal: value };
}

/** The array of that name with `more` behind it; an absent one counts as empty. */
export function appended(name: string, more: readonly unknown[]): Document {
  return { $concatArrays: [{ $ifNull: [`$${name}`, []] }, literal(more)] };
}

/** Gives a document that may be new the arrays that the stages below rely on. */
export const WITH_OUTBOX: Stage = {
  $set: {
    outbox: { $ifNull: ['$outbox', []] },
    failed: { $ifNull: ['$failed', []] },
    posts: { $ifNull: ['$posts', []] },
  },
};

/** Must end every change of an outbox: what the indexes look at. */
export const SUMMARY: Stage = {
  $set: {
    queued: { $min: { $map: { input: itemsWhere({ $eq: ['$$item.ready', 0] }), in: '$$this.seq' } } },
    wakeAt: { $min: { $map: { input: itemsWhere({ $gt: ['$$item.ready', 0] }), in: '$$this.ready' } } },
    failedAt: { $max: '$failed.at' },
  },
};

/** Asks for a delivery: a live card is merged into the one that waits, a notice is asked for once. */
export function enqueued(delivery: Delivery, seq: number): Stage {
  const key = exact(delivery.key);
  const body = JSON.stringify(delivery);
  const fresh = {
    ...{ key, seq, body, generation: 0, attempts: 0, ready: 0, lease: null, by: null },
    ...(delivery.asked !== undefined && { asked: whole(delivery.asked) }),
  };
  const added = appended('outbox', [fresh]);
  if (!delivery.live) {
    const known = { $or: [hasKey('outbox', key), hasKey('failed', key), hasKey('posts', key)] };
    return { $set: { outbox: { $cond: [known, '$outbox', added] } } };
  }
  const merged = { body: literal(body), generation: { $add: ['$$item.generation', 1] } };
  return {
    $set: {
      outbox: { $cond: [hasKey('outbox', key), changed(isKey(key), merged), added] },
      failed: without('failed', isKey(key)),
    },
  };
}

/** Remembers where what goes by these keys stands now. */
export function posted(keys: readonly string[], post: Post): Stage {
  const place = { post: JSON.stringify(post), activity: exact(post.activity) };
  const entries = keys.map((key) => ({ key: exact(key), ...place }));
  const others = without('posts', isOneOf(keys));
  return { $set: { posts: { $concatArrays: [others, literal(entries)] } } };
}

/** Remembers that the notice was sent, where it left no post. */
export function marked(key: string): Stage {
  const known = exact(key);
  return {
    $set: { posts: { $cond: [hasKey('posts', known), '$posts', appended('posts', [{ key: known }])] } },
  };
}

/** Leases those of the keys that may still be leased. */
export function leased(keys: readonly string[], word: string, until: Instant, by: string): Stage {
  const free = { $and: [{ $in: ['$$item.key', literal(keys)] }, { $eq: ['$$item.ready', 0] }] };
  return { $set: { outbox: changed(free, { lease: word, ready: moment(until), by }) } };
}

/** Ends the leases and postponements of that instance that have ended by `now`. Who held a lease may still use it. */
export function wokenOwn(by: string, now: Instant): Stage {
  const ended = { $and: [{ $eq: ['$$item.by', by] }, ...endedBy(now)] };
  return { $set: { outbox: changed(ended, { ready: 0, by: null }) } };
}

/** The same, whoever leased or postponed. */
export function woken(now: Instant): Stage {
  return { $set: { outbox: changed({ $and: endedBy(now) }, { ready: 0, by: null }) } };
}

/** Takes the deliveries out of the outbox: whoever has leased them since finds them gone. */
export function removed(keys: readonly string[]): Stage {
  const known = isOneOf(keys);
  return { $set: { outbox: without('outbox', known), failed: without('failed', known) } };
}

/** Takes the delivery out of the failed ones. */
export function forgotten(key: string): Stage {
  return { $set: { failed: without('failed', isKey(exact(key))) } };
}

/** Puts a failed delivery back into the outbox, at the end of the line. */
export function revived(key: string, seq: number): Stage {
  const known = isKey(exact(key));
  const anew = { generation: 0, attempts: 0, ready: 0, lease: literal(null), by: literal(null) };
  const entry = { key: '$$this.key', seq: literal(seq), body: '$$this.body', ...anew };
  const back = { $map: { input: itemsWhere(known, 'failed'), in: entry } };
  return { $set: { outbox: { $concatArrays: ['$outbox', back] }, failed: without('failed', known) } };
}

/** What a lease word and the generation seen with it stand for. */
export type Lease = { readonly key: string; readonly word: string; readonly generation: number };

/** Takes the delivery out of the outbox if the lease holds and no edit was asked for since. */
export function settled(lease: Lease): Stage {
  return { $set: { outbox: without('outbox', isCurrent(lease)) } };
}

/** Gives up the lease, if it holds, and lets the delivery be leased again at once. */
export function released(lease: Lease): Stage {
  return { $set: { outbox: changed(isHeld(lease), { lease: null, ready: 0, by: null }) } };
}

/** Gives up the lease, if it holds, until `notBefore`. */
export function postponed(lease: Lease, notBefore: Instant, attempts: number, by: string): Stage {
  const later = {
    lease: null,
    ready: moment(notBefore),
    by,
    attempts: { $add: ['$$item.attempts', attempts] },
  };
  return { $set: { outbox: changed(isHeld(lease), later) } };
}

/** Moves the delivery to the failed ones if the lease holds and no edit was asked for since. */
export function failed(lease: Lease, reason: string, at: Instant): Stage {
  const why = { at: whole(at), reason: literal(exact(reason)) };
  const entry = { key: '$$this.key', seq: '$$this.seq', body: '$$this.body', ...why };
  const lost = { $map: { input: itemsWhere(isCurrent(lease)), in: entry } };
  return { $set: { failed: { $concatArrays: ['$failed', lost] } } };
}

function itemsWhere(condition: Document, name = 'outbox'): Document {
  return { $filter: { input: `$${name}`, as: 'item', cond: condition } };
}

function without(name: string, condition: Document): Document {
  return itemsWhere({ $not: [condition] }, name);
}

/** The outbox with `changes` made to the items that the condition holds for. */
function changed(condition: Document, changes: Document): Document {
  const item = { $cond: [condition, { $mergeObjects: ['$$item', changes] }, '$$item'] };
  return { $map: { input: '$outbox', as: 'item', in: item } };
}

function hasKey(name: string, key: string): Document {
  return { $in: [literal(key), `$${name}.key`] };
}

function isKey(key: string): Document {
  return { $eq: ['$$item.key', literal(key)] };
}

function isOneOf(keys: readonly string[]): Document {
  return { $in: ['$$item.key', literal(keys.map(exact))] };
}

function isHeld({ key, word }: Lease): Document {
  return { $and: [isKey(exact(key)), { $eq: ['$$item.lease', literal(word)] }] };
}

function isCurrent(lease: Lease): Document {
  return { $and: [isHeld(lease), { $eq: ['$$item.generation', lease.generation] }] };
}

function endedBy(now: Instant): Document[] {
  return [{ $gt: ['$$item.ready', 0] }, { $lte: ['$$item.ready', now] }];
}
