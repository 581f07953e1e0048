/** When time itself has something to do on a ticket, and what. */

import type { Calendars } from './calendar.ts';
import { calendarFor, nextEscalation } from './deadlines.ts';
import type { Desk } from './desk.ts';
import { relieved } from './leavers.ts';
import { type Instant, isClosed, type Ticket } from './ticket.ts';
import { HOUR_MS } from './units.ts';

/** A command that the timer will give, and when. */
export type Timer = {
  readonly type: 'escalate' | 'remind' | 'autoClose' | 'remindUnclaimed' | 'rehome' | 'relieve';
  readonly at: Instant;
};

/** Soonest first. */
export function timersOf(ticket: Ticket, desk: Desk, calendars: Calendars): Timer[] {
  const { state } = ticket;
  // Nobody works it and no channel shows it: whatever else is due can wait until it is somewhere.
  if (!isClosed(state) && !desk.queues.has(ticket.queue)) return [{ type: 'rehome', at: ticket.changedAt }];
  const escalation = nextEscalation(ticket, desk, calendars);
  const timers: Timer[] = escalation ? [{ type: 'escalate', at: escalation.at }] : [];
  if (!isClosed(state) && relieved(ticket, desk).length > 0)
    timers.push({ type: 'relieve', at: ticket.changedAt });
  if (state.kind === 'waitingReminder' && !state.reminded) timers.push({ type: 'remind', at: state.until });
  if (state.kind === 'waitingAutoClose') timers.push({ type: 'autoClose', at: state.until });
  const unclaimed = unclaimedAt(ticket, desk, calendars);
  if (unclaimed !== undefined) timers.push({ type: 'remindUnclaimed', at: unclaimed });
  return timers.sort((a, b) => a.at - b.at);
}

/** When a ticket that nobody holds has to be brought to mind (D4): once for each time that it became free. */
export function unclaimedAt(
  ticket: Pick<
    Ticket,
    'state' | 'locked' | 'queue' | 'service' | 'createdAt' | 'freeSince' | 'unclaimedTold'
  >,
  desk: Desk,
  calendars: Calendars,
): Instant | undefined {
  const { unclaimedAfterHours } = desk;
  const { state, locked, createdAt, freeSince = createdAt, unclaimedTold } = ticket;
  if (unclaimedAfterHours === undefined || locked || (state.kind !== 'new' && state.kind !== 'open'))
    return undefined;
  if (unclaimedTold !== undefined && unclaimedTold >= freeSince) return undefined;
  return calendarFor(desk, calendars, ticket).addWorkingTime(freeSince, unclaimedAfterHours * HOUR_MS);
}
