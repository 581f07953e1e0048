/** What a crash must never leave: a ticket of which a part is there. */

import assert from 'node:assert/strict';
import type { Store } from '../../src/app/ports/store.ts';
import { ticketNumber } from '../support/tickets.ts';
import { ticketOwner } from './backend.ts';

/**
 * The version of a ticket that `torture-writer.ts` wrote, after checking that everything of it is there, or that nothing is.
 *
 * @param leased number and key of every delivery that is there
 */
export async function wholeVersion(
  store: Store,
  counter: number,
  leased: ReadonlySet<string>,
): Promise<number> {
  const number = ticketNumber(counter);
  const ticket = await store.ticket(number);
  const version = ticket?.version ?? 0;
  assert.ok([0, 2, 3].includes(version), `ticket ${counter} has version ${version}`);
  assert.equal((await store.history(number)).length, version, `history of ${counter}`);
  assert.equal((await store.receipt(`open ${number}`))?.outcome, version ? number : undefined);
  assert.equal((await store.receipt(`note ${number}`))?.outcome, version === 3 ? 3 : undefined);
  assert.equal((await store.ticketOfDraft(`draft-${counter}`))?.number, ticket?.number);
  assert.equal(Object.keys(await store.posts(ticketOwner(counter))).length, version ? 1 : 0);
  const keys = ['queueCard', 'requesterNotice:1', 'requesterNotice:3'];
  const there = keys.filter((key) => leased.has(`${number} ${key}`)).length;
  assert.equal(there, version, `deliveries of ${counter}`);
  return version;
}
