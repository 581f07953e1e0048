import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type Executed, execute } from '../../../src/app/changing/execute.ts';
import type { House } from '../../../src/app/house.ts';
import { contentOfDelivery } from '../../../src/app/sending/content.ts';
import { createOutbox } from '../../../src/app/sending/outbox.ts';
import type { Command } from '../../../src/domain/commands.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { actor, type Someone } from '../../support/decision.ts';
import { PERSON } from '../../support/desk.ts';
import { type Building, build } from '../support/house.ts';

const LEASE_MS = 60_000;

describe('T11 two tickets, each with a write of its own', () => {
  let building: Building;
  let house: House;
  let first: string;
  let second: string;
  beforeEach(async () => {
    building = await build();
    house = await building.house();
    first = await building.open(house, 1);
    second = await building.open(house, 2);
    await deliver(house);
  });
  afterEach(() => building.demolish());

  const ask = (
    type: 'link' | 'merge',
    number: string,
    to: string,
    who: Someone = 'anna',
  ): Promise<Executed> =>
    execute(house, number, { type, to, at: building.clock.now(), via: 'queueChannel', actor: actor(who) });
  const deliver = (through: House) => createOutbox(through, contentOfDelivery, () => () => {}).drain();
  const read = async (number: string): Promise<Ticket> => (await house.store.ticket(number)) as Ticket;
  const types = async (number: string) => (await house.store.history(number)).map(({ type }) => type);

  test('T11 a kill after the first commit: another process finds the second one to be done', async () => {
    assert.equal((await ask('merge', first, second)).kind, 'done');
    assert.deepEqual(await types(second), ['opened']);
    await deliver(await building.house());
    assert.deepEqual(await types(second), ['opened', 'absorbed']);
    assert.deepEqual((await read(second)).links, [{ number: first, kind: 'duplicate' }]);
    assert.equal((await house.store.history(second))[1]?.by?.id, PERSON.anna, 'whose decision it was');
  });

  test('T11 A3 a kill between the second commit and its acknowledgement: nothing happens twice', async () => {
    await ask('merge', first, second);
    // The acknowledgement never reaches the store: the process died before.
    const dying: House = { ...house, store: { ...house.store, acknowledge: async () => false } };
    await deliver(dying);
    assert.deepEqual(await types(second), ['opened', 'absorbed']);
    building.clock.advance(3 * LEASE_MS);
    await deliver(await building.house());
    assert.deepEqual(await types(second), ['opened', 'absorbed']);
    assert.equal(await house.store.deliveriesPending({ kind: 'ticket', id: first }), false);
  });

  test('T11 A3 nor when the receipt is long forgotten', async () => {
    await ask('link', first, second);
    const dying: House = { ...house, store: { ...house.store, acknowledge: async () => false } };
    await deliver(dying);
    building.clock.advance(3 * 86_400_000);
    // A later receipt has the store forget the old ones.
    const note: Command = {
      ...{ type: 'note', text: 'x', attachments: [] },
      ...{ at: building.clock.now(), via: 'queueChannel', actor: actor('anna') },
    } as Command;
    await execute(house, second, note, {
      receipt: { key: 'later', at: building.clock.now(), outcome: null },
    });
    await deliver(await building.house());
    assert.deepEqual(await types(second), ['opened', 'linked', 'noted']);
  });

  for (const order of ['the first', 'the second'] as const)
    test(`T11 two tickets merged into each other at once are never both lost, ${order} asked first`, async () => {
      // Both were decided when the other was still open, as two processes can.
      const stale = { ...house.store };
      const [one, two] = [await read(first), await read(second)];
      const blind = (other: Ticket): House => ({
        ...house,
        store: {
          ...stale,
          ticket: async (number) => (number === other.number ? other : house.store.ticket(number)),
        },
      });
      const merge = (number: string, other: Ticket) =>
        execute(blind(other), number, {
          ...{ type: 'merge', to: other.number, at: building.clock.now() },
          ...{ via: 'queueChannel', actor: actor('anna') },
        } as Command);
      const [a, b] = order === 'the first' ? [one, two] : [two, one];
      assert.equal((await merge(a.number, b)).kind, 'done');
      assert.equal((await merge(b.number, a)).kind, 'done');
      await deliver(house);
      building.clock.advance(1_000);
      await deliver(house);
      const after = [await read(first), await read(second)];
      const merged = after.filter(({ state }) => state.kind === 'merged');
      // Where each found the other merged, both are open again, and whoever asked is told.
      assert.ok(merged.length < 2, 'they point at each other');
      for (const ticket of after)
        if (ticket.state.kind !== 'merged')
          assert.deepEqual(
            ticket.links ?? [],
            merged.map(({ number }) => ({ number, kind: 'duplicate' })),
          );
    });

  test('T11 in a circle of three, not one is lost', async () => {
    const third = await building.open(house, 3);
    await ask('merge', first, second);
    await deliver(house);
    await ask('merge', second, third);
    await deliver(house);
    const back = await ask('merge', third, first);
    assert.deepEqual(back.kind === 'refused' && back.refusal, { code: 'mergedInto', number: second });
    assert.equal((await read(third)).state.kind, 'new');
  });

  test('T11 a link is seen from both sides', async () => {
    await ask('link', first, second);
    await deliver(house);
    assert.deepEqual((await read(first)).links, [{ number: second, kind: 'related' }]);
    assert.deepEqual((await read(second)).links, [{ number: first, kind: 'related' }]);
    await deliver(house);
    assert.deepEqual(await types(first), ['opened', 'linked'], 'and does not come back');
  });
});
