import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compileCalendars } from '../../src/domain/calendar.ts';
import {
  allowances,
  calendarFor,
  dueAt,
  meetClock,
  pauseClock,
  remaining,
  resumeClock,
  shareUsed,
  startClocks,
  usedTime,
} from '../../src/domain/deadlines.ts';
import type { DeadlineKind, Priority } from '../../src/domain/desk.ts';
import type { DeadlineClock, Ticket } from '../../src/domain/ticket.ts';
import { testDesk } from '../support/desk.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const at = (iso: string) => {
  const instant = Date.parse(iso);
  assert.ok(!Number.isNaN(instant), iso);
  return instant;
};

const desk = testDesk();
const calendars = compileCalendars(desk);
/** Mon–Thu 8:30–13 and 14–17, Fri 8:30–13, Rome: 7.5 hours a day and 4.5 on Friday. */
const office = calendarFor(desk, calendars, { queue: 'finance', service: 'invoices' });

function clockOf(kind: DeadlineKind, hours: number, since: string): DeadlineClock {
  const [clock] = startClocks([{ kind, allowedMs: hours * HOUR }], at(since));
  assert.ok(clock);
  return clock;
}

describe('D2 allowances', () => {
  const hours = (queue: string, service: string, priority: Priority) =>
    Object.fromEntries(
      allowances(desk, { queue, service, priority }).map(({ kind, allowedMs }) => [kind, allowedMs / HOUR]),
    );

  test('D2 the first policy that matches queue, service and priority gives the time', () => {
    assert.deepEqual(hours('finance', 'invoices', 3), { firstResponse: 48, update: 24, solution: 40 });
    assert.deepEqual(hours('finance', 'payment-orders', 3), { firstResponse: 8, update: 24, solution: 40 });
    assert.deepEqual(hours('finance', 'payment-orders', 5), { firstResponse: 2, update: 24, solution: 40 });
    assert.deepEqual(
      hours('taxes', 'payment-orders', 5),
      { firstResponse: 8 },
      'that queue has no other deadline',
    );
  });

  test('D2 the first response has 48 working hours where no policy speaks of it', () => {
    const ticket = { queue: 'finance', service: 'invoices', priority: 3 } as const;
    assert.deepEqual(allowances({ deadlines: [] }, ticket), [
      { kind: 'firstResponse', allowedMs: 48 * HOUR },
    ]);
    const solution = { deadline: 'solution', hours: 1.5 } as const;
    assert.deepEqual(allowances({ deadlines: [solution] }, ticket), [
      { kind: 'firstResponse', allowedMs: 48 * HOUR },
      { kind: 'solution', allowedMs: 90 * MINUTE },
    ]);
  });
});

describe('D2 T6 allowances by agreement and impact', () => {
  const policies = [
    { deadline: 'solution', agreement: ['gold', 'silver'], impact: [4, 5], hours: 2 },
    { deadline: 'solution', agreement: ['gold'], hours: 4 },
    { deadline: 'solution', impact: [3], hours: 30 },
    { deadline: 'solution', hours: 40 },
  ] as const;
  const ticket = { queue: 'finance', service: 'invoices', priority: 3 } as const;
  const solution = (over: Pick<Ticket, 'agreement' | 'impact'>) =>
    (allowances({ deadlines: policies }, { ...ticket, ...over })[1]?.allowedMs ?? 0) / HOUR;

  test('D2 T6 a policy applies where every condition of it holds', () => {
    assert.equal(solution({ agreement: 'silver', impact: 5 }), 2);
    assert.equal(solution({ agreement: 'gold', impact: 3 }), 4);
    assert.equal(solution({ agreement: 'silver', impact: 2 }), 40);
  });

  test('D2 T6 a ticket without them has no agreement and the impact 3', () => {
    assert.equal(solution({}), 30);
    assert.equal(solution({ impact: 5 }), 40);
  });
});

describe('D2 clocks', () => {
  test('D2 a clock that has started is due when its share of the working time is used', () => {
    const clock = clockOf('firstResponse', 10, '2026-03-05T09:00+01:00');
    assert.deepEqual(clock, {
      kind: 'firstResponse',
      allowedMs: 10 * HOUR,
      usedMs: 0,
      runningSince: at('2026-03-05T09:00+01:00'),
      fired: [],
    });
    // Thursday has 7 hours left, Friday 4.5.
    assert.equal(dueAt(clock, office, 0.5), at('2026-03-05T15:00+01:00'));
    assert.equal(dueAt(clock, office, 0.75), at('2026-03-06T09:00+01:00'));
    assert.equal(dueAt(clock, office, 1), at('2026-03-06T11:30+01:00'));
    assert.equal(dueAt(clock, office, 2), at('2026-03-10T09:30+01:00'));
  });

  test('D2 the default 48 hours last over weekends, Easter and the clock change', () => {
    const clock = clockOf('firstResponse', 48, '2026-03-27T12:00+01:00');
    // Friday 1, four days of 7.5 = 31, Friday 3 April 4.5 = 35.5, Easter Monday closed, Tuesday 43, Wednesday 5 more.
    assert.equal(dueAt(clock, office, 1), at('2026-04-08T14:30+02:00'));
  });

  test('D2 the 4th of October is no working time: a Sunday in 2026, a Monday in 2027', () => {
    assert.equal(
      dueAt(clockOf('solution', 2, '2026-10-02T12:00+02:00'), office, 1),
      at('2026-10-05T09:30+02:00'),
    );
    assert.equal(
      dueAt(clockOf('solution', 2, '2027-10-01T12:00+02:00'), office, 1),
      at('2027-10-05T09:30+02:00'),
    );
  });

  test('D2 a deadline that starts before a clock change is due by the new time', () => {
    assert.equal(
      dueAt(clockOf('solution', 2, '2026-03-27T12:00+01:00'), office, 1),
      at('2026-03-30T09:30+02:00'),
    );
    assert.equal(
      dueAt(clockOf('solution', 2, '2026-10-23T12:00+02:00'), office, 1),
      at('2026-10-26T09:30+01:00'),
    );
  });

  test('D2 a paused clock keeps what it used, is not due, and runs on with the rest', () => {
    const started = clockOf('solution', 10, '2026-03-05T09:00+01:00');
    const paused = pauseClock(started, office, at('2026-03-05T12:00+01:00'));
    assert.deepEqual(paused, { kind: 'solution', allowedMs: 10 * HOUR, usedMs: 3 * HOUR, fired: [] });
    assert.equal(dueAt(paused, office, 1), undefined);
    assert.equal(usedTime(paused, office, at('2027-01-01T00:00Z')), 3 * HOUR);
    const resumed = resumeClock(paused, at('2026-03-10T16:00+01:00'));
    // Seven hours left: one on Tuesday, six on Wednesday.
    assert.equal(dueAt(resumed, office, 1), at('2026-03-11T15:30+01:00'));
    assert.equal(usedTime(resumed, office, at('2026-03-10T17:00+01:00')), 4 * HOUR);
  });

  test('D2 pausing and resuming while closed uses no time', () => {
    const started = clockOf('solution', 10, '2026-03-05T16:00+01:00');
    // Paused on Thursday evening, resumed on Saturday: Friday is not counted.
    const paused = pauseClock(started, office, at('2026-03-05T21:00+01:00'));
    assert.equal(paused.usedMs, HOUR);
    const resumed = resumeClock(paused, at('2026-03-07T10:00+01:00'));
    assert.equal(usedTime(resumed, office, at('2026-03-09T08:30+01:00')), HOUR);
    // Monday 7.5 and Tuesday 1.5 hours.
    assert.equal(dueAt(resumed, office, 1), at('2026-03-10T10:00+01:00'));
    assert.equal(
      pauseClock(resumed, office, at('2026-03-08T10:00+01:00')).usedMs,
      HOUR,
      'paused again before it opened',
    );
  });

  test('D2 a share that was used up before the pause is due from the moment the clock runs again', () => {
    const clock: DeadlineClock = {
      kind: 'solution',
      allowedMs: 4 * HOUR,
      usedMs: 5 * HOUR,
      runningSince: at('2026-03-07T10:00+01:00'),
      fired: [],
    };
    assert.equal(dueAt(clock, office, 1), at('2026-03-07T10:00+01:00'));
    assert.equal(dueAt(clock, office, 2), at('2026-03-09T11:30+01:00'));
  });

  test('D2 a met clock is not due and tells what it took', () => {
    const running = clockOf('firstResponse', 8, '2026-03-05T09:00+01:00');
    const met = meetClock(running, at('2026-03-05T11:00+01:00'));
    assert.equal(met.metAt, at('2026-03-05T11:00+01:00'));
    assert.equal(dueAt(met, office, 1), undefined);
    const later = at('2026-06-01T11:00+02:00');
    assert.equal(usedTime(met, office, later), 2 * HOUR);
    assert.equal(remaining(met, office, later), 6 * HOUR);
    assert.equal(shareUsed(met, office, later), 0.25);
    assert.deepEqual(meetClock(met, later), met);
    assert.deepEqual(pauseClock(met, office, later), met);
    assert.deepEqual(resumeClock(met, later), met);
  });

  test('D2 a clock met while paused took what it had used', () => {
    const paused = pauseClock(
      clockOf('solution', 8, '2026-03-05T09:00+01:00'),
      office,
      at('2026-03-05T10:00+01:00'),
    );
    const met = meetClock(paused, at('2026-03-05T16:00+01:00'));
    assert.equal(usedTime(met, office, at('2026-03-05T17:00+01:00')), HOUR);
    assert.equal(resumeClock(met, at('2026-03-05T16:30+01:00')).runningSince, undefined);
  });

  test('D2 pausing twice or resuming twice changes nothing', () => {
    const started = clockOf('solution', 8, '2026-03-05T09:00+01:00');
    const paused = pauseClock(started, office, at('2026-03-05T10:00+01:00'));
    assert.deepEqual(pauseClock(paused, office, at('2026-03-05T12:00+01:00')), paused);
    assert.deepEqual(resumeClock(started, at('2026-03-05T12:00+01:00')), started);
  });

  test('D2 starting a clock again forgets what it used and fired, not what it allows', () => {
    const old = { ...clockOf('update', 24, '2026-03-05T09:00+01:00'), usedMs: HOUR, fired: ['warning'] };
    assert.deepEqual(startClocks([old], at('2026-03-09T09:00+01:00')), [
      clockOf('update', 24, '2026-03-09T09:00+01:00'),
    ]);
  });

  test('D2 what is left and what share is used, before and after the deadline', () => {
    const clock = clockOf('firstResponse', 8, '2026-03-05T09:00+01:00');
    const noon = at('2026-03-05T12:00+01:00');
    assert.equal(remaining(clock, office, noon), 5 * HOUR);
    assert.equal(shareUsed(clock, office, noon), 3 / 8);
    assert.equal(remaining(clock, office, at('2026-03-06T09:30+01:00')), 0);
    assert.equal(shareUsed(clock, office, at('2026-03-06T09:30+01:00')), 1);
    assert.equal(remaining(clock, office, at('2026-03-06T11:00+01:00')), -1.5 * HOUR, 'late by working time');
    assert.equal(
      remaining(clock, office, at('2026-03-05T08:00+01:00')),
      8 * HOUR,
      'a clock set back uses nothing',
    );
  });

  test('D2 property: pausing and resuming at the same moment changes no due date', () => {
    const start = at('2026-03-02T09:00+01:00');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat({ max: 30 * 24 * HOUR }), (hours, after) => {
        const [clock] = startClocks([{ kind: 'solution', allowedMs: hours * HOUR }], start);
        assert.ok(clock);
        const due = dueAt(clock, office, 1);
        assert.ok(due !== undefined);
        const now = start + after;
        fc.pre(now < due);
        const again = resumeClock(pauseClock(clock, office, now), now);
        assert.equal(dueAt(again, office, 1), due);
        assert.equal(remaining(again, office, now), remaining(clock, office, now));
      }),
    );
  });
});

describe('D1 which calendar', () => {
  test('D1 the service’s calendar counts, else that of the queue', () => {
    const id = (queue: string, service: string) => calendarFor(desk, calendars, { queue, service }).id;
    assert.equal(id('finance', 'invoices'), 'office');
    assert.equal(id('systems', 'email'), 'extended');
    assert.equal(id('finance', 'workstation'), 'extended');
    assert.equal(id('finance', 'service-that-was-removed'), 'office');
  });

  test('D1 a calendar that is not there is a fault that says which', () => {
    assert.throws(
      () => calendarFor(desk, new Map(), { queue: 'finance', service: 'invoices' }),
      /calendar “office”/,
    );
  });
});
