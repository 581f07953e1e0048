/** Closing a ticket (T8). */

import { mayWork } from '../rights.ts';
import { checkMinutes, checkText, claimFirst, ownerOnly, type Rules, spent } from './rule.ts';

export const CLOSING: Rules<'close'> = {
  close: {
    action: () => 'close',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (_, { text, minutes }) => checkText(text) ?? checkMinutes(minutes),
    events: (ticket, { text, minutes }) => [
      ...claimFirst(ticket),
      { type: 'closedSuccessfully', text, ...spent(minutes) },
    ],
  },
};
