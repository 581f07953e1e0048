/** The two writes that carry a decision: ticket or draft, with outbox and receipt, guarded by the version. */

import type { DatabaseSync } from 'node:sqlite';
import type { Delivery, Owner, Post } from '../../app/ports/delivery.ts';
import type { CommitResult, DraftCommit, Receipt, TicketCommit } from '../../app/ports/store.ts';
import type { Draft } from '../../domain/draft.ts';
import { createChanges } from './changed-columns.ts';
import { createNewestFirst } from './newest-first.ts';
import { type Statements, TICKET_COLUMNS } from './statements.ts';
import { createTicketIndex, type TicketIndex } from './ticket-index.ts';

/** Receipts are kept this long, in milliseconds of the desk's clock; the port promises 24 hours. */
const RECEIPT_LIFE_MS = 24 * 3_600_000;
/** Old receipts are looked for at most this often, in milliseconds of the desk's clock. */
const PRUNE_EVERY_MS = 3_600_000;

export type Commits = {
  /** Serialises the commit; the returned write runs inside a transaction. */
  ticket(commit: TicketCommit): () => CommitResult;
  draft(commit: DraftCommit): () => CommitResult;
  enqueue(owner: Owner, delivery: Delivery): () => void;
} & Pick<TicketIndex, 'finish' | 'forget'>;

export function createCommits(database: DatabaseSync, sql: Statements): Commits {
  const newestFirst = createNewestFirst(sql);
  const index = createTicketIndex(database, sql);
  const changes = createChanges(database, 'tickets', TICKET_COLUMNS);
  let prunedAt = Number.NEGATIVE_INFINITY;

  /** Writes the receipt. Answers with what was committed under it before, if anything was. */
  function keepReceipt(receipt: Receipt, outcome: string): CommitResult | undefined {
    if (sql.insertReceipt.run(receipt.key, whole(receipt.at), outcome).changes === 0)
      return { kind: 'repeated', outcome: JSON.parse(String(sql.receipt.get(receipt.key)?.outcome)) };
    if (receipt.at - prunedAt < PRUNE_EVERY_MS) return undefined;
    sql.pruneReceipts.run(whole(receipt.at) - RECEIPT_LIFE_MS);
    prunedAt = receipt.at;
    return undefined;
  }

  /** Runs a write guarded by the version, with its receipt or not at all. */
  function withReceipt(receipt: Receipt | undefined, write: () => boolean): () => CommitResult {
    const outcome = receipt && serialiseOutcome(receipt);
    return () => {
      const before = receipt && outcome !== undefined && keepReceipt(receipt, outcome);
      if (before) return before;
      if (write()) return { kind: 'committed' };
      if (receipt) sql.deleteReceipt.run(receipt.key);
      return { kind: 'conflict' };
    };
  }

  function keepPosts(owner: Owner, posts: Readonly<Record<string, Post>>): void {
    for (const [key, post] of Object.entries(posts)) {
      sql.savePost.run(owner.kind, owner.id, key, post.conversation, post.activity);
    }
  }

  function enqueue(owner: Owner, delivery: Delivery): () => void {
    const body = JSON.stringify(delivery);
    const statement = delivery.live ? sql.enqueueLive : sql.enqueueNotice;
    return () => {
      statement.run(owner.kind, owner.id, delivery.key, body);
    };
  }

  return {
    enqueue,
    finish: () => index.finish(),
    forget: () => index.forget(),

    ticket({ ticket, expected, events, dueAt, deliveries, receipt, posts, draftVersion }) {
      if (ticket.version !== expected + events.length) {
        throw new RangeError(
          `Ticket ${ticket.number}: version ${ticket.version} is not ${expected} plus ${events.length} events`,
        );
      }
      const { number, draft, version } = ticket;
      const owner: Owner = { kind: 'ticket', id: number };
      const requester = ticket.requester.id;
      const createdAt = whole(ticket.createdAt);
      const body = JSON.stringify(ticket);
      const bodies = events.map((event) => JSON.stringify(event));
      const due = dueAt === undefined ? null : whole(dueAt);
      const enqueues = deliveries.map((delivery) => enqueue(owner, delivery));
      const files = ticket.articles.flatMap(({ attachments }) => attachments.map((file) => file.id));

      return withReceipt(receipt, () => {
        if (draftVersion !== undefined && !sql.draftInVersion.get(draft, draftVersion)) return false;
        if (expected === 0) {
          const id = newestFirst.next(createdAt);
          const guard = sql.insertTicket.run(id, number, draft, requester, createdAt, version, due, body);
          if (guard.changes === 0) return false;
          index.insert(id, ticket);
          sql.settleDraft.run(draft);
          sql.forgetDraftFiles.run(draft);
        } else {
          const found: unknown = sql.ticketInVersion.get(number, expected);
          if (!Array.isArray(found)) return false;
          const [id, requesterBefore, dueBefore, ...attributes] = found;
          changes.write(id, [requesterBefore, dueBefore], [requester, due, version, body]);
          index.update(id, attributes, ticket);
        }
        for (const [index, event] of bodies.entries())
          sql.insertEvent.run(number, expected + index + 1, event);
        for (const file of files) sql.ownFile.run(file);
        if (posts) keepPosts(owner, posts);
        for (const run of enqueues) run();
        return true;
      });
    },

    draft({ draft, expected, deliveries, receipt }) {
      if (draft.version !== expected + 1) {
        throw new RangeError(`Draft ${draft.id}: version ${draft.version} is not ${expected} plus 1`);
      }
      const { id, version } = draft;
      const owner: Owner = { kind: 'draft', id };
      const requester = draft.requester.id;
      const pending = pendingMark(draft);
      const files = draft.withdrawn ? [] : draft.attachments.map((file) => file.id);
      const body = JSON.stringify(draft);
      const enqueues = deliveries.map((delivery) => enqueue(owner, delivery));

      return withReceipt(receipt, () => {
        const guard =
          expected === 0
            ? sql.insertDraft.run(id, requester, whole(draft.createdAt), version, pending, body)
            : sql.updateDraft.run(id, requester, version, pending, body, expected);
        if (guard.changes === 0) return false;
        sql.forgetDraftFiles.run(id);
        for (const file of files) sql.keepDraftFile.run(id, file);
        for (const run of enqueues) run();
        return true;
      });
    },
  };
}

/** 1 for a draft whose card waits in the chat, 2 for one that is prepared in a dialog, 0 for one that is done with. */
export function pendingMark({ withdrawn, arrival }: Pick<Draft, 'withdrawn' | 'arrival'>): number {
  if (withdrawn) return 0;
  return arrival ? 2 : 1;
}

function serialiseOutcome(receipt: Receipt): string {
  return JSON.stringify(receipt.outcome) ?? 'null';
}

/** Shares of a deadline can be fractions of a millisecond; columns hold whole ones. Rounded up: never early. */
export function whole(instant: number): number {
  return Math.ceil(instant);
}
