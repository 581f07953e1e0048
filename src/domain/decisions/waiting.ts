/** Waiting until a date, and going on (T7). */

import type { Refusal } from '../refusals.ts';
import { mayWork } from '../rights.ts';
import type { Instant } from '../ticket.ts';
import { checkText, claimFirst, ownerOnly, type Rules } from './rule.ts';

const YEAR_MS = 366 * 86_400_000;

export const WAITING: Rules<'wait' | 'resume'> = {
  wait: {
    action: () => 'wait',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (_, { until, note, at }) => checkUntil(until, at) ?? checkText(note, true),
    events: (ticket, { until, note }) => [
      ...claimFirst(ticket),
      { type: 'waitSet', until, note: note.trim() },
    ],
  },
  resume: {
    action: () => 'resume',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    events: () => [{ type: 'resumed' }],
  },
};

/** A wait ends later than now, and within a year. */
export function checkUntil(until: Instant | undefined, at: Instant): Refusal | undefined {
  return until !== undefined && until > at && until - at <= YEAR_MS ? undefined : { code: 'dateNotValid' };
}
