/** Promises about the outbox: leasing, acknowledging, postponing, failing. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery, Post } from '../../src/app/ports/delivery.ts';
import type { Store } from '../../src/app/ports/store.ts';
import {
  aDraft,
  aTicket,
  change,
  drafting,
  MORNING,
  notice,
  opening,
  queueCard,
  ticketNumber,
} from '../support/tickets.ts';
import { type NewBackend, ticketOwner, withStore } from './backend.ts';

export const LEASE_MS = 60_000;
export const POST: Post = { conversation: '19:finance@thread.tacv2', activity: '1700000000001' };

/** Leases everything that is ready `after` so many milliseconds. */
export function leaseAll(store: Store, after = 0): Promise<readonly LeasedDelivery[]> {
  return store.leaseDeliveries(MORNING + after, MORNING + after + LEASE_MS, 100);
}

/** Leases the one delivery that is ready `after` so many milliseconds. */
export async function leaseOne(store: Store, after = 0): Promise<LeasedDelivery> {
  const [only, ...others] = await leaseAll(store, after);
  assert.ok(only, 'a delivery is ready');
  assert.deepEqual(others, []);
  return only;
}

export function deliveryContract(newBackend: NewBackend): void {
  test('N3 deliveries are leased in the order they were asked for, whoever owns them', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(2, { deliveries: [queueCard(), notice(1)] }));
      await store.commitDraft(
        drafting(aDraft('d'), { deliveries: [queueCard({ key: 'draftCard', kind: 'draftCard' })] }),
      );
      await store.commitTicket(opening(1, { deliveries: [queueCard()] }));
      await store.commitTicket(change(aTicket(2), { deliveries: [notice(2)] }));
      const leased = await leaseAll(store);
      assert.deepEqual(
        leased.map(({ owner, key }) => [owner.id, key]),
        [
          [ticketNumber(2), 'queueCard'],
          [ticketNumber(2), 'requesterNotice:1'],
          ['d', 'draftCard'],
          [ticketNumber(1), 'queueCard'],
          [ticketNumber(2), 'requesterNotice:2'],
        ],
      );
    }));

  test('W9 a delivery to an address outside keeps the address as it is, and goes its way like any other', () =>
    withStore(newBackend, async ({ store }) => {
      const address = 'a.$b|*c@fornitore.example';
      const to = { kind: 'address', address } as const;
      const mail = { key: `mail:1:${address}`, kind: 'mail', to, event: 1, live: false } as const;
      await store.commitTicket(opening(1, { deliveries: [mail] }));
      const leased = await leaseOne(store);
      assert.deepEqual([leased.key, leased.to, leased.event], [mail.key, to, 1]);
      await store.fail(leased, '550', MORNING);
      const [failed] = await store.failedDeliveries(10);
      assert.deepEqual([failed?.key, failed?.to], [mail.key, to]);
      assert.ok(await store.retryFailed(ticketOwner(1), mail.key));
      assert.ok(await store.acknowledge(await leaseOne(store), undefined));
      assert.deepEqual(await leaseAll(store, LEASE_MS + 1), []);
    }));

  test('N3 a leased delivery says all that was asked for, its owner and no attempts yet', () =>
    withStore(newBackend, async ({ store }) => {
      const pointer = queueCard({ key: 'orphan.1700', kind: 'orphanPointer', post: POST });
      await store.enqueue({ kind: 'draft', id: 'd' }, pointer);
      await store.enqueue(ticketOwner(1), notice(3));
      const [first, second] = await leaseAll(store);
      assert.ok(first && second);
      const { lease, ...told } = first;
      assert.equal(typeof lease, 'string');
      assert.deepEqual(told, { ...pointer, owner: { kind: 'draft', id: 'd' }, attempts: 0 });
      const { lease: _, ...toldNotice } = second;
      assert.deepEqual(toldNotice, { ...notice(3), owner: ticketOwner(1), attempts: 0 });
    }));

  test('N3 no more are leased than asked for; the rest follows', () =>
    withStore(newBackend, async ({ store }) => {
      for (let event = 1; event <= 5; event++) await store.enqueue(ticketOwner(1), notice(event));
      const leased = async () =>
        (await store.leaseDeliveries(MORNING, MORNING + LEASE_MS, 2)).map(({ event }) => event);
      assert.deepEqual(await leased(), [1, 2]);
      assert.deepEqual(await leased(), [3, 4]);
      assert.deepEqual(await leased(), [5]);
      assert.deepEqual(await leased(), []);
    }));

  test('N3 a lease holds until it ends, and then the delivery is leased anew', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(ticketOwner(1), queueCard());
      const first = await leaseOne(store);
      assert.deepEqual(await leaseAll(store, LEASE_MS - 1), []);
      const second = await leaseOne(store, LEASE_MS);
      assert.notEqual(second.lease, first.lease);
      assert.equal(second.attempts, 0);
    }));

  test('N3 what is acknowledged is gone, its post is remembered and the next edit carries it', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(ticketOwner(1), queueCard());
      const first = await leaseOne(store);
      assert.equal(first.posted, undefined);
      assert.equal(await store.acknowledge(first, POST), true);
      assert.deepEqual(await leaseAll(store, LEASE_MS), []);
      assert.equal(await store.nextDeliveryAt(), undefined);
      assert.deepEqual(await store.posts(ticketOwner(1)), { queueCard: POST });

      await store.enqueue(ticketOwner(1), queueCard());
      const edit = await leaseOne(store);
      assert.deepEqual(edit.posted, POST);
      const moved = { ...POST, activity: '1700000000002' };
      assert.equal(await store.acknowledge(edit, moved), true);
      assert.deepEqual(await store.posts(ticketOwner(1)), { queueCard: moved });
    }));

  test('N3 an acknowledgement without a post keeps the post known before', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(ticketOwner(1), queueCard());
      await store.acknowledge(await leaseOne(store), POST);
      await store.enqueue(ticketOwner(1), queueCard());
      assert.equal(await store.acknowledge(await leaseOne(store), undefined), true);
      assert.deepEqual(await store.posts(ticketOwner(1)), { queueCard: POST });
    }));

  test('N3 acknowledging twice is told apart from acknowledging once', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(ticketOwner(1), queueCard());
      const leased = await leaseOne(store);
      assert.equal(await store.acknowledge(leased, POST), true);
      assert.equal(await store.acknowledge(leased, POST), false);
    }));

  test('N3 a postponed delivery waits; only attempts that count are counted', () =>
    withStore(newBackend, async ({ store }) => {
      await store.enqueue(ticketOwner(1), queueCard());
      const first = await leaseOne(store);
      await store.postpone(first, MORNING + 500, true);
      assert.equal(await store.acknowledge(first, undefined), false, 'the lease ended with the postponing');
      assert.deepEqual(await leaseAll(store, 499), []);
      const second = await leaseOne(store, 500);
      assert.equal(second.attempts, 1);
      await store.postpone(second, MORNING + 600, false);
      const third = await leaseOne(store, 600);
      assert.equal(third.attempts, 1);
      await store.postpone(third, MORNING + 700.5, true);
      assert.deepEqual(await leaseAll(store, 700), [], 'never early');
      assert.equal((await leaseOne(store, 701)).attempts, 2);
    }));

  test('N3 a failed delivery is not sent again by itself and is listed, the latest first', () =>
    withStore(newBackend, async ({ store }) => {
      for (const counter of [1, 2, 3]) await store.enqueue(ticketOwner(counter), notice(1));
      const [one, two, three] = await leaseAll(store);
      assert.ok(one && two && three);
      await store.fail(two, 'the app is not installed', MORNING + 10);
      await store.fail(one, 'the channel is gone', MORNING + 20);
      await store.acknowledge(three, undefined);

      assert.deepEqual(await leaseAll(store, 10 * LEASE_MS), []);
      assert.equal(await store.nextDeliveryAt(), undefined);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false);
      assert.deepEqual(await store.failedDeliveries(10), [
        { ...notice(1), owner: ticketOwner(1), reason: 'the channel is gone', at: MORNING + 20 },
        { ...notice(1), owner: ticketOwner(2), reason: 'the app is not installed', at: MORNING + 10 },
      ]);
      assert.equal((await store.failedDeliveries(1))[0]?.owner.id, ticketNumber(1));
    }));

  test('N3 nextDeliveryAt is the earliest moment at which something becomes ready', () =>
    withStore(newBackend, async ({ store }) => {
      assert.equal(await store.nextDeliveryAt(), undefined);
      await store.enqueue(ticketOwner(1), queueCard());
      const ready = await store.nextDeliveryAt();
      assert.ok(ready !== undefined && ready <= MORNING, 'ready at once');
      const first = await leaseOne(store);
      assert.equal(await store.nextDeliveryAt(), MORNING + LEASE_MS, 'when its lease ends');
      await store.enqueue(ticketOwner(2), queueCard());
      const second = await leaseOne(store);
      await store.postpone(second, MORNING + 300, true);
      assert.equal(await store.nextDeliveryAt(), MORNING + 300, 'when the postponed one is ready');
      await store.acknowledge(await leaseOne(store, 300), POST);
      assert.equal(await store.nextDeliveryAt(), MORNING + LEASE_MS);
      await store.acknowledge(first, POST);
      assert.equal(await store.nextDeliveryAt(), undefined);
    }));

  test('N3 deliveriesPending is true while a delivery of that owner waits or is under way', () =>
    withStore(newBackend, async ({ store }) => {
      const draft = { kind: 'draft', id: ticketNumber(1) } as const;
      await store.enqueue(ticketOwner(1), queueCard());
      assert.equal(await store.deliveriesPending(ticketOwner(1)), true, 'waits');
      assert.equal(await store.deliveriesPending(draft), false, 'a draft of the same id is another owner');
      const leased = await leaseOne(store);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), true, 'under way');
      await store.postpone(leased, MORNING + 1, true);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), true, 'postponed');
      await store.acknowledge(await leaseOne(store, 1), POST);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false, 'sent');
    }));

  test('N3 where a card stands may be told later, and its next edit carries it', () =>
    withStore(newBackend, async ({ store }) => {
      const owner = ticketOwner(1);
      await store.enqueue(owner, queueCard());
      await store.acknowledge(await leaseOne(store), { ...POST, activity: '' });
      await store.enqueue(owner, queueCard());
      assert.equal((await leaseOne(store)).posted?.activity, '');
      await store.keepPost(owner, 'queueCard', POST);
      assert.deepEqual(await store.posts(owner), { queueCard: POST });
      assert.deepEqual((await leaseOne(store, LEASE_MS)).posted, POST);
      assert.equal((await store.cardsAt(POST.activity)).length, 1);
    }));

  test('W1 posts handed over with a commit belong to the ticket, and its next edit carries them', () =>
    withStore(newBackend, async ({ store }) => {
      const owner = ticketOwner(1);
      const card = queueCard({ key: 'requester.Card$', kind: 'requesterCard' });
      await store.commitTicket(opening(1, { posts: { [card.key]: POST }, deliveries: [card] }));
      assert.deepEqual(await store.posts(owner), { [card.key]: POST });
      assert.deepEqual((await leaseOne(store)).posted, POST);
      assert.deepEqual(await store.posts({ kind: 'draft', id: owner.id }), {});
      assert.deepEqual(await store.posts(ticketOwner(2)), {});
      const moved = { ...POST, activity: '2' };
      await store.commitTicket(change(aTicket(1), { posts: { queueCard: POST, [card.key]: moved } }));
      assert.deepEqual(await store.posts(owner), { queueCard: POST, [card.key]: moved });
    }));
}
