/** What the bot does by itself once people have been taken out of the desk (A1), and what it tells them no more (N2). */

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { execute } from '../../../src/app/changing/execute.ts';
import { retime } from '../../../src/app/changing/retime.ts';
import { runDue } from '../../../src/app/changing/scheduler.ts';
import type { House } from '../../../src/app/house.ts';
import { contentOfDelivery } from '../../../src/app/sending/content.ts';
import type { Command } from '../../../src/domain/commands.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { actorFor } from '../../../src/domain/rights.ts';
import { PERSON, personRef, testDesk } from '../../support/desk.ts';
import { type Building, build } from '../support/house.ts';

/** The test desk after Anna has left for good. */
function withoutAnna(): Desk {
  const desk = testDesk();
  return { ...desk, people: new Map([...desk.people].filter(([id]) => id !== PERSON.anna)) };
}

describe('A1 after somebody has left', () => {
  let building: Building;
  let before: House;
  beforeEach(async () => {
    building = await build();
    before = await building.house();
  });
  afterEach(() => building.demolish());

  async function does(house: House, who: keyof typeof PERSON, number: string, what: object) {
    const actor = actorFor(house.desk, personRef(who));
    const command = { at: building.clock.now(), via: 'chat', actor, ...what } as Command;
    const done = await execute(house, number, command);
    assert.equal(done.kind, 'done', JSON.stringify(done));
  }

  /** To whom which events are to be told in person. */
  async function notices(house: House, number: string) {
    const leased = await house.store.leaseDeliveries(building.clock.now(), building.clock.now() + 1, 500);
    return leased.filter(({ kind, owner }) => kind === 'personalNotice' && owner.id === number);
  }

  test('A1 T3 of many tickets every one that they hold is free again, by time itself, and once', async () => {
    const numbers: string[] = [];
    for (let n = 1; n <= 60; n++) numbers.push(await building.open(before, n));
    for (const number of numbers.slice(0, 40)) await does(before, 'anna', number, { type: 'claim' });
    const after = await building.house({ desk: withoutAnna() });
    // Cut off in the middle, and taken up again.
    let pages = 0;
    assert.equal(await retime(after, () => ++pages > 0), 5);
    assert.equal(await retime(after), 35);
    await runDue(after);
    for (const [index, number] of numbers.entries()) {
      const ticket = await after.store.ticket(number);
      assert.ok(ticket && !ticket.locked && ticket.owner === undefined, number);
      const last = (await after.store.history(number)).at(-1);
      if (index < 40) assert.ok(last?.type === 'released' && last.because === 'left' && !last.by, number);
      else assert.equal(last?.type, 'opened', number);
    }
    assert.equal(await retime(after), 0);
    await runDue(after);
    assert.equal((await after.store.history(numbers[0] ?? '')).length, 3);
  });

  test('A1 N2 T4 the responsible is told of it, and who has left is not', async () => {
    const number = await building.open(before, 1);
    await does(before, 'anna', number, { type: 'claim' });
    const after = await building.house({ desk: withoutAnna() });
    await retime(after);
    await runDue(after);
    const told = (await notices(after, number)).filter(({ event }) => event === 3);
    assert.deepEqual(
      told.map(({ to }) => 'person' in to && to.person),
      [PERSON.dario],
    );
    const [delivery] = told;
    const said = delivery && JSON.stringify(await contentOfDelivery(after, delivery));
    assert.match(said ?? '', /Anna Conti non lavora più la coda Servizi finanziari/);
    assert.match(said ?? '', /assign/);
  });

  test('N2 what was on its way to somebody says nothing once they have left', async () => {
    const number = await building.open(before, 1);
    await does(before, 'anna', number, { type: 'claim' });
    await does(before, 'maria', number, {
      ...{ type: 'requesterMessage', text: 'SEGRETO', attachments: [], thanks: false },
    });
    const underWay = await notices(before, number);
    const annas = underWay.filter(({ to }) => 'person' in to && to.person === PERSON.anna);
    assert.ok(annas.some(({ event }) => event === 3));
    const after = await building.house({ desk: withoutAnna() });
    for (const delivery of annas) assert.equal(await contentOfDelivery(after, delivery), undefined);
    for (const delivery of annas) {
      const post = { conversation: 'a:1', activity: '1' };
      const edited = JSON.stringify(await contentOfDelivery(after, { ...delivery, posted: post }));
      assert.match(edited, /Non lavori più per questa assistenza/);
      assert.doesNotMatch(edited, /SEGRETO|mandati|Servizi finanziari/);
    }
  });
});
