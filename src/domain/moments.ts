/** The moments that people mean when they say until when something waits (T7), in the desk's time zone. */

import { DateTime } from 'luxon';
import type { WorkingCalendar } from './calendar.ts';
import { dayWritten, timeWritten } from './days.ts';
import type { Instant } from './ticket.ts';

export const MOMENTS = ['tomorrow', 'monday', 'threeDays', 'fiveDays', 'tenDays'] as const;
export type Moment = (typeof MOMENTS)[number];

export function isMoment(word: string | undefined): word is Moment {
  return MOMENTS.some((moment) => moment === word);
}

const WORKING_DAYS = { threeDays: 3, fiveDays: 5, tenDays: 10 } as const;
const HOUR_OF_DAY = 9;
/** A calendar that does not open for so long has no next working day. */
const PATIENCE_DAYS = 400;

/** Nine o'clock on tomorrow, next Monday, or the nth working day of the calendar after today. */
export function momentOf(moment: Moment, now: Instant, timeZone: string, calendar: WorkingCalendar): Instant {
  const today = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const nine = (day: DateTime) => day.set({ hour: HOUR_OF_DAY }).toMillis();
  if (moment === 'tomorrow') return nine(today.plus({ days: 1 }));
  if (moment === 'monday') return nine(today.plus({ days: 8 - today.weekday }));
  let left: number = WORKING_DAYS[moment];
  let day = today;
  for (let looked = 0; left > 0 && looked < PATIENCE_DAYS; looked++) {
    day = day.plus({ days: 1 });
    if (calendar.workingTimeBetween(day.toMillis(), day.plus({ days: 1 }).toMillis()) > 0) left--;
  }
  return nine(day);
}

/**
 * @param date as a person or a client writes it: see `dayWritten`
 * @param time the same, see `timeWritten`; nine o'clock where it is empty
 * @returns undefined for what is no date or no time
 */
export function momentAt(date: string, time: string, timeZone: string): Instant | undefined {
  const day = dayWritten(date);
  const hour = time.trim() === '' ? '09:00' : timeWritten(time);
  if (day === undefined || hour === undefined) return undefined;
  const at = DateTime.fromISO(`${day}T${hour}`, { zone: timeZone });
  return at.isValid ? at.toMillis() : undefined;
}
