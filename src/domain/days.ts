/** Days as people type them. */

import { DateTime } from 'luxon';
import type { Instant } from './ticket.ts';

/** Italian and English order alike: day, month, year; and what a date picker sends. */
const FORMATS = ['d/M/yyyy', 'd/M/yy', 'd.M.yyyy', 'd-M-yyyy', 'yyyy-MM-dd'];

/** The first moment of a day and of the one that follows it. */
export type DaySpan = { readonly from: Instant; readonly before: Instant };

/**
 * @param timeZone IANA name
 * @returns undefined where that is no day
 */
export function dayTyped(text: string, timeZone: string): DaySpan | undefined {
  for (const format of FORMATS) {
    const day = DateTime.fromFormat(text.trim(), format, { zone: timeZone }).startOf('day');
    if (day.isValid) return { from: day.toMillis(), before: day.plus({ days: 1 }).toMillis() };
  }
  return undefined;
}
