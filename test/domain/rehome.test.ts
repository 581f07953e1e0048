import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileCalendars } from '../../src/domain/calendar.ts';
import { calendarFor } from '../../src/domain/deadlines.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { timersOf } from '../../src/domain/timers.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

/** The test desk without its finance office. */
function smaller(): Desk {
  const desk = testDesk();
  return { ...desk, queues: new Map([...desk.queues].filter(([id]) => id !== 'finance')) };
}
const desk = smaller();
const context = { desk, calendars: compileCalendars(desk) };
const rehome = (ticket: Ticket, at = MORNING + 3_600_000) =>
  decide(ticket, { type: 'rehome', at, actor: { kind: 'timer' }, via: 'timer' }, context);

test('A5 a ticket whose queue has vanished goes to the queue for what fits nowhere, and says why', () => {
  const ticket = aTicket(1);
  assert.deepEqual(timersOf(ticket, desk, context.calendars), [{ type: 'rehome', at: ticket.changedAt }]);
  const decision = rehome(ticket);
  assert.ok(decision.ok);
  const after = decision.events.reduce<Ticket | undefined>(evolve, ticket) as Ticket;
  assert.deepEqual([after.queue, after.formerQueues, after.state.kind], ['raw', ['finance'], 'new']);
  const [moved] = decision.events;
  assert.ok(moved?.type === 'moved' && moved.because === 'queueGone' && moved.by === undefined);
  assert.ok(timersOf(after, desk, context.calendars).every(({ type }) => type !== 'rehome'));
});

test('A5 T5 who held it and has no rights there holds it no longer; who has them keeps it', () => {
  const held = { locked: true, lockedAt: MORNING, state: { kind: 'inProgress' } } as const;
  const lost = rehome(aTicket(1, { ...held, owner: personRef('anna') }));
  assert.deepEqual(lost.ok && lost.events.map(({ type }) => type), ['moved', 'released']);
  const kept = rehome(aTicket(1, { ...held, owner: personRef('carla') }));
  assert.deepEqual(kept.ok && kept.events.map(({ type }) => type), ['moved']);
});

test('A5 a closed ticket stays where it was, and one whose queue is there stays too', () => {
  const closed = aTicket(1, { state: { kind: 'closedSuccessfully', at: MORNING } });
  assert.deepEqual(timersOf(closed, desk, context.calendars), []);
  const decision = rehome(closed);
  assert.ok(!decision.ok && decision.refusal.code === 'nothingDue');
  const elsewhere = rehome(aTicket(1, { queue: 'taxes' }));
  assert.ok(!elsewhere.ok && elsewhere.refusal.code === 'nothingDue');
});

test('A5 nobody but time moves it so', () => {
  const anna = {
    kind: 'person' as const,
    ...{ id: PERSON.anna, name: 'Anna Conti' },
    ...{ agentOf: ['finance'], supervisorOf: [], administrator: true },
  };
  const decision = decide(
    aTicket(1),
    { type: 'rehome', at: MORNING, actor: anna, via: 'queueChannel' },
    context,
  );
  assert.ok(!decision.ok && decision.refusal.code === 'supervisorsOnly');
});

test('A5 D1 until it is moved its time goes by the calendar of where it will be', () => {
  assert.equal(calendarFor(desk, context.calendars, { queue: 'finance', service: 'gone' }).id, 'office');
});
