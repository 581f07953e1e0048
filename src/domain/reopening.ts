/** For how long a closed ticket can still be reopened (T9). */

import type { Desk } from './desk.ts';
import type { Instant, Ticket } from './ticket.ts';
import { DAY_MS } from './units.ts';

/** True for a ticket that is not closed, and for one that was closed no longer ago than the desk lets it be reopened. */
export function withinReach(
  state: Ticket['state'],
  { reopenDays }: Pick<Desk, 'reopenDays'>,
  now: Instant,
): boolean {
  return !('at' in state) || now - state.at <= reopenDays * DAY_MS;
}
