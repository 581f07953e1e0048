/** Everything that time does to a ticket happens once, whoever looks at the clock. */

import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Desk } from '../../src/domain/desk.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import type { Instant } from '../../src/domain/ticket.ts';
import { timersOf } from '../../src/domain/timers.ts';
import type { Snapshot } from './ground.ts';
import type { Ledger } from './ledger.ts';

const TIMED = ['escalated', 'reminded', 'autoClosed', 'unclaimedReminded'] as const;
export type Timed = (typeof TIMED)[number];

/**
 * Holds the histories against the desk: nothing twice, and nothing left out that was due by then.
 * @returns how often each happened
 */
export function checkTimed(
  { tickets, histories }: Snapshot,
  desk: Desk,
  due: Instant,
  ledger: Ledger,
): Readonly<Record<Timed, number>> {
  const calendars = compileCalendars(desk);
  const counts: Record<Timed, number> = { escalated: 0, reminded: 0, autoClosed: 0, unclaimedReminded: 0 };
  for (const [number, history] of histories) {
    const seen = new Set<string>();
    // What may happen once may happen once more when the ticket begins to wait, or becomes free, anew.
    let beginning = 0;
    for (const event of history) {
      if (['waitSet', 'autoCloseSet', 'released', 'reopened', 'moved'].includes(event.type)) beginning += 1;
      const type = TIMED.find((each) => each === event.type);
      if (!type) continue;
      counts[type] += 1;
      const what = keyOf(event, beginning);
      if (seen.has(what)) ledger.violated(`${number}: ${what} happened twice`);
      seen.add(what);
    }
    const ticket = tickets.get(number);
    for (const { type, at } of ticket ? timersOf(ticket, desk, calendars) : [])
      if (at <= due) ledger.violated(`${number}: ${type} was due ${Math.round((due - at) / 1_000)} s ago`);
  }
  for (const type of TIMED) if (counts[type] === 0) ledger.violated(`nothing was ever ${type}`);
  return counts;
}

function keyOf(event: TicketEvent, beginning: number): string {
  // The clocks of deadlines go on over waits, so a level fires once in all; nobody closes and reopens here.
  if (event.type === 'escalated') return `${event.deadline} ${event.level}`;
  return `${event.type} ${beginning}`;
}
