/** Promises about what is looked up: a person's tickets and drafts, what is due, profiles. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../../src/app/ports/store.ts';
import { PERSON, personRef } from '../support/desk.ts';
import {
  aDraft,
  aTicket,
  change,
  drafting,
  MORNING,
  opening,
  queueCard,
  ticketNumber,
} from '../support/tickets.ts';
import { type NewBackend, withStore } from './backend.ts';

export function lookupContract(newBackend: NewBackend): void {
  test('W10 a requester’s tickets come newest first, only theirs, up to the limit', () =>
    withStore(newBackend, async ({ store }) => {
      // Written out of order; 2 and 4 were created in the same millisecond.
      const created: readonly [number, number][] = [
        [3, 300],
        [1, 100],
        [2, 200],
        [4, 200],
      ];
      for (const [counter, after] of created) {
        await store.commitTicket(
          opening(counter, { ticket: aTicket(counter, { createdAt: MORNING + after }) }),
        );
      }
      await store.commitTicket(opening(5, { ticket: aTicket(5, { requester: personRef('luca') }) }));
      const numbers = async (limit: number) =>
        (await store.ticketsOf(PERSON.maria, limit)).map(({ number }) => number);
      assert.deepEqual(
        await numbers(10),
        [3, 4, 2, 1].map((n) => ticketNumber(n)),
      );
      assert.deepEqual(
        await numbers(2),
        [3, 4].map((n) => ticketNumber(n)),
      );
      assert.deepEqual(await store.ticketsOf(PERSON.carla, 10), []);
    }));

  test('W10 a ticket’s newest state is what the list of its requester shows', () =>
    withStore(newBackend, async ({ store }) => {
      const { ticket } = opening(1);
      await store.commitTicket(opening(1));
      await store.commitTicket(change({ ...ticket, subject: 'Nuovo oggetto', requester: personRef('luca') }));
      assert.deepEqual(await store.ticketsOf(PERSON.maria, 10), []);
      assert.equal((await store.ticketsOf(PERSON.luca, 10))[0]?.subject, 'Nuovo oggetto');
    }));

  test('D6 due tickets come soonest first, the present moment included, up to the limit', () =>
    withStore(newBackend, async ({ store }) => {
      const due: readonly [number, number | undefined][] = [
        [1, 500],
        [2, 100],
        [3, undefined],
        [4, 300],
      ];
      for (const [counter, after] of due) {
        await store.commitTicket(opening(counter, after === undefined ? {} : { dueAt: MORNING + after }));
      }
      assert.deepEqual(await store.due(MORNING + 99, 10), []);
      assert.deepEqual(await store.due(MORNING + 300, 10), [ticketNumber(2), ticketNumber(4)]);
      assert.deepEqual(
        await store.due(MORNING + 1e9, 10),
        [2, 4, 1].map((n) => ticketNumber(n)),
      );
      assert.deepEqual(await store.due(MORNING + 1e9, 1), [ticketNumber(2)]);
    }));

  test('D6 each commit says anew when the ticket is due, or that it is not', () =>
    withStore(newBackend, async ({ store }) => {
      const { ticket } = opening(1);
      await store.commitTicket(opening(1, { dueAt: MORNING + 100 }));
      const later = change(ticket, { dueAt: MORNING + 200 });
      await store.commitTicket(later);
      assert.deepEqual(await store.due(MORNING + 199, 10), []);
      assert.deepEqual(await store.due(MORNING + 200, 10), [ticket.number]);
      await store.commitTicket(change(later.ticket));
      assert.deepEqual(await store.due(MORNING + 1e9, 10), []);
    }));

  test('D6 a moment between two milliseconds is accepted and is never early', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1, { dueAt: MORNING + 100 / 3 }));
      assert.deepEqual(await store.due(MORNING + 33, 10), []);
      assert.deepEqual(await store.due(MORNING + 34, 10), [ticketNumber(1)]);
    }));

  test('T17 a draft comes back as written and is guarded by its version', () =>
    withStore(newBackend, async ({ store }) => {
      const draft = aDraft('d1');
      assert.equal(await store.draft('d1'), undefined);
      assert.deepEqual(await store.commitDraft(drafting(draft)), { kind: 'committed' });
      assert.deepEqual(await store.draft('d1'), draft);
      assert.deepEqual(await store.commitDraft(drafting(draft)), { kind: 'conflict' });

      const second = aDraft('d1', { version: 2, inputs: { subject: 'Mandati' } });
      assert.deepEqual(await store.commitDraft(drafting(second)), { kind: 'committed' });
      const stale = drafting(aDraft('d1', { version: 2, text: 'altro' }), { deliveries: [queueCard()] });
      assert.deepEqual(await store.commitDraft(stale), { kind: 'conflict' });
      assert.deepEqual(await store.draft('d1'), second);
      assert.equal(await store.deliveriesPending({ kind: 'draft', id: 'd1' }), false);
      assert.deepEqual(await store.commitDraft(drafting(aDraft('d2', { version: 2 }))), { kind: 'conflict' });
      await assert.rejects(store.commitDraft({ draft, expected: 4, deliveries: [] }), /is not 4 plus 1/);
    }));

  test('A3 a receipt is unique over tickets and drafts', () =>
    withStore(newBackend, async ({ store }) => {
      const receipt = { key: 'activity-1', at: MORNING, outcome: { kind: 'drafted', draft: 'd1' } };
      await store.commitDraft(drafting(aDraft('d1'), { receipt }));
      const repeated = { kind: 'repeated', outcome: receipt.outcome };
      assert.deepEqual(await store.commitDraft(drafting(aDraft('d2'), { receipt })), repeated);
      assert.deepEqual(await store.commitTicket(opening(1, { receipt })), repeated);
      assert.equal(await store.draft('d2'), undefined);
      assert.equal(await store.ticket(ticketNumber(1)), undefined);
    }));

  test('I1 the pending draft is the requester’s newest that is neither withdrawn nor a ticket', () =>
    withStore(newBackend, async ({ store }) => {
      const pending = async () => (await store.pendingDraftOf(PERSON.maria))?.id;
      assert.equal(await pending(), undefined);
      await store.commitDraft(drafting(aDraft('newest', { createdAt: MORNING + 2 })));
      await store.commitDraft(drafting(aDraft('oldest', { createdAt: MORNING })));
      await store.commitDraft(drafting(aDraft('draft-7', { createdAt: MORNING + 1 })));
      await store.commitDraft(
        drafting(aDraft('luca', { createdAt: MORNING + 9, requester: personRef('luca') })),
      );
      assert.equal(await pending(), 'newest');
      // What a dialog prepares has no card in the chat, and is nothing that a message there could be about.
      await store.commitDraft(
        drafting(aDraft('dialog', { createdAt: MORNING + 9, arrival: { kind: 'message' } })),
      );
      assert.equal(await pending(), 'newest');

      const withdrawn = aDraft('newest', { version: 2, createdAt: MORNING + 2, withdrawn: true });
      await store.commitDraft(drafting(withdrawn));
      assert.equal(await pending(), 'draft-7');
      await store.commitTicket(opening(7));
      assert.equal(await pending(), 'oldest');
      // An edit that comes late does not bring back a draft that is a ticket by now.
      await store.commitDraft(drafting(aDraft('draft-7', { version: 2, createdAt: MORNING + 1 })));
      assert.equal(await pending(), 'oldest');
      await store.commitDraft(drafting(aDraft('oldest', { version: 2, withdrawn: true })));
      assert.equal(await pending(), undefined);
    }));

  test('I1 a draft written after its ticket is not pending; of two of one moment the later counts', () =>
    withStore(newBackend, async ({ store }) => {
      await store.commitTicket(opening(1));
      await store.commitDraft(drafting(aDraft('draft-1')));
      assert.equal(await store.pendingDraftOf(PERSON.maria), undefined);
      await store.commitDraft(drafting(aDraft('b')));
      await store.commitDraft(drafting(aDraft('a')));
      assert.equal((await store.pendingDraftOf(PERSON.maria))?.id, 'a');
    }));

  test('I2 a profile is kept per person, the latest one', () =>
    withStore(newBackend, async ({ store }) => {
      const profile: Profile = {
        person: PERSON.maria,
        name: 'Maria Rinaldi',
        phone: '0371 409 204',
        locale: 'it',
        conversation: 'a:1',
        serviceUrl: 'https://smba.example/',
      };
      assert.equal(await store.profile(PERSON.maria), undefined);
      await store.saveProfile(profile);
      assert.deepEqual(await store.profile(PERSON.maria), profile);
      await store.saveProfile(profile);
      const { phone: _, ...moved } = { ...profile, conversation: 'a:2' };
      await store.saveProfile(moved);
      assert.deepEqual(await store.profile(PERSON.maria), moved);
      assert.equal(await store.profile(PERSON.luca), undefined);
    }));

  test('N1 what somebody chose to be told of is theirs, lasts, and outlives a new profile', () =>
    withStore(newBackend, async ({ store, again }) => {
      const profile: Profile = { person: PERSON.anna, name: 'Anna \ud800 Conti', locale: 'it' };
      const first = { queues: ['finance'], kinds: ['newTicket'] } as const;
      const last = { queues: ['finance', 'taxes'], kinds: [] } as const;
      await store.chooseNotices(PERSON.anna, first);
      assert.equal(await store.profile(PERSON.anna), undefined);
      await store.saveProfile(profile);
      await store.saveProfile({ ...profile, person: PERSON.bruno });
      await store.chooseNotices(PERSON.anna, first);
      await Promise.all([
        store.chooseNotices(PERSON.anna, last),
        store.saveProfile({ ...profile, phone: '0371 409 204', notices: first }),
      ]);
      const other = (await again()).store;
      const kept = { ...profile, phone: '0371 409 204', notices: last };
      assert.deepEqual(await other.profile(PERSON.anna), kept);
      const choices = await other.noticeChoices([PERSON.anna, PERSON.bruno, PERSON.maria]);
      assert.deepEqual(choices, new Map([[PERSON.anna, last]]));
      assert.deepEqual(await other.noticeChoices([]), new Map());
    }));

  test('I14 a profile is found by its e-mail address, whatever its capitals, and by no earlier one', () =>
    withStore(newBackend, async ({ store }) => {
      const profile = (person: string, email?: string): Profile => ({
        person,
        name: person,
        locale: 'it',
        ...(email === undefined ? {} : { email }),
      });
      const found = async (email: string) => (await store.profileWithEmail(email))?.person;
      for (const one of [
        profile('b', 'Anna.Verdi@Ente.example'),
        profile('a', 'a"b\\@ente.example'),
        profile('c'),
      ])
        await store.saveProfile(one);
      assert.equal(await found('anna.verdi@ENTE.example'), 'b');
      assert.equal(await found('a"b\\@ente.example'), 'a');
      for (const none of ['', 'anna', 'anna.verdi@ente.exampl', '%', 'null'])
        assert.equal(await found(none), undefined, none);
      await store.saveProfile(profile('a', 'anna.verdi@ente.example'));
      assert.equal(await found('anna.verdi@ente.example'), 'a', 'of several the first');
      await store.saveProfile(profile('a'));
      await store.saveProfile(profile('b', 'altro@ente.example'));
      assert.equal(await found('anna.verdi@ente.example'), undefined);
    }));
}
