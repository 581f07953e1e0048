/** Promises about deliveries that are asked for again, and about leases that were lost meanwhile. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aTicket, change, MORNING, notice, opening, queueCard } from '../support/tickets.ts';
import { type NewBackend, ticketOwner, withStore } from './backend.ts';
import { LEASE_MS, leaseAll, leaseOne, POST } from './delivery-contract.ts';

const OWNER = ticketOwner(1);
const LATER = { ...POST, activity: '1700000000009' };

export function redeliveryContract(newBackend: NewBackend): void {
  test('N3 edits of one card that wait are merged into the last, in the place of the first', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1, { deliveries: [queueCard(), notice(1)] }));
      const moved = queueCard({ to: { kind: 'channel', queue: 'taxes' } });
      await store.commitTicket(change(aTicket(1), { deliveries: [moved] }));
      const [card, second, ...none] = await leaseAll(store);
      assert.deepEqual(none, []);
      assert.deepEqual(card?.to, moved.to);
      assert.equal(second?.key, notice(1).key);
    }));

  test('N3 an edit asked for while the older one is under way is sent too, but never beside it', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1, { deliveries: [queueCard()] }));
      const first = await leaseOne(store);
      await store.commitTicket(change(aTicket(1), { deliveries: [queueCard()] }));
      assert.deepEqual(await leaseAll(store, LEASE_MS - 1), [], 'two edits of one card must not race');
      assert.equal(await store.acknowledge(first, POST), false);
      assert.equal(await store.deliveriesPending(OWNER), true);
      const second = await leaseOne(store);
      assert.deepEqual(second.posted, POST, 'the post is remembered, so the card is not posted twice');
      assert.equal(second.attempts, 0);
      assert.equal(await store.acknowledge(second, POST), true);
      assert.equal(await store.deliveriesPending(OWNER), false);
    }));

  test('N3 an edit asked for under an older lease counts from its own lease on', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      await leaseOne(store);
      await store.enqueue(OWNER, queueCard());
      const second = await leaseOne(store, LEASE_MS);
      assert.equal(await store.acknowledge(second, POST), true);
      assert.deepEqual(await leaseAll(store, 2 * LEASE_MS), []);
    }));

  test('N3 postponing an outdated lease keeps the newer edit, at the time the platform asked for', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      const first = await leaseOne(store);
      await store.enqueue(OWNER, queueCard());
      await store.postpone(first, MORNING + 500, true);
      assert.deepEqual(await leaseAll(store, 499), []);
      const second = await leaseOne(store, 500);
      assert.equal(second.attempts, 1);
      assert.equal(await store.acknowledge(second, POST), true);
    }));

  test('N3 the failure of an outdated lease does not swallow the newer edit', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      const first = await leaseOne(store);
      await store.enqueue(OWNER, queueCard());
      await store.fail(first, 'gone', MORNING);
      assert.deepEqual(await store.failedDeliveries(10), []);
      assert.equal(await store.acknowledge(await leaseOne(store), POST), true);
    }));

  test('N3 an edit asked for during the back-off does not shorten it', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      await store.postpone(await leaseOne(store), MORNING + 500, true);
      await store.enqueue(OWNER, queueCard());
      assert.deepEqual(await leaseAll(store, 499), []);
      assert.equal((await leaseOne(store, 500)).attempts, 1);
    }));

  test('N3 whoever lost the lease cannot acknowledge, postpone or fail, but its post is remembered', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      const lost = await leaseOne(store);
      const held = await leaseOne(store, LEASE_MS);
      await store.postpone(lost, MORNING, true);
      await store.fail(lost, 'gone', MORNING);
      assert.deepEqual(await leaseAll(store, 2 * LEASE_MS - 1), [], 'still under way');
      assert.deepEqual(await store.failedDeliveries(10), []);
      assert.equal(await store.acknowledge(lost, POST), false);
      assert.deepEqual(await store.posts(OWNER), { queueCard: POST });
      assert.equal(await store.acknowledge(held, LATER), true);
      assert.deepEqual(await store.posts(OWNER), { queueCard: LATER });
    }));

  test('N3 a lease of a delivery that was sent and asked for anew does not match the new one', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      const old = await leaseOne(store);
      await store.acknowledge(await leaseOne(store, LEASE_MS), POST);
      await store.enqueue(OWNER, queueCard());
      const fresh = await leaseOne(store, LEASE_MS);
      assert.equal(await store.acknowledge(old, LATER), false);
      assert.equal(await store.acknowledge(fresh, LATER), true);
    }));

  test('N3 a new edit under a failed key makes it pending again, without its attempts, at the end', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, queueCard());
      await store.postpone(await leaseOne(store), MORNING, true);
      await store.fail(await leaseOne(store), 'the channel is gone', MORNING);
      await store.enqueue(ticketOwner(2), notice(1));
      await store.commitTicket(opening(1, { deliveries: [queueCard()] }));
      assert.deepEqual(await store.failedDeliveries(10), []);
      const [first, second] = await leaseAll(store);
      assert.equal(first?.owner.id, ticketOwner(2).id);
      assert.equal(second?.key, 'queueCard');
      assert.equal(second?.attempts, 0);
    }));

  test('D6 a notice asked for again while it waits or is under way is the same notice', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, notice(1));
      await store.enqueue(OWNER, notice(1));
      const leased = await leaseOne(store);
      await store.enqueue(OWNER, notice(1));
      assert.equal(await store.acknowledge(leased, POST), true);
      assert.deepEqual(await leaseAll(store, LEASE_MS), []);
    }));

  test('D6 a notice that was sent is never enqueued again, with or without a post', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, notice(1));
      await store.acknowledge(await leaseOne(store), POST);
      await store.enqueue(OWNER, notice(2));
      await store.acknowledge(await leaseOne(store), undefined);
      await store.commitTicket(opening(1, { deliveries: [notice(1), notice(2)] }));
      await store.enqueue(OWNER, notice(1));
      await store.enqueue(OWNER, notice(2));
      assert.deepEqual(await leaseAll(store), []);
      assert.deepEqual(await store.posts(OWNER), { [notice(1).key]: POST });
      await store.enqueue(ticketOwner(2), notice(1));
      assert.equal((await leaseOne(store)).owner.id, ticketOwner(2).id, 'of another ticket it is another');
    }));

  test('D6 a notice that failed is not revived by asking again', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, notice(1));
      await store.fail(await leaseOne(store), 'the app is not installed', MORNING);
      await store.enqueue(OWNER, notice(1));
      assert.deepEqual(await leaseAll(store), []);
      assert.equal((await store.failedDeliveries(10)).length, 1);
    }));

  test('D6 a notice acknowledged late is not sent again by who leased it meanwhile', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, notice(1));
      const late = await leaseOne(store);
      const second = await leaseOne(store, LEASE_MS);
      assert.equal(await store.acknowledge(late, POST), false);
      await store.postpone(second, MORNING, true);
      assert.deepEqual(await leaseAll(store, 9 * LEASE_MS), []);
      assert.equal(await store.deliveriesPending(OWNER), false);
    }));
}
