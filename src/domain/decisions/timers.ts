/** What time alone does to a ticket. */

import { escalationsDue } from '../deadlines.ts';
import { agentsOf, answerableFor } from '../rights.ts';
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
    events: ({ state }, { at }, { desk }) =>
      state.kind === 'waitingReminder' && !state.reminded && state.until <= at
        ? [{ type: 'reminded', to: refOf(desk, state.setBy) }]
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
