import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { execute } from '../../../src/app/changing/execute.ts';
import type { House } from '../../../src/app/house.ts';
import type { Destination } from '../../../src/app/ports/delivery.ts';
import { createOutbox, type Outbox } from '../../../src/app/sending/outbox.ts';
import type { Outgoing } from '../../../src/cards/kit/card.ts';
import { actorFor } from '../../../src/domain/rights.ts';
import { createPace } from '../../../src/teams/pace.ts';
import { PERSON, personRef } from '../../support/desk.ts';
import { aRequest, aRouting, notice, ticketNumber } from '../../support/tickets.ts';
import { type Building, build } from '../support/house.ts';

const SOON_MS = 5_000;

let building: Building;
let house: House;
let outbox: Outbox;
/** What was taken, and when: the room, and what it says. */
let taken: { readonly room: string; readonly what: string; readonly at: number }[];

beforeEach(async () => {
  building = await build();
  taken = [];
  const pace = createPace(() => building.clock.now());
  const take = (to: Destination, { summary }: Outgoing) => {
    const room = to.kind === 'person' ? to.person : to.queue;
    const afterMs = pace.take(room);
    if (afterMs > 0) return { kind: 'retry', reason: 'pace', afterMs, counts: false } as const;
    taken.push({ room, what: summary, at: building.clock.now() });
    const post = { conversation: room, activity: String(taken.length) };
    return { kind: 'sent', post } as const;
  };
  house = await building.house({
    messenger: {
      post: async (to, content) => take(to, content),
      edit: async (to, post, content) => ({ ...take(to, content), post }) as never,
    },
  });
  outbox = createOutbox(
    house,
    async (_, { owner, key, merged = [] }): Promise<Outgoing> => ({
      card: {},
      summary: [owner.id, ...merged.map((one) => one.key), key].join(' '),
    }),
    () => () => {},
  );
});
afterEach(async () => {
  await outbox.stop(8_000);
  await building.demolish();
});

const open = async (who: keyof typeof PERSON, counter: number) => {
  const done = await execute(house, ticketNumber(counter), {
    ...{ type: 'open', at: building.clock.now(), via: 'chat', number: ticketNumber(counter) },
    ...{ actor: actorFor(house.desk, personRef(who)), draft: `draft-${counter}` },
    ...{ request: aRequest(), routing: aRouting() },
  });
  assert.equal(done.kind, 'done');
};
/** Sends, and lets time pass as the outbox asks for it, until so. */
const until = async (so: () => boolean): Promise<void> => {
  for (let round = 0; round < 5_000; round++) {
    await outbox.drain();
    if (so()) return;
    const next = await house.store.nextDeliveryAt();
    assert.ok(next !== undefined, 'nothing waits any more');
    building.clock.advance(Math.max(next - building.clock.now(), 1));
  }
};
const inFinance = (counter: number) =>
  taken.find(({ room, what }) => room === 'finance' && what.startsWith(ticketNumber(counter)));

test('A9 a hundred and twenty requests of one person delay the card of another by no more than five seconds', async () => {
  for (let counter = 1; counter <= 120; counter++) await open('maria', counter);
  const begun = building.clock.now();
  await until(() => taken.length >= 40);
  await open('luca', 121);
  const asked = building.clock.now();
  await until(() => inFinance(121) !== undefined);
  assert.ok(building.clock.now() - asked <= SOON_MS, `${building.clock.now() - asked} ms`);
  assert.equal(inFinance(120), undefined, 'the others still wait');
  await until(() => inFinance(120) !== undefined);
  const order = taken.filter(({ room, what }) => room === 'finance' && !what.includes(ticketNumber(121)));
  const numbers = [...new Set(order.map(({ what }) => what.slice(0, 16)))];
  assert.deepEqual(numbers, [...numbers].sort(), 'one person’s come in order');
  const minutes = (building.clock.now() - begun) / 60_000;
  assert.ok(minutes < 10, `and the last one after ${minutes} minutes`);
});

test('A9 notices that wait for the same reader become one, and those of others do not', async () => {
  const owner = { kind: 'ticket', id: 'T' } as const;
  const wrote = (event: number, who: keyof typeof PERSON = 'anna') =>
    notice(event, { to: { kind: 'person', person: PERSON[who] }, merges: 'requesterWrote' });
  for (let event = 1; event <= 200; event++) {
    await house.store.enqueue(owner, wrote(event));
    await house.store.enqueue({ kind: 'ticket', id: 'U' }, wrote(event, 'bruno'));
  }
  await house.store.enqueue(owner, notice(201, { to: { kind: 'person', person: PERSON.anna } }));
  await until(() => taken.length >= 3);
  await outbox.drain();
  assert.deepEqual(
    taken.map(({ what }) => what.split(' ').length - 1).sort((a, b) => b - a),
    [200, 200, 1],
  );
  assert.equal(await house.store.nextDeliveryAt(), undefined);
});

test('A9 the first notices come at once, and what follows waits for a while and is merged', async () => {
  const owner = { kind: 'ticket', id: 'T' } as const;
  for (let event = 1; event <= 10; event++) {
    await house.store.enqueue(owner, notice(event, { merges: 'requesterWrote' }));
    await outbox.drain();
  }
  assert.equal(taken.length, 2);
  const next = (await house.store.nextDeliveryAt()) ?? 0;
  assert.ok(next - building.clock.now() <= 20_000);
  building.clock.advance(next - building.clock.now());
  await outbox.drain();
  assert.equal(taken.length, 3);
  assert.equal(taken.at(-1)?.what.split(' ').length, 9);
});

test('A9 N3 what was merged fails together and is tried again together', async () => {
  const owner = { kind: 'ticket', id: 'T' } as const;
  let refusals = 1;
  const refusing = await building.house({
    messenger: {
      post: async () =>
        refusals-- > 0
          ? { kind: 'retry', reason: '502', counts: true }
          : { kind: 'failed', reason: '403 BotDisabledByAdmin' },
    },
  });
  const own = createOutbox(
    refusing,
    async () => ({ card: {}, summary: '' }),
    () => () => {},
  );
  for (let event = 1; event <= 3; event++)
    await refusing.store.enqueue(owner, notice(event, { merges: 'requesterWrote' }));
  await own.drain();
  building.clock.advance(30_000);
  await own.drain();
  building.clock.advance(30_000);
  await own.drain();
  const failed = await refusing.store.failedDeliveries(10);
  assert.deepEqual(failed.map(({ event }) => event).sort(), [1, 2, 3]);
  await own.stop(8_000);
});
