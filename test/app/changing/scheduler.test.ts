import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { runDue } from '../../../src/app/changing/scheduler.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { testDesk } from '../../support/desk.ts';
import { type Building, build } from '../support/house.ts';

const DAY_MS = 86_400_000;

describe('the scheduler', () => {
  let building: Building;
  beforeEach(async () => {
    building = await build();
  });
  afterEach(() => building.demolish());

  /** The test desk, closed for all of November: what was due then falls due later. */
  const closedDesk = (): Desk => {
    const desk = testDesk();
    const closed = everyDayOf(2026, 11);
    const calendars = [...desk.calendars].map(([id, calendar]) => [id, { ...calendar, closed }] as const);
    return { ...desk, calendars: new Map(calendars) };
  };
  const everyDayOf = (year: number, month: number) =>
    Array.from({ length: 30 }, (_, day) => `${year}-${month}-${String(day + 1).padStart(2, '0')}`);

  test('A5 D3 tickets that fall due later by a changed desk are put off, however many they are', async () => {
    const before = await building.house();
    for (let counter = 1; counter <= 120; counter++) await building.open(before, counter);
    const after = await building.house({ desk: closedDesk() });
    building.clock.advance(20 * DAY_MS);
    assert.equal((await after.store.due(building.clock.now(), 200)).length, 120);
    let looks = 0;
    const bounded = {
      ...after,
      clock: {
        now: () => {
          // Without an end to it nothing else would ever run, not even a timer of the test's own.
          if (++looks > 1_000) throw new Error('the scheduler looks at the same tickets for ever');
          return building.clock.now();
        },
      },
    };
    await runDue(bounded);
    assert.deepEqual(await after.store.due(building.clock.now(), 200), [], 'nothing is due by the new desk');
    building.clock.advance(60 * DAY_MS);
    assert.equal(await runDue(after), 120);
    const history = await after.store.history(
      (await after.store.ticketsOf(personOf(after), 1))[0]?.number ?? '',
    );
    assert.ok(
      history.some(({ type }) => type === 'escalated'),
      'and it comes when it is due',
    );
  });

  test('D3 one ticket that cannot be understood does not keep the others from escalating', async () => {
    const before = await building.house();
    const lost = await building.open(before, 1);
    const ticket = await before.store.ticket(lost);
    assert.ok(ticket);
    await before.store.commitTicket({
      ticket: {
        ...ticket,
        deadlines: ticket.deadlines.map((one) => ({ ...one, runningSince: 'never' as never })),
      },
      expected: 1,
      events: [],
      deliveries: [],
      dueAt: building.clock.now(),
    });
    const fine = await building.open(before, 2);
    building.clock.advance(20 * DAY_MS);
    await runDue(before);
    const history = await before.store.history(fine);
    assert.ok(history.some(({ type }) => type === 'escalated'));
    assert.match(building.log.join(''), new RegExp(lost), 'and the log says which one');
  });
});

function personOf({ desk }: { readonly desk: Desk }): string {
  return [...desk.people.values()].find(({ key }) => key === 'maria')?.id ?? '';
}
