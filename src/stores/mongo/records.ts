/**
 * What stands in the database. One document holds all of a ticket: its state, events, outbox, posts and receipts, so that
 * a decision is one atomic write; likewise one document per draft. Both lie in one collection, because a receipt is unique
 * over both.
 *
 * States, events, deliveries and posts are kept as JSON text, as the types of the domain write them: BSON has no place for
 * half a surrogate pair, nor everywhere for names such as `$set` or `a.b`. A field of its own has only what a query or an
 * update looks at. All times are milliseconds since 1970.
 */

import { createHash } from 'node:crypto';
import type { Db, ObjectId } from 'mongodb';
import type { Owner, Post } from '../../app/ports/delivery.ts';
import type { Profile } from '../../app/ports/store.ts';
import type { Instant, StateKind } from '../../domain/ticket.ts';
import { addressKey } from '../address-key.ts';

/** A delivery that waits or is under way. */
export type Pending = {
  readonly key: string;
  /** Its place in the order in which deliveries were asked for, over all tickets and drafts. */
  readonly seq: number;
  readonly body: string;
  /** Counts how often the edit was asked for while it was pending. */
  readonly generation: number;
  readonly attempts: number;
  /** 0 while the delivery may be leased; otherwise when its lease or its postponement ends. */
  readonly ready: number;
  /** The word of its last lease, until that is given up. */
  readonly lease: string | null;
  /** The instance that leased or postponed it. */
  readonly by: string | null;
  /** When it was first asked for, where that was written down. */
  readonly asked?: number | null;
};

export type Failed = {
  readonly key: string;
  readonly seq: number;
  readonly body: string;
  readonly at: number;
  readonly reason: string;
};

/** Where a card stands, and the activity id of that by itself; without a post, the mark that a notice was sent. */
export type Posted = { readonly key: string; readonly post?: string; readonly activity?: string };

/** `key` is a digest: receipts' keys may be longer than an index takes. `of` is the key itself, for copies; once there was none. */
export type Receipted = {
  readonly key: string;
  readonly of?: string;
  readonly at: number;
  readonly outcome: string;
};

export type RequestRecord = {
  readonly _id: string;
  /** Absent, as is all that follows up to the outbox, while deliveries alone were asked for. */
  readonly kind?: Owner['kind'];
  readonly version?: number;
  readonly requester?: string;
  readonly createdAt?: number;
  /** Orders what was created in the same millisecond. */
  readonly born?: number;
  readonly body?: string;
  readonly receipts?: readonly Receipted[];
  /** Only where a receipt was copied from another store, into a document of its own: when the server deletes it. */
  readonly expireAt?: Date;

  /** Tickets only. */
  readonly draft?: string;
  readonly dueAt?: number;
  readonly events?: readonly string[];
  /** What can be looked for, see ticket-index.ts. */
  readonly words?: readonly string[];
  readonly state?: StateKind;
  readonly open?: boolean;
  readonly priority?: number;
  readonly locked?: boolean;
  readonly queue?: string;
  readonly createdIn?: string;
  readonly type?: string;
  readonly service?: string;
  readonly organisation?: string;
  readonly owner?: string;
  readonly responsible?: string;
  /** Who takes part. */
  readonly people?: readonly string[];
  readonly changedAt?: number;
  readonly closedAt?: number;
  readonly reminderAt?: number;
  readonly escalations?: readonly string[];

  /** Drafts only: false when withdrawn, or when found to be a ticket by now. */
  readonly pending?: boolean;
  /** Drafts only: when it was last written to; absent when withdrawn, or when found to be a ticket by now. */
  readonly unsentSince?: number;
  /** Ids of the files of a ticket, or of a draft that is not withdrawn; absent for none. */
  readonly files?: readonly string[];
  /**
   * Drafts only: numbers of the tickets that are being made of it. Whoever writes to the draft must first make sure that
   * none of them comes into being.
   */
  readonly seals?: readonly string[];

  readonly outbox?: readonly Pending[];
  readonly failed?: readonly Failed[];
  readonly posts?: readonly Posted[];
  /** Lowest `seq` of the outbox that may be leased; null when there is none. The three below are what indexes look at. */
  readonly queued?: number | null;
  /** Earliest end of a lease or postponement in the outbox; null when there is none. */
  readonly wakeAt?: number | null;
  /** When the last of `failed` failed; null when there is none. */
  readonly failedAt?: number | null;
};

/** Counters that count nothing, see created-ends.ts. */
export const FIRST_CREATED = 'created/first';
export const LAST_CREATED = 'created/last';

export type Counter = { readonly _id: string; readonly value: number };
/** `_id` is made of person, ticket and form. */
export type FormDraftRecord = { readonly _id: string; readonly at: number; readonly body: string };
export type ProfileRecord = {
  readonly _id: string;
  /** Without what they chose to be told of, which is written by itself. */
  readonly body: string;
  readonly notices?: string;
  /** What `addressKey` makes of the address; null where there is none. */
  readonly email?: string | null;
};

export function profileOf({ body, notices }: Pick<ProfileRecord, 'body' | 'notices'>): Profile {
  return { ...JSON.parse(body), ...(notices === undefined ? {} : { notices: JSON.parse(notices) }) };
}
/** `_id` is a digest of person and name. */
export type SearchRecord = {
  readonly _id: string;
  readonly person: string;
  readonly name: string;
  readonly asked: string;
};
/** `_id` is the id of the alert. */
export type AlertRecord = {
  readonly _id: string;
  readonly since: number;
  readonly seenAt: number;
  readonly params: string;
};
/** An upload that has begun: what is left of it is removed when it never ends. */
export type IncomingRecord = { readonly _id: ObjectId };

/** Name of the GridFS bucket; its collections are `attachments.files` and `attachments.chunks`. */
export const BUCKET = 'attachments';

export function collectionsOf(db: Db) {
  return {
    requests: db.collection<RequestRecord>('requests'),
    counters: db.collection<Counter>('counters'),
    profiles: db.collection<ProfileRecord>('profiles'),
    formDrafts: db.collection<FormDraftRecord>('formDrafts'),
    searches: db.collection<SearchRecord>('searches'),
    alerts: db.collection<AlertRecord>('alerts'),
    incoming: db.collection<IncomingRecord>('incoming'),
  };
}
export type Collections = ReturnType<typeof collectionsOf>;

export function recordId(owner: Owner): string {
  return `${owner.kind}/${exact(owner.id)}`;
}

export function ownerOf(id: string): Owner {
  const slash = id.indexOf('/');
  return { kind: id.slice(0, slash) as Owner['kind'], id: inexact(id.slice(slash + 1)) };
}

/** A text as BSON can hold it without loss: itself, but for quotes, backslashes, control characters and half characters. */
export function exact(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The text that `exact` was given. */
export function inexact(stored: string): string {
  return JSON.parse(`"${stored}"`);
}

/** What is stored of a profile beside its id; null where there is no address to look it up by. */
export function profileFields(profile: Profile): { readonly body: string; readonly email: string | null } {
  const { email } = profile;
  return { body: JSON.stringify(profile), email: email === undefined ? null : exact(addressKey(email)) };
}

export function postOf(posted: Posted | undefined): Post | undefined {
  return posted?.post === undefined ? undefined : (JSON.parse(posted.post) as Post);
}

/** The digest under which a receipt is looked up; of the UTF-16 units, so that no two keys share one. */
export function receiptDigest(key: string): string {
  return createHash('sha256').update(Buffer.from(key, 'utf16le')).digest('base64url');
}

/** Shares of a deadline can be fractions of a millisecond. Rounded up: never early. */
export function whole(instant: Instant): number {
  return Math.ceil(instant);
}

/** The same, as a field that is looked up by: there 0 stands for no such moment. */
export function moment(instant: Instant): number {
  return Math.max(whole(instant), 1);
}
