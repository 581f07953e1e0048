/** What time alone does to a ticket. */

import { escalationsDue } from '../deadlines.ts';
import { isTimer, passesLock, type Rules } from './rule.ts';

export const TIMERS: Rules<'escalate'> = {
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
};
