/** What is kept: tickets, drafts, the outbox, people, and the bytes of files. Adapters are made in `compose.ts` only. */

import type { Draft } from '../../domain/draft.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { FormDraft, FormOf } from '../../domain/form-draft.ts';
import type { NoticeChoice, NoticeChoices } from '../../domain/notice-choice.ts';
import type { Instant, Locale, PersonId, Ticket, TicketNumber } from '../../domain/ticket.ts';
import type { Alerting } from './alerting.ts';
import type { Delivery, FailedDelivery, LeasedDelivery, Owner, Post, StandingCard } from './delivery.ts';
import type { Finding } from './finding.ts';
import type { Upkeep } from './upkeep.ts';

/** What a turn answered, kept with its effect so that a repeated delivery gets the same answer (A3). */
export type Receipt = {
  /** Identifies the activity, or the same press of the same button. Unique over tickets and drafts. */
  readonly key: string;
  /** When it was written, by the desk's clock. A store keeps a receipt for at least 24 hours of that clock. */
  readonly at: Instant;
  /** JSON-safe; whatever the use case needs to answer alike. */
  readonly outcome: unknown;
};

export type TicketCommit = {
  readonly ticket: Ticket;
  /** Version that the stored ticket must have; 0 creates it. */
  readonly expected: number;
  readonly events: readonly TicketEvent[];
  /** When the scheduler must look at the ticket next; absent when nothing is due. */
  readonly dueAt?: Instant;
  readonly deliveries: readonly Delivery[];
  readonly receipt?: Receipt;
  /** Cards that already stand in Teams and now belong to this ticket, by delivery key. */
  readonly posts?: Readonly<Record<string, Post>>;
  /** Version of the draft that it is made of: another one by now is a conflict. Afterwards writes to the draft are one. */
  readonly draftVersion?: number;
};

export type DraftCommit = {
  readonly draft: Draft;
  readonly expected: number;
  readonly deliveries: readonly Delivery[];
  readonly receipt?: Receipt;
};

export type CommitResult =
  | { readonly kind: 'committed' }
  /** Somebody else was faster: reload and decide again. */
  | { readonly kind: 'conflict' }
  /** This receipt was committed before, with this outcome. Nothing was written. */
  | { readonly kind: 'repeated'; readonly outcome: unknown };

/** What the bot knows of a person it has met: where to reach them, and what to prefill next time. */
export type Profile = {
  readonly person: PersonId;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly locale: Locale;
  /** Id by which Teams knows the person in this bot's conversations, `29:…`. */
  readonly teamsId?: string;
  /** Personal conversation and the service that hosts it, once the person has written or installed the app. */
  readonly conversation?: string;
  readonly serviceUrl?: string;
  /** True once they have removed the app, until they have it again: Teams may accept what nobody would see. */
  readonly appRemoved?: boolean;
  /** What they chose to be told of (N1). Written by `chooseNotices` only: `saveProfile` leaves it as it is. */
  readonly notices?: NoticeChoice;
};

/**
 * Keeps tickets, drafts, the outbox and profiles. Every write is atomic and durable before its promise resolves.
 * Each promise made here is a test in `test/contract`.
 */
export interface Store extends Finding, Upkeep, Alerting {
  /** The next counter of that day, from 1, unique under any concurrency. `day` is `YYYYMMDD`. */
  nextCounter(day: string): Promise<number>;

  /** Writes ticket, history, outbox and receipt together, guarded by the version. */
  commitTicket(commit: TicketCommit): Promise<CommitResult>;
  commitDraft(commit: DraftCommit): Promise<CommitResult>;
  /** The outcome of an earlier commit with this receipt key. */
  receipt(key: string): Promise<Receipt | undefined>;

  ticket(number: TicketNumber): Promise<Ticket | undefined>;
  /** The ticket that was made from this draft. */
  ticketOfDraft(draft: string): Promise<Ticket | undefined>;
  /** All events, oldest first. */
  history(number: TicketNumber): Promise<readonly TicketEvent[]>;
  draft(id: string): Promise<Draft | undefined>;
  /** The requester's newest tickets, newest first. */
  ticketsOf(requester: PersonId, limit: number): Promise<readonly Ticket[]>;
  /** The requester's newest draft that is neither withdrawn nor made into a ticket, and that has a card in their chat. */
  pendingDraftOf(requester: PersonId): Promise<Draft | undefined>;

  /** Numbers of tickets whose `dueAt` is not after `now`, soonest first. */
  due(now: Instant, limit: number): Promise<readonly TicketNumber[]>;

  /**
   * Leases deliveries that are ready, in the order they were asked for, until `until`. Nobody else leases them before; who
   * leased or postponed them may lease them again from that moment on, and others at most two minutes later: where machines
   * share a store, their clocks may differ by a minute.
   */
  leaseDeliveries(now: Instant, until: Instant, limit: number): Promise<readonly LeasedDelivery[]>;
  /** Leases all that is ready of this owner, in the order it was asked for. */
  leaseOthers(owner: Owner, now: Instant, until: Instant): Promise<readonly LeasedDelivery[]>;
  /**
   * The delivery has been sent; `post` is where it stands now. False when the lease was lost: an edit asked for
   * meanwhile stays pending, and the post is remembered all the same.
   * What was merged into it is acknowledged with it, or not at all.
   */
  acknowledge(delivery: LeasedDelivery, post: Post | undefined): Promise<boolean>;
  /** Not sent: try again at `notBefore`; at 0 everybody may, at once. `counts` adds to the attempts. */
  postpone(delivery: LeasedDelivery, notBefore: Instant, counts: boolean): Promise<void>;
  /** Never to be sent again by itself; kept for the administrators. */
  fail(delivery: LeasedDelivery, reason: string, at: Instant): Promise<void>;
  failedDeliveries(limit: number): Promise<readonly FailedDelivery[]>;
  /** A failed delivery is sent again, as if it were asked for now. False when it is not among the failed any more. */
  retryFailed(owner: Owner, key: string): Promise<boolean>;
  /** Forgets a failed delivery; a notice stays asked for. False when it is not among the failed any more. */
  discardFailed(owner: Owner, key: string): Promise<boolean>;
  /** Earliest moment at which a pending delivery becomes ready for this instance or its lease ends. */
  nextDeliveryAt(): Promise<Instant | undefined>;
  /** Asks for one more delivery outside a decision, for example to heal an orphaned card. Idempotent by key. */
  enqueue(owner: Owner, delivery: Delivery): Promise<void>;

  /** Cards of a ticket or draft that stand in Teams, by delivery key. */
  posts(owner: Owner): Promise<Readonly<Record<string, Post>>>;
  /** Somebody's press tells where the card of that key stands. */
  keepPost(owner: Owner, key: string, post: Post): Promise<void>;
  /** All cards known under this activity id, in whatever conversation: a form belongs to its draft and to its ticket. */
  cardsAt(activity: string): Promise<readonly StandingCard[]>;
  /** True while a delivery of this ticket or draft waits or is under way: its posts may not be known yet. */
  deliveriesPending(owner: Owner): Promise<boolean>;

  /** What this person left in this form, not older than `FORM_DRAFT_LIFE_MS` at `now`. */
  formDraft(of: FormOf, now: Instant): Promise<FormDraft | undefined>;
  /** Takes the place of an earlier draft of the same form; drafts that are too old by its time are forgotten. */
  keepFormDraft(draft: FormDraft): Promise<void>;
  forgetFormDraft(of: FormOf): Promise<void>;

  profile(person: PersonId): Promise<Profile | undefined>;
  /** Whom the bot has met under this address, capitals of ASCII aside; of several the first by id. */
  profileWithEmail(email: string): Promise<Profile | undefined>;
  saveProfile(profile: Profile): Promise<void>;
  /** Takes the place of what this person chose before; nothing is kept of somebody without a profile. */
  chooseNotices(person: PersonId, choice: NoticeChoice): Promise<void>;
  /** What those of these people chose who have chosen. */
  noticeChoices(people: readonly PersonId[]): Promise<NoticeChoices>;

  close(): Promise<void>;
}

/** Keeps the bytes of attachments, once each. */
export interface AttachmentStore {
  /**
   * Streams the content in. Refuses, leaving nothing behind, when it is longer than `limit` bytes.
   * @param at when: `UNOWNED_FILE_LIFE_MS` later it may be removed, unless something holds it then; without it, it stays
   * @returns the SHA-256 in hex and the size in bytes, or `tooLarge`
   */
  put(
    content: AsyncIterable<Uint8Array>,
    limit: number,
    at?: Instant,
  ): Promise<{ id: string; size: number } | 'tooLarge'>;
  get(id: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /**
   * Looks at contents whose time is over, oldest first, and removes those that no ticket and no draft holds; one that is
   * stored again at that moment stays. What a draft holds is looked at again after the same time, what a ticket holds never.
   * @returns how many were looked at, and how many of them removed
   */
  removeUnowned(now: Instant, limit: number): Promise<{ readonly looked: number; readonly removed: number }>;
}
