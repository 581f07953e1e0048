/** The ticket changes hands. */

import type { DeadlineClock, Ticket } from '../ticket.ts';
import { type Changes, lockedBy, unlocked, withArticle, workedOn } from './change.ts';

export const PASSING: Changes<'assigned' | 'released' | 'responsibleChanged' | 'requesterChanged' | 'moved'> =
  {
    assigned: (ticket, event) => ({
      ...withArticle(lockedBy(ticket, event.to, event.at), 'note', { ...event, text: event.note }),
      state: ticket.state.kind.startsWith('waiting') ? ticket.state : workedOn(ticket.state),
    }),
    released: (ticket, { at }) => {
      const { owner: _, ...free } = unlocked(ticket);
      return {
        ...free,
        freeSince: at,
        state: ticket.state.kind === 'inProgress' ? { kind: 'open' } : ticket.state,
      };
    },
    responsibleChanged: (ticket, { to }) => ({ ...ticket, responsible: to }),
    requesterChanged: (ticket, { from, to, contact, organisation }) => {
      const { alsoRequesters = [], formerRequesters = [] } = ticket;
      return {
        ...ticket,
        requester: to,
        contact,
        ...(organisation === undefined ? {} : { organisation }),
        // Who opened it stays the first, and who gets it back is no former one but for that.
        formerRequesters: [
          ...formerRequesters.filter(({ id }, index) => index === 0 || (id !== to.id && id !== from.id)),
          ...(formerRequesters[0]?.id === from.id ? [] : [from]),
        ],
        ...(alsoRequesters.length === 0
          ? {}
          : { alsoRequesters: alsoRequesters.filter(({ id }) => id !== to.id) }),
      };
    },
    moved: (ticket, event) => {
      const { responsible: _, ...rest } =
        event.note === '' ? ticket : withArticle(ticket, 'note', { ...event, text: event.note });
      return {
        ...rest,
        queue: event.to,
        freeSince: event.at,
        formerQueues: [...new Set([...(ticket.formerQueues ?? []), event.from])],
        ...(event.responsible ? { responsible: event.responsible } : {}),
        deadlines: event.deadlines.map((allowance) => reallowed(ticket, event, allowance)),
      };
    },
  };

/** The clock as the new queue has it: what was used stays used. */
function reallowed(
  ticket: Ticket,
  { used, at }: { readonly used: readonly { kind: string; usedMs: number }[]; readonly at: number },
  { kind, allowedMs }: { readonly kind: DeadlineClock['kind']; readonly allowedMs: number },
): DeadlineClock {
  const clock = ticket.deadlines.find((one) => one.kind === kind);
  if (!clock) return { kind, allowedMs, usedMs: 0, runningSince: at, fired: [] };
  const ran = used.find((one) => one.kind === kind);
  return ran ? { ...clock, allowedMs, usedMs: ran.usedMs, runningSince: at } : { ...clock, allowedMs };
}
