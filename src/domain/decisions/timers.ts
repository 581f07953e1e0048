/** What time alone does to a ticket. */

import { escalationsDue } from '../deadlines.ts';
import type { Desk } from '../desk.ts';
import { actorFor, agentsOf, answerableFor, mayWorkOrSupervise, ownerNow } from '../rights.ts';
import type { PersonId, PersonRef, Ticket } from '../ticket.ts';
import { unclaimedAt } from '../timers.ts';
import { isTimer, passesLock, type Rules, refOf } from './rule.ts';

export const TIMERS: Rules<'escalate' | 'remind' | 'autoClose' | 'remindUnclaimed'> = {
  escalate: {
    action: () => 'escalate',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    events: (ticket, { at }, { desk, calendars }) =>
      escalationsDue(ticket, desk, calendars, at).map(({ deadline, level, notified }) => ({
        type: 'escalated',
        deadline,
        level: level.id,
        share: level.at,
        notified,
      })),
  },
  remind: {
    action: () => 'remind',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    events: (ticket, { at }, { desk }) =>
      ticket.state.kind === 'waitingReminder' && !ticket.state.reminded && ticket.state.until <= at
        ? [{ type: 'reminded', to: whomToRemind(ticket, ticket.state.setBy, desk) }]
        : [],
  },
  autoClose: {
    action: () => 'autoClose',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    events: ({ state }, { at }) =>
      state.kind === 'waitingAutoClose' && state.until <= at ? [{ type: 'autoClosed' }] : [],
  },
  remindUnclaimed: {
    action: () => 'remindUnclaimed',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    events: (ticket, { at }, { desk, calendars }) => {
      const due = unclaimedAt(ticket, desk, calendars);
      if (due === undefined || due > at) return [];
      const people = [...answerableFor(desk, ticket), ...agentsOf(desk, ticket.queue)];
      const to = [...new Map(people.map((person) => [person.id, person])).values()];
      return [{ type: 'unclaimedReminded', to }];
    },
  },
};

/** Who set the reminder; where they have left the queue, who holds the ticket, or else who answers for it. */
function whomToRemind(ticket: Ticket, setBy: PersonId, desk: Desk): PersonRef {
  const setter = refOf(desk, setBy);
  if (mayWorkOrSupervise(actorFor(desk, setter), ticket)) return setter;
  return ownerNow(desk, ticket) ?? answerableFor(desk, ticket)[0] ?? setter;
}
