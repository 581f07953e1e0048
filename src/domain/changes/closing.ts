/** Closing, looking at it again, and reopening. */

import { meetClock } from '../deadlines.ts';
import type { Instant, Ticket } from '../ticket.ts';
import { type Changes, heard, unlocked, withArticle } from './change.ts';
import { restarted } from './clocks.ts';

export const CLOSING: Changes<
  | 'withdrawn'
  | 'rated'
  | 'closedSuccessfully'
  | 'closedUnsuccessfully'
  | 'autoClosed'
  | 'reviewAsked'
  | 'reviewed'
  | 'reopened'
> = {
  closedSuccessfully: (ticket, event) => ({
    ...finished(withArticle(ticket, event.silent ? 'note' : 'reply', event), event.at),
    state: { kind: 'closedSuccessfully', at: event.at },
  }),
  closedUnsuccessfully: (ticket, event) => ({
    ...finished(
      event.text === '' ? ticket : withArticle(ticket, event.silent ? 'note' : 'reply', event),
      event.at,
    ),
    state: { kind: 'closedUnsuccessfully', at: event.at },
  }),
  autoClosed: (ticket, { at }) => ({
    ...finished(ticket, at),
    state: { kind: 'closedSuccessfully', at },
  }),
  withdrawn: (ticket, event) => ({
    ...finished(event.text === '' ? ticket : withArticle(ticket, 'requesterMessage', event), event.at),
    state: { kind: 'closedUnsuccessfully', at: event.at },
  }),
  rated: (ticket, { stars, text }) => ({ ...ticket, rating: { stars, text } }),
  reviewAsked: (ticket) => ({ ...ticket, review: 'asked' }),
  reviewed: (ticket, event) => ({ ...withArticle(ticket, 'note', event), review: 'done' }),
  reopened: ({ rating: _, ...ticket }, { at }) => ({
    ...heard(ticket),
    freeSince: at,
    state: { kind: 'open' },
    // The first response was given long ago; what is promised anew is a solution.
    deadlines: ticket.deadlines.map((clock) =>
      clock.kind === 'firstResponse' ? clock : restarted(clock, at),
    ),
  }),
};

function finished(ticket: Ticket, at: Instant): Ticket {
  return { ...unlocked(ticket), deadlines: ticket.deadlines.map((clock) => meetClock(clock, at)) };
}
