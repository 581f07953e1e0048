/** Promises about what administrators do with deliveries that failed, and about the alerts that they are told (N3). */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/app/ports/store.ts';
import { MORNING, notice, opening, queueCard } from '../support/tickets.ts';
import { type NewBackend, ticketOwner, withStore } from './backend.ts';
import { LEASE_MS, leaseAll, leaseOne, POST } from './delivery-contract.ts';

const OWNER = ticketOwner(1);

/** A notice and a live card, both failed after attempts. */
async function failTwo(store: Store): Promise<void> {
  await store.enqueue(OWNER, notice(1));
  await store.enqueue(OWNER, queueCard());
  for (const leased of await leaseAll(store)) await store.postpone(leased, MORNING + 1, true);
  for (const leased of await leaseAll(store, 1)) await store.fail(leased, '403 Forbidden', MORNING + 2);
}

export function failedContract(newBackend: NewBackend): void {
  test('N3 a failed delivery that is retried is sent after what waits, with no attempts yet', () =>
    withStore(newBackend, async ({ store }) => {
      await failTwo(store);
      await store.enqueue(ticketOwner(2), notice(7));
      assert.equal(await store.retryFailed(OWNER, notice(1).key), true);
      assert.ok(((await store.nextDeliveryAt()) ?? Number.NaN) <= MORNING + 3);
      const leased = await leaseAll(store, 3);
      assert.deepEqual(
        leased.map(({ owner, key, attempts }) => [owner.id, key, attempts]),
        [
          [ticketOwner(2).id, notice(7).key, 0],
          [OWNER.id, notice(1).key, 0],
        ],
      );
      assert.deepEqual(
        (await store.failedDeliveries(10)).map(({ key }) => key),
        [queueCard().key],
      );
      const again = leased[1];
      assert.ok(again);
      assert.equal(await store.acknowledge(again, POST), true);
      await store.enqueue(OWNER, notice(1));
      await store.acknowledge(leased[0] as typeof again, undefined);
      assert.deepEqual(await leaseAll(store, 9 * LEASE_MS), [], 'sent once');
    }));

  test('N3 a retried delivery can fail and be retried again', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(OWNER, notice(1));
      for (const round of [1, 2, 3]) {
        await store.fail(await leaseOne(store, round), 'no', MORNING + round);
        assert.equal(await store.retryFailed(OWNER, notice(1).key), true);
      }
      assert.deepEqual(await store.failedDeliveries(10), []);
    }));

  test('N3 a discarded delivery is gone: a notice for good, a live card until it is asked for again', () =>
    withStore(newBackend, async ({ store }) => {
      await failTwo(store);
      assert.equal(await store.discardFailed(OWNER, notice(1).key), true);
      assert.equal(await store.discardFailed(OWNER, queueCard().key), true);
      assert.deepEqual(await store.failedDeliveries(10), []);
      assert.equal(await store.nextDeliveryAt(), undefined);
      await store.commitTicket(opening(1, { deliveries: [notice(1), queueCard()] }));
      assert.equal((await leaseOne(store, 5)).key, queueCard().key);
    }));

  test('N3 of two who retry and discard at once one does, and what is not among the failed is left alone', () =>
    withStore(newBackend, async ({ store, again }) => {
      const other = (await again()).store;
      await store.enqueue(OWNER, notice(1));
      assert.equal(await store.retryFailed(OWNER, notice(1).key), false, 'it waits');
      assert.equal(await store.discardFailed(OWNER, notice(1).key), false);
      await store.fail(await leaseOne(store), 'no', MORNING);
      const done = await Promise.all([
        store.retryFailed(OWNER, notice(1).key),
        other.discardFailed(OWNER, notice(1).key),
        store.retryFailed(OWNER, notice(1).key),
        other.retryFailed(ticketOwner(2), notice(1).key),
      ]);
      assert.equal(done.filter(Boolean).length, 1);
      assert.equal(await store.retryFailed(OWNER, 'x'), false);
      assert.deepEqual(await store.failedDeliveries(10), []);
    }));

  test('N3 an alert is opened once, by however many, and holds until it is ended', () =>
    withStore(newBackend, async ({ store, again }) => {
      const other = (await again()).store;
      const id = 'channelGone/ragioneria $x.y';
      const params = { count: '1', reason: '404 “x” \ud800' };
      const opened = await Promise.all([
        store.keepAlert(id, MORNING, params),
        other.keepAlert(id, MORNING + 5, params),
        store.keepAlert(id, MORNING + 9.5, params),
      ]);
      assert.equal(new Set(opened.map(({ since }) => since)).size, 1);
      const since = opened[0].since;
      await other.keepAlert(id, MORNING + 2, { count: '2' });
      await store.keepAlert('a/', MORNING, {});
      assert.deepEqual(await other.openAlerts(), [
        { id: 'a/', since: MORNING, seenAt: MORNING, params: {} },
        { id, since, seenAt: MORNING + 10, params: { count: '2' } },
      ]);
      assert.equal(await store.endAlert(id, since + 1), false, 'another one');
      assert.equal(await store.endAlert(id, since), true);
      assert.equal(await other.endAlert(id, since), false);
      assert.equal((await store.keepAlert(id, MORNING + 60_000, {})).since, MORNING + 60_000);
    }));
}
