/** What time alone does to a ticket. */

import { escalationsDue } from '../deadlines.ts';
import { isTimer, passesLock, type Rules, refOf } from './rule.ts';

export const TIMERS: Rules<'escalate' | 'remind' | 'autoClose'> = {
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
};
