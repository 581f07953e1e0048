/**
 * After the desk has changed: calendars, levels and queues decide when time has something to do on a ticket, and the moment
 * under which the store finds it was worked out by the desk before.
 */

import type { Ticket } from '../../domain/ticket.ts';
import { timersOf } from '../../domain/timers.ts';
import type { House } from '../house.ts';

/** Looked at in one go; then others have their turn. */
const PAGE = 25;
/** Somebody else is changing the ticket: what they write is worked out anew, and looked at again. */
const ROUNDS = 5;

/**
 * Has every open ticket looked up when it is due by the desk as it is now, where that is sooner than before. What is later
 * is found out when it is looked up. Safe beside other instances and may be repeated.
 *
 * @param ended asked between pages: true ends it
 * @param rest lets others have their turn between pages
 * @returns how many tickets are due sooner
 */
export async function retime(
  house: House,
  ended: () => boolean = () => false,
  rest: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve)),
): Promise<number> {
  let sooner = 0;
  let after: string | undefined;
  do {
    const { tickets, next } = await house.store.find(
      { open: true },
      { limit: PAGE, ...(after === undefined ? {} : { after }) },
    );
    const moments = await house.store.dueMoments(tickets.map(({ number }) => number));
    for (const ticket of tickets)
      if (await advance(house, ticket, moments.get(ticket.number) ?? Number.POSITIVE_INFINITY)) sooner += 1;
    after = next;
    await rest();
  } while (after !== undefined && !ended());
  return sooner;
}

async function advance(house: House, seen: Ticket, moment: number): Promise<boolean> {
  let ticket: Ticket | undefined = seen;
  for (let round = 0; ticket && round < ROUNDS; round++) {
    const dueAt = timersOf(ticket, house.desk, house.calendars)[0]?.at;
    if (dueAt === undefined || dueAt >= moment) return false;
    const { version: expected } = ticket;
    const done = await house.store.commitTicket({ ticket, expected, events: [], deliveries: [], dueAt });
    if (done.kind === 'committed') return true;
    ticket = await house.store.ticket(seen.number);
  }
  return false;
}
