/** Properties of working time that hold for every calendar. Examples stand in `calendar.test.ts`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileCalendar } from '../../src/domain/calendar.ts';
import type { Calendar, WeekHours } from '../../src/domain/desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const at = (iso: string) => Date.parse(iso);

function calendarOf(hours: WeekHours, more: Partial<Calendar> = {}): Calendar {
  return { id: 'test', timeZone: 'Europe/Rome', hours, nationalHolidays: true, closed: [], ...more };
}

/** Any week with at least one range, on half hours, closing days and time zones with and without clock changes. */
const calendars = fc
  .record({
    timeZone: fc.constantFrom(
      'Europe/Rome',
      'America/St_Johns',
      'Asia/Kolkata',
      'Australia/Lord_Howe',
      'UTC',
    ),
    hours: fc.array(
      fc.record({
        day: fc.integer({ min: 1, max: 7 }),
        from: fc.integer({ min: 0, max: 47 }),
        slots: fc.integer({ min: 1, max: 24 }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    nationalHolidays: fc.boolean(),
  })
  .map(({ timeZone, hours, nationalHolidays }) => {
    const week: Record<number, { from: number; to: number }[]> = {};
    for (const { day, from, slots } of hours) {
      week[day] ??= [];
      week[day].push({ from: from * 30, to: Math.min(1440, (from + slots) * 30) });
    }
    return calendarOf(week, { timeZone, nationalHolidays });
  });
const instants = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-01-01T00:00Z') });
const durations = fc.integer({ min: 0, max: 60 * HOUR });

test('D1 property: the time added is the time between, and no earlier moment would do', () => {
  fc.assert(
    fc.property(calendars, instants, durations, (definition, start, ms) => {
      const calendar = compileCalendar(definition);
      const end = calendar.addWorkingTime(start, ms);
      assert.equal(calendar.workingTimeBetween(start, end), ms);
      if (ms > 0) assert.equal(calendar.workingTimeBetween(start, end - 1), ms - 1);
      else assert.equal(end, start);
    }),
  );
});

test('D1 property: from any moment to an open one, adding the time between leads there', () => {
  fc.assert(
    fc.property(calendars, instants, fc.nat({ max: 60 * DAY }), (definition, a, distance) => {
      const calendar = compileCalendar(definition);
      const b = a + distance;
      const reached = calendar.addWorkingTime(a, calendar.workingTimeBetween(a, b));
      assert.ok(reached <= b);
      if (b > a && calendar.isOpen(b - 1)) assert.equal(reached, b);
    }),
  );
});

test('D1 property: working time adds up, from moment to moment and from piece to piece', () => {
  fc.assert(
    fc.property(calendars, instants, durations, durations, (definition, a, first, second) => {
      const calendar = compileCalendar(definition);
      const [b, c] = [a + first, a + first + second];
      assert.equal(
        calendar.workingTimeBetween(a, b) + calendar.workingTimeBetween(b, c),
        calendar.workingTimeBetween(a, c),
      );
      assert.equal(
        calendar.addWorkingTime(calendar.addWorkingTime(a, first), second),
        calendar.addWorkingTime(a, first + second),
      );
    }),
  );
});

test('D1 property: later or longer never ends earlier, and no more is counted than passes', () => {
  fc.assert(
    fc.property(calendars, instants, durations, durations, durations, (definition, a, delay, ms, more) => {
      const calendar = compileCalendar(definition);
      const end = calendar.addWorkingTime(a, ms);
      assert.ok(end >= a + ms);
      assert.ok(calendar.addWorkingTime(a + delay, ms) >= end);
      assert.ok(calendar.addWorkingTime(a, ms + more) >= end + more);
      assert.ok(calendar.workingTimeBetween(a, a + delay) <= delay);
    }),
  );
});

test('D1 property: the next opening is open, and nothing is worked before it', () => {
  fc.assert(
    fc.property(calendars, instants, (definition, from) => {
      const calendar = compileCalendar(definition);
      const opening = calendar.nextOpening(from);
      if (opening === undefined) return;
      assert.ok(opening >= from && calendar.isOpen(opening));
      assert.equal(calendar.workingTimeBetween(from, opening), 0);
      assert.equal(calendar.isOpen(from), opening === from);
    }),
  );
});

test('D1 property: open means that the wall clock shows an opening time, around both clock changes too', () => {
  const wallClock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Rome',
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    day: 'numeric',
  });
  const changes = ['2024-10-27', '2026-03-29', '2026-10-25', '2027-03-28'].map((day) => at(`${day}T00:00Z`));
  // Sundays, but outside the hour that is skipped or comes twice: its own tests say what is meant there.
  const slot = fc.integer({ min: 0, max: 48 }).filter((half) => half !== 5);
  fc.assert(
    fc.property(fc.constantFrom(...changes), slot, slot, fc.nat({ max: 95 }), (sunday, one, other, step) => {
      fc.pre(one !== other);
      const [from, to] = [Math.min(one, other) * 30, Math.max(one, other) * 30];
      const calendar = compileCalendar(calendarOf({ 7: [{ from, to }] }, { nationalHolidays: false }));
      const moment = sunday - 12 * HOUR + step * 30 * MINUTE;
      const shown = new Map(wallClock.formatToParts(moment).map(({ type, value }) => [type, value]));
      const minute = Number(shown.get('hour')) * 60 + Number(shown.get('minute'));
      const isSunday = Number(shown.get('day')) === new Date(sunday).getUTCDate();
      assert.equal(calendar.isOpen(moment), isSunday && minute >= from && minute < to);
    }),
    { numRuns: 500 },
  );
});

test('D1 property: what was asked before does not change an answer, even after years', () => {
  const definition = calendarOf({ 1: [{ from: 540, to: 780 }], 4: [{ from: 540, to: 1080 }] });
  const worn = compileCalendar(definition);
  // More days than a calendar keeps.
  worn.workingTimeBetween(at('2015-01-01T00:00Z'), at('2031-01-01T00:00Z'));
  fc.assert(
    fc.property(instants, durations, (start, ms) => {
      assert.equal(worn.addWorkingTime(start, ms), compileCalendar(definition).addWorkingTime(start, ms));
    }),
  );
});
