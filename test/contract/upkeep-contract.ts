/** Promises about what waits, for the figures, and about when tickets are due. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MORNING, notice, opening, queueCard, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, ticketOwner, withStore } from './backend.ts';
import { leaseAll } from './delivery-contract.ts';

export function upkeepContract(newBackend: NewBackend): void {
  test('A6 the backlog counts what waits, is leased or postponed, and apart from that what failed', () =>
    withStore(newBackend, async ({ store }) => {
      assert.deepEqual(await store.backlog(), { waiting: 0, failed: 0 });
      await store.commitTicket(opening(1, { deliveries: [notice(1), notice(2), notice(3)] }));
      await store.enqueue(ticketOwner(2), notice(4));
      assert.deepEqual(await store.backlog(), { waiting: 4, failed: 0 });
      const [sent, failed, later] = await leaseAll(store);
      assert.ok(sent && failed && later);
      await store.acknowledge(sent, undefined);
      await store.fail(failed, 'gone', MORNING);
      await store.postpone(later, MORNING + 500, true);
      assert.deepEqual(await store.backlog(), { waiting: 2, failed: 1 });
    }));

  test('A6 the age of the outbox is that of what was asked for first, however often it was asked for again', () =>
    withStore(newBackend, async ({ store }) => {
      const owner = ticketOwner(1);
      await store.enqueue(owner, queueCard({ asked: MORNING }));
      await store.enqueue(owner, notice(1, { asked: MORNING + 10 }));
      await store.enqueue(owner, queueCard({ asked: MORNING + 20 }));
      assert.equal((await store.backlog()).oldest, MORNING);
      const [card] = await leaseAll(store);
      assert.ok(card?.live);
      await store.acknowledge(card, { conversation: 'c', activity: '1' });
      assert.equal((await store.backlog()).oldest, MORNING + 10);
    }));

  test('D6 tickets that are due can be asked for their moment, and which is the first', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1, { dueAt: MORNING + 300 }));
      await store.commitTicket(opening(2, { dueAt: MORNING + 200 }));
      await store.commitTicket(opening(3));
      const numbers = [1, 2, 3, 4].map((n) => ticketNumber(n));
      assert.deepEqual(
        await store.dueMoments(numbers),
        new Map([
          [ticketNumber(1), MORNING + 300],
          [ticketNumber(2), MORNING + 200],
        ]),
      );
      assert.deepEqual(await store.dueMoments([]), new Map());
      assert.equal((await store.backlog()).firstDue, MORNING + 200);
    }));

  test('D6 what is given back can be taken by another instance at once', () =>
    withStore(newBackend, async ({ store, again }) => {
      await store.enqueue(ticketOwner(1), notice(1));
      const [leased] = await leaseAll(store);
      assert.ok(leased);
      await store.postpone(leased, 0, false);
      const [taken] = await leaseAll((await again()).store);
      assert.deepEqual([taken?.event, taken?.attempts], [1, 0]);
    }));
}
