/** What becomes of a write whose answer was lost with the connection. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OpenedStore, openStore } from '../../src/stores/open.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { type LossyProxy, startProxy } from '../support/proxy.ts';
import { aTicket, change, MORNING, notice, opening, queueCard, ticketNumber } from '../support/tickets.ts';
import { ticketOwner } from './backend.ts';
import { leaseAll, leaseOne, POST } from './delivery-contract.ts';

const OWNER = ticketOwner(1);

await onMongoDB(({ newBackend }) => {
  /** Opens an empty store behind a proxy, without the driver's own attempts, as a single server has it. */
  async function behindProxy(body: (opened: OpenedStore, proxy: LossyProxy) => Promise<void>): Promise<void> {
    const backend = await newBackend();
    const target = /^mongodb:\/\/(?:[^@]*@)?([^/,?]+)/.exec(backend.url)?.[1];
    assert.ok(target, 'MONGODB_URL names a host');
    const proxy = await startProxy(target);
    try {
      const url = backend.url.replace(target, proxy.address);
      const opened = await openStore(
        `${url}${url.includes('?') ? '&' : '?'}retryWrites=false&directConnection=true`,
      );
      try {
        await body(opened, proxy);
      } finally {
        await opened.store.close();
      }
    } finally {
      await proxy.close();
      await backend.dispose();
    }
  }

  test('N3 an acknowledgement whose answer is lost is made again: what was sent is not sent twice', () =>
    behindProxy(async ({ store }, proxy) => {
      await store.commitTicket(opening(1, { deliveries: [queueCard(), notice(1)] }));
      const [card, only] = await leaseAll(store);
      assert.ok(card && only);
      for (const delivery of [card, only]) {
        proxy.loseAnswerTo('findAndModify');
        await store.acknowledge(delivery, POST);
      }
      assert.equal(proxy.lost(), 2);
      assert.equal(await store.deliveriesPending(OWNER), false);
      assert.deepEqual(await store.posts(OWNER), { queueCard: POST, [notice(1).key]: POST });
    }));

  test('N3 a postponement whose answer is lost counts its attempt once', () =>
    behindProxy(async ({ store }, proxy) => {
      await store.enqueue(OWNER, queueCard());
      const leased = await leaseOne(store);
      proxy.loseAnswerTo('findAndModify');
      await store.postpone(leased, MORNING + 500, true);
      assert.equal(proxy.lost(), 1);
      assert.equal((await leaseOne(store, 500 + 120_000)).attempts, 1);
    }));

  test('A3 a commit whose answer is lost is a fault; the same activity again finds out that it was done', () =>
    behindProxy(async ({ store }, proxy) => {
      await store.commitTicket(opening(1));
      const receipt = { key: 'activity-1', at: MORNING, outcome: 'noted' };
      const commit = change(aTicket(1), { receipt, deliveries: [notice(2)] });
      proxy.loseAnswerTo('$literal');
      await assert.rejects(store.commitTicket(commit));
      assert.equal(proxy.lost(), 1);
      assert.deepEqual(await store.commitTicket(commit), { kind: 'repeated', outcome: 'noted' });
      assert.equal((await store.ticket(ticketNumber(1)))?.version, 2);
      assert.equal((await leaseAll(store)).length, 1);
    }));
});
