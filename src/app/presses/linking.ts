/** Linking a ticket with another, and merging it into one, pressed on a card. */

import { findTicketNumbers } from '../../domain/number.ts';
import { type Presses, press } from './press.ts';

const ABOUT_THE_OTHER = {
  unknownTicket: 'other',
  sameTicket: 'other',
  alreadyLinked: 'other',
  otherClosed: 'other',
  mergedInto: 'other',
} as const;

export const LINKING = {
  link: press<'link'>({
    command: ({ other }) => ({ type: 'link', to: numberIn(other) }),
    notice: () => 'linked',
    form: 'join',
    fields: ABOUT_THE_OTHER,
  }),
  merge: press<'merge'>({
    command: ({ other }) => ({ type: 'merge', to: numberIn(other) }),
    notice: () => 'mergedDone',
    form: 'join',
    fields: ABOUT_THE_OTHER,
  }),
} satisfies Presses;

/** Whatever stands around it: numbers are copied from cards and subjects. */
function numberIn(other = ''): string {
  return findTicketNumbers(other)[0] ?? other.trim();
}
