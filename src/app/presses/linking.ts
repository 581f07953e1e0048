/** Linking a ticket with another, and merging it into one, pressed on a card. */

import { findTicketNumbers } from '../../domain/number.ts';
import { type Presses, press } from './press.ts';

export const LINKING: Presses = {
  join: press<'link' | 'merge'>({
    command: ({ other = '', how = 'link' }) => {
      // Whatever stands around it: numbers are copied from cards and subjects.
      const to = findTicketNumbers(other)[0] ?? other.trim();
      return how === 'link' || how === 'merge' ? { type: how, to } : undefined;
    },
    notice: ({ type }) => (type === 'merge' ? 'mergedDone' : 'linked'),
    fields: {
      unknownTicket: 'other',
      sameTicket: 'other',
      alreadyLinked: 'other',
      otherClosed: 'other',
      mergedInto: 'other',
    },
  }),
};
