/** Promises about the moment in which a draft becomes a ticket, and about whose card stands where. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Post } from '../../src/app/ports/delivery.ts';
import { aDraft, drafting, MORNING, notice, opening, queueCard, ticketNumber } from '../support/tickets.ts';
import { type NewBackend, ticketOwner, withStore } from './backend.ts';

const COMMITTED = { kind: 'committed' };
const CONFLICT = { kind: 'conflict' };
const draftOf = (counter: number, version = 1) => aDraft(`draft-${counter}`, { version, text: `${version}` });

export function becomingContract(newBackend: NewBackend): void {
  test('A3 a ticket of an older version of its draft is a conflict and writes nothing', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitDraft(drafting(draftOf(1)));
      await store.commitDraft(drafting(draftOf(1, 2)));
      const receipt = { key: 'press', at: MORNING, outcome: 1 };
      const outdated = opening(1, { draftVersion: 1, deliveries: [queueCard()], receipt });
      assert.deepEqual(await store.commitTicket(outdated), CONFLICT);
      assert.equal(await store.ticket(ticketNumber(1)), undefined);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false);
      assert.equal(await store.receipt('press'), undefined);
      assert.deepEqual(await store.commitTicket(opening(2, { draftVersion: 1 })), CONFLICT, 'no such draft');
      assert.deepEqual(await store.commitTicket({ ...outdated, draftVersion: 2 }), COMMITTED);
      const again = { ...outdated, draftVersion: 1 };
      assert.deepEqual(await store.commitTicket(again), { kind: 'repeated', outcome: 1 });
    }));

  test('T17 a draft that has become a ticket takes no more writes: nothing is added where nobody looks', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitDraft(drafting(draftOf(1)));
      await store.commitTicket(opening(1, { draftVersion: 1 }));
      const receipt = { key: 'message', at: MORNING, outcome: 'heard' };
      assert.deepEqual(await store.commitDraft(drafting(draftOf(1, 2), { receipt })), CONFLICT);
      assert.equal((await store.draft('draft-1'))?.text, '1');
      assert.equal(await store.receipt('message'), undefined);
    }));

  test('T17 A3 a draft is written to after a ticket of it came to nothing', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1));
      await store.commitDraft(drafting(aDraft('other')));
      // The number is taken, so there is no such ticket.
      const taken = { ...opening(1).ticket, draft: 'other' };
      assert.deepEqual(await store.commitTicket(opening(1, { ticket: taken, draftVersion: 1 })), CONFLICT);
      assert.deepEqual(await store.commitDraft(drafting(aDraft('other', { version: 2 }))), COMMITTED);
      await store.commitDraft(drafting(aDraft('another')));
      const receipt = { key: 'r', at: MORNING, outcome: 1 };
      await store.commitDraft(drafting(aDraft('third'), { receipt }));
      const repeated = opening(2, {
        ticket: { ...opening(2).ticket, draft: 'another' },
        draftVersion: 1,
        receipt,
      });
      assert.deepEqual(await store.commitTicket(repeated), { kind: 'repeated', outcome: 1 });
      assert.deepEqual(await store.commitDraft(drafting(aDraft('another', { version: 2 }))), COMMITTED);
      const number = ticketNumber(3);
      const third = { ...opening(3).ticket, number, draft: 'another' };
      assert.deepEqual(await store.commitTicket(opening(3, { ticket: third, draftVersion: 2 })), COMMITTED);
    }));

  test('T17 A3 of a message and the ticket of its draft, on two instances at once, none is lost', () =>
    withStore(newBackend, async ({ store, again }) => {
      const other = (await again()).store;
      for (let round = 1; round <= 12; round++) {
        await store.commitDraft(drafting(draftOf(round)));
        const [sent, added] = await Promise.all([
          store.commitTicket(opening(round, { draftVersion: 1 })),
          other.commitDraft(drafting(draftOf(round, 2))),
        ]);
        const kinds = [sent.kind, added.kind].sort();
        assert.deepEqual(kinds, ['committed', 'conflict'], `round ${round}`);
        const isSent = sent.kind === 'committed';
        assert.equal((await store.draft(`draft-${round}`))?.version, isSent ? 1 : 2);
        assert.equal((await store.ticketOfDraft(`draft-${round}`)) !== undefined, isSent);
        assert.equal((await store.ticket(ticketNumber(round))) !== undefined, isSent);
      }
    }));

  test('A2 a card is found by its activity id, with all whose it is, and no other', () =>
    withStore(newBackend, async ({ store }) => {
      const post = (activity: string, conversation = 'a:maria'): Post => ({ conversation, activity });
      const draft = { kind: 'draft', id: 'draft-1' } as const;
      await store.commitDraft(drafting(draftOf(1), { deliveries: [queueCard({ key: 'card:draft' })] }));
      const [form] = await store.leaseDeliveries(MORNING, MORNING + 1, 1);
      assert.ok(form);
      await store.acknowledge(form, post('1'));
      await store.commitTicket(
        opening(1, { posts: { 'card:requester': post('1') }, deliveries: [notice(1)] }),
      );
      await store.commitTicket(opening(2, { posts: { 'card:requester': post('2') } }));
      const [told] = await store.leaseDeliveries(MORNING, MORNING + 1, 1);
      assert.ok(told);
      await store.acknowledge(told, post('3', 'a:anna'));
      await store.commitTicket(opening(3, { posts: { 'card:requester': post('3', 'a:luca') } }));

      const at = async (activity: string) =>
        [...(await store.cardsAt(activity))].sort((a, b) => a.owner.id.localeCompare(b.owner.id));
      assert.deepEqual(await at('1'), [
        { owner: ticketOwner(1), post: post('1') },
        { owner: draft, post: post('1') },
      ]);
      assert.deepEqual(await at('2'), [{ owner: ticketOwner(2), post: post('2') }]);
      assert.deepEqual(await at('3'), [
        { owner: ticketOwner(1), post: post('3', 'a:anna') },
        { owner: ticketOwner(3), post: post('3', 'a:luca') },
      ]);
      assert.deepEqual(await at('4'), []);
    }));
}
