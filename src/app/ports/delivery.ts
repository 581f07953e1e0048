/** What waits to be sent, where it goes, and where what was sent stands. */

import type { DeliveryKind } from '../../domain/delivery-kind.ts';
import type { Instant, PersonId, QueueId, TicketNumber } from '../../domain/ticket.ts';

/** Where something is sent. */
export type Destination =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'channel'; readonly queue: QueueId }
  /** A reply in the thread below the ticket's live card in that queue's channel. */
  | { readonly kind: 'thread'; readonly queue: QueueId };

/** A mailbox outside, reached by e-mail (W9). */
export type OutsideAddress = { readonly kind: 'address'; readonly address: string };

/** Where a `followUp` goes. */
export type AnotherTicket = { readonly kind: 'ticket'; readonly ticket: TicketNumber };

/** One pending notification (the outbox). Its key is deterministic, so deciding twice cannot send twice. */
export type Delivery = {
  /** Unique within its ticket or draft: the slot for live cards, kind, event and recipient for notices. */
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly to: Destination | OutsideAddress | AnotherTicket;
  /** Event (its position in the history, from 1) that the notice speaks of; absent for live cards. */
  readonly event?: number;
  /** Live card to update in place: a card already posted under this key is edited, never posted again. */
  readonly live: boolean;
  /** For `orphanPointer`: the post to turn into a pointer. */
  readonly post?: Post;
  /** When it was asked for, for the figures; of edits that were merged, the first. */
  readonly asked?: Instant;
  /** Whose doing it speaks of: what one person brings about must not keep the others waiting (A9). */
  readonly from?: PersonId;
  /** Notices of one ticket with the same word here that wait for the same reader become one (A9). */
  readonly merges?: string;
};

/** Where a card stands in Teams. The activity is empty where Teams took it without saying under which id, see `posts.ts`. */
export type Post = { readonly conversation: string; readonly activity: string };

/** What a delivery speaks of. The id of an alert's episode is written by `alerts.ts`. */
export type Owner = { readonly kind: 'ticket' | 'draft' | 'alert'; readonly id: string };

export type StandingCard = { readonly owner: Owner; readonly post: Post };

/** A delivery that this instance may send until the lease ends. */
export type LeasedDelivery = Delivery & {
  readonly owner: Owner;
  /** Opaque; must be shown to acknowledge. Changes when the delivery is asked for again or leased again. */
  readonly lease: string;
  /** Earlier attempts that failed. */
  readonly attempts: number;
  /** The card already posted under this key, if any. */
  readonly posted?: Post;
  /** Notices that it says together with its own: acknowledged with it. */
  readonly merged?: readonly LeasedDelivery[];
};

export type FailedDelivery = Delivery & {
  readonly owner: Owner;
  readonly reason: string;
  readonly at: Instant;
};
