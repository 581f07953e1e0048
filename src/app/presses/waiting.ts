/** Waiting until a date, and going on, pressed on a card. */

import { calendarFor } from '../../domain/deadlines.ts';
import { isMoment, momentAt, momentOf } from '../../domain/moments.ts';
import type { Instant } from '../../domain/ticket.ts';
import { type Presses, press, type Setting } from './press.ts';

export const WAITING = {
  wait: press<'wait'>({
    command: ({ until = '', date = '', time = '', note = '' }, setting) => ({
      type: 'wait',
      // Who fills in a date means it, whatever still stands in the list beside it; a time without a date says not when.
      until:
        (date + time === '' ? untilOf(until, setting) : momentAt(date, time, setting.desk.timeZone)) ?? 0,
      note,
    }),
    notice: () => 'waiting',
    fields: { dateNotValid: 'date', textTooLong: 'note' },
  }),
  resume: press<'resume'>({ command: () => ({ type: 'resume' }), notice: () => 'resumed' }),
} satisfies Presses;

/** One of the moments that forms offer; undefined for anything else. */
export function untilOf(moment: string, { ticket, desk, calendars, now }: Setting): Instant | undefined {
  if (!isMoment(moment)) return undefined;
  return momentOf(moment, now, desk.timeZone, calendarFor(desk, calendars, ticket));
}
