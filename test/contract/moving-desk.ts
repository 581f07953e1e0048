/** A desk with something of everything that a store can hold, and what can be seen of it through the port. */

import assert from 'node:assert/strict';
import type { OpenedStore } from '../../src/stores/open.ts';
import { PERSON } from '../support/desk.ts';
import {
  aDraft,
  aTicket,
  change,
  drafting,
  MORNING,
  notedEvent,
  notice,
  opening,
  queueCard,
  ticketNumber,
} from '../support/tickets.ts';
import { ticketOwner } from './backend.ts';

export const DAY = '20261105';
/** Texts that a database may stumble over. */
const HOSTILE = ['$set', 'a.b', '\u0000', '\ud800', '__proto__', '🎫 perché?', '‘; DROP TABLE tickets; --'];

export function receiptKey(counter: number): string {
  return `open ${counter} perché $a.b`;
}

async function* content(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** Fills an empty store with `count` tickets, and what belongs to a desk. */
export async function fillDesk({ store, attachments }: OpenedStore, count = 7): Promise<void> {
  for (let counter = 1; counter <= count; counter++) {
    await store.nextCounter(DAY);
    const text = HOSTILE[counter % HOSTILE.length] ?? '';
    const draft = aDraft(`draft-${counter}`);
    await store.commitDraft(drafting(draft));
    const ticket = aTicket(counter, { subject: `Stampante ${counter} ${text}`, priority: 4 });
    const receipt = {
      key: receiptKey(counter),
      at: MORNING + counter,
      outcome: { number: ticket.number },
    };
    const posts = { 'card:requester': { conversation: `a:${counter}`, activity: `card ${counter}` } };
    const deliveries = [queueCard(), notice(1)];
    await store.commitTicket(
      opening(counter, { ticket, receipt, posts, deliveries, dueAt: MORNING + counter }),
    );
    if (counter % 2 === 0)
      await store.commitTicket(change(ticket, { events: [notedEvent(text), notedEvent('bis')] }));
  }
  await store.commitDraft(
    drafting(aDraft('pending', { requester: { id: PERSON.anna, name: 'Anna Conti' } })),
  );
  await store.commitDraft(drafting(aDraft('gone', { withdrawn: true })));
  await store.enqueue({ kind: 'ticket', id: ticketNumber(99) }, queueCard());
  await store.saveProfile({ person: PERSON.anna, name: 'Anna \ud800 Conti', locale: 'it', teamsId: '29:x' });
  await store.chooseNotices(PERSON.anna, { queues: ['finance'], kinds: ['note'] });
  await store.saveSearch(PERSON.anna, { name: 'Le mie "aperte"', asked: 'stato=aperto' });
  await store.saveSearch(PERSON.anna, { name: 'Altre', asked: 'x' });

  // One is under way, one is postponed, one failed, a card stands, a notice was sent and left no post.
  const leased = await store.leaseDeliveries(MORNING, MORNING + 60_000, 6);
  const [card, sent, postponed, failed] = leased;
  assert.ok(card && sent && postponed && failed);
  await store.acknowledge(card, { conversation: 'c', activity: 'card' });
  await store.acknowledge(sent, undefined);
  await store.postpone(postponed, MORNING + 5_000, true);
  await store.fail(failed, 'the app is not installed \u0000', MORNING + 1);
  for (const text of ['schermata', '', 'x'.repeat(600_000)]) await attachments.put(content(text), 1_000_000);
}

/** All that can be read of such a desk through the port. Writes nothing. */
export async function seenOf({ store }: OpenedStore, count = 7): Promise<unknown> {
  const counters = Array.from({ length: count }, (_, index) => index + 1);
  return {
    tickets: await Promise.all(
      counters.map(async (counter) => {
        return {
          ticket: await store.ticket(ticketNumber(counter)),
          history: await store.history(ticketNumber(counter)),
          receipt: await store.receipt(receiptKey(counter)),
          posts: await store.posts(ticketOwner(counter)),
          waits: await store.deliveriesPending(ticketOwner(counter)),
          made: (await store.ticketOfDraft(`draft-${counter}`))?.number,
          draft: await store.draft(`draft-${counter}`),
        };
      }),
    ),
    newest: (await store.ticketsOf(PERSON.maria, 100)).map(({ number }) => number),
    found: (await store.find({ text: 'stampante' })).tickets.map(({ number }) => number),
    counted: await store.countOpen(),
    due: await store.due(MORNING + 3, 100),
    drafts: [await store.pendingDraftOf(PERSON.anna), await store.pendingDraftOf(PERSON.maria)],
    failed: await store.failedDeliveries(10),
    orphan: await store.deliveriesPending({ kind: 'ticket', id: ticketNumber(99) }),
    searches: await store.savedSearches(PERSON.anna),
    cards: await store.cardsAt('card 3'),
    profile: await store.profile(PERSON.anna),
  };
}

/** Everything that is still to be sent, in the order in which it would be; ends the leases of whoever is gone. */
export async function toBeSent({ store }: OpenedStore): Promise<readonly string[]> {
  const later = MORNING + 86_400_000;
  const leased = await store.leaseDeliveries(later, later + 60_000, 1_000);
  return leased.map(({ owner, key, attempts, posted }) =>
    JSON.stringify([owner, key, attempts, posted ?? null]),
  );
}
