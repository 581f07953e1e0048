/** The two writes that carry a decision: one document, with outbox and receipt, guarded by the version. */

import type { Document } from 'mongodb';
import type { Delivery, Owner, Post } from '../../app/ports/delivery.ts';
import type { CommitResult, DraftCommit, Receipt, TicketCommit } from '../../app/ports/store.ts';
import { type Draft, lastWritten } from '../../domain/draft.ts';
import type { AttachmentRef, TicketNumber } from '../../domain/ticket.ts';
import type { Counters } from './counters.ts';
import type { CreatedEnds } from './created-ends.ts';
import { insertOnce, isDuplicateKey, untilDone } from './faults.ts';
import { QUERIES } from './queries.ts';
import {
  type Collections,
  exact,
  inexact,
  moment,
  ownerOf,
  type Receipted,
  receiptDigest,
  recordId,
  whole,
} from './records.ts';
import { appended, enqueued, literal, posted, type Stage, SUMMARY, WITH_OUTBOX } from './stages.ts';
import { indexFields } from './ticket-index.ts';

/**
 * Receipts are kept this long, in milliseconds of the desk's clock: the 24 hours that the port promises, and one more for
 * instances whose clocks differ. Older ones go with the next receipt of the same ticket or draft.
 */
const RECEIPT_LIFE_MS = 25 * 3_600_000;
/** The counter that orders deliveries, tickets and drafts by when they were asked for. */
export const SEQUENCE = 'sequence';

/** The version of a ticket that was announced and must not come into being any more. */
const PREVENTED = 0;

export type Commits = {
  /** @param born its place in the order of creation, where that is known; otherwise it is created now */
  ticket(commit: TicketCommit, born?: number): Promise<CommitResult>;
  draft(commit: DraftCommit): Promise<CommitResult>;
  enqueue(owner: Owner, delivery: Delivery): Promise<void>;
  receipt(key: string): Promise<Receipt | undefined>;
};

export function createCommits({ requests }: Collections, counters: Counters, ends: CreatedEnds): Commits {
  async function receipt(key: string): Promise<Receipt | undefined> {
    const { filter } = QUERIES.receipt(receiptDigest(key));
    const record = await requests.findOne(filter, { projection: { 'receipts.$': 1 } });
    const found = record?.receipts?.[0];
    return found && { key, at: found.at, outcome: JSON.parse(found.outcome) };
  }

  /** Writes the stages if the version holds; a version of 0 creates. Nothing was written unless the answer is committed. */
  async function write(
    id: string,
    expected: number,
    receiptOf: Receipt | undefined,
    stages: readonly Stage[],
    seals?: readonly string[],
  ): Promise<CommitResult> {
    const digest = receiptOf && receiptDigest(receiptOf.key);
    const { filter } =
      expected === 0 ? QUERIES.unwritten(id) : QUERIES.inVersion(id, expected, digest, seals);
    try {
      const { matchedCount, upsertedCount } = await untilDone(() =>
        requests.updateOne(filter, [...stages], { upsert: expected === 0 }),
      );
      if (matchedCount + upsertedCount > 0) return { kind: 'committed' };
    } catch (error) {
      // The number, the draft or the receipt is taken.
      if (!isDuplicateKey(error)) throw error;
    }
    return repeatedOrConflict(receiptOf);
  }

  async function repeatedOrConflict(receiptOf: Receipt | undefined): Promise<CommitResult> {
    const known = receiptOf && (await receipt(receiptOf.key));
    return known ? { kind: 'repeated', outcome: known.outcome } : { kind: 'conflict' };
  }

  /**
   * Ticket and draft are two documents, and what is added to the draft between the look at its version and the ticket
   * would be lost. So the draft is told first which ticket is coming. False when it has another version by now.
   */
  async function seal(draft: string, version: number, number: TicketNumber): Promise<boolean> {
    const { filter } = QUERIES.inVersion(recordId({ kind: 'draft', id: draft }), version, undefined);
    const told = await untilDone(() => requests.updateOne(filter, { $addToSet: { seals: exact(number) } }));
    return told.matchedCount > 0;
  }

  /** Takes the place of a ticket that was announced and has not come, so that it never will. False when it is there. */
  async function prevent(number: string, draft: string): Promise<boolean> {
    const id = recordId({ kind: 'ticket', id: inexact(number) });
    try {
      await untilDone(() =>
        requests.updateOne(QUERIES.unwritten(id).filter, { $set: { version: PREVENTED } }, { upsert: true }),
      );
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const there = await requests.findOne(QUERIES.record(id).filter, { projection: { draft: 1 } });
    return there?.draft !== draft;
  }

  /** Writes to a draft of which nothing has become; prevents what may still be becoming of it. */
  async function writeDraft(
    id: string,
    expected: number,
    kept: Receipt | undefined,
    stages: readonly Stage[],
  ): Promise<CommitResult> {
    let seals: readonly string[] = [];
    for (;;) {
      const result = await write(id, expected, kept, stages, seals);
      if (expected === 0 || result.kind !== 'conflict') return result;
      const found = await requests.findOne(QUERIES.record(id).filter, {
        projection: { seals: 1, version: 1 },
      });
      const now = found?.seals ?? [];
      // Neither anything new on its way: it is the version, then.
      if (found?.version !== expected || now.length === seals.length) return result;
      for (const number of now) if (!(await prevent(number, exact(ownerOf(id).id)))) return result;
      seals = now;
    }
  }

  /** What a commit asks to be delivered, in order, and where cards stand; nothing when it does neither. */
  function outboxStages(
    deliveries: readonly Delivery[],
    first: number,
    posts: Readonly<Record<string, Post>> = {},
  ): Stage[] {
    const cards = Object.entries(posts);
    if (deliveries.length === 0 && cards.length === 0) return [];
    return [
      WITH_OUTBOX,
      ...cards.map(([key, post]) => posted([key], post)),
      ...deliveries.map((delivery, index) => enqueued(delivery, first + index)),
      SUMMARY,
    ];
  }

  /** The first of the numbers that order these deliveries; what is created takes one in any case. */
  async function place(expected: number, deliveries: readonly Delivery[]): Promise<number> {
    const count = Math.max(deliveries.length, expected === 0 ? 1 : 0);
    return count === 0 ? 0 : counters.take(SEQUENCE, count);
  }

  return {
    receipt,

    async ticket({ ticket, expected, events, dueAt, deliveries, receipt: kept, posts, draftVersion }, born) {
      if (ticket.version !== expected + events.length) {
        throw new RangeError(
          `Ticket ${ticket.number}: version ${ticket.version} is not ${expected} plus ${events.length} events`,
        );
      }
      if (draftVersion !== undefined && !(await seal(ticket.draft, draftVersion, ticket.number)))
        return repeatedOrConflict(kept);
      const written = appended(
        'events',
        events.map((event) => JSON.stringify(event)),
      );
      const state: Document = {
        version: ticket.version,
        requester: literal(exact(ticket.requester.id)),
        dueAt: dueAt === undefined ? '$$REMOVE' : moment(dueAt),
        body: literal(JSON.stringify(ticket)),
        ...indexFields(ticket),
        ...filesField(ticket.articles.flatMap(({ attachments }) => attachments)),
        events: written,
        ...(kept && { receipts: withReceipt(kept) }),
      };
      const first = born ?? (await place(expected, deliveries));
      if (expected === 0) {
        await ends.include(ticket.createdAt);
        state.kind = 'ticket';
        state.draft = literal(exact(ticket.draft));
        state.createdAt = whole(ticket.createdAt);
        state.born = first;
      }
      const id = recordId({ kind: 'ticket', id: ticket.number });
      return write(id, expected, kept, [{ $set: state }, ...outboxStages(deliveries, first, posts)]);
    },

    async draft({ draft, expected, deliveries, receipt: kept }) {
      if (draft.version !== expected + 1) {
        throw new RangeError(`Draft ${draft.id}: version ${draft.version} is not ${expected} plus 1`);
      }
      const state: Document = { ...draftFields(draft), ...(kept && { receipts: withReceipt(kept) }) };
      const first = await place(expected, deliveries);
      if (expected === 0) {
        state.kind = 'draft';
        state.createdAt = whole(draft.createdAt);
        state.born = first;
      }
      const id = recordId({ kind: 'draft', id: draft.id });
      return writeDraft(id, expected, kept, [{ $set: state }, ...outboxStages(deliveries, first)]);
    },

    async enqueue(owner, delivery) {
      const { filter } = QUERIES.record(recordId(owner));
      const stages = outboxStages([delivery], await counters.take(SEQUENCE, 1));
      const asked = await untilDone(() => requests.updateOne(filter, stages));
      if (asked.matchedCount > 0) return;
      await insertOnce(() => requests.insertOne({ _id: recordId(owner) }));
      await untilDone(() => requests.updateOne(filter, stages));
    },
  };
}

/** What every version of a draft writes, as values of a `$set` stage. */
export function draftFields(draft: Draft): Document {
  return {
    version: draft.version,
    requester: literal(exact(draft.requester.id)),
    // Whether a ticket came of it stands in the ticket's document, see `pendingDraftOf`.
    pending: !draft.withdrawn && !draft.arrival,
    unsentSince: draft.withdrawn ? '$$REMOVE' : moment(lastWritten(draft)),
    ...filesField(draft.withdrawn ? [] : draft.attachments),
    seals: '$$REMOVE',
    body: literal(JSON.stringify(draft)),
  };
}

function filesField(files: readonly AttachmentRef[]): Document {
  return { files: files.length === 0 ? '$$REMOVE' : literal([...new Set(files.map(({ id }) => exact(id)))]) };
}

/** The document's receipts with this one, without those that are old by its time. */
function withReceipt(receipt: Receipt): Document {
  const entry: Receipted = {
    key: receiptDigest(receipt.key),
    of: exact(receipt.key),
    at: whole(receipt.at),
    outcome: JSON.stringify(receipt.outcome) ?? 'null',
  };
  const young = { $gt: ['$$receipt.at', entry.at - RECEIPT_LIFE_MS] };
  const kept = { $filter: { input: { $ifNull: ['$receipts', []] }, as: 'receipt', cond: young } };
  return { $concatArrays: [kept, literal([entry])] };
}
