/** What people were told and what they did, to be held against the store. */

import { isDeepStrictEqual } from 'node:util';
import { replay } from '../../src/domain/evolve.ts';
import type { Snapshot } from './ground.ts';

export type Ledger = {
  /** The bot said that this draft has become this ticket. */
  confirm(draft: string, number: string): void;
  /** Somebody wrote something that nobody else writes; `done` once the bot has said that it is there. */
  wrote(marker: string, number: string, done: boolean): void;
  readonly confirmed: number;
  readonly acknowledged: number;
  /** Everything that must never happen and has. */
  readonly violations: readonly string[];
  violated(what: string): void;
  /** Holds all that was promised against the store. */
  check(store: Snapshot): void;
};

export function createLedger(): Ledger {
  const numbers = new Map<string, string>();
  const drafts = new Map<string, string>();
  const writings = new Map<string, { readonly number: string; readonly done: boolean }>();
  const violations = new Set<string>();
  const violated = (what: string) => void violations.add(what);

  function checkConfirmed({ tickets, histories }: Snapshot): void {
    for (const [draft, number] of numbers) {
      const ticket = tickets.get(number);
      if (!ticket) violated(`${number} was confirmed and is not in the store`);
      else if (ticket.draft !== draft) violated(`${number} was confirmed for another draft`);
      if (!histories.has(number)) violated(`${number} has no history`);
    }
  }

  function checkTickets({ tickets, histories }: Snapshot): void {
    const seen = new Map<string, string>();
    for (const [number, ticket] of tickets) {
      const history = histories.get(number) ?? [];
      if (history.length !== ticket.version)
        violated(`${number} is at version ${ticket.version} with ${history.length} events`);
      else if (!isDeepStrictEqual(replay(history), ticket))
        violated(`${number} is not what its history makes of it`);
      const other = seen.get(ticket.draft);
      if (other) violated(`${number} and ${other} were made from the same draft`);
      seen.set(ticket.draft, number);
    }
  }

  function checkWritings({ tickets }: Snapshot): void {
    const found = new Map<string, string[]>();
    for (const [number, { articles }] of tickets)
      for (const { text } of articles)
        for (const [marker] of text.matchAll(/#\d+#/g))
          found.set(marker, [...(found.get(marker) ?? []), number]);
    for (const [marker, { number, done }] of writings) {
      const where = found.get(marker) ?? [];
      if (where.length > 1) violated(`${marker} on ${number} is there ${where.length} times`);
      if (done && where.length === 0) violated(`${marker} on ${number} was acknowledged and is not there`);
      if (where.length === 1 && where[0] !== number)
        violated(`${marker} is on ${where[0]}, not on ${number}`);
    }
  }

  return {
    confirm(draft, number) {
      const known = numbers.get(draft);
      if (known !== undefined && known !== number)
        violated(`draft ${draft} was confirmed as ${known} and as ${number}`);
      const other = drafts.get(number);
      if (other !== undefined && other !== draft) violated(`${number} was confirmed for two drafts`);
      numbers.set(draft, number);
      drafts.set(number, draft);
    },
    wrote(marker, number, done) {
      writings.set(marker, { number, done: done || (writings.get(marker)?.done ?? false) });
    },
    get confirmed() {
      return numbers.size;
    },
    get acknowledged() {
      return [...writings.values()].filter(({ done }) => done).length;
    },
    get violations() {
      return [...violations];
    },
    violated,
    check(store) {
      if (store.integrity !== 'ok') violated(`the store is damaged: ${store.integrity}`);
      checkConfirmed(store);
      checkTickets(store);
      checkWritings(store);
    },
  };
}
