/** The ticket changes hands. */

import { type Changes, lockedBy, withArticle, workedOn } from './change.ts';

export const PASSING: Changes<'assigned'> = {
  assigned: (ticket, event) => ({
    ...withArticle(lockedBy(ticket, event.to, event.at), 'note', { ...event, text: event.note }),
    state: ticket.state.kind.startsWith('waiting') ? ticket.state : workedOn(ticket.state),
  }),
};
