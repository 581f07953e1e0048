/** Calls with the requester (W2), and those that nobody answered (T14). */

import type { Desk } from '../desk.ts';
import { mayWork } from '../rights.ts';
import type { Ticket } from '../ticket.ts';
import { checkMinutes, checkText, ownerOnly, type Rules, spent } from './rule.ts';

export const PHONE: Rules<'phone' | 'contactFailed'> = {
  phone: {
    action: () => 'phone',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    adds: true,
    content: (_, { text, minutes }) => checkText(text) ?? checkMinutes(minutes),
    events: (_, { direction, text, minutes }) => [{ type: 'phoned', direction, text, ...spent(minutes) }],
  },
  contactFailed: {
    action: (_, ticket, desk) => (isLast(ticket, desk) ? 'lastContactFailed' : 'contactFailed'),
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    // The last one closes the ticket.
    adds: (_, ticket, desk) => !isLast(ticket, desk),
    content: (_, { text, minutes }) => checkText(text, true) ?? checkMinutes(minutes),
    events: (ticket, { text, minutes }, { desk }) => {
      const attempt = attemptsOf(ticket) + 1;
      return [
        { type: 'contactFailed', text: text.trim(), attempt, ...spent(minutes) },
        // Why it could not be solved is known: nobody has to be asked for a review.
        ...(isLast(ticket, desk)
          ? [{ type: 'closedUnsuccessfully' as const, text: '', attempts: attempt }]
          : []),
      ];
    },
  },
};

function attemptsOf({ failedContacts = 0 }: Ticket): number {
  return failedContacts;
}

function isLast(ticket: Ticket, { contactAttempts }: Desk): boolean {
  return attemptsOf(ticket) + 1 >= contactAttempts;
}
