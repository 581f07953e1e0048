/** Several tickets of one page of a list, changed with one press (T16). Each is decided by itself, by the ordinary rules. */

import { isOpenTo } from './decide.ts';
import { isTicketNumber } from './number.ts';
import type { Actor } from './rights.ts';
import type { Ticket, TicketNumber } from './ticket.ts';

export const BULK_ACTIONS = ['classify', 'assign', 'move', 'close'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

export function isBulkAction(word: string | undefined): word is BulkAction {
  return BULK_ACTIONS.some((action) => action === word);
}

/** A ticket that somebody ticked, and the version that the list showed. */
export type Picked = { readonly number: TicketNumber; readonly seen: number };

/** As a box of the list carries it. */
export function writePicked({ number, version }: Pick<Ticket, 'number' | 'version'>): string {
  return `${number}-${version}`;
}

/** Reads the boxes that were ticked, with commas between them, each ticket once; what no box says is passed over. */
export function readPicked(line: string, limit: number): Picked[] {
  const picked = new Map<TicketNumber, Picked>();
  for (const box of line.slice(0, 10_000).split(',')) {
    const [number = '', seen = ''] = box.split('-');
    if (isTicketNumber(number) && /^\d{1,9}$/.test(seen)) picked.set(number, { number, seen: Number(seen) });
  }
  return [...picked.values()].slice(0, limit);
}

/** What this person could do to at least one of them, never more than `decide` would let them. */
export function bulkActionsFor(tickets: readonly Ticket[], actor: Actor): BulkAction[] {
  return BULK_ACTIONS.filter((action) => tickets.some((ticket) => isOpenTo(ticket, actor, action, action)));
}
