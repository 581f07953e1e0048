/** A ticket on paper (T18). */

import type { Locale, TicketNumber } from './ticket.ts';

/** Which ticket is printed, how much of it (T18), and in which language. */
export type Printing = {
  readonly number: TicketNumber;
  /** `public`: what the requester may read. `everything`: notes, classification and history as well. */
  readonly scope: 'public' | 'everything';
  readonly locale: Locale;
};
