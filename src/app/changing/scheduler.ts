/** Time as a source of commands: asks the store what is due and issues ordinary commands. */

import type { Instant, Ticket, TicketNumber } from '../../domain/ticket.ts';
import { timersOf } from '../../domain/timers.ts';
import type { House } from '../house.ts';
import { execute } from './execute.ts';

const AT_ONCE = 100;

/**
 * Does everything that is due by now. Safe to run on several instances and after any pause: each level of each deadline
 * is an event guarded by the ticket's version, so it happens once (D6).
 * @param ended asked between tickets: true ends it, and what is left is due for the next instance
 * @returns how many tickets were due
 */
export async function runDue(house: House, ended: () => boolean = () => false): Promise<number> {
  const looked = new Set<TicketNumber>();
  for (;;) {
    const now = house.clock.now();
    const due = (await house.store.due(now, AT_ONCE)).filter((number) => !looked.has(number));
    for (const number of due) {
      if (ended()) return looked.size;
      looked.add(number);
      // One ticket that cannot be looked at must not keep the others from being escalated.
      await doDue(house, number, now).catch((error: unknown) =>
        house.log.error({ err: error, ticket: number }, 'a due ticket could not be looked at'),
      );
    }
    if (due.length === 0) return looked.size;
  }
}

async function doDue(house: House, number: TicketNumber, now: Instant): Promise<void> {
  const ticket = await house.store.ticket(number);
  if (!ticket) return;
  const due = timersOf(ticket, house.desk, house.calendars).filter(({ at }) => at <= now);
  let done = false;
  for (const { type, at } of due) {
    const command = { type, at: now, via: 'timer', actor: { kind: 'timer' } } as const;
    const result = await execute(house, number, command);
    if (result.kind === 'done') {
      done = true;
      house.meter.timer(now - at);
    }
    if (result.kind === 'refused' && result.refusal.code !== 'nothingDue')
      house.log.warn({ ticket: number, refusal: result.refusal.code }, 'a due ticket refused its timer');
  }
  if (!done) await putOff(house, ticket);
}

/**
 * The moment under which the ticket was looked up holds no longer, because the desk's deadlines, calendars or levels have
 * changed since: it is looked up again when something falls due by the desk as it is now.
 */
async function putOff(house: House, ticket: Ticket): Promise<void> {
  const dueAt = timersOf(ticket, house.desk, house.calendars)[0]?.at;
  await house.store.commitTicket({
    ticket,
    expected: ticket.version,
    events: [],
    deliveries: [],
    ...(dueAt === undefined ? {} : { dueAt }),
  });
}
