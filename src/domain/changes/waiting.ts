/** Waiting, and going on. */

import { resumeClock } from '../deadlines.ts';
import type { Instant, Ticket } from '../ticket.ts';
import { type Changes, withArticle } from './change.ts';
import { afterReply, stopped } from './clocks.ts';

export const WAITING: Changes<
  'waitedForRequester' | 'waitEnded' | 'waitSet' | 'autoCloseSet' | 'reminded' | 'resumed'
> = {
  waitedForRequester: (ticket, event) => ({
    ...paused(ticket, event.used),
    state: { kind: 'waitingRequester', since: event.at },
  }),
  waitSet: (ticket, event) => ({
    ...running(
      event.note === '' ? ticket : withArticle(ticket, 'note', { ...event, text: event.note }),
      event.at,
    ),
    state: { kind: 'waitingReminder', until: event.until, setBy: event.by?.id ?? '' },
  }),
  autoCloseSet: (ticket, event) => {
    const answered = withArticle(ticket, 'reply', event);
    const deadlines = ticket.deadlines.map((clock) => afterReply(clock, event.at));
    return {
      ...paused({ ...answered, deadlines }, event.used),
      state: { kind: 'waitingAutoClose', until: event.until },
    };
  },
  reminded: (ticket) =>
    ticket.state.kind === 'waitingReminder'
      ? { ...ticket, state: { ...ticket.state, reminded: true } }
      : ticket,
  waitEnded: (ticket, { at }) => resumed(ticket, at),
  resumed: (ticket, { at }) => resumed(ticket, at),
};

function resumed(ticket: Ticket, at: Instant): Ticket {
  return { ...running(ticket, at), state: { kind: ticket.locked ? 'inProgress' : 'open' } };
}

function running(ticket: Ticket, at: Instant): Ticket {
  return { ...ticket, deadlines: ticket.deadlines.map((clock) => resumeClock(clock, at)) };
}

function paused(ticket: Ticket, used: readonly { readonly kind: string; readonly usedMs: number }[]): Ticket {
  return {
    ...ticket,
    deadlines: ticket.deadlines.map((clock) => {
      const so = used.find(({ kind }) => kind === clock.kind);
      return so ? stopped(clock, so.usedMs) : clock;
    }),
  };
}
