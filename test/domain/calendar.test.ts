import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCalendar, compileCalendars } from '../../src/domain/calendar.ts';
import type { Calendar, WeekHours } from '../../src/domain/desk.ts';
import { testDesk } from '../support/desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const at = (iso: string) => {
  const instant = Date.parse(iso);
  assert.ok(!Number.isNaN(instant), iso);
  return instant;
};

function week(days: readonly number[], ...ranges: [from: string, to: string][]): WeekHours {
  const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const hours = ranges.map(([from, to]) => ({ from: minutes(from), to: minutes(to) }));
  return Object.fromEntries(days.map((day) => [day, hours]));
}

const WORKDAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

function calendarOf(hours: WeekHours, more: Partial<Calendar> = {}): Calendar {
  return { id: 'test', timeZone: 'Europe/Rome', hours, nationalHolidays: true, closed: [], ...more };
}

/** Monday to Friday, 9–13 and 14–18 in Rome: eight hours a day. */
const office = compileCalendar(calendarOf(week(WORKDAYS, ['09:00', '13:00'], ['14:00', '18:00'])));
/** 22–6, every night, holidays or not. */
const night = compileCalendar(
  calendarOf(week(ALL_DAYS, ['00:00', '06:00'], ['22:00', '24:00']), { nationalHolidays: false }),
);
const always = compileCalendar(calendarOf(week(ALL_DAYS, ['00:00', '24:00']), { nationalHolidays: false }));

test('D1 the desk is open from the first moment of its hours up to, but not including, the last', () => {
  assert.equal(office.isOpen(at('2026-03-02T08:59:59.999+01:00')), false);
  assert.equal(office.isOpen(at('2026-03-02T09:00+01:00')), true);
  assert.equal(office.isOpen(at('2026-03-02T12:59:59.999+01:00')), true);
  assert.equal(office.isOpen(at('2026-03-02T13:00+01:00')), false);
  assert.equal(office.isOpen(at('2026-03-02T14:00+01:00')), true);
  assert.equal(office.isOpen(at('2026-03-02T18:00+01:00')), false);
  assert.equal(office.isOpen(at('2026-03-07T10:00+01:00')), false, 'Saturday');
  assert.equal(office.isOpen(at('2026-07-01T09:00+02:00')), true, 'summer time');
  assert.equal(office.isOpen(at('2026-07-01T09:00+01:00')), true);
  assert.equal(office.isOpen(at('2026-07-01T09:00+03:00')), false);
});

test('D1 the next opening is now while open, and otherwise after lunch, tomorrow, after the weekend', () => {
  const opening = (iso: string, expected: string) =>
    assert.equal(office.nextOpening(at(iso)), at(expected), iso);
  opening('2026-03-02T10:30+01:00', '2026-03-02T10:30+01:00');
  opening('2026-03-02T09:00+01:00', '2026-03-02T09:00+01:00');
  opening('2026-03-02T13:00+01:00', '2026-03-02T14:00+01:00');
  opening('2026-03-02T18:00+01:00', '2026-03-03T09:00+01:00');
  opening('2026-03-06T18:30+01:00', '2026-03-09T09:00+01:00');
  opening('2026-03-27T18:30+01:00', '2026-03-30T09:00+02:00');
  opening('2026-10-23T18:30+02:00', '2026-10-26T09:00+01:00');
});

test('D1 working time is added over lunch, nights and weekends', () => {
  const add = (iso: string, ms: number, expected: string) =>
    assert.equal(office.addWorkingTime(at(iso), ms), at(expected), `${iso} + ${ms / HOUR} h`);
  add('2026-03-02T09:00+01:00', HOUR, '2026-03-02T10:00+01:00');
  add('2026-03-02T12:30+01:00', HOUR, '2026-03-02T14:30+01:00');
  add('2026-03-02T17:30+01:00', HOUR, '2026-03-03T09:30+01:00');
  add('2026-03-06T17:30+01:00', HOUR, '2026-03-09T09:30+01:00');
  add('2026-03-07T11:00+01:00', HOUR, '2026-03-09T10:00+01:00');
  add('2026-03-02T05:00+01:00', 1, '2026-03-02T09:00:00.001+01:00');
  // 48 hours are six working days here.
  add('2026-03-02T10:00+01:00', 48 * HOUR, '2026-03-10T10:00+01:00');
});

test('D1 time that is used up exactly at closing time ends then, not at the next opening', () => {
  assert.equal(office.addWorkingTime(at('2026-03-06T09:00+01:00'), 8 * HOUR), at('2026-03-06T18:00+01:00'));
  assert.equal(
    office.addWorkingTime(at('2026-03-06T09:00+01:00'), 8 * HOUR + 1),
    at('2026-03-09T09:00:00.001+01:00'),
  );
});

test('D1 adding no time gives the moment itself, open or not', () => {
  for (const iso of ['2026-03-02T10:00+01:00', '2026-03-07T10:00+01:00'])
    assert.equal(office.addWorkingTime(at(iso), 0), at(iso));
});

test('D1 working time between two moments counts open time only, and none backwards', () => {
  const between = (a: string, b: string) => office.workingTimeBetween(at(a), at(b));
  assert.equal(between('2026-03-02T09:00+01:00', '2026-03-02T13:30+01:00'), 4 * HOUR);
  assert.equal(between('2026-03-02T00:00+01:00', '2026-03-09T00:00+01:00'), 40 * HOUR);
  assert.equal(between('2026-03-07T00:00+01:00', '2026-03-09T09:00+01:00'), 0);
  assert.equal(between('2026-03-02T10:00+01:00', '2026-03-02T10:00+01:00'), 0);
  assert.equal(between('2026-03-03T10:00+01:00', '2026-03-02T10:00+01:00'), 0);
});

test('D1 office hours stay where they are on the wall when the clocks change', () => {
  // Friday 27 March 2026 at 17:00 is winter time, Monday the 30th is summer time.
  assert.equal(office.addWorkingTime(at('2026-03-27T17:00+01:00'), 2 * HOUR), at('2026-03-30T10:00+02:00'));
  assert.equal(office.addWorkingTime(at('2026-10-23T17:00+02:00'), 2 * HOUR), at('2026-10-26T10:00+01:00'));
  assert.equal(
    office.workingTimeBetween(at('2026-03-27T09:00+01:00'), at('2026-03-30T18:00+02:00')),
    16 * HOUR,
  );
});

for (const [year, spring, autumn] of [
  [2024, '03-31', '10-27'],
  [2026, '03-29', '10-25'],
  [2027, '03-28', '10-31'],
] as const) {
  test(`D1 a night shift over the clock changes of ${year} lasts as long as it really does`, () => {
    const eve = (day: string) => new Date(at(`${year}-${day}T00:00Z`) - DAY).toISOString().slice(0, 10);
    // 22–6 loses the hour from 2 to 3 in spring: seven hours.
    const springStart = at(`${eve(spring)}T22:00+01:00`);
    const springEnd = at(`${year}-${spring}T06:00+02:00`);
    assert.equal(springEnd - springStart, 7 * HOUR);
    assert.equal(night.workingTimeBetween(springStart - 2 * HOUR, springEnd + 2 * HOUR), 7 * HOUR);
    assert.equal(night.addWorkingTime(springStart, 5 * HOUR), at(`${year}-${spring}T04:00+02:00`));
    assert.equal(night.addWorkingTime(springStart, 7 * HOUR), springEnd);
    assert.equal(night.isOpen(springEnd), false);
    // And has the hour from 2 to 3 twice in autumn: nine hours.
    const autumnStart = at(`${eve(autumn)}T22:00+02:00`);
    const autumnEnd = at(`${year}-${autumn}T06:00+01:00`);
    assert.equal(autumnEnd - autumnStart, 9 * HOUR);
    assert.equal(night.workingTimeBetween(autumnStart - 2 * HOUR, autumnEnd + 2 * HOUR), 9 * HOUR);
    assert.equal(night.addWorkingTime(autumnStart, 5 * HOUR), at(`${year}-${autumn}T02:00+01:00`));
    assert.equal(night.addWorkingTime(autumnStart, 9 * HOUR), autumnEnd);
    assert.equal(night.isOpen(autumnEnd), false);
  });
}

test('D1 hours that begin or end in the skipped hour begin or end at the jump', () => {
  const jump = at('2026-03-29T01:00Z');
  const late = compileCalendar(calendarOf(week([7], ['02:30', '06:00'])));
  assert.equal(late.nextOpening(at('2026-03-29T00:00Z')), jump);
  assert.equal(late.workingTimeBetween(jump - DAY, jump + DAY), 3 * HOUR);
  const early = compileCalendar(calendarOf(week([7], ['01:00', '02:30'])));
  assert.equal(early.isOpen(jump - 1), true);
  assert.equal(early.isOpen(jump), false);
  assert.equal(early.workingTimeBetween(jump - DAY, jump + DAY), HOUR);
  const within = compileCalendar(calendarOf(week([7], ['02:10', '02:50'])));
  assert.equal(within.workingTimeBetween(jump - DAY, jump + DAY), 0, 'there was no such time');
  assert.equal(within.nextOpening(jump - HOUR), at('2026-04-12T02:10+02:00'), 'Easter Sunday between');
});

test('D1 a time in the hour that comes twice means its first coming, so nothing counts twice', () => {
  const first = at('2026-10-25T02:30+02:00');
  const parts = compileCalendar(
    calendarOf(week([7], ['00:00', '02:30'], ['02:30', '02:45'], ['03:00', '06:00'])),
  );
  assert.equal(parts.workingTimeBetween(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z')), (2.75 + 3) * HOUR);
  assert.equal(parts.isOpen(first + 14 * MINUTE), true);
  assert.equal(parts.isOpen(first + 15 * MINUTE), false);
  assert.equal(parts.isOpen(first + HOUR), false, 'the second 02:30');
  const late = compileCalendar(calendarOf(week([7], ['02:30', '06:00'])));
  assert.equal(late.nextOpening(at('2026-10-24T12:00Z')), first);
  assert.equal(late.workingTimeBetween(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z')), 4.5 * HOUR);
});

test('D1 a desk that never closes adds plain time, over midnight and both clock changes', () => {
  for (const iso of ['2026-03-28T20:00+01:00', '2026-10-24T20:00+02:00', '2026-12-31T20:00+01:00']) {
    assert.equal(always.addWorkingTime(at(iso), 48 * HOUR), at(iso) + 48 * HOUR);
    assert.equal(always.workingTimeBetween(at(iso), at(iso) + 48 * HOUR), 48 * HOUR);
  }
  assert.equal(always.isOpen(at('2026-03-02T00:00+01:00')), true);
  assert.equal(always.isOpen(at('2026-03-02T23:59:59.999+01:00')), true);
});

test('D1 hours up to 24:00 go on after midnight', () => {
  assert.equal(night.isOpen(at('2026-03-03T00:00+01:00')), true);
  assert.equal(night.addWorkingTime(at('2026-03-02T23:00+01:00'), 2 * HOUR), at('2026-03-03T01:00+01:00'));
});

test('D1 national holidays are closed, by the local date', () => {
  const closedOn = (day: string) => !office.isOpen(at(`${day}T10:00+01:00`));
  for (const day of ['2026-01-01', '2026-01-06', '2026-06-02', '2026-12-08', '2026-12-25'])
    assert.ok(closedOn(day), day);
  for (const day of ['2026-04-06', '2027-03-29', '2028-04-17'])
    assert.ok(closedOn(day), `${day}, Easter Monday`);
  assert.ok(!closedOn('2026-01-07'));
  // Over Easter 2026, Thursday 16:00 plus four hours: two on Thursday and two on Friday; plus twelve: Tuesday.
  assert.equal(office.addWorkingTime(at('2026-04-02T16:00+02:00'), 4 * HOUR), at('2026-04-03T11:00+02:00'));
  assert.equal(office.addWorkingTime(at('2026-04-02T16:00+02:00'), 12 * HOUR), at('2026-04-07T11:00+02:00'));
});

test('D1 4 October is closed since 2026: a Sunday that year, a Monday in 2027', () => {
  const daily = compileCalendar(calendarOf(week(ALL_DAYS, ['09:00', '13:00'])));
  assert.equal(daily.isOpen(at('2025-10-04T10:00+02:00')), true, 'not yet a holiday');
  assert.equal(daily.isOpen(at('2026-10-04T10:00+02:00')), false);
  assert.equal(daily.isOpen(at('2026-10-11T10:00+02:00')), true, 'another Sunday');
  assert.equal(office.nextOpening(at('2026-10-02T18:00+02:00')), at('2026-10-05T09:00+02:00'), 'no day lost');
  assert.equal(office.isOpen(at('2027-10-04T10:00+02:00')), false);
  assert.equal(office.nextOpening(at('2027-10-01T18:00+02:00')), at('2027-10-05T09:00+02:00'));
  assert.equal(office.addWorkingTime(at('2027-10-01T17:00+02:00'), 2 * HOUR), at('2027-10-05T10:00+02:00'));
});

test('D1 the patron saint’s day is closed every year, extra closing days once', () => {
  const calendar = compileCalendar(
    calendarOf(week(WORKDAYS, ['09:00', '13:00']), { patron: '01-19', closed: ['2026-12-24'] }),
  );
  assert.equal(calendar.isOpen(at('2026-01-19T10:00+01:00')), false);
  assert.equal(calendar.isOpen(at('2027-01-19T10:00+01:00')), false);
  assert.equal(calendar.isOpen(at('2026-01-20T10:00+01:00')), true);
  assert.equal(calendar.isOpen(at('2026-12-24T10:00+01:00')), false);
  assert.equal(calendar.isOpen(at('2027-12-24T10:00+01:00')), true);
});

test('D1 a calendar without national holidays keeps its patron and its closing days', () => {
  const calendar = compileCalendar(
    calendarOf(week(ALL_DAYS, ['09:00', '13:00']), {
      nationalHolidays: false,
      patron: '01-19',
      closed: ['2026-05-01'],
    }),
  );
  assert.equal(calendar.isOpen(at('2026-12-25T10:00+01:00')), true);
  assert.equal(calendar.isOpen(at('2026-01-19T10:00+01:00')), false);
  assert.equal(calendar.isOpen(at('2026-05-01T10:00+02:00')), false);
});

test('D1 hours are those of the calendar’s own time zone', () => {
  const hours = week(WORKDAYS, ['09:00', '17:00']);
  const opening = (timeZone: string) =>
    compileCalendar(calendarOf(hours, { timeZone, nationalHolidays: false })).nextOpening(
      at('2026-06-07T12:00Z'),
    );
  assert.equal(opening('Europe/Rome'), at('2026-06-08T07:00Z'));
  assert.equal(opening('UTC'), at('2026-06-08T09:00Z'));
  assert.equal(opening('America/New_York'), at('2026-06-08T13:00Z'));
  assert.equal(opening('Asia/Kolkata'), at('2026-06-08T03:30Z'));
  assert.equal(opening('Pacific/Kiritimati'), at('2026-06-07T19:00Z'));
  assert.equal(opening('Pacific/Pago_Pago'), at('2026-06-08T20:00Z'));
});

test('D1 ranges that touch or overlap, in whatever order, count once', () => {
  const calendar = compileCalendar(
    calendarOf(week([1], ['12:00', '15:00'], ['09:00', '13:00'], ['15:00', '16:00'], ['10:00', '11:00'])),
  );
  assert.equal(
    calendar.workingTimeBetween(at('2026-03-02T00:00+01:00'), at('2026-03-03T00:00+01:00')),
    7 * HOUR,
  );
});

test('D1 a calendar that does not open is a fault that says so, not an endless search', () => {
  const never = compileCalendar(calendarOf({}));
  const start = at('2026-03-02T10:00+01:00');
  assert.equal(never.nextOpening(start), undefined);
  assert.equal(never.isOpen(start), false);
  assert.equal(never.workingTimeBetween(start, start + 100 * DAY), 0);
  assert.throws(() => never.addWorkingTime(start, HOUR), /“test” does not open for 400 days/);
});

test('D1 a desk that opens once a year is found', () => {
  const rare = compileCalendar(
    calendarOf(week([1], ['09:00', '10:00']), {
      closed: Array.from({ length: 52 }, (_, i) =>
        new Date(at('2026-03-09T00:00Z') + i * 7 * DAY).toISOString().slice(0, 10),
      ),
    }),
  );
  assert.equal(rare.addWorkingTime(at('2026-03-02T09:30+01:00'), HOUR), at('2027-03-08T09:30+01:00'));
});

test('D1 what cannot be computed with is a fault that names the calendar', () => {
  const hours = week([1], ['09:00', '10:00']);
  assert.throws(
    () => compileCalendar(calendarOf(hours, { timeZone: 'Europe/Roma' })),
    /“test”.*Europe\/Roma/,
  );
  for (const [from, to] of [
    [600, 600],
    [600, 540],
    [-1, 60],
    [1380, 1441],
    [60.5, 120],
    [Number.NaN, 60],
  ] as const)
    assert.throws(() => compileCalendar(calendarOf({ 3: [{ from, to }] })), /“test”.*weekday 3/);
  for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => office.addWorkingTime(0, ms), RangeError);
  assert.throws(() => office.workingTimeBetween(0, Number.POSITIVE_INFINITY), RangeError);
  assert.throws(() => office.workingTimeBetween(Number.NaN, 0), RangeError);
});

test('D1 every calendar of a desk is compiled under its id', () => {
  const calendars = compileCalendars(testDesk());
  assert.deepEqual([...calendars.keys()], ['office', 'extended']);
  for (const [id, calendar] of calendars) assert.equal(calendar.id, id);
  const saturday = at('2026-03-07T10:00+01:00');
  assert.equal(calendars.get('office')?.isOpen(saturday), false);
  assert.equal(calendars.get('extended')?.isOpen(saturday), true);
});

test('D1 a desk that is closed for 400 days opens on the day after, and one that is closed for longer never does', () => {
  const start = Date.UTC(2026, 2, 3, 12);
  const closedFor = (days: number) =>
    compileCalendar(
      calendarOf(week(ALL_DAYS, ['00:00', '24:00']), {
        timeZone: 'UTC',
        nationalHolidays: false,
        // The search begins a day early: no time zone is further away from UTC than that.
        closed: Array.from({ length: days }, (_, day) =>
          new Date(start + (day - 1) * DAY).toISOString().slice(0, 10),
        ),
      }),
    );
  assert.equal(closedFor(400).nextOpening(start), Date.UTC(2026, 2, 2 + 400));
  assert.equal(closedFor(401).nextOpening(start), undefined);
  assert.throws(() => closedFor(401).addWorkingTime(start, 1), /does not open for 400 days/);
});

test('D1 time that is no time is a fault that says so', () => {
  for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    assert.throws(() => office.addWorkingTime(0, ms), /a duration from 0 up/);
  assert.throws(() => office.addWorkingTime(Number.NaN, 1), /a duration from 0 up/);
  for (const [a, b] of [
    [Number.NaN, 0],
    [0, Number.NaN],
  ] as const)
    assert.throws(() => office.workingTimeBetween(a, b), /between two moments/);
});
