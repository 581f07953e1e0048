/** Promises about an outbox that is worked on while tickets change: order, and independence of one from the other. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery } from '../../src/app/ports/delivery.ts';
import type { Store } from '../../src/app/ports/store.ts';
import { aTicket, change, MORNING, notice, opening, queueCard, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, TAKE_OVER_MS, ticketOwner, withStore } from './backend.ts';
import { LEASE_MS, leaseAll, leaseOne, POST } from './delivery-contract.ts';

const named = (leased: readonly LeasedDelivery[]) =>
  leased.map(({ owner, event }) => `${owner.id === ticketNumber(1) ? 'one' : 'two'} ${event}`);
const lease = (store: Store, limit: number, after = 0) =>
  store.leaseDeliveries(MORNING + after, MORNING + after + LEASE_MS, limit);

export function sharedOutboxContract(newBackend: NewBackend): void {
  test('N3 the first are leased first, in whichever tickets they lie', () =>
    withStore(newBackend, async ({ store }) => {
      const asked = [1, 2, 2, 1, 1, 2];
      for (const [index, counter] of asked.entries())
        await store.enqueue(ticketOwner(counter), notice(index + 1));
      assert.deepEqual(named(await lease(store, 3)), ['one 1', 'two 2', 'two 3']);
      assert.deepEqual(named(await lease(store, 3)), ['one 4', 'one 5', 'two 6']);
    }));

  test('A9 all that is ready of one owner can be leased, and nothing of another or of what waits', () =>
    withStore(newBackend, async ({ store }) => {
      for (const event of [1, 2, 3]) await store.enqueue(ticketOwner(1), notice(event));
      await store.enqueue(ticketOwner(2), notice(4));
      const [first] = await lease(store, 1);
      assert.ok(first);
      await store.postpone(first, MORNING + 500, false);
      const others = await store.leaseOthers(ticketOwner(1), MORNING, MORNING + LEASE_MS);
      assert.deepEqual(named(others), ['one 2', 'one 3']);
      assert.deepEqual(await store.leaseOthers(ticketOwner(1), MORNING, MORNING + LEASE_MS), []);
      assert.deepEqual(named(await lease(store, 9)), ['two 4']);
      const later = await store.leaseOthers(ticketOwner(1), MORNING + 500, MORNING + LEASE_MS);
      assert.deepEqual(named(later), ['one 1']);
    }));

  test('A9 notices that became one are acknowledged together, and all stand where it stands', () =>
    withStore(newBackend, async ({ store }) => {
      for (const event of [1, 2, 3]) await store.enqueue(ticketOwner(1), notice(event));
      const [one, two, three] = await leaseAll(store);
      assert.ok(one && two && three);
      assert.equal(await store.acknowledge({ ...three, merged: [one, two] }, POST), true);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false);
      assert.equal(await store.nextDeliveryAt(), undefined);
      const posts = await store.posts(ticketOwner(1));
      assert.deepEqual(posts, { [one.key]: POST, [two.key]: POST, [three.key]: POST });
      for (const event of [1, 2, 3]) await store.enqueue(ticketOwner(1), notice(event));
      assert.deepEqual(await leaseAll(store), [], 'said is said');
    }));

  test('N3 what was postponed and is ready again keeps its place before what was asked for later', () =>
    withStore(newBackend, async ({ store }) => {
      for (const event of [1, 2, 3]) await store.enqueue(ticketOwner(1), notice(event));
      const [, second, third] = await leaseAll(store);
      assert.ok(second && third);
      await store.postpone(third, MORNING + 200, true);
      await store.postpone(second, MORNING + 300, true);
      await store.enqueue(ticketOwner(2), notice(4));
      assert.deepEqual(named(await lease(store, 2, 300)), ['one 2', 'one 3']);
      assert.deepEqual(named(await lease(store, 2, 300)), ['two 4']);
    }));

  test('N3 nothing is leased, listed or due where nothing is asked for', () =>
    withStore(newBackend, async ({ store }) => {
      const { ticket } = opening(1);
      await store.commitTicket(opening(1, { dueAt: MORNING, deliveries: [queueCard(), notice(1)] }));
      assert.deepEqual(await lease(store, 0), []);
      const [card] = await leaseAll(store);
      assert.ok(card);
      await store.fail(card, 'the channel is gone', MORNING);
      assert.deepEqual(await store.failedDeliveries(0), []);
      assert.deepEqual(await store.due(MORNING, 0), []);
      assert.deepEqual(await store.ticketsOf(ticket.requester.id, 0), []);
    }));

  test('N3 one commit may ask for the same delivery twice: the last edit counts, a notice is one', () =>
    withStore(newBackend, async ({ store }) => {
      const moved = queueCard({ to: { kind: 'channel', queue: 'taxes' } });
      const deliveries = [queueCard(), notice(1), moved, notice(1)];
      await store.commitTicket(opening(1, { deliveries }));
      const [card, only, ...none] = await leaseAll(store);
      assert.deepEqual(none, []);
      assert.deepEqual(card?.to, moved.to);
      assert.ok(card && only);
      assert.equal(await store.acknowledge(card, POST), true);
      assert.equal(await store.acknowledge(only, POST), true);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false);
    }));

  test('D6 a post handed over under the key of a notice counts as that notice', () =>
    withStore(newBackend, async ({ store }) => {
      const posts = { [notice(1).key]: POST };
      await store.commitTicket(opening(1, { posts, deliveries: [notice(1), notice(2)] }));
      assert.equal((await leaseOne(store)).event, 2);
    }));

  test('T3 sending, postponing and failing leave the ticket’s version alone, and a commit leaves them alone', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1, { deliveries: [queueCard(), notice(1), notice(2)] }));
      const [card, first, second] = await leaseAll(store);
      assert.ok(card && first && second);
      const next = change(aTicket(1), { deliveries: [notice(3)] });
      await store.acknowledge(card, POST);
      assert.deepEqual(await store.commitTicket(next), { kind: 'committed' });
      await store.postpone(first, MORNING + 500, true);
      await store.fail(second, 'the app is not installed', MORNING);
      assert.deepEqual(await store.commitTicket(change(next.ticket)), { kind: 'committed' });
      assert.deepEqual(await store.posts(ticketOwner(1)), { queueCard: POST });
      assert.equal((await store.failedDeliveries(10))[0]?.event, 2);
      assert.equal((await leaseOne(store)).event, 3);
      assert.equal((await leaseOne(store, 500)).attempts, 1);
    }));

  test('N3 of many changes of one outbox at the same moment, from two connections, none is lost', () =>
    withStore(newBackend, async ({ store, again }) => {
      const other = (await again()).store;
      const events = Array.from({ length: 20 }, (_, n) => n + 1);
      const owner = ticketOwner(1);
      await store.commitTicket(opening(1, { deliveries: events.map((event) => notice(event)) }));
      const leased = await leaseAll(store);
      assert.equal(leased.length, events.length);

      const commit = change(aTicket(1), { deliveries: [notice(100), queueCard()] });
      const [committed] = await Promise.all([
        other.commitTicket(commit),
        ...leased.map((delivery, n) =>
          n % 2 === 0
            ? store.acknowledge(delivery, { ...POST, activity: `${n}` })
            : other.postpone(delivery, MORNING + 500, true),
        ),
        ...events.map((event) => (event % 2 ? store : other).enqueue(owner, notice(200 + event))),
      ]);
      assert.deepEqual(committed, { kind: 'committed' });
      assert.equal(Object.keys(await store.posts(owner)).length, events.length / 2);
      const ready = await leaseAll(store);
      assert.deepEqual(
        ready.map(({ event }) => event ?? 0).sort((a, b) => a - b),
        [0, 100, ...events.map((event) => 200 + event)],
      );
      const postponed = await leaseAll(other, 500 + TAKE_OVER_MS);
      assert.equal(postponed.filter(({ attempts }) => attempts === 1).length, events.length / 2);
    }));

  test('N3 what an instance left leased or postponed is taken over by another, with its attempts', () =>
    withStore(newBackend, async ({ store, again }) => {
      await store.enqueue(ticketOwner(1), notice(1));
      await store.enqueue(ticketOwner(2), notice(2));
      const [first] = await leaseAll(store);
      assert.ok(first);
      await store.postpone(first, MORNING + 100, true);
      await store.close();

      const heir = (await again()).store;
      assert.deepEqual(await leaseAll(heir, 99), [], 'not early');
      const next = (await heir.nextDeliveryAt()) ?? 0;
      assert.ok(next >= MORNING + 100 && next <= MORNING + 100 + TAKE_OVER_MS, `next at ${next}`);
      assert.deepEqual(
        (await leaseAll(heir, LEASE_MS + TAKE_OVER_MS)).map(({ event, attempts }) => [event, attempts]),
        [
          [1, 1],
          [2, 0],
        ],
      );
    }));
}
