/** What events do to the clocks of a ticket's deadlines. */

import { meetClock } from '../deadlines.ts';
import type { DeadlineClock, Instant } from '../ticket.ts';

export function afterReply(clock: DeadlineClock, at: Instant): DeadlineClock {
  if (clock.kind === 'firstResponse') return meetClock(clock, at);
  if (clock.kind !== 'update' || clock.metAt !== undefined) return clock;
  // A reply while the ticket waits for the requester leaves the clock paused, with nothing used.
  return clock.runningSince === undefined ? { ...clock, usedMs: 0, fired: [] } : restarted(clock, at);
}

export function stopped(clock: DeadlineClock, usedMs: number): DeadlineClock {
  const { runningSince: _, ...rest } = clock;
  return { ...rest, usedMs };
}

export function restarted(clock: DeadlineClock, at: Instant): DeadlineClock {
  const { metAt: _, ...rest } = clock;
  return { ...rest, usedMs: 0, runningSince: at, fired: [] };
}
