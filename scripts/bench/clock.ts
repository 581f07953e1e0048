/**
 * The clock that all processes of the benchmark go by: real time, put forward to a moment at which the desk works.
 *
 * Answers say other things while an office is closed, and numbers begin anew with the day. What is measured must not hang
 * on the hour at which somebody measures it. Imported before everything else (`--import`), this file puts `Date.now`
 * forward by `BENCH_CLOCK_AHEAD` milliseconds and leaves `performance`, timers and `new Date()` alone.
 */

import type { Calendars } from '../../src/domain/calendar.ts';
import { dayOf } from '../../src/domain/number.ts';

const AHEAD = 'BENCH_CLOCK_AHEAD';
const STEP_MS = 15 * 60_000;
/** Longer than the longest benchmark takes. */
const ROOM_MS = 2 * 3_600_000;
const PATIENCE_MS = 60 * 86_400_000;

const realNow = Date.now;
goBy(Number(process.env[AHEAD] ?? 0));

function goBy(aheadMs: number): void {
  Date.now = aheadMs === 0 ? realNow : () => realNow() + aheadMs;
}

/** Puts the clock of this process, and of those that it starts with `clockEnvironment`, so that it shows `at` now. */
export function setClock(at: number): void {
  const aheadMs = at - realNow();
  process.env[AHEAD] = String(aheadMs);
  goBy(aheadMs);
}

/** The flags that make a process go by this clock. */
export const BY_THE_CLOCK = ['--import', import.meta.url] as const;

/** The setting by which a process knows how far ahead the clock is. */
export function clockEnvironment(): NodeJS.ProcessEnv {
  const ahead = process.env[AHEAD];
  return ahead === undefined ? {} : { [AHEAD]: ahead };
}

/**
 * `now`, or the next quarter of an hour from which all calendars are open for two hours of the same day.
 * @throws Error where no day of the next two months has such hours
 */
export function workingMoment(calendars: Calendars, timeZone: string, now: number): number {
  const works = (at: number) =>
    dayOf(at, timeZone) === dayOf(at + ROOM_MS, timeZone) &&
    [...calendars.values()].every(
      ({ workingTimeBetween }) => workingTimeBetween(at, at + ROOM_MS) === ROOM_MS,
    );
  if (works(now)) return now;
  for (let at = Math.ceil(now / STEP_MS) * STEP_MS; at < now + PATIENCE_MS; at += STEP_MS)
    if (works(at)) return at;
  throw new Error('The calendars of the desk are never all open for two hours: name a moment with --at.');
}
