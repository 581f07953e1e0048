/** What can be asked of a ticket. Actor, rights and time are filled in by the server, never by a card. */

import type { Reclassification } from './classification.ts';
import type { Actor } from './rights.ts';
import type { Saying } from './sayings.ts';
import type {
  AttachmentRef,
  Instant,
  LinkKind,
  PersonId,
  PersonRef,
  QueueId,
  Request,
  RoutingOutcome,
  Ticket,
  TicketNumber,
  Via,
} from './ticket.ts';

type Envelope = {
  readonly at: Instant;
  readonly actor: Actor;
  readonly via: Via;
  /** Version the person was looking at; absent where nobody was looking (chat messages, timers). */
  readonly seen?: number;
};

/** What happens to the ticket after a reply has gone out. */
export type AfterReply =
  | 'stay'
  | 'waitRequester'
  | 'waitReminder'
  | 'waitAutoClose'
  | 'close'
  | 'closeUnsuccessfully';

/** Minutes of work that an article took (T13), where somebody noted them. */
type WorkTime = { readonly minutes?: number };

/** The other ticket, by the number that was typed and, where there is one, as it stood when this was decided. */
type WithAnother = { readonly to: TicketNumber; readonly other?: Ticket };

type FromAnother = {
  readonly from: TicketNumber;
  /** Who decided it there; absent where nobody did. */
  readonly by?: PersonRef;
};

/** The ticket that a new one comes of: an article was split off it, or it can no longer be reopened (T9). */
export type Origin =
  | { readonly kind: 'splitFrom'; readonly ticket: Ticket; readonly article: number }
  | { readonly kind: 'continues'; readonly ticket: Ticket };

export type Opening = {
  readonly type: 'open';
  readonly number: TicketNumber;
  readonly draft: string;
  readonly request: Request;
  readonly routing: RoutingOutcome;
  readonly origin?: Origin;
  /** What its opener does with it at once (I14), under the rules of that. */
  readonly next?:
    | { readonly type: 'claim' }
    | { readonly type: 'wait'; readonly until: Instant; readonly note: string }
    | { readonly type: 'close'; readonly text: string };
} & WorkTime;

export type Command = Envelope &
  (
    | Opening
    | { readonly type: 'claim' }
    | ({
        readonly type: 'note';
        readonly text: string;
        readonly attachments: readonly AttachmentRef[];
      } & WorkTime)
    | ({
        readonly type: 'reply';
        readonly text: string;
        readonly next: AfterReply;
        /** For the two waits that end at a date. */
        readonly until?: Instant;
      } & WorkTime)
    | ({
        readonly type: 'close';
        readonly text: string;
        /** Closed without a solution (T8). */
        readonly unsuccessfully?: true;
        /** The requester is not told: for exceptions, and only once it has been confirmed. */
        readonly silent?: 'asked' | 'confirmed';
        /** The responsible is asked to look at it again; always so without a solution. */
        readonly review?: true;
      } & WorkTime)
    /** The responsible's answer to the review (T8). */
    | { readonly type: 'review'; readonly text: string }
    /** Until a date and time (T7). */
    | { readonly type: 'wait'; readonly until: Instant; readonly note: string }
    | { readonly type: 'resume' }
    /** A call with the requester (W2). */
    | ({
        readonly type: 'phone';
        readonly direction: 'made' | 'received';
        readonly text: string;
      } & WorkTime)
    /** An article goes to addresses outside, with a word beside it (W9). */
    | ({
        readonly type: 'forward';
        readonly article: number;
        readonly to: readonly string[];
        /** Nobody can guess it: it becomes part of the Message-ID. */
        readonly key: string;
        readonly text: string;
      } & WorkTime)
    /** The answer to that came back by e-mail. */
    | {
        readonly type: 'receiveMail';
        /** Whoever the mail says it is from: nobody has checked. */
        readonly by: PersonRef;
        readonly text: string;
        readonly attachments: readonly AttachmentRef[];
        /** Its Message-ID, or what stands for one: the same mail is taken once. */
        readonly mail: string;
      }
    /** What was forwarded did not arrive: a mail server said so, at once or later. */
    | {
        readonly type: 'mailFailed';
        /** The one that the forwarding made. */
        readonly article: number;
        readonly addresses: readonly string[];
        /** In the server's words, without addresses. */
        readonly reason: string;
      }
    /** The requester did not answer the phone (T14). */
    | ({ readonly type: 'contactFailed'; readonly text: string } & WorkTime)
    | ({ readonly type: 'classify' } & Reclassification)
    | { readonly type: 'assign'; readonly to: PersonId; readonly note: string }
    | { readonly type: 'release' }
    /** Another answers for the ticket (T4). */
    | { readonly type: 'appoint'; readonly to: PersonId }
    /** Somebody else asked for it (T4). */
    | {
        readonly type: 'changeRequester';
        readonly to: PersonRef;
        readonly email?: string;
        readonly phone?: string;
      }
    | { readonly type: 'move'; readonly queue: QueueId; readonly note: string }
    | {
        readonly type: 'requesterMessage';
        readonly text: string;
        readonly attachments: readonly AttachmentRef[];
        /** True when the text says nothing but thanks (T9). */
        readonly thanks: boolean;
        /** Messages in the chat that it is made of. */
        readonly messages?: readonly Saying[];
      }
    /** A message that the ticket has was edited in the chat; of its files those that are new. */
    | {
        readonly type: 'correct';
        readonly message: string;
        readonly text: string;
        readonly attachments: readonly AttachmentRef[];
      }
    /** A message that the ticket has was deleted in the chat, or is there again. */
    | { readonly type: 'deleteMessage'; readonly message: string; readonly restored: boolean }
    /** Two tickets have to do with each other (T11). */
    | ({ readonly type: 'link' } & WithAnother)
    /** The ticket is a duplicate of the other, which goes on for both. */
    | ({ readonly type: 'merge' } & WithAnother)
    /** What a decision on another ticket brings about on this one. */
    | ({ readonly type: 'linkBack'; readonly kind: LinkKind } & FromAnother)
    | ({
        readonly type: 'absorb';
        readonly requesters: readonly PersonRef[];
        readonly watchers: readonly PersonRef[];
      } & FromAnother)
    | { readonly type: 'undoMerge'; readonly from: TicketNumber; readonly asked?: PersonRef }
    /** The requester needs it no longer (W10). */
    | { readonly type: 'withdraw'; readonly text: string }
    /** Once after closing (K2). */
    | { readonly type: 'rate'; readonly stars: number; readonly text: string }
    | { readonly type: 'watch' }
    | { readonly type: 'unwatch' }
    /** An article is shown first, or no longer (T18). */
    | { readonly type: 'mark'; readonly article: number; readonly important: boolean }
    | { readonly type: 'escalate' }
    /** The date of a wait has come. */
    | { readonly type: 'remind' }
    | { readonly type: 'autoClose' }
    /** Nobody has taken it for so long. */
    | { readonly type: 'remindUnclaimed' }
    /** The desk has the ticket's queue no longer (A5). */
    | { readonly type: 'rehome' }
    /** By the desk, who holds the ticket or answers for it has no right to it any more (A1). */
    | { readonly type: 'relieve' }
  );

export type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { readonly type: T }>;
