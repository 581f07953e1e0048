/** Days and times as people type them, and as the clients of Teams write them in the language of the device. */

import { DateTime } from 'luxon';
import type { Instant } from './ticket.ts';

/**
 * What a date picker sends; Italian and English order alike, day before month; with the name of the month. The order of the
 * United States is read only where it can be nothing else.
 */
const FORMATS: readonly (readonly [format: string, locale: 'it' | 'en'])[] = [
  ['yyyy-M-d', 'en'],
  ['yyyy/M/d', 'en'],
  ['d/M/yyyy', 'en'],
  ['d/M/yy', 'en'],
  ['d.M.yyyy', 'en'],
  ['d.M.yy', 'en'],
  ['d-M-yyyy', 'en'],
  ['d MMMM yyyy', 'it'],
  ['d MMM yyyy', 'it'],
  ['d MMMM yyyy', 'en'],
  ['d MMM yyyy', 'en'],
  ['MMMM d yyyy', 'en'],
  ['MMM d yyyy', 'en'],
  ['M/d/yyyy', 'en'],
];
/** Longer than any date or time. */
const READ = 60;

/** The first moment of a day and of the one that follows it. */
export type DaySpan = { readonly from: Instant; readonly before: Instant };

/**
 * @param timeZone IANA name
 * @returns undefined where that is no day
 */
export function dayTyped(text: string, timeZone: string): DaySpan | undefined {
  const day = DateTime.fromISO(dayWritten(text) ?? '', { zone: timeZone }).startOf('day');
  return day.isValid ? { from: day.toMillis(), before: day.plus({ days: 1 }).toMillis() } : undefined;
}

/** @returns the day as `YYYY-MM-DD`; undefined where that is none */
export function dayWritten(text: string): string | undefined {
  const [, iso] = /^(\d{4}-\d{2}-\d{2})T/.exec(plain(text)) ?? [];
  const written = iso ?? plain(text).replaceAll(',', '');
  for (const [format, locale] of FORMATS) {
    const day = DateTime.fromFormat(written, format, { zone: 'utc', locale });
    if (day.isValid) return day.toISODate() ?? undefined;
  }
  return undefined;
}

/**
 * Clients send the time as the device shows it (AdaptiveCards#4892, #8076): `14:30`, `9:30`, `9.30`, `14:30:00`, `02:30 PM`.
 * @returns the time as `HH:MM`; undefined where that is none
 */
export function timeWritten(text: string): string | undefined {
  const written = plain(text)
    .toLowerCase()
    .replace(/^\d{4}-\d{2}-\d{2}t/, '');
  const [, hours = '', minutes = '0', half] =
    /^(?:ore |h )?(\d{1,2})(?:[:.,h](\d{2})(?::\d{2}(?:\.\d{1,9})?)?)? ?(?:([ap])\.? ?m\.?)?z?$/.exec(
      written,
    ) ?? [];
  if (hours === '') return undefined;
  const named = Number(hours);
  const hour = half === 'p' && named < 12 ? named + 12 : half === 'a' && named === 12 ? 0 : named;
  if (hour > 23 || Number(minutes) > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${minutes.padStart(2, '0')}`;
}

/** With blanks like any others: between a time and its half of the day there is a narrow one, and marks that nobody sees. */
function plain(text: string): string {
  return text
    .slice(0, READ)
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
