/** The part of the store that looks after what waits: for the figures, and when the desk has changed. */

import type { Draft } from '../../domain/draft.ts';
import type { Instant, TicketNumber } from '../../domain/ticket.ts';

/** What waits to be done. */
export type Backlog = {
  /** Deliveries that wait or are under way. */
  readonly waiting: number;
  /** Deliveries that were given up and are kept for the administrators. */
  readonly failed: number;
  /** When the oldest that waits was asked for; absent where none waits or nobody wrote it down. */
  readonly oldest?: Instant;
  /** The soonest `dueAt`, be it past or to come; absent for none. */
  readonly firstDue?: Instant;
};

export interface Upkeep {
  /** Takes longer the more waits, however much is done with. */
  backlog(): Promise<Backlog>;
  /** The `dueAt` of each of these tickets that has one. */
  dueMoments(numbers: readonly TicketNumber[]): Promise<ReadonlyMap<TicketNumber, Instant>>;
  /** Drafts last written to not after `until` that are neither withdrawn nor made into a ticket, oldest first. */
  unsentDrafts(until: Instant, limit: number): Promise<readonly Draft[]>;
}
