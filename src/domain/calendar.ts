/** Working time (D1): when a desk is open, in its own time zone, and arithmetic in open time. */

import { IANAZone } from 'luxon';
import type { Calendar, Desk } from './desk.ts';
import { nationalHolidays } from './holidays.ts';
import type { Instant } from './ticket.ts';
import { DAY_MS, MINUTE_MS } from './units.ts';

/** Days without any opening after which a search gives up. */
const PATIENCE_DAYS = 400;
/** Days kept computed per calendar: some five years, below half a megabyte. */
const KEPT_DAYS = 2_000;

/**
 * A calendar made ready to compute with. A range of hours is open from its beginning up to, but not including, its end.
 * Where clocks are put back, an hour that comes twice means its first coming; where they are put forward, a time that is
 * skipped means the moment of the jump. So ranges never overlap and a night shift lasts as long as it really does.
 */
export type WorkingCalendar = {
  readonly id: string;
  isOpen(at: Instant): boolean;
  /**
   * The earliest moment at which `ms` of working time have passed since `start`: `start` itself for 0, and closing time,
   * not the next opening, where a day's hours are used up exactly.
   *
   * @throws Error when the calendar does not open for 400 days on end
   * @throws RangeError when `ms` is negative or not finite
   */
  addWorkingTime(start: Instant, ms: number): Instant;
  /**
   * Open time from `a` to `b` in milliseconds; 0 where `b` is not after `a`.
   *
   * @throws RangeError when either is not finite
   */
  workingTimeBetween(a: Instant, b: Instant): number;
  /** The first moment not before `at` at which the desk is open: `at` itself where it is. Undefined: not for 400 days. */
  nextOpening(at: Instant): Instant | undefined;
};

/** By calendar id. */
export type Calendars = ReadonlyMap<string, WorkingCalendar>;

/** Opening and closing moments of one local day in turn: open, close, open, close, … Ascending, none empty. */
type DayHours = readonly number[];
const CLOSED: DayHours = [];

/** All calendars of a desk, compiled. */
export function compileCalendars(desk: Pick<Desk, 'calendars'>): Calendars {
  return new Map([...desk.calendars].map(([id, calendar]) => [id, compileCalendar(calendar)]));
}

/**
 * Makes a calendar ready. The hours of a day are worked out when first asked for, and kept.
 *
 * @throws Error when the time zone is unknown or hours are not within a day: the configuration's check finds both first
 */
export function compileCalendar(calendar: Calendar): WorkingCalendar {
  const zone = IANAZone.create(calendar.timeZone);
  if (!zone.isValid)
    throw new Error(
      `Calendar “${calendar.id}”: unknown time zone “${calendar.timeZone}”; use e.g. Europe/Rome.`,
    );
  const week = [1, 2, 3, 4, 5, 6, 7].map((weekday) => openRanges(calendar, weekday));
  const closed = new Set(calendar.closed);
  const kept = new Map<number, DayHours>();

  /** @param day days from 1970-01-01 to the local date */
  function hoursOf(day: number): DayHours {
    let hours = kept.get(day);
    if (hours === undefined) {
      hours = computeHours(day);
      const oldest = kept.size < KEPT_DAYS ? undefined : kept.keys().next().value;
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(day, hours);
    }
    return hours;
  }

  function computeHours(day: number): DayHours {
    // 1970-01-01 was a Thursday, the fourth day of the ISO week; days before it count backwards.
    const ranges = week[(((day + 3) % 7) + 7) % 7];
    if (ranges === undefined || ranges.length === 0) return CLOSED;
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const monthDay = date.slice(5);
    if (closed.has(date) || calendar.patron === monthDay) return CLOSED;
    if (calendar.nationalHolidays && nationalHolidays(Number(date.slice(0, 4))).has(monthDay)) return CLOSED;
    // Asking for an offset is the slow part, so ask once on either side of the day: clocks mostly do not change between.
    const before = offsetAt(zone, (day - 1) * DAY_MS);
    const after = offsetAt(zone, (day + 2) * DAY_MS);
    return ranges.flatMap(({ from, to }) => {
      const opens = firstMomentOf(zone, day * DAY_MS + from * MINUTE_MS, before, after);
      const closes = firstMomentOf(zone, day * DAY_MS + to * MINUTE_MS, before, after);
      return opens < closes ? [opens, closes] : [];
    });
  }

  /** The openings that end after `at`, in order, as `visit(opens, closes)`, until it answers true. False: gave up. */
  function walk(at: Instant, visit: (opens: Instant, closes: Instant) => boolean): boolean {
    // No zone is a whole day away from UTC, so the day before the UTC date is not too late to begin.
    const first = Math.floor(at / DAY_MS) - 1;
    let lastOpen = first;
    for (let day = first; day - lastOpen <= PATIENCE_DAYS; day++) {
      const hours = hoursOf(day);
      for (let i = 0; i < hours.length; i += 2) {
        const opens = hours[i] as Instant;
        const closes = hours[i + 1] as Instant;
        lastOpen = day;
        if (closes > at && visit(opens, closes)) return true;
      }
    }
    return false;
  }

  function nextOpening(at: Instant): Instant | undefined {
    let opening: Instant | undefined;
    walk(at, (opens) => {
      opening = Math.max(opens, at);
      return true;
    });
    return opening;
  }

  return {
    id: calendar.id,

    isOpen: (at) => nextOpening(at) === at,

    nextOpening,

    addWorkingTime(start, ms) {
      if (!Number.isFinite(start) || !Number.isFinite(ms) || ms < 0)
        throw new RangeError(
          `Working time to add must be a duration from 0 up, not ${ms} ms after ${start}.`,
        );
      if (ms === 0) return start;
      let left = ms;
      let end = start;
      const reached = walk(start, (opens, closes) => {
        const from = Math.max(opens, start);
        end = from + left;
        left -= closes - from;
        return left <= 0;
      });
      if (!reached)
        throw new Error(
          `Calendar “${calendar.id}” does not open for ${PATIENCE_DAYS} days on end, so a deadline would never come: give it opening hours.`,
        );
      return end;
    },

    workingTimeBetween(a, b) {
      if (!Number.isFinite(a) || !Number.isFinite(b))
        throw new RangeError(`Working time is counted between two moments, not from ${a} to ${b}.`);
      let total = 0;
      // Long closures are no fault here: stop at `b`, not after so many days.
      for (let day = Math.floor(a / DAY_MS) - 1; (day - 1) * DAY_MS < b && a < b; day++) {
        const hours = hoursOf(day);
        for (let i = 0; i < hours.length; i += 2) {
          const from = Math.max(hours[i] as Instant, a);
          const to = Math.min(hours[i + 1] as Instant, b);
          if (from < to) total += to - from;
        }
      }
      return total;
    },
  };
}

/** A weekday's hours in order, ranges that touch or overlap made one, so that nothing counts twice. */
function openRanges(calendar: Calendar, weekday: number): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { from, to } of [...(calendar.hours[weekday] ?? [])].sort((a, b) => a.from - b.from)) {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > 1440 || from >= to)
      throw new Error(
        `Calendar “${calendar.id}”: hours of weekday ${weekday} go from ${from} to ${to} minutes; they must lie within 0 and 1440, the end after the beginning.`,
      );
    const last = ranges.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else ranges.push({ from, to });
  }
  return ranges;
}

/** How far local clocks are ahead of UTC, in milliseconds. */
function offsetAt(zone: IANAZone, at: Instant): number {
  return zone.offset(at) * MINUTE_MS;
}

/**
 * The first moment at which clocks in the zone have reached a wall-clock time, given as if it were UTC.
 *
 * @param before offset some time before
 * @param after offset some time after, with no more than one change in between
 */
function firstMomentOf(zone: IANAZone, wall: number, before: number, after: number): Instant {
  const early = wall - before;
  if (before === after || offsetAt(zone, early) === before) return early;
  const late = wall - after;
  if (offsetAt(zone, late) === after) return late;
  // The wall-clock time was skipped: close in on the jump, which lies between the two.
  let [low, high] = [late, early];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}
