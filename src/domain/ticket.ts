/** What a ticket is: the state that `evolve` builds from events and that `decide` reads. Pure data, JSON-safe. */

import type { DeadlineKind, Impact, Priority, TicketType } from './desk.ts';
import type { Saying } from './sayings.ts';

/** A moment, in milliseconds since 1970-01-01T00:00Z. The domain never asks for the time: it arrives in commands. */
export type Instant = number;

/** The Entra object id of a person (a GUID in lower case). Requesters need not be known to the desk. */
export type PersonId = string;
export type QueueId = string;
export type ServiceId = string;
export type OrganisationId = string;
export type AgreementId = string;

/** Date, system id, counter of the day and check digit, as T1 defines it. */
export type TicketNumber = string;

/** Through which channel something reached the ticket (T10). */
export type Via = 'chat' | 'queueChannel' | 'message' | 'phone' | 'mail' | 'timer';

export type Locale = 'it' | 'en';

/** Every state of requirement T2. Which command leads from which to which stands in `transitions.ts`. */
export type TicketState =
  | { readonly kind: 'new' }
  | { readonly kind: 'open' }
  | { readonly kind: 'inProgress' }
  | {
      readonly kind: 'waitingReminder';
      readonly until: Instant;
      readonly setBy: PersonId;
      /** The date has come, and who set it has been told. */
      readonly reminded?: true;
    }
  | { readonly kind: 'waitingRequester'; readonly since: Instant }
  | { readonly kind: 'waitingAutoClose'; readonly until: Instant }
  | { readonly kind: 'closedSuccessfully'; readonly at: Instant }
  | { readonly kind: 'closedUnsuccessfully'; readonly at: Instant }
  | { readonly kind: 'merged'; readonly into: TicketNumber; readonly at: Instant };

export type StateKind = TicketState['kind'];

export type PersonRef = { readonly id: PersonId; readonly name: string };

/** One file on an article. The content is stored once under `id`, the SHA-256 of its bytes in hex. */
export type AttachmentRef = {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
};

/**
 * `phoneMade` and `phoneReceived` are an agent's record of a call with the requester (W2), as internal as a note;
 * `phoneRequest` is the call with which it began (I14), what the requester asked for. `mailSent` is an article that was
 * forwarded to addresses outside, `mailReceived` what came back from there (W9): the desk's business, not the requester's.
 */
export type ArticleKind =
  | 'request'
  | 'phoneRequest'
  | 'reply'
  | 'note'
  | 'requesterMessage'
  | 'phoneMade'
  | 'phoneReceived'
  | 'mailSent'
  | 'mailReceived';

/** One message on a ticket. */
export type Article = {
  /** Position of the event that brought it, so it is unique on its ticket and grows. */
  readonly id: number;
  readonly kind: ArticleKind;
  readonly at: Instant;
  readonly by: PersonRef;
  readonly text: string;
  readonly attachments: readonly AttachmentRef[];
  /** Minutes of work noted with it (T13). */
  readonly minutes?: number;
  /** Shown before the others (T18). */
  readonly important?: true;
  /** Of a `mailSent`: the article that went out with it, and to which addresses. */
  readonly forwarded?: { readonly article: number; readonly to: readonly string[]; readonly key?: string };
  /** Of a `mailReceived`: its Message-ID, or what stands for one, so that it is taken once. */
  readonly mail?: string;
  /** Messages in the chat that it was made of; absent where there were none. */
  readonly messages?: readonly Saying[];
  /** Of a `requesterMessage`: the message that was edited, and now says this. */
  readonly corrects?: string;
};

const INTERNAL: ReadonlySet<string> = new Set<ArticleKind>([
  'note',
  'phoneMade',
  'phoneReceived',
  'mailSent',
  'mailReceived',
]);

/** Whether the requester may read the article. */
export function isPublic({ kind }: { readonly kind?: string }): boolean {
  return kind === undefined || !INTERNAL.has(kind);
}

/** Minutes of work noted on the whole ticket (T13). */
export function minutesOf({ articles }: Pick<Ticket, 'articles'>): number {
  return articles.reduce((sum, { minutes = 0 }) => sum + minutes, 0);
}

/**
 * What another ticket is to this one. `duplicate`: it was merged into this one. `splitFrom`, `continues`: this one came
 * of it, out of an article that was about something else, or because it had been closed for too long (T9).
 */
export type LinkKind = 'related' | 'duplicate' | 'splitInto' | 'splitFrom' | 'continues' | 'continuedBy';

export type TicketLink = { readonly number: TicketNumber; readonly kind: LinkKind };

/** A range of the day in the desk's time zone, minutes from midnight, `from < to`. */
export type TimeRange = { readonly from: number; readonly to: number };

export type Contact = {
  readonly name: string;
  /** Empty where nobody asked the caller for it (I14). */
  readonly phone: string;
  readonly email?: string;
  /** When the requester can be reached; empty means any time. */
  readonly availability: readonly TimeRange[];
};

/** How a request came in that its requester did not write to the bot: from a message of theirs, or by phone. */
export type Arrival = { readonly kind: 'message'; readonly link?: string } | { readonly kind: 'phone' };

/** What a requester asked for, complete and checked: the outcome of the intake form. */
export type Request = {
  readonly requester: PersonRef;
  readonly locale: Locale;
  readonly organisation?: OrganisationId;
  readonly contact: Contact;
  readonly subject: string;
  readonly text: string;
  readonly type: TicketType;
  /** Empty where the agent who took the call named none (I14). */
  readonly service: ServiceId;
  /** Answers to the service's extra fields, by field id. */
  readonly fields: Readonly<Record<string, string>>;
  /** True when the requester accepted that this chargeable request will be charged (I4). */
  readonly chargeAccepted: boolean;
  readonly attachments: readonly AttachmentRef[];
  readonly arrival?: Arrival;
  /** Messages in the chat that it was made of; absent where there were none. */
  readonly messages?: readonly Saying[];
};

/** Why a ticket is where it is (R5): the rule's id, or none, and each condition that held, with what it met. */
export type RoutingReason = {
  /** Absent when no rule matched and the ticket went to the raw queue (R2). */
  readonly rule?: string;
  readonly because: readonly {
    readonly condition:
      | 'service'
      | 'type'
      | 'organisation'
      | 'area'
      | 'words'
      | 'domain'
      | 'always'
      | 'serviceQueue'
      /** An agent chose the queue (I14). */
      | 'chosen';
    readonly value: string;
  }[];
};

export type RoutingOutcome = {
  readonly queue: QueueId;
  readonly responsible?: PersonRef;
  readonly owner?: PersonRef;
  readonly priority?: Priority;
  readonly reason: RoutingReason;
};

/**
 * One running promise of time (D2). Working time used up before `runningSince` is in `usedMs`, so that a pause keeps
 * what was used; a clock that is neither running nor met is paused.
 */
export type DeadlineClock = {
  readonly kind: DeadlineKind;
  /** Working time allowed, in milliseconds. */
  readonly allowedMs: number;
  /** Working time used before `runningSince`, in milliseconds. */
  readonly usedMs: number;
  readonly runningSince?: Instant;
  readonly metAt?: Instant;
  /** Ids of the escalation levels that have fired: each fires once per deadline (D3). */
  readonly fired: readonly string[];
};

export type Ticket = {
  readonly number: TicketNumber;
  /** Number of events so far. What a card carries as "version seen". */
  readonly version: number;
  /** Id of the draft that this ticket was made from: a draft becomes a ticket once. */
  readonly draft: string;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly state: TicketState;
  /** While locked, only the owner changes the ticket (T3). */
  readonly locked: boolean;
  readonly lockedAt?: Instant;
  readonly requester: PersonRef;
  /** Whose it was before (T4), who opened it first; absent where it always was the requester’s. */
  readonly formerRequesters?: readonly PersonRef[];
  readonly locale: Locale;
  readonly organisation?: OrganisationId;
  readonly contact: Contact;
  readonly subject: string;
  readonly type: TicketType;
  readonly service: ServiceId;
  readonly fields: Readonly<Record<string, string>>;
  readonly chargeAccepted: boolean;
  readonly arrival?: Arrival;
  readonly queue: QueueId;
  /** The queue that it was routed to when it was opened. */
  readonly createdIn: QueueId;
  /** Queues that it was moved away from, each once; absent where it never was. */
  readonly formerQueues?: readonly QueueId[];
  readonly owner?: PersonRef;
  readonly responsible?: PersonRef;
  readonly priority: Priority;
  /** Absent: none. */
  readonly agreement?: AgreementId;
  /** An agent chose the agreement, or that there be none; absent where it follows the service. */
  readonly agreementChosen?: true;
  /** Absent for 3, normal: see `impactOf`. */
  readonly impact?: Impact;
  readonly routing: RoutingReason;
  readonly articles: readonly Article[];
  readonly deadlines: readonly DeadlineClock[];
  /** Other tickets that have to do with it (T11), in the order in which they were linked. */
  readonly links?: readonly TicketLink[];
  /** Requesters of the duplicates that were merged into it: they are told what its requester is told, and may write. */
  readonly alsoRequesters?: readonly PersonRef[];
  /** Failed attempts to reach the requester since they were last heard (T14); absent for none. */
  readonly failedContacts?: number;
  /** What the requester thought of how it ended (K2): stars from 1 to 5. */
  readonly rating?: { readonly stars: number; readonly text: string };
  /** Since when nobody has held it, where that is not since it was opened; and when its queue was reminded of it. */
  readonly freeSince?: Instant;
  readonly unclaimedTold?: Instant;
  /** A review by who answers for it (T8): asked for, or given. */
  readonly review?: 'asked' | 'done';
  /** Who follows it without holding it (T12), in the order in which they began. */
  readonly watchers?: readonly PersonRef[];
};

export function isClosed(state: { readonly kind: StateKind }): boolean {
  return (
    state.kind === 'closedSuccessfully' || state.kind === 'closedUnsuccessfully' || state.kind === 'merged'
  );
}
