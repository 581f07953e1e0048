/** Every filter of the store, by name, with the index that answers it, so that a test can read the plan of each. */

import type { Filter, Sort } from 'mongodb';
import type { Whose } from '../../app/ports/finding.ts';
import type { Instant } from '../../domain/ticket.ts';
import type { Visibility } from '../../domain/ticket-query.ts';
import { type Conditions, visibility } from './conditions.ts';
import { exact, type RequestRecord } from './records.ts';

export type Query = {
  readonly filter: Filter<RequestRecord>;
  readonly sort?: Sort;
  /** Name of the index that finds the documents, in this order. */
  readonly index: string;
};

const BY_ID = '_id_';

export const QUERIES = {
  record: (id: string): Query => ({ filter: { _id: id }, index: BY_ID }),
  records: (ids: readonly string[]): Query => ({ filter: { _id: { $in: [...ids] } }, index: BY_ID }),
  /** The record where nobody has written a ticket or draft yet. */
  unwritten: (id: string): Query => ({ filter: { _id: id, version: { $exists: false } }, index: BY_ID }),
  /**
   * The record in that version, without that receipt: a unique index does not look for doubles within one document.
   * `seals`: of a draft, while just these tickets are being made of it.
   */
  inVersion: (
    id: string,
    version: number,
    receipt: string | undefined,
    seals?: readonly string[],
  ): Query => ({
    filter: {
      _id: id,
      version,
      ...(receipt !== undefined && { 'receipts.key': { $ne: receipt } }),
      ...(seals && { seals: seals.length === 0 ? { $exists: false } : { $eq: [...seals] } }),
    },
    index: BY_ID,
  }),

  receipt: (digest: string): Query => ({ filter: { 'receipts.key': digest }, index: 'receipt' }),
  ticketOfDraft: (draft: string): Query => ({ filter: { draft }, index: 'draft' }),
  ticketsOf: (requester: string): Query => ({
    filter: { kind: 'ticket', requester },
    sort: { createdAt: -1, born: -1 },
    index: 'tickets_of_requester',
  }),
  pendingDraftsOf: (requester: string): Query => ({
    filter: { pending: true, requester },
    sort: { createdAt: -1, born: -1 },
    index: 'pending_drafts',
  }),
  unsentDrafts: (until: Instant): Query => ({
    filter: { unsentSince: { $gt: 0, $lte: until } },
    sort: { unsentSince: 1 },
    index: 'unsent_drafts',
  }),
  /** The draft, where nobody has written to it since it was found. */
  unsentSince: (id: string, since: number): Query => ({
    filter: { _id: id, unsentSince: since },
    index: BY_ID,
  }),
  holding: (file: string, kind: 'draft' | 'ticket'): Query => ({
    filter: { files: file, kind },
    index: 'files',
  }),
  due: (now: Instant): Query => ({
    filter: { dueAt: { $gt: 0, $lte: now } },
    sort: { dueAt: 1, born: 1 },
    index: 'due',
  }),

  anyDue: (): Query => ({ filter: { dueAt: { $gt: 0 } }, sort: { dueAt: 1, born: 1 }, index: 'due' }),

  /** What fits these, newest first. */
  tickets: (conditions: Conditions): Query => ({
    filter: { $and: [...conditions] },
    sort: { createdAt: -1, born: -1 },
    // Or another that the conditions lead to.
    index: 'words',
  }),
  openTickets: (visibleTo: Visibility | undefined, { owner, responsible }: Whose = {}): Query => ({
    filter: {
      $and: [
        { open: true },
        ...(owner === undefined ? [] : [{ owner: exact(owner) }]),
        ...(responsible === undefined ? [] : [{ responsible: exact(responsible) }]),
        ...visibility(visibleTo),
      ],
    },
    index: 'open_tickets',
  }),

  queued: (): Query => ({ filter: { queued: { $gt: 0 } }, sort: { queued: 1 }, index: 'queued' }),
  waiting: (): Query => ({ filter: { wakeAt: { $gt: 0 } }, sort: { wakeAt: 1 }, index: 'waiting' }),
  /** Nothing may be leased now, and something later. */
  onlyWaiting: (): Query => ({ filter: { wakeAt: { $gt: 0 }, queued: null }, index: 'waiting' }),
  waitingUntil: (ended: Instant): Query => ({
    filter: { wakeAt: { $gt: 0, $lte: ended } },
    index: 'waiting',
  }),
  cardsAt: (activity: string): Query => ({ filter: { 'posts.activity': activity }, index: 'posts' }),
  failedOf: (id: string, key: string): Query => ({ filter: { _id: id, 'failed.key': key }, index: BY_ID }),
  failed: (): Query => ({ filter: { failedAt: { $gt: 0 } }, sort: { failedAt: -1 }, index: 'failed' }),
} as const;
