import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileCalendars } from '../../src/domain/calendar.ts';
import {
  calendarFor,
  type DueEscalation,
  escalationsDue,
  meetClock,
  nextEscalation,
  pauseClock,
  resumeClock,
  startClocks,
} from '../../src/domain/deadlines.ts';
import type { DeadlineKind, EscalationLevel } from '../../src/domain/desk.ts';
import type { DeadlineClock, Instant, Ticket } from '../../src/domain/ticket.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';

const HOUR = 3_600_000;

const at = (iso: string) => {
  const instant = Date.parse(iso);
  assert.ok(!Number.isNaN(instant), iso);
  return instant;
};

const desk = testDesk();
const calendars = compileCalendars(desk);
/** Mon–Thu 8:30–13 and 14–17, Fri 8:30–13, Rome. */
const office = calendarFor(desk, calendars, { queue: 'finance', service: 'invoices' });

type Escalating = Pick<Ticket, 'state' | 'deadlines' | 'queue' | 'service' | 'owner' | 'responsible'>;

function ticketWith(deadlines: readonly DeadlineClock[], more: Partial<Escalating> = {}): Escalating {
  return {
    state: { kind: 'open' },
    queue: 'finance',
    service: 'invoices',
    owner: personRef('anna'),
    responsible: personRef('dario'),
    deadlines,
    ...more,
  };
}

function clockOf(kind: DeadlineKind, hours: number, since: string): DeadlineClock {
  const [clock] = startClocks([{ kind, allowedMs: hours * HOUR }], at(since));
  assert.ok(clock);
  return clock;
}

/** The ticket after what was due has been recorded, as `evolve` does. */
function fire(ticket: Escalating, due: readonly DueEscalation[]): Escalating {
  return {
    ...ticket,
    deadlines: ticket.deadlines.map((clock) => ({
      ...clock,
      fired: [
        ...clock.fired,
        ...due.filter(({ deadline }) => deadline === clock.kind).map(({ level }) => level.id),
      ],
    })),
  };
}

const brief = (due: readonly DueEscalation[]) =>
  due.map(({ deadline, level, notified, supersededBy }) => [
    deadline,
    level.id,
    notified.map(({ name }) => name.split(' ')[0]).join(' '),
    ...(supersededBy === undefined ? [] : [`under ${supersededBy}`]),
  ]);

const warningAt = at('2026-03-06T09:00+01:00');
const breachAt = at('2026-03-06T11:30+01:00');
const longAt = at('2026-03-10T09:30+01:00');
const ticket = ticketWith([clockOf('firstResponse', 10, '2026-03-05T09:00+01:00')]);
const due = (of: Escalating, now: Instant) => escalationsDue(of, desk, calendars, now);
const next = (of: Escalating) => {
  const found = nextEscalation(of, desk, calendars);
  return found && [found.deadline, found.level.id, found.at];
};

test('D3 the warning is due exactly at its share of the time, not a millisecond before', () => {
  assert.deepEqual(next(ticket), ['firstResponse', 'warning', warningAt]);
  assert.deepEqual(due(ticket, warningAt - 1), []);
  assert.deepEqual(brief(due(ticket, warningAt)), [['firstResponse', 'warning', 'Anna']]);
  assert.equal(due(ticket, warningAt)[0]?.at, warningAt);
});

test('D3 each level fires once, in turn: warning, breach, and further levels', () => {
  const warned = fire(ticket, due(ticket, warningAt));
  assert.deepEqual(due(warned, breachAt - 1), []);
  assert.deepEqual(next(warned), ['firstResponse', 'breach', breachAt]);
  assert.deepEqual(brief(due(warned, breachAt)), [['firstResponse', 'breach', 'Anna Dario']]);
  const breached = fire(warned, due(warned, breachAt));
  assert.deepEqual(next(breached), ['firstResponse', 'long', longAt]);
  assert.deepEqual(brief(due(breached, longAt)), [['firstResponse', 'long', 'Elena']]);
  const all = fire(breached, due(breached, longAt));
  assert.equal(next(all), undefined);
  assert.deepEqual(due(all, longAt + 1000 * HOUR), []);
});

test('D3 levels that were passed unseen all fire, and who is in a higher one is pinged by that one only', () => {
  assert.deepEqual(brief(due(ticket, breachAt)), [
    ['firstResponse', 'warning', '', 'under breach'],
    ['firstResponse', 'breach', 'Anna Dario'],
  ]);
  assert.deepEqual(brief(due(ticket, longAt)), [
    ['firstResponse', 'warning', '', 'under long'],
    ['firstResponse', 'breach', 'Anna Dario', 'under long'],
    ['firstResponse', 'long', 'Elena'],
  ]);
  assert.deepEqual(
    due(ticket, longAt).map((one) => one.at),
    [warningAt, breachAt, longAt],
  );
});

test('D3 without an owner the responsible stands in, and is pinged once even so', () => {
  const { owner: _, ...unclaimed } = ticket;
  assert.deepEqual(brief(due(unclaimed, warningAt)), [['firstResponse', 'warning', 'Dario']]);
  assert.deepEqual(brief(due(fire(unclaimed, due(unclaimed, warningAt)), breachAt)), [
    ['firstResponse', 'breach', 'Dario'],
  ]);
});

test('D3 the ticket’s responsible is pinged, not the queue’s supervisors', () => {
  const brunos = { ...ticket, responsible: personRef('bruno') };
  const warned = fire(brunos, due(brunos, warningAt));
  assert.deepEqual(brief(due(warned, breachAt)), [['firstResponse', 'breach', 'Anna Bruno']]);
});

test('D3 without a responsible the queue’s supervisors stand in, and without them the administrators', () => {
  const { owner: _, responsible: __, ...nobodys } = ticket;
  assert.deepEqual(brief(due(nobodys, warningAt)), [['firstResponse', 'warning', 'Dario']]);
  const unsupervised = { ...nobodys, queue: 'raw', service: 'payroll' };
  assert.deepEqual(brief(due(unsupervised, warningAt)), [['firstResponse', 'warning', 'Elena']]);
  assert.deepEqual(brief(due(unsupervised, longAt)), [
    ['firstResponse', 'warning', '', 'under long'],
    ['firstResponse', 'breach', '', 'under long'],
    ['firstResponse', 'long', 'Elena'],
  ]);
});

test('D3 who is pinged is told by id and full name', () => {
  assert.deepEqual(due(ticket, warningAt)[0]?.notified, [{ id: PERSON.anna, name: 'Anna Conti' }]);
});

test('D3 deadlines escalate each for itself, soonest first', () => {
  const two = ticketWith([
    clockOf('solution', 9, '2026-03-05T09:00+01:00'),
    clockOf('update', 8, '2026-03-05T09:00+01:00'),
  ]);
  // Shares of 0.75: 6.75 hours for the solution, 6 for the update.
  assert.deepEqual(next(two), ['update', 'warning', at('2026-03-05T16:00+01:00')]);
  assert.deepEqual(brief(due(two, at('2026-03-06T08:30+01:00'))), [
    ['update', 'warning', 'Anna'],
    ['solution', 'warning', 'Anna'],
  ]);
  assert.deepEqual(brief(due(two, at('2026-03-06T09:30+01:00'))), [
    ['update', 'warning', '', 'under breach'],
    ['solution', 'warning', 'Anna'],
    ['update', 'breach', 'Anna Dario'],
  ]);
});

test('D3 a paused or met clock and a closed ticket escalate nothing', () => {
  const late = longAt + 1000 * HOUR;
  const [clock] = ticket.deadlines;
  assert.ok(clock);
  const paused = ticketWith([pauseClock(clock, office, at('2026-03-05T10:00+01:00'))]);
  const met = ticketWith([meetClock(clock, at('2026-03-05T10:00+01:00'))]);
  const closed = ticketWith([clock], { state: { kind: 'closedUnsuccessfully', at: warningAt } });
  const merged = ticketWith([clock], {
    state: { kind: 'merged', into: '2026030510000013', at: warningAt },
  });
  for (const silent of [paused, met, closed, merged, ticketWith([])]) {
    assert.equal(next(silent), undefined);
    assert.deepEqual(due(silent, late), []);
  }
});

test('D3 a clock that waited for the requester escalates later by that much working time', () => {
  const [clock] = ticket.deadlines;
  assert.ok(clock);
  const paused = pauseClock(clock, office, at('2026-03-05T17:00+01:00'));
  const waited = ticketWith([resumeClock(paused, at('2026-03-09T08:30+01:00'))]);
  // Seven of ten hours are used: half an hour to the warning, three to the breach.
  assert.deepEqual(next(waited), ['firstResponse', 'warning', at('2026-03-09T09:00+01:00')]);
  assert.deepEqual(next(fire(waited, due(waited, at('2026-03-09T09:00+01:00')))), [
    'firstResponse',
    'breach',
    at('2026-03-09T11:30+01:00'),
  ]);
});

test('D3 levels that became due at the same moment come in their order', () => {
  const resumedAt = at('2026-03-09T09:00+01:00');
  const late = ticketWith([
    { kind: 'solution', allowedMs: 4 * HOUR, usedMs: 5 * HOUR, runningSince: resumedAt, fired: [] },
  ]);
  assert.deepEqual(
    due(late, resumedAt).map((one) => [one.level.id, one.at]),
    [
      ['warning', resumedAt],
      ['breach', resumedAt],
    ],
  );
});

test('D3 a level that is configured after a higher one has fired keeps quiet', () => {
  const half: EscalationLevel = { id: 'half', at: 0.5, notify: ['owner'] };
  const changed = { ...desk, escalation: [...desk.escalation, half] };
  assert.equal(
    nextEscalation(ticket, changed, calendars)?.level.id,
    'half',
    'whatever its place in the list',
  );
  const warned = fire(ticket, due(ticket, warningAt));
  assert.equal(nextEscalation(warned, changed, calendars)?.level.id, 'breach');
  assert.deepEqual(escalationsDue(warned, changed, calendars, warningAt), []);
  const breached = fire(warned, due(warned, breachAt));
  const almost: EscalationLevel = { id: 'almost', at: 0.9, notify: ['owner'] };
  const unordered = { ...desk, escalation: [...desk.escalation, almost].reverse() };
  assert.equal(nextEscalation(breached, unordered, calendars)?.level.id, 'long');
});

test('D3 an allowance that shrinks makes due at once what it should have been', () => {
  const [clock] = ticket.deadlines;
  assert.ok(clock);
  const shorter = ticketWith([{ ...clock, allowedMs: 2 * HOUR }]);
  assert.deepEqual(next(shorter), ['firstResponse', 'warning', at('2026-03-05T10:30+01:00')]);
  assert.deepEqual(
    due(shorter, at('2026-03-05T12:00+01:00')).map(({ level }) => level.id),
    ['warning', 'breach'],
  );
});

test('D3 property: however the clock jumps, every level fires exactly once and nobody twice at a time', () => {
  const start = at('2026-03-02T09:00+01:00');
  const jumps = fc.array(fc.integer({ min: 0, max: 90 * HOUR }), { maxLength: 12 });
  const allowed = fc.record({
    firstResponse: fc.integer({ min: 1, max: 60 }),
    solution: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(allowed, jumps, ({ firstResponse, solution }, steps) => {
      let now = start;
      let current = ticketWith(
        startClocks(
          [
            { kind: 'firstResponse', allowedMs: firstResponse * HOUR },
            { kind: 'solution', allowedMs: solution * HOUR },
          ],
          start,
        ),
      );
      const fired: string[] = [];
      for (const step of [...steps, 1000 * HOUR]) {
        now += step;
        const soonest = nextEscalation(current, desk, calendars);
        const reached = due(current, now);
        assert.equal(reached.length > 0, soonest !== undefined && soonest.at <= now);
        if (reached[0]) assert.equal(reached[0].at, soonest?.at);
        for (const kind of ['firstResponse', 'solution']) {
          const pinged = reached
            .filter(({ deadline }) => deadline === kind)
            .flatMap(({ notified }) => notified);
          assert.equal(new Set(pinged.map(({ id }) => id)).size, pinged.length);
        }
        fired.push(...reached.map(({ deadline, level }) => `${deadline} ${level.id}`));
        current = fire(current, reached);
        assert.deepEqual(due(current, now), []);
      }
      assert.deepEqual(
        fired.sort(),
        ['firstResponse', 'solution'].flatMap((kind) =>
          ['breach', 'long', 'warning'].map((id) => `${kind} ${id}`),
        ),
      );
    }),
  );
});

test('D3 a deadline that is paused keeps no other from escalating', () => {
  const running = clockOf('solution', 4, '2026-03-02T09:00+01:00');
  const paused = pauseClock(
    clockOf('update', 4, '2026-03-02T09:00+01:00'),
    office,
    at('2026-03-02T10:00+01:00'),
  );
  const ticket = ticketWith([paused, running]);
  assert.equal(nextEscalation(ticket, desk, calendars)?.deadline, 'solution');
  const due = escalationsDue(ticket, desk, calendars, at('2026-03-02T12:30+01:00'));
  assert.deepEqual(
    due.map(({ deadline }) => deadline),
    ['solution'],
  );
});
