/** Several instances of Sportello on one MongoDB, on machines whose clocks differ. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeasedDelivery } from '../../src/app/ports/delivery.ts';
import type { Store } from '../../src/app/ports/store.ts';
import type { Instant } from '../../src/domain/ticket.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { MORNING, notice, opening, queueCard } from '../support/tickets.ts';
import { TAKE_OVER_MS, ticketOwner, withStore } from './backend.ts';
import { LEASE_MS, leaseAll, POST } from './delivery-contract.ts';

const MINUTE = 60_000;

type Instance = { readonly store: Store; readonly clock: number; held: Holding[] };
type Holding = { readonly delivery: LeasedDelivery; readonly id: string; readonly until: Instant };
/** Who alone may lease a delivery before that moment, all in true time. */
type Hold = { readonly by: Instance; readonly until: Instant };

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

await onMongoDB(({ newBackend }) => {
  test('D6 N3 a minute between clocks: no delivery is under way twice, none is early, each is sent once', async () => {
    for (const seed of [1, 2, 3]) {
      await withStore(newBackend, async ({ store, again }) => {
        const random = randomFrom(seed);
        const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
        const instances: Instance[] = [
          { store, clock: 0, held: [] },
          { store: (await again()).store, clock: MINUTE, held: [] },
          { store: (await again()).store, clock: MINUTE / 2, held: [] },
        ];
        const count = 12;
        for (let n = 1; n <= count; n++) await store.enqueue(ticketOwner(n), notice(1));
        const holds = new Map<string, Hold>();
        const sent = new Map<string, number>();
        let time: Instant = MORNING;

        async function lease(instance: Instance): Promise<void> {
          const now = time + instance.clock;
          for (const delivery of await instance.store.leaseDeliveries(now, now + LEASE_MS, 3)) {
            const { id } = delivery.owner;
            const hold = holds.get(id);
            const taken = hold && hold.by !== instance && time < hold.until;
            assert.ok(!taken, `seed ${seed}: ${id} was taken ${(hold?.until ?? 0) - time} ms too early`);
            assert.equal(sent.get(id), undefined, `seed ${seed}: ${id} was sent and leased again`);
            holds.set(id, { by: instance, until: time + LEASE_MS });
            instance.held.push({ delivery, id, until: time + LEASE_MS });
          }
        }

        async function finish(instance: Instance): Promise<void> {
          // Whoever took longer than the lease has been cut off: here it never gets that far.
          instance.held = instance.held.filter(({ until }) => time < until);
          const holding = pick(instance.held);
          if (!holding) return;
          instance.held = instance.held.filter((other) => other !== holding);
          const { delivery, id } = holding;
          if (random() < 0.4) {
            assert.equal(await instance.store.acknowledge(delivery, POST), true);
            sent.set(id, (sent.get(id) ?? 0) + 1);
          } else {
            const wait = Math.floor(random() * 2 * MINUTE);
            await instance.store.postpone(delivery, time + instance.clock + wait, true);
            holds.set(id, { by: instance, until: time + wait });
          }
        }

        for (let step = 0; step < 120; step++) {
          time += Math.floor(random() * 10_000);
          const instance = pick(instances);
          await (random() < 0.5 ? lease(instance) : finish(instance));
        }
        // Whatever is left is sent by one that stays, when the others are gone for good.
        time += 2 * MINUTE + TAKE_OVER_MS;
        await lease(instances[0] as Instance);
        for (let round = 0; round < count && sent.size < count; round++) {
          await lease(instances[0] as Instance);
          for (const { delivery, id } of instances[0]?.held.splice(0) ?? []) {
            if (await store.acknowledge(delivery, POST)) sent.set(id, (sent.get(id) ?? 0) + 1);
          }
        }
        assert.equal(sent.size, count);
        assert.ok([...sent.values()].every((times) => times === 1));
      });
    }
  });

  test('D6 an instance wakes at the end of its own leases, and later for those of others', () =>
    withStore(newBackend, async ({ store, again }) => {
      const other = (await again()).store;
      await store.commitTicket(opening(1, { deliveries: [queueCard()] }));
      assert.equal((await leaseAll(store)).length, 1);
      assert.equal(await store.nextDeliveryAt(), MORNING + LEASE_MS);
      const later = (await other.nextDeliveryAt()) ?? 0;
      assert.ok(later >= MORNING + LEASE_MS + MINUTE, 'not while clocks that differ may still hold it');
      assert.deepEqual(await leaseAll(other, later - 1 - MORNING), []);
      assert.equal((await leaseAll(other, later - MORNING)).length, 1);
      assert.deepEqual(await leaseAll(store, later - MORNING), []);
    }));
});
