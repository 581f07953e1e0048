/** Promises that must hold between several openings of one store that do the same thing at the same moment. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/app/ports/store.ts';
import type { OpenedStore } from '../../src/stores/open.ts';
import { aDraft, aTicket, drafting, MORNING, notice, opening, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, withStore } from './backend.ts';
import { leaseAll } from './delivery-contract.ts';

const ROUNDS = [1, 2, 3];

/** The store and more openings of it, each with a connection that has been used: all can begin at once. */
async function openings(
  count: number,
  first: Store,
  again: () => Promise<OpenedStore>,
): Promise<readonly Store[]> {
  const stores = [first];
  while (stores.length < count) stores.push((await again()).store);
  await Promise.all(stores.map((store) => store.ticket(ticketNumber(1))));
  return stores;
}

/** `committed` once, `other` as often as there are more. */
function oneOf(count: number, other: 'conflict' | 'repeated'): readonly string[] {
  return ['committed', ...Array.from({ length: count - 1 }, () => other)];
}

export function instancesContract(newBackend: NewBackend): void {
  test('T1 eight instances that count at once, before and after midnight, leave no number out', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(8, store, again);
      for (const day of ['20261105', '20261106']) {
        const taken = await Promise.all(
          stores.flatMap((each) => Array.from({ length: 10 }, () => each.nextCounter(day))),
        );
        assert.deepEqual(
          taken.sort((a, b) => a - b),
          Array.from({ length: 80 }, (_, n) => n + 1),
        );
      }
    }));

  test('A3 of eight instances that write the same number at once, one wins, and nothing is mixed', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(8, store, again);
      for (const round of ROUNDS) {
        const ticketOf = (n: number) => aTicket(round, { draft: `${round}.${n}`, subject: `${n}` });
        const results = await Promise.all(
          stores.map((each, n) => each.commitTicket(opening(round, { ticket: ticketOf(n) }))),
        );
        assert.deepEqual(results.map(({ kind }) => kind).sort(), oneOf(8, 'conflict'));
        const winner = results.findIndex(({ kind }) => kind === 'committed');
        assert.deepEqual(await store.ticket(ticketNumber(round)), ticketOf(winner));
        assert.equal((await store.history(ticketNumber(round))).length, 1);
      }
    }));

  test('T17 of eight instances that write the same draft at once, one wins', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(8, store, again);
      for (const round of ROUNDS) {
        const results = await Promise.all(
          stores.map((each, n) => each.commitDraft(drafting(aDraft(`d${round}`, { text: `${n}` })))),
        );
        assert.deepEqual(results.map(({ kind }) => kind).sort(), oneOf(8, 'conflict'));
        const winner = results.findIndex(({ kind }) => kind === 'committed');
        assert.equal((await store.draft(`d${round}`))?.text, `${winner}`);
      }
    }));

  test('A3 of three instances that make tickets of the same draft at once, one wins', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(3, store, again);
      for (const round of ROUNDS) {
        const results = await Promise.all(
          stores.map((each, n) => {
            const counter = 10 * round + n;
            return each.commitTicket(opening(counter, { ticket: aTicket(counter, { draft: `d${round}` }) }));
          }),
        );
        assert.deepEqual(results.map(({ kind }) => kind).sort(), oneOf(3, 'conflict'));
        const winner = results.findIndex(({ kind }) => kind === 'committed');
        assert.equal((await store.ticketOfDraft(`d${round}`))?.number, ticketNumber(10 * round + winner));
      }
    }));

  test('A3 of three instances that get the same activity at once, one writes, whatever the others meant to', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(3, store, again);
      for (const round of ROUNDS) {
        const results = await Promise.all(
          stores.map((each, n) => {
            const receipt = { key: `activity-${round}`, at: MORNING, outcome: n };
            return n === 0
              ? each.commitTicket(opening(round, { receipt }))
              : each.commitDraft(drafting(aDraft(`${round}.${n}`), { receipt }));
          }),
        );
        assert.deepEqual(results.map(({ kind }) => kind).sort(), oneOf(3, 'repeated'));
        const winner = results.findIndex(({ kind }) => kind === 'committed');
        for (const result of results) if (result.kind === 'repeated') assert.equal(result.outcome, winner);
        const there = [
          await store.ticket(ticketNumber(round)),
          await store.draft(`${round}.1`),
          await store.draft(`${round}.2`),
        ];
        assert.deepEqual(
          there.map((record) => record !== undefined),
          [0, 1, 2].map((n) => n === winner),
        );
      }
    }));

  test('N3 what eight instances ask for at once, of one that has nothing yet, is all asked for', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(8, store, again);
      const draft = { kind: 'draft', id: 'd1' } as const;
      await Promise.all(stores.map((each, n) => each.enqueue(draft, notice(n + 1))));
      const events = (await leaseAll(store)).map(({ event = 0 }) => event);
      assert.deepEqual(events.sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
    }));

  test('I2 eight instances may save the profile of a person at once; it is one of theirs', () =>
    withStore(newBackend, async ({ store, again }) => {
      const stores = await openings(8, store, again);
      await Promise.all(
        stores.map((each, n) => each.saveProfile({ person: 'p', name: `Maria ${n}`, locale: 'it' })),
      );
      assert.match((await store.profile('p'))?.name ?? '', /^Maria [0-7]$/);
    }));
}
