/** Moments and durations as people say them. Formatters are made once per language and time zone. */

import type { Instant, Locale } from '../domain/ticket.ts';
import { translate } from './translate.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const bcp47: Readonly<Record<Locale, string>> = { it: 'it-IT', en: 'en-GB' };
const formatters = new Map<string, Intl.DateTimeFormat>();

type Parts = Readonly<Record<string, string>>;

function partsOf(instant: Instant, locale: Locale, timeZone: string): Parts {
  const key = `${locale} ${timeZone}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(bcp47[locale], {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formatters.set(key, formatter);
  }
  return Object.fromEntries(formatter.formatToParts(instant).map(({ type, value }) => [type, value]));
}

const dayFormatters = new Map<string, Intl.DateTimeFormat>();

/** The local date as a number of days, so that neighbouring days differ by 1 across any change of the clocks. */
function dayNumber(instant: Instant, timeZone: string): number {
  let formatter = dayFormatters.get(timeZone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormatters.set(timeZone, formatter);
  }
  return Date.parse(`${formatter.format(instant)}T00:00Z`) / DAY_MS;
}

function clockOf({ hour, minute }: Parts): string {
  return `${hour}:${minute}`;
}

/**
 * For a person who reads it now: “oggi 10:32”, “ieri 10:32”, “domani 10:32”, otherwise as `formatDate`.
 *
 * @param timeZone IANA name
 */
export function formatWhen(instant: Instant, locale: Locale, timeZone: string, now: Instant): string {
  const days = dayNumber(instant, timeZone) - dayNumber(now, timeZone);
  const key =
    days === 0 ? 'when.today' : days === -1 ? 'when.yesterday' : days === 1 ? 'when.tomorrow' : undefined;
  if (!key) return formatDate(instant, locale, timeZone, now);
  return translate(locale, key, { time: clockOf(partsOf(instant, locale, timeZone)) });
}

/**
 * For what stays on the screen and is read another day: “gio 3 dic 09:00”, with the year where it is not that of `now`.
 *
 * @param timeZone IANA name
 */
export function formatDate(instant: Instant, locale: Locale, timeZone: string, now: Instant): string {
  const parts = partsOf(instant, locale, timeZone);
  const year = parts.year === partsOf(now, locale, timeZone).year ? '' : ` ${parts.year}`;
  return `${parts.weekday} ${parts.day} ${parts.month}${year} ${clockOf(parts)}`;
}

/** “10:32” in that time zone. */
export function formatTime(instant: Instant, locale: Locale, timeZone: string): string {
  return clockOf(partsOf(instant, locale, timeZone));
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
