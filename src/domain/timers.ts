/** When time itself has something to do on a ticket, and what. */

import type { Calendars } from './calendar.ts';
import { nextEscalation } from './deadlines.ts';
import type { Desk } from './desk.ts';
import type { Instant, Ticket } from './ticket.ts';

/** A command that the timer will give, and when. */
export type Timer = { readonly type: 'escalate' | 'remind' | 'autoClose'; readonly at: Instant };

/** Soonest first. */
export function timersOf(ticket: Ticket, desk: Desk, calendars: Calendars): Timer[] {
  const { state } = ticket;
  const escalation = nextEscalation(ticket, desk, calendars);
  const timers: Timer[] = escalation ? [{ type: 'escalate', at: escalation.at }] : [];
  if (state.kind === 'waitingReminder' && !state.reminded) timers.push({ type: 'remind', at: state.until });
  if (state.kind === 'waitingAutoClose') timers.push({ type: 'autoClose', at: state.until });
  return timers.sort((a, b) => a.at - b.at);
}
