/** What the contract suite needs to know of a store: how to get an empty one, and how to open it again. */

import type { Owner } from '../../src/app/ports/delivery.ts';
import { type OpenedStore, openStore } from '../../src/stores/open.ts';
import { ticketNumber } from '../support/tickets.ts';

/** How long others may wait before they take over what an instance leased and did not finish, in milliseconds. */
export const TAKE_OVER_MS = 120_000;

/** An empty store of its own, as `STORE_URL` would name it. */
export type Backend = {
  readonly url: string;
  dispose(): Promise<void>;
};
export type NewBackend = () => Promise<Backend>;

/** An opened store, and a way to open it again beside the first, as a second process would. */
export type Fixture = OpenedStore & {
  readonly url: string;
  /** Closed at the end of the test. */
  again(): Promise<OpenedStore>;
};

/** Runs `body` on an empty store and cleans up. */
export async function withStore(
  newBackend: NewBackend,
  body: (fixture: Fixture) => Promise<void>,
): Promise<void> {
  const backend = await newBackend();
  const opened: OpenedStore[] = [];
  const open = async () => {
    const one = await openStore(backend.url);
    opened.push(one);
    return one;
  };
  try {
    const first = await open();
    await body({ ...first, url: backend.url, again: open });
  } finally {
    for (const one of opened) await one.store.close();
    await backend.dispose();
  }
}

/** The owner of the deliveries of the day's nth ticket. */
export function ticketOwner(counter: number): Owner {
  return { kind: 'ticket', id: ticketNumber(counter) };
}
