/** Promises about tickets, their history and their receipts. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TicketCommit } from '../../src/app/ports/store.ts';
import {
  aTicket,
  change,
  MORNING,
  notedEvent,
  notice,
  opening,
  queueCard,
  ticketNumber,
} from '../support/tickets.ts';
import { type NewBackend, ticketOwner, withStore } from './backend.ts';

const HOUR = 3_600_000;
const COMMITTED = { kind: 'committed' };
const CONFLICT = { kind: 'conflict' };

export function commitContract(newBackend: NewBackend): void {
  test('T1 counters begin at 1 and grow by 1, each day for itself', () =>
    withStore(newBackend, async ({ store }) => {
      assert.equal(await store.nextCounter('20261105'), 1);
      assert.equal(await store.nextCounter('20261105'), 2);
      assert.equal(await store.nextCounter('20261106'), 1);
      assert.equal(await store.nextCounter('20261105'), 3);
    }));

  test('A3 a ticket comes back as it was written, with its history', () =>
    withStore(newBackend, async ({ store }) => {
      const commit = opening(1);
      assert.deepEqual(await store.commitTicket(commit), COMMITTED);
      assert.deepEqual(await store.ticket(commit.ticket.number), commit.ticket);
      assert.deepEqual(await store.history(commit.ticket.number), commit.events);
      assert.deepEqual(await store.ticketOfDraft(commit.ticket.draft), commit.ticket);
    }));

  test('A3 every text comes back exactly: quotes, NUL, emoji, half a surrogate pair, combining marks', () =>
    withStore(newBackend, async ({ store }) => {
      const text = `'"\`\\ \0 \u001b 👩🏽‍💻 \ud83d e\u0301 \u2028 {{DATE()}} $where ${'è'.repeat(100_000)}`;
      const ticket = aTicket(1, { subject: text, fields: { 'a.b': text, $set: text } });
      await store.commitTicket(
        opening(1, { ticket, receipt: { key: text, at: MORNING, outcome: { text } } }),
      );
      assert.deepEqual(await store.ticket(ticket.number), ticket);
      assert.deepEqual((await store.receipt(text))?.outcome, { text });
    }));

  test('T10 the history is append-only and oldest first', () =>
    withStore(newBackend, async ({ store }) => {
      const first = opening(1);
      await store.commitTicket(first);
      const second = change(first.ticket, { events: [notedEvent('uno'), notedEvent('due')] });
      const third = change(second.ticket, {
        events: Array.from({ length: 9 }, (_, n) => notedEvent(`${n}`)),
      });
      assert.deepEqual(await store.commitTicket(second), COMMITTED);
      assert.deepEqual(await store.commitTicket(third), COMMITTED);
      const all = [...first.events, ...second.events, ...third.events];
      assert.deepEqual(await store.history(first.ticket.number), all);
      assert.equal((await store.ticket(first.ticket.number))?.version, all.length);
    }));

  test('A3 a commit without events writes all it has, but neither history nor version, and is guarded like any other', () =>
    withStore(newBackend, async ({ store }) => {
      const { ticket, events } = opening(1);
      await store.commitTicket(opening(1, { dueAt: MORNING }));
      const receipt = { key: 'silent', at: MORNING, outcome: 'done' };
      const silent: TicketCommit = {
        ticket: { ...ticket, subject: 'Oggetto corretto' },
        expected: 1,
        events: [],
        dueAt: MORNING + HOUR,
        deliveries: [queueCard()],
        receipt,
        posts: { requesterCard: { conversation: 'c', activity: 'a' } },
      };
      assert.deepEqual(await store.commitTicket(silent), COMMITTED);
      assert.deepEqual(await store.ticket(ticket.number), silent.ticket);
      assert.deepEqual(await store.history(ticket.number), events);
      assert.deepEqual(await store.due(MORNING + HOUR - 1, 10), []);
      assert.deepEqual(await store.due(MORNING + HOUR, 10), [ticket.number]);
      assert.equal((await store.leaseDeliveries(MORNING, MORNING + 1, 10)).length, 1);
      assert.deepEqual(Object.keys(await store.posts(ticketOwner(1))), ['requesterCard']);
      assert.deepEqual((await store.find({ title: 'corretto' })).tickets, [silent.ticket]);

      assert.deepEqual(await store.commitTicket(silent), { kind: 'repeated', outcome: 'done' });
      const { receipt: _, ...unreceipted } = silent;
      await store.commitTicket(change(silent.ticket));
      assert.deepEqual(await store.commitTicket(unreceipted), CONFLICT);
      const version = { ...ticket, version: 2 };
      await assert.rejects(store.commitTicket({ ...silent, ticket: version }), /is not 1 plus 0 events/);
    }));

  test('T3 a commit on another version than the stored one is a conflict and writes nothing', () =>
    withStore(newBackend, async ({ store }) => {
      const { ticket, events } = opening(1);
      await store.commitTicket(opening(1, { dueAt: MORNING }));
      const stale: TicketCommit = change(
        { ...ticket, version: 2 },
        {
          dueAt: MORNING + HOUR,
          deliveries: [queueCard()],
          receipt: { key: 'stale', at: MORNING, outcome: 1 },
          posts: { queueCard: { conversation: 'c', activity: 'a' } },
        },
      );
      assert.deepEqual(await store.commitTicket(stale), CONFLICT);
      assert.deepEqual(await store.ticket(ticket.number), ticket);
      assert.deepEqual(await store.history(ticket.number), events);
      assert.deepEqual(await store.due(MORNING, 10), [ticket.number]);
      assert.equal(await store.receipt('stale'), undefined);
      assert.deepEqual(await store.posts(ticketOwner(1)), {});
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false);
    }));

  test('T3 a change of a ticket that does not exist is a conflict', () =>
    withStore(newBackend, async ({ store }) => {
      assert.deepEqual(await store.commitTicket(change(aTicket(1))), CONFLICT);
      assert.equal(await store.ticket(ticketNumber(1)), undefined);
      assert.deepEqual(await store.history(ticketNumber(1)), []);
    }));

  test('T1 a number is given once: creating it again is a conflict', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1));
      const again = opening(1, { ticket: aTicket(1, { draft: 'another', subject: 'altro' }) });
      assert.deepEqual(await store.commitTicket(again), CONFLICT);
      assert.notEqual((await store.ticket(ticketNumber(1)))?.subject, 'altro');
      assert.equal(await store.ticketOfDraft('another'), undefined);
    }));

  test('A3 a draft becomes a ticket once: a second ticket from it is a conflict, and the first is found', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1));
      const second = opening(2, { ticket: aTicket(2, { draft: 'draft-1' }), deliveries: [queueCard()] });
      assert.deepEqual(await store.commitTicket(second), CONFLICT);
      assert.equal(await store.ticket(ticketNumber(2)), undefined);
      assert.equal((await store.ticketOfDraft('draft-1'))?.number, ticketNumber(1));
      assert.equal(await store.deliveriesPending(ticketOwner(2)), false);
    }));

  test('A3 a version that does not count the events is a fault of the caller', () =>
    withStore(newBackend, async ({ store }) => {
      const wrong = opening(1, { ticket: aTicket(1, { version: 2 }) });
      await assert.rejects(store.commitTicket(wrong), /version 2 is not 0 plus 1/);
      assert.equal(await store.ticket(ticketNumber(1)), undefined);
    }));

  test('A3 a repeated receipt writes nothing and answers as before, whatever the version', () =>
    withStore(newBackend, async ({ store }) => {
      const outcome = { kind: 'opened', number: ticketNumber(1), list: [1, null, 'è'] };
      const receipt = { key: 'activity-1', at: MORNING, outcome };
      const first = opening(1, { receipt });
      assert.deepEqual(await store.commitTicket(first), COMMITTED);
      assert.deepEqual(await store.receipt('activity-1'), receipt);

      const repeated = { kind: 'repeated', outcome };
      assert.deepEqual(await store.commitTicket(first), repeated, 'same commit');
      const valid = change(first.ticket, {
        receipt: { ...receipt, outcome: 'other' },
        deliveries: [queueCard()],
      });
      assert.deepEqual(await store.commitTicket(valid), repeated, 'would succeed otherwise');
      const stale = change({ ...first.ticket, version: 7 }, { receipt });
      assert.deepEqual(await store.commitTicket(stale), repeated, 'would conflict otherwise');

      assert.equal((await store.ticket(ticketNumber(1)))?.version, 1);
      assert.equal((await store.history(ticketNumber(1))).length, 1);
      assert.equal(await store.deliveriesPending(ticketOwner(1)), false);
      assert.equal(await store.receipt('never'), undefined);
    }));

  test('A3 a conflict leaves no receipt, so that the next attempt with it may succeed', () =>
    withStore(newBackend, async ({ store }) => {
      const { ticket } = opening(1);
      await store.commitTicket(opening(1));
      const receipt = { key: 'press-1', at: MORNING, outcome: 'claimed' };
      assert.deepEqual(await store.commitTicket(change({ ...ticket, version: 5 }, { receipt })), CONFLICT);
      assert.deepEqual(await store.commitTicket(change(ticket, { receipt })), COMMITTED);
    }));

  test('A3 a ticket keeps the receipts of many changes, and each is told from the others', () =>
    withStore(newBackend, async ({ store }) => {
      const receipt = (n: number) => ({ key: `press-${n}`, at: MORNING + n, outcome: { n } });
      await store.commitTicket(opening(1, { receipt: receipt(1) }));
      await store.commitTicket(opening(2));
      await store.commitTicket(opening(3));
      for (let n = 2; n <= 5; n++)
        await store.commitTicket(change(aTicket(1, { version: n - 1 }), { receipt: receipt(n) }));
      for (let n = 1; n <= 5; n++) {
        assert.deepEqual(await store.receipt(`press-${n}`), receipt(n));
        const repeated = { kind: 'repeated', outcome: { n } };
        assert.deepEqual(await store.commitTicket(change(aTicket(2), { receipt: receipt(n) })), repeated);
        const same = change(aTicket(1, { version: 5 }), { receipt: receipt(n) });
        assert.deepEqual(await store.commitTicket(same), repeated);
      }
      assert.equal((await store.ticket(ticketNumber(1)))?.version, 5);
      assert.equal((await store.ticket(ticketNumber(2)))?.version, 1);
    }));

  test('A3 receipts are kept for 24 hours of the desk’s clock', () =>
    withStore(newBackend, async ({ store }) => {
      const at = (counter: number, time: number) =>
        opening(counter, { receipt: { key: `r${counter}`, at: time, outcome: counter } });
      await store.commitTicket(at(1, MORNING));
      for (let hour = 1; hour <= 24; hour++) await store.commitTicket(at(1 + hour, MORNING + hour * HOUR));
      assert.equal((await store.receipt('r1'))?.outcome, 1);
    }));

  test('A3 ticket, history, deliveries, posts and receipt appear together, on every connection', () =>
    withStore(newBackend, async ({ store, again }) => {
      const other = (await again()).store;
      const post = { conversation: '19:finance@thread.tacv2', activity: '1' };
      await store.commitTicket(
        opening(1, {
          dueAt: MORNING,
          deliveries: [queueCard(), notice(1)],
          receipt: { key: 'r', at: MORNING, outcome: null },
          posts: { requesterCard: post },
        }),
      );
      assert.equal((await other.ticket(ticketNumber(1)))?.version, 1);
      assert.equal((await other.history(ticketNumber(1))).length, 1);
      assert.deepEqual(await other.due(MORNING, 1), [ticketNumber(1)]);
      assert.deepEqual(await other.posts(ticketOwner(1)), { requesterCard: post });
      assert.equal((await other.leaseDeliveries(MORNING, MORNING + 1, 10)).length, 2);
      assert.deepEqual(await other.receipt('r'), { key: 'r', at: MORNING, outcome: null });
    }));

  test('A3 closing finishes what was queued; afterwards nothing is accepted', () =>
    withStore(newBackend, async ({ again }) => {
      const { store } = await again();
      const queued = [store.commitTicket(opening(1)), store.commitTicket(opening(2))];
      await store.close();
      assert.deepEqual(await Promise.all(queued), [COMMITTED, COMMITTED]);
      await assert.rejects(store.commitTicket(opening(3)), /closed/);
      await store.close();
      const reopened = (await again()).store;
      assert.ok(await reopened.ticket(ticketNumber(1)));
      assert.ok(await reopened.ticket(ticketNumber(2)));
      assert.equal(await reopened.ticket(ticketNumber(3)), undefined);
    }));
}
