import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { retime } from '../../../src/app/changing/retime.ts';
import { runDue } from '../../../src/app/changing/scheduler.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { testDesk } from '../../support/desk.ts';
import { type Building, build } from '../support/house.ts';

const DAY_MS = 86_400_000;

describe('after the desk has changed', () => {
  let building: Building;
  beforeEach(async () => {
    building = await build();
  });
  afterEach(() => building.demolish());

  /** Warns after a hundredth of the time: much sooner than the test desk. */
  const hasty = (): Desk => {
    const desk = testDesk();
    return { ...desk, escalation: [{ id: 'early', at: 0.01, notify: ['responsible'] }, ...desk.escalation] };
  };

  test('D3 A5 a deadline that comes sooner by the new desk is noticed when it comes', async () => {
    const before = await building.house();
    const number = await building.open(before, 1);
    const [moment] = (await before.store.dueMoments([number])).values();
    const house = await building.house({ desk: hasty() });
    assert.equal(await retime(house), 1);
    const [sooner] = (await house.store.dueMoments([number])).values();
    assert.ok(moment !== undefined && sooner !== undefined && sooner < moment);
    building.clock.advance(sooner - building.clock.now());
    await runDue(house);
    const types = (await house.store.history(number)).map(({ type }) => type);
    assert.deepEqual(types, ['opened', 'escalated']);
    assert.equal(await retime(house), 0, 'once');
  });

  test('D3 A5 of many tickets all are gone over, and one that becomes due later is left to be found', async () => {
    const house = await building.house({ desk: hasty() });
    const numbers: string[] = [];
    for (let n = 1; n <= 60; n++) numbers.push(await building.open(house, n));
    const later = await building.house();
    assert.equal(await retime(later), 0);
    // By the desk as it is now nothing is due then: it is looked at, and put off.
    building.clock.advance(DAY_MS / 8);
    await runDue(later);
    assert.equal(await retime(house), 60);
  });

  test('A5 what somebody else changes meanwhile is looked at again', async () => {
    const before = await building.house();
    const number = await building.open(before, 1);
    const house = await building.house({ desk: hasty() });
    const { commitTicket } = house.store;
    let raced = false;
    const racing = async (...[commit]: Parameters<typeof commitTicket>) => {
      if (!raced) {
        raced = true;
        return { kind: 'conflict' } as const;
      }
      return commitTicket(commit);
    };
    assert.equal(await retime({ ...house, store: { ...house.store, commitTicket: racing } }), 1);
    assert.ok((await house.store.dueMoments([number])).size === 1 && raced);
  });
});
