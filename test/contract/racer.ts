/**
 * A process that writes to a store beside others. Started by the race tests with `fork`: it says that it is ready, opens
 * the store when told to, does its task and sends back what came of it.
 */

import { dayOf, ticketNumber as ticketNumberOf } from '../../src/domain/number.ts';
import { type OpenedStore, openStore } from '../../src/stores/open.ts';
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

export type RaceTask =
  /** Takes so many counters of one day, several at a time. */
  | { readonly task: 'counters'; readonly count: number }
  /** Changes ticket 1 from version 1 as often as said, all at once; answers how often it won. */
  | { readonly task: 'claim'; readonly count: number; readonly name: string }
  /** Adds so many notes to ticket 1, one after the other, deciding again after each conflict. */
  | { readonly task: 'notes'; readonly count: number; readonly name: string }
  /** Leases deliveries until none is ready; answers the owners' ids. */
  | { readonly task: 'lease' }
  /** Answers so many messages with a draft each, named after the process, with one receipt per message. */
  | { readonly task: 'draft'; readonly count: number; readonly name: string }
  /** Adds so many notes to ticket 1, each with a notice and its card; answers the versions written. */
  | { readonly task: 'notify'; readonly count: number }
  /** Sends what it can lease until the notice under this key was sent; answers the keys that it acknowledged. */
  | { readonly task: 'send'; readonly until: string }
  /** Opens so many tickets, one every `stepMs` from `at` on by the clock of the process; answers their numbers. */
  | {
      readonly task: 'number';
      readonly count: number;
      readonly at: number;
      readonly stepMs: number;
      readonly timeZone: string;
    }
  /** Turns drafts 1 to `count` into tickets numbered from `from`, with one receipt each. */
  | { readonly task: 'open'; readonly count: number; readonly from: number };

async function run({ store }: OpenedStore, task: RaceTask): Promise<unknown> {
  switch (task.task) {
    case 'counters': {
      const taken: number[] = [];
      while (taken.length < task.count) {
        taken.push(...(await Promise.all([1, 2, 3, 4].map(() => store.nextCounter('20261105')))));
      }
      return taken;
    }
    case 'claim': {
      const attempts = Array.from({ length: task.count }, (_, n) =>
        store.commitTicket(change(aTicket(1), { events: [notedEvent(`${task.name} ${n}`)] })),
      );
      return (await Promise.all(attempts)).map(({ kind }) => kind);
    }
    case 'notes': {
      let conflicts = 0;
      for (let added = 0; added < task.count; ) {
        const ticket = await store.ticket(ticketNumber(1));
        if (!ticket) throw new Error('Ticket 1 is missing');
        const commit = change(ticket, { events: [notedEvent(`${task.name} ${added}`)] });
        if ((await store.commitTicket(commit)).kind === 'committed') added += 1;
        else conflicts += 1;
      }
      return conflicts;
    }
    case 'lease': {
      const owners: string[] = [];
      for (;;) {
        const leased = await store.leaseDeliveries(MORNING, MORNING + 60_000, 3);
        if (leased.length === 0) return owners;
        owners.push(...leased.map(({ owner }) => owner.id));
      }
    }
    case 'draft': {
      const results: string[] = [];
      for (let n = 1; n <= task.count; n++) {
        const draft = aDraft(`${task.name}-${n}`);
        const receipt = { key: `message-${n}`, at: MORNING, outcome: draft.id };
        const deliveries = [queueCard({ key: 'draftCard', kind: 'draftCard' })];
        results.push((await store.commitDraft(drafting(draft, { receipt, deliveries }))).kind);
      }
      return results;
    }
    case 'notify': {
      const versions: number[] = [];
      while (versions.length < task.count) {
        const ticket = await store.ticket(ticketNumber(1));
        if (!ticket) throw new Error('Ticket 1 is missing');
        const version = ticket.version + 1;
        const deliveries = [queueCard(), notice(version)];
        if ((await store.commitTicket(change(ticket, { deliveries }))).kind === 'committed')
          versions.push(version);
      }
      return versions;
    }
    case 'send': {
      const sent: string[] = [];
      while (!(await store.posts(ticketOwner(1)))[task.until]) {
        for (const delivery of await store.leaseDeliveries(MORNING, MORNING + 60_000, 2)) {
          const post = { conversation: 'c', activity: delivery.key };
          if (await store.acknowledge(delivery, post)) sent.push(delivery.key);
        }
      }
      return sent;
    }
    case 'number': {
      const numbers: string[] = [];
      for (let n = 0; n < task.count; n++) {
        const at = task.at + n * task.stepMs;
        const day = dayOf(at, task.timeZone);
        const number = ticketNumberOf(day, '10', await store.nextCounter(day));
        const ticket = aTicket(1, { number, draft: number, createdAt: at });
        const { kind } = await store.commitTicket(opening(1, { ticket }));
        numbers.push(kind === 'committed' ? number : kind);
      }
      return numbers;
    }
    case 'open': {
      const results: string[] = [];
      for (let n = 1; n <= task.count; n++) {
        const ticket = aTicket(task.from + n, { draft: `draft-${n}` });
        const receipt = { key: `submit-${n}`, at: MORNING, outcome: ticket.number };
        results.push((await store.commitTicket(opening(task.from + n, { ticket, receipt }))).kind);
      }
      return results;
    }
  }
}

const [url, text] = process.argv.slice(2);
if (url && text && process.send) {
  process.once('message', async () => {
    const opened = await openStore(url);
    const result = await run(opened, JSON.parse(text) as RaceTask);
    await opened.store.close();
    process.send?.({ result }, () => process.disconnect());
  });
  process.send('ready');
}
