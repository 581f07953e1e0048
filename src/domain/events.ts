/** What happened to a ticket. The list of these, in order, is its history (T10): append-only, never rewritten. */

import type { Classification } from './classification.ts';
import type { DeadlineKind } from './desk.ts';
import type { Saying } from './sayings.ts';
import type {
  AgreementId,
  AttachmentRef,
  Contact,
  Instant,
  OrganisationId,
  PersonRef,
  QueueId,
  Request,
  RoutingOutcome,
  TicketLink,
  TicketNumber,
  Via,
} from './ticket.ts';

type Envelope = {
  readonly at: Instant;
  /** Absent when the timer did it. */
  readonly by?: PersonRef;
  readonly via: Via;
};

/** Minutes of work noted with an article (T13). */
type WorkTime = { readonly minutes?: number };

export type EventBody =
  | ({
      readonly type: 'opened';
      readonly number: TicketNumber;
      readonly draft: string;
      readonly request: Request;
      readonly routing: RoutingOutcome;
      /** The service’s; absent for none. */
      readonly agreement?: AgreementId;
      /** Working time allowed for each deadline, in milliseconds, as the policy stood then. */
      readonly deadlines: readonly { readonly kind: DeadlineKind; readonly allowedMs: number }[];
      /** The ticket that it comes of. */
      readonly origin?: TicketLink;
    } & WorkTime)
  | { readonly type: 'claimed' }
  | ({
      readonly type: 'noted';
      readonly text: string;
      readonly attachments: readonly AttachmentRef[];
    } & WorkTime)
  | ({ readonly type: 'replied'; readonly text: string } & WorkTime)
  | {
      readonly type: 'waitedForRequester';
      /** Working time used up so far by each deadline that this pauses, in milliseconds. */
      readonly used: readonly { readonly kind: DeadlineKind; readonly usedMs: number }[];
    }
  | ({ readonly type: 'closedSuccessfully'; readonly text: string; readonly silent?: true } & WorkTime)
  | ({
      readonly type: 'closedUnsuccessfully';
      /** Empty where the requester could not be reached. */
      readonly text: string;
      readonly silent?: true;
      /** Failed attempts to reach the requester, where they are the reason. */
      readonly attempts?: number;
    } & WorkTime)
  /** Nobody objected before the date. */
  | { readonly type: 'autoClosed' }
  | { readonly type: 'reviewAsked'; readonly of: readonly PersonRef[]; readonly unsuccessfully: boolean }
  | { readonly type: 'reviewed'; readonly text: string }
  | { readonly type: 'waitSet'; readonly until: Instant; readonly note: string }
  | ({
      readonly type: 'autoCloseSet';
      readonly until: Instant;
      readonly text: string;
      /** Working time used up so far by each deadline that this pauses, in milliseconds. */
      readonly used: readonly { readonly kind: DeadlineKind; readonly usedMs: number }[];
    } & WorkTime)
  /** The date of the wait has come; who set it is told. */
  | { readonly type: 'reminded'; readonly to: PersonRef }
  | { readonly type: 'resumed' }
  | { readonly type: 'withdrawn'; readonly text: string }
  | { readonly type: 'rated'; readonly stars: number; readonly text: string }
  | { readonly type: 'unclaimedReminded'; readonly to: readonly PersonRef[] }
  | ({
      readonly type: 'phoned';
      readonly direction: 'made' | 'received';
      readonly text: string;
    } & WorkTime)
  | ({
      readonly type: 'forwarded';
      readonly article: number;
      readonly to: readonly string[];
      /** Part of the Message-ID that nobody can guess; absent from what went out before there was one. */
      readonly key?: string;
      /** Empty where nothing was written beside it. */
      readonly text: string;
    } & WorkTime)
  | {
      readonly type: 'mailReceived';
      readonly text: string;
      readonly attachments: readonly AttachmentRef[];
      readonly mail: string;
    }
  /** `article`: the one that the forwarding made; `tells`: who had forwarded it. */
  | {
      readonly type: 'mailFailed';
      readonly article: number;
      readonly addresses: readonly string[];
      readonly tells: PersonRef;
      readonly reason: string;
    }
  | ({ readonly type: 'contactFailed'; readonly text: string; readonly attempt: number } & WorkTime)
  | {
      readonly type: 'classified';
      readonly from: Classification;
      readonly to: Classification;
      /** Deadlines whose allowance changes with the new classification. */
      readonly deadlines: readonly { readonly kind: DeadlineKind; readonly allowedMs: number }[];
    }
  /** Nobody holds it any more. */
  /** `left`: the desk gives who held it no right in this queue any more. */
  | { readonly type: 'released'; readonly from: PersonRef; readonly because: 'byHand' | 'moved' | 'left' }
  | { readonly type: 'responsibleChanged'; readonly from?: PersonRef; readonly to: PersonRef }
  | {
      readonly type: 'requesterChanged';
      readonly from: PersonRef;
      readonly to: PersonRef;
      readonly contact: Contact;
      /** Absent where it stays what it was. */
      readonly organisation?: OrganisationId;
    }
  | {
      readonly type: 'moved';
      readonly from: QueueId;
      readonly to: QueueId;
      /** Empty where none was written. */
      readonly note: string;
      /** Who answers for it there. */
      readonly responsible?: PersonRef;
      /** Working time that the new queue's policy allows, in milliseconds. */
      readonly deadlines: readonly { readonly kind: DeadlineKind; readonly allowedMs: number }[];
      /** Working time that the running deadlines had used by the old queue's calendar, in milliseconds. */
      readonly used: readonly { readonly kind: DeadlineKind; readonly usedMs: number }[];
      /** Nobody moved it: the desk had its queue no longer (A5). */
      readonly because?: 'queueGone';
    }
  | { readonly type: 'assigned'; readonly from?: PersonRef; readonly to: PersonRef; readonly note: string }
  | {
      readonly type: 'requesterWrote';
      readonly text: string;
      readonly attachments: readonly AttachmentRef[];
      readonly messages?: readonly Saying[];
      /** They edited this message, which now says so. */
      readonly corrects?: string;
    }
  /** `article`: the one that was made of the message, and stays. `restored`: the message is there again. */
  | {
      readonly type: 'messageDeleted';
      readonly message: string;
      readonly article: number;
      readonly restored?: true;
    }
  /** The requester's message ended the wait; paused deadlines run on from here. */
  | { readonly type: 'waitEnded' }
  | { readonly type: 'reopened' }
  /** `asked`: here it was asked for, and the other ticket must be linked back. */
  | ({ readonly type: 'linked'; readonly asked: boolean } & TicketLink)
  /** It was a duplicate: the other goes on for both. */
  | { readonly type: 'merged'; readonly into: TicketNumber }
  /** A duplicate was merged into it, with those who asked there and those who followed there. */
  | {
      readonly type: 'absorbed';
      readonly from: TicketNumber;
      readonly requesters: readonly PersonRef[];
      readonly watchers: readonly PersonRef[];
    }
  /** The other ticket had itself been merged at that moment. */
  | { readonly type: 'mergeUndone'; readonly into: TicketNumber; readonly asked?: PersonRef }
  /** Who did it follows the ticket from now on, or no longer. */
  | { readonly type: 'watched' }
  | { readonly type: 'unwatched' }
  | { readonly type: 'marked'; readonly article: number; readonly important: boolean }
  | {
      readonly type: 'escalated';
      readonly deadline: DeadlineKind;
      readonly level: string;
      /** Share of the allowed time at which the level fires; 1 or more is a breach. */
      readonly share: number;
      /** Whom the level pings, resolved when it fired. */
      readonly notified: readonly PersonRef[];
    };

export type TicketEvent = Envelope & EventBody;
export type EventType = TicketEvent['type'];
export type EventOf<T extends EventType> = Extract<TicketEvent, { readonly type: T }>;
