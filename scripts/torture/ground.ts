/** The store that the bot stands on: where it is, what it holds, and what of it can be killed. */

import type { Delivery } from '../../src/app/ports/delivery.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { Ticket } from '../../src/domain/ticket.ts';

export type Ground = {
  /** As `STORE_URL` names it. */
  readonly url: string;
  /** What the store holds, read past the bot's own code. */
  read(): Promise<Snapshot>;
  /** Lets time pass for the leases that killed bots have left behind, by ending them. */
  endLeases(): Promise<void>;
  /** Absent where the store has no process of its own. */
  readonly server?: GroundServer;
  close(): Promise<void>;
};

export type GroundServer = {
  /** The processes that it consists of. Each may be killed. */
  readonly pids: () => readonly number[];
  /** Sends SIGKILL to these, now. What they had started ends by itself, or before the next start. */
  kill(pids: readonly number[]): void;
  /** Starts it again, under the same address and with the same data, after some of them were killed. */
  restart(): Promise<void>;
};

export type Snapshot = {
  /** By number. */
  readonly tickets: ReadonlyMap<string, Ticket>;
  /** Oldest first, by number. */
  readonly histories: ReadonlyMap<string, readonly TicketEvent[]>;
  /** Activities of the cards that the bot knows to stand in Teams, with owner and key. */
  readonly posts: ReadonlyMap<string, { readonly owner: string; readonly key: string }>;
  /** Deliveries that wait. */
  readonly pending: readonly PendingDelivery[];
  readonly failed: readonly string[];
  /** What the store itself finds wrong; `ok` when nothing. */
  readonly integrity: string;
};

export type PendingDelivery = Delivery & {
  readonly owner: string;
  /** It was under way when the snapshot was taken, or an attempt to send it has failed. */
  readonly begun: boolean;
};
