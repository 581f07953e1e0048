/** Moments, durations and sizes as people say them. What `Intl` knows of them is asked for once. */

import { IANAZone } from 'luxon';
import type { Instant, Locale } from '../domain/ticket.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/units.ts';
import { translate } from './translate.ts';

const bcp47: Readonly<Record<Locale, string>> = { it: 'it-IT', en: 'en-GB' };

/** Short names as the language has them: “gio”, “dic”. */
type Names = { readonly weekdays: readonly string[]; readonly months: readonly string[] };

function namesOf(locale: Locale): Names {
  const named = (format: Intl.DateTimeFormatOptions, count: number, day: (index: number) => number) => {
    const formatter = new Intl.DateTimeFormat(bcp47[locale], { ...format, timeZone: 'UTC' });
    return Array.from({ length: count }, (_, index) => formatter.format(day(index)));
  };
  return {
    // 4 January 1970 was a Sunday.
    weekdays: named({ weekday: 'short' }, 7, (index) => (index + 3) * DAY_MS),
    months: named({ month: 'short' }, 12, (index) => Date.UTC(1970, index, 1)),
  };
}

const names: Readonly<Record<Locale, Names>> = { it: namesOf('it'), en: namesOf('en') };

/** UTC days whose offset is kept, per time zone. */
const KEPT_DAYS = 1_000;
const zones = new Map<string, IANAZone>();
const offsets = new Map<string, Map<number, number | 'changes'>>();

/**
 * The time zone's offset in milliseconds. Asking for one takes longer than all the rest of a card's dates, so it is kept
 * for each day on which it does not change.
 */
function offsetAt(instant: Instant, timeZone: string): number {
  let zone = zones.get(timeZone);
  let kept = offsets.get(timeZone);
  if (!zone || !kept) {
    zone = IANAZone.create(timeZone);
    kept = new Map();
    zones.set(timeZone, zone);
    offsets.set(timeZone, kept);
  }
  const day = Math.floor(instant / DAY_MS);
  let offset = kept.get(day);
  if (offset === undefined) {
    const first = zone.offset(day * DAY_MS);
    offset = first === zone.offset((day + 1) * DAY_MS) ? first * MINUTE_MS : 'changes';
    const oldest = kept.size < KEPT_DAYS ? undefined : kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(day, offset);
  }
  return offset === 'changes' ? zone.offset(instant) * MINUTE_MS : offset;
}

/** A date whose UTC parts are the local ones. */
function localDate(instant: Instant, timeZone: string): Date {
  return new Date(instant + offsetAt(instant, timeZone));
}

/** The local date as a number of days, so that neighbouring days differ by 1 across any change of the clocks. */
function dayNumber(local: Date): number {
  return Math.floor(local.getTime() / DAY_MS);
}

function clockOf(local: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}`;
}

/**
 * For a person who reads it now: “oggi 10:32”, “ieri 10:32”, “domani 10:32”, otherwise as `formatDate`.
 *
 * @param timeZone IANA name
 */
export function formatWhen(instant: Instant, locale: Locale, timeZone: string, now: Instant): string {
  const local = localDate(instant, timeZone);
  const days = dayNumber(local) - dayNumber(localDate(now, timeZone));
  const key =
    days === 0 ? 'when.today' : days === -1 ? 'when.yesterday' : days === 1 ? 'when.tomorrow' : undefined;
  if (!key) return formatDate(instant, locale, timeZone, now);
  return translate(locale, key, { time: clockOf(local) });
}

/**
 * For what stays on the screen and is read another day: “gio 3 dic 09:00”, with the year where it is not that of `now`.
 *
 * @param timeZone IANA name
 */
export function formatDate(instant: Instant, locale: Locale, timeZone: string, now: Instant): string {
  const local = localDate(instant, timeZone);
  const thisYear = localDate(now, timeZone).getUTCFullYear();
  if (local.getUTCFullYear() !== thisYear) return formatFullDate(instant, locale, timeZone);
  return `${dayOf(local, locale)} ${clockOf(local)}`;
}

/** For what is kept: “gio 3 dic 2026 09:00”, whatever the year. */
export function formatFullDate(instant: Instant, locale: Locale, timeZone: string): string {
  const local = localDate(instant, timeZone);
  return `${dayOf(local, locale)} ${local.getUTCFullYear()} ${clockOf(local)}`;
}

function dayOf(local: Date, locale: Locale): string {
  const { weekdays, months } = names[locale];
  return `${weekdays[local.getUTCDay()]} ${local.getUTCDate()} ${months[local.getUTCMonth()]}`;
}

/** For the name of a file, in any language: “2026-12-03 09.00.05”. */
export function formatForFileName(instant: Instant, timeZone: string): string {
  return localDate(instant, timeZone).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
}

/** “05/11/2026 10:32”: what a spreadsheet takes for a date. */
export function formatForSheet(instant: Instant, timeZone: string): string {
  const local = localDate(instant, timeZone);
  const [year = '', month = '', day = ''] = local.toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year} ${clockOf(local)}`;
}

/** “10:32” in that time zone. */
export function formatTime(instant: Instant, timeZone: string): string {
  return clockOf(localDate(instant, timeZone));
}

/** “5 min”, “3 h”, “2 giorni”: whole units, rounded down; below a minute, and below zero, says so in words. */
export function formatDuration(ms: number, locale: Locale): string {
  if (ms < MINUTE_MS) return translate(locale, 'duration.moment');
  if (ms < HOUR_MS) return translate(locale, 'duration.minutes', { count: Math.floor(ms / MINUTE_MS) });
  if (ms < DAY_MS) return translate(locale, 'duration.hours', { count: Math.floor(ms / HOUR_MS) });
  return translate(locale, 'duration.days', { count: Math.floor(ms / DAY_MS) });
}

const sizes = new Map<string, Intl.NumberFormat>();

/** “640 byte”, “12 kB”, “1,4 MB”: a file's size, in steps of 1024 as Windows counts them. */
export function formatSize(bytes: number, locale: Locale): string {
  const unit = bytes < 1024 ? 'byte' : bytes < 1024 ** 2 ? 'kilobyte' : 'megabyte';
  const key = `${locale} ${unit}`;
  let format = sizes.get(key);
  if (!format) {
    format = new Intl.NumberFormat(bcp47[locale], {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
    });
    sizes.set(key, format);
  }
  return format.format(bytes / (unit === 'byte' ? 1 : unit === 'kilobyte' ? 1024 : 1024 ** 2));
}

/** “09:00–13:00”: a range of the day, from minutes since midnight. */
export function formatRange({ from, to }: { readonly from: number; readonly to: number }): string {
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${clock(from)}–${clock(to)}`;
}
