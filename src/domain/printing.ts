/** A ticket on paper (T18). */

import type { Locale, PersonId, TicketNumber } from './ticket.ts';

/** Which ticket is printed, how much of it (T18), for whom, and in which language. */
export type Printing = {
  readonly number: TicketNumber;
  /** `public`: what the requester may read. `everything`: notes, classification and history as well. */
  readonly scope: 'public' | 'everything';
  /** Whose rights are asked when it is opened. */
  readonly person: PersonId;
  readonly locale: Locale;
};
