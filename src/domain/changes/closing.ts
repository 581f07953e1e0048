/** Closing and reopening. */

import { meetClock } from '../deadlines.ts';
import { type Changes, unlocked, withArticle } from './change.ts';
import { restarted } from './clocks.ts';

export const CLOSING: Changes<'closedSuccessfully' | 'reopened'> = {
  closedSuccessfully: (ticket, event) => ({
    ...unlocked(withArticle(ticket, 'reply', event)),
    state: { kind: 'closedSuccessfully', at: event.at },
    deadlines: ticket.deadlines.map((clock) => meetClock(clock, event.at)),
  }),
  reopened: (ticket, { at }) => ({
    ...ticket,
    state: { kind: 'open' },
    // The first response was given long ago; what is promised anew is a solution.
    deadlines: ticket.deadlines.map((clock) =>
      clock.kind === 'firstResponse' ? clock : restarted(clock, at),
    ),
  }),
};
