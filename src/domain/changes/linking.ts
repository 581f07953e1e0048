/** What concerns two tickets. */

import { meetClock } from '../deadlines.ts';
import type { PersonRef, Ticket, TicketLink } from '../ticket.ts';
import { type Changes, unlocked } from './change.ts';
import { restarted } from './clocks.ts';

export const LINKING: Changes<'linked' | 'merged' | 'absorbed' | 'mergeUndone'> = {
  linked: (ticket, { number, kind }) => withLink(ticket, { number, kind }),
  merged: (ticket, { into, at }) => ({
    ...unlocked(ticket),
    state: { kind: 'merged', into, at },
    deadlines: ticket.deadlines.map((clock) => meetClock(clock, at)),
  }),
  absorbed: (ticket, { from, requesters, watchers }) => ({
    ...withLink(ticket, { number: from, kind: 'duplicate' }),
    alsoRequesters: joined(
      ticket.alsoRequesters,
      requesters.filter(({ id }) => id !== ticket.requester.id),
    ),
    watchers: joined(ticket.watchers, watchers),
  }),
  mergeUndone: (ticket, { at }) => ({
    ...ticket,
    state: { kind: 'open' },
    deadlines: ticket.deadlines.map((clock) =>
      clock.kind === 'firstResponse' ? clock : restarted(clock, at),
    ),
  }),
};

function withLink(ticket: Ticket, link: TicketLink): Ticket {
  return { ...ticket, links: [...(ticket.links ?? []), link] };
}

function joined(known: readonly PersonRef[] = [], added: readonly PersonRef[]): readonly PersonRef[] {
  return [...known, ...added.filter(({ id }) => !known.some((one) => one.id === id))];
}
