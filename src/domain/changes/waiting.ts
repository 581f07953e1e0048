/** Waiting, and going on. */

import { resumeClock } from '../deadlines.ts';
import type { Changes } from './change.ts';
import { stopped } from './clocks.ts';

export const WAITING: Changes<'waitedForRequester' | 'waitEnded'> = {
  waitedForRequester: (ticket, event) => ({
    ...ticket,
    state: { kind: 'waitingRequester', since: event.at },
    deadlines: ticket.deadlines.map((clock) => {
      const used = event.used.find(({ kind }) => kind === clock.kind);
      return used ? stopped(clock, used.usedMs) : clock;
    }),
  }),
  waitEnded: (ticket, { at }) => ({
    ...ticket,
    state: { kind: ticket.locked ? 'inProgress' : 'open' },
    deadlines: ticket.deadlines.map((clock) => resumeClock(clock, at)),
  }),
};
