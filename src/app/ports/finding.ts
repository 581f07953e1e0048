/** The part of the store that finds and counts tickets (W5, W6), and keeps what people look for. */

import type { PersonId, QueueId, StateKind, Ticket } from '../../domain/ticket.ts';
import type { TicketQuery, Visibility } from '../../domain/ticket-query.ts';

/** Which part of a result is wanted. */
export type PageRequest = {
  /** How many tickets at most; 25 without it. */
  readonly limit?: number;
  /** `next` of the page before. One that no store wrote counts as none. */
  readonly after?: string;
};

export type TicketPage = {
  readonly tickets: readonly Ticket[];
  /** Opaque; for the page that follows. Absent when there is none. */
  readonly next?: string;
};

/** How many open tickets are in that queue and state. */
export type QueueCount = { readonly queue: QueueId; readonly state: StateKind; readonly count: number };

/** Only tickets of this owner, of this responsible. */
export type Whose = Pick<TicketQuery, 'owner' | 'responsible'>;

/** A search that somebody keeps: what it asks for, as `domain/asked.ts` writes it. */
export type SavedSearch = { readonly name: string; readonly asked: string };

export interface Finding {
  /**
   * Tickets that the query finds, newest first: by creation, and those of one moment by the order in which they were
   * written. Pages do not overlap and leave nothing out while tickets come and change, but for tickets that begin or cease
   * to be found meanwhile.
   */
  find(query: TicketQuery, page?: PageRequest): Promise<TicketPage>;
  /** How many tickets the query finds; counting ends at `atMost`. */
  count(query: TicketQuery, atMost: number): Promise<number>;
  /** Open tickets by queue and state, sorted by both; what is empty is left out. */
  countOpen(visibleTo?: Visibility, whose?: Whose): Promise<readonly QueueCount[]>;

  /** What this person has kept, sorted by name. */
  savedSearches(person: PersonId): Promise<readonly SavedSearch[]>;
  /** One that has the same name is replaced. */
  saveSearch(person: PersonId, search: SavedSearch): Promise<void>;
  deleteSearch(person: PersonId, name: string): Promise<void>;
}
