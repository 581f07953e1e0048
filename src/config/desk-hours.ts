/** Opening hours as people write them, `mon-fri: 8:30-13:00, 14:30-17:00`, and the times of the calendar. */

import type { WeekHours } from '../domain/desk.ts';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const DAY_NAMES = 'mon, tue, wed, thu, fri, sat or sun';

type Range = { readonly from: number; readonly to: number };

/** What is wrong with one line of the hours, as what one would say after the calendar's name. */
export type HoursFault = { readonly key?: string; readonly message: string };

/**
 * Reads the opening hours of a week. Days are three English letters, alone (`sat`), as a span (`mon-fri`) or with
 * commas (`tue, thu`); the openings of a day are separated by commas and end when the next begins or earlier.
 *
 * @returns the hours, or every fault; never both
 */
export function parseHours(lines: Readonly<Record<string, string>>): {
  hours?: WeekHours;
  faults: HoursFault[];
} {
  const faults: HoursFault[] = [];
  const hours: Record<number, Range[]> = {};
  const givenIn = new Map<number, string>();

  for (const [key, text] of Object.entries(lines)) {
    const days = parseDays(key);
    if (typeof days === 'string') {
      faults.push({ key, message: days });
      continue;
    }
    const twice = days.find((day) => givenIn.has(day));
    if (twice !== undefined) {
      const earlier = givenIn.get(twice);
      const other = earlier === key ? 'twice in that line' : `already under "${earlier}"`;
      const message = `has hours for ${DAYS[twice - 1]} under "${key}" and ${other}. Name each day once.`;
      faults.push({ key, message });
      continue;
    }
    for (const day of days) givenIn.set(day, key);
    const ranges = parseRanges(key, text);
    if (typeof ranges === 'string') faults.push({ key, message: ranges });
    else for (const day of days) hours[day] = ranges;
  }
  if (givenIn.size === 0 && faults.length === 0)
    faults.push({
      message: 'has no opening hours, so no deadline would ever end. Write for example mon-fri: 8:30-13:00.',
    });
  return faults.length > 0 ? { faults } : { hours, faults };
}

/** ISO weekdays, or what is wrong. */
function parseDays(key: string): number[] | string {
  const days: number[] = [];
  for (const part of key.split(',')) {
    const [first = '', last = first, ...more] = part.split(/[-–]/).map((name) => name.trim().toLowerCase());
    const from = dayNumber(first);
    const to = dayNumber(last);
    if (from === 0 || to === 0 || more.length > 0)
      return `has hours for "${key}", which is no day of the week. Write ${DAY_NAMES}, a span as mon-fri, or several as tue, thu.`;
    if (from > to)
      return `has hours for "${key}", which ends before it begins. Begin with the earlier day; the week begins with mon.`;
    for (let day = from; day <= to; day++) {
      if (days.includes(day))
        return `has hours for "${key}", which names ${DAYS[day - 1]} twice. Name each day once.`;
      days.push(day);
    }
  }
  return days;
}

function dayNumber(name: string): number {
  return (DAYS as readonly string[]).indexOf(name) + 1;
}

/** Openings in order, or what is wrong. */
function parseRanges(key: string, text: string): Range[] | string {
  const ranges: Range[] = [];
  for (const part of text.split(',')) {
    const written = part.trim();
    if (written === '')
      return `has a gap in its hours of ${key}. Write openings as 8:30-13:00, 14:30-17:00, or remove the line.`;
    const match = /^(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})$/.exec(written);
    const from = minutes(match?.[1], match?.[2]);
    const to = minutes(match?.[3], match?.[4]);
    if (from === undefined || to === undefined)
      return `has "${written}" as hours of ${key}. Write them as 8:30-13:00, with a comma between two openings.`;
    if (from >= to)
      return `has the hours ${written} on ${key}, which end before they begin. Write the earlier time first.`;
    ranges.push({ from, to });
  }
  ranges.sort((a, b) => a.from - b.from);
  for (const [index, range] of ranges.entries()) {
    const next = ranges[index + 1];
    if (next && next.from < range.to)
      return `has hours on ${key} that overlap: ${clock(range)} and ${clock(next)}. Make the first end before the second begins.`;
  }
  return ranges;
}

/** Minutes from midnight; 24:00 is the end of the day. */
function minutes(hour: string | undefined, minute: string | undefined): number | undefined {
  if (hour === undefined || minute === undefined || Number(minute) > 59) return undefined;
  const total = Number(hour) * 60 + Number(minute);
  return total <= 24 * 60 ? total : undefined;
}

function clock({ from, to }: Range): string {
  const time = (total: number) => `${Math.floor(total / 60)}:${String(total % 60).padStart(2, '0')}`;
  return `${time(from)}-${time(to)}`;
}
