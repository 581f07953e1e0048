/** Whatever is written and asked by chance, a store answers as the plain search does. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Store } from '../../src/app/ports/store.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { TicketQuery } from '../../src/domain/ticket-query.ts';
import { type Chance, chanceOf, randomQuery, randomTicket } from '../support/random-tickets.ts';
import { change, opening } from '../support/tickets.ts';
import { type NewBackend, withStore } from './backend.ts';
import { plainCountOpen, plainFind } from './plain-search.ts';

const SEEDS = [1, 2, 3];
const TICKETS = 40;
const QUERIES = 150;

/** Writes tickets, changes a third of them once and some of those again; answers how they stand. */
async function fill(store: Store, chance: Chance): Promise<Ticket[]> {
  const tickets: Ticket[] = [];
  for (let n = 1; n <= TICKETS; n++) {
    const ticket = randomTicket(chance, n);
    tickets.push(ticket);
    assert.deepEqual(await store.commitTicket(opening(n, { ticket })), { kind: 'committed' });
    if (chance() < 0.5) await rewrite(store, tickets, chance);
  }
  return tickets;
}

async function rewrite(store: Store, tickets: Ticket[], chance: Chance): Promise<void> {
  const index = Math.floor(chance() * tickets.length);
  const commit = change(randomTicket(chance, index + 1, tickets[index]));
  assert.deepEqual(await store.commitTicket(commit), { kind: 'committed' });
  tickets[index] = commit.ticket;
}

/** All that is found, by pages of so many. */
async function pages(store: Store, query: TicketQuery, limit: number): Promise<Ticket[]> {
  const found: Ticket[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await store.find(query, { limit, ...(after !== undefined && { after }) });
    assert.ok(page.tickets.length <= limit);
    found.push(...page.tickets);
    after = page.next;
  }
  return found;
}

export function searchPropertyContract(newBackend: NewBackend): void {
  for (const seed of SEEDS) {
    test(`W6 any query finds and counts what the plain search does, seed ${seed}`, () =>
      withStore(newBackend, async ({ store }) => {
        const chance = chanceOf(seed);
        const tickets = await fill(store, chance);
        const numbers = tickets.map(({ number }) => number);
        let some = 0;
        for (let n = 0; n < QUERIES; n++) {
          const query = randomQuery(chance, numbers);
          const expected = plainFind(tickets, query);
          const said = JSON.stringify(query);
          const found = await pages(store, query, 1 + Math.floor(chance() * 30));
          assert.deepEqual(
            found.map(({ number }) => number),
            expected,
            said,
          );
          for (const ticket of found)
            assert.deepEqual(ticket, tickets[numbers.indexOf(ticket.number)], 'as it stands');
          const atMost = Math.floor(chance() * 60);
          assert.equal(await store.count(query, atMost), Math.min(atMost, expected.length), said);
          if (expected.length > 0) some += 1;
          if (query.visibleTo)
            assert.deepEqual(
              await store.countOpen(query.visibleTo),
              plainCountOpen(tickets, query.visibleTo),
            );
        }
        assert.ok(some > QUERIES / 4, `only ${some} queries found anything`);
        assert.deepEqual(await store.countOpen(), plainCountOpen(tickets));
      }));

    test(`W6 who turns pages meets once each ticket that is found all the while, seed ${seed}`, () =>
      withStore(newBackend, async ({ store }) => {
        const chance = chanceOf(seed + 100);
        const tickets = await fill(store, chance);
        const query = { open: true } as const;
        let always = new Set(plainFind(tickets, query));
        const met: string[] = [];
        let after: string | undefined;
        do {
          const page = await store.find(query, { limit: 4, ...(after !== undefined && { after }) });
          met.push(...page.tickets.map(({ number }) => number));
          after = page.next;
          for (let n = 0; n < 3; n++) await rewrite(store, tickets, chance);
          const ticket = randomTicket(chance, tickets.length + 1);
          tickets.push(ticket);
          await store.commitTicket(opening(tickets.length, { ticket }));
          always = new Set(plainFind(tickets, query).filter((number) => always.has(number)));
        } while (after !== undefined);
        assert.equal(new Set(met).size, met.length, 'nothing twice');
        for (const number of always) assert.ok(met.includes(number), `${number} was left out`);
        assert.ok(always.size > 0);
      }));
  }
}
