/** Taking a ticket, writing on it, sorting it. */

import { startClocks } from '../deadlines.ts';
import type { DeadlineClock, Ticket } from '../ticket.ts';
import { type Changes, heard, lockedBy, withArticle, workedOn } from './change.ts';
import { afterReply } from './clocks.ts';

export const WORKING: Changes<'claimed' | 'noted' | 'replied' | 'classified' | 'phoned' | 'contactFailed'> = {
  claimed: (ticket, { by, at }) => ({
    ...lockedBy(ticket, by ?? ticket.owner, at),
    state: workedOn(ticket.state),
  }),
  noted: (ticket, event) => withArticle(ticket, 'note', event),
  replied: (ticket, event) => ({
    ...withArticle(ticket, 'reply', event),
    deadlines: ticket.deadlines.map((clock) => afterReply(clock, event.at)),
  }),
  // Somebody spoke with the requester: as good as a reply.
  phoned: (ticket, event) => ({
    ...heard(withArticle(ticket, event.direction === 'made' ? 'phoneMade' : 'phoneReceived', event)),
    deadlines: ticket.deadlines.map((clock) => afterReply(clock, event.at)),
  }),
  contactFailed: (ticket, event) => ({
    ...withArticle(ticket, 'phoneMade', event),
    failedContacts: event.attempt,
  }),
  classified: (ticket, { to: { ticketType: type, ...to }, deadlines, at }) => ({
    ...unsorted(ticket),
    ...to,
    type,
    deadlines: deadlines.map((allowance) => {
      const clock = ticket.deadlines.find(({ kind }) => kind === allowance.kind);
      return clock
        ? { ...clock, allowedMs: allowance.allowedMs }
        : (startClocks([allowance], at)[0] as DeadlineClock);
    }),
  }),
};

/** Without what a classification may leave out. */
function unsorted({ agreement: _a, agreementChosen: _c, impact: _i, ...ticket }: Ticket): Ticket {
  return ticket;
}
