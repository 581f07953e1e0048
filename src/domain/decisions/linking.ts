/**
 * What concerns two tickets (T11). Each is changed by itself: the one on which somebody asks first, and from its event
 * the other, as `app/follow-up.ts` tells. So what must hold for both is asked of the other as it stood, and again there.
 */

import type { CommandOf } from '../commands.ts';
import type { Desk } from '../desk.ts';
import type { Refusal } from '../refusals.ts';
import { type Actor, mayReadInternally, mayWorkOrSupervise } from '../rights.ts';
import { isClosed, type Ticket } from '../ticket.ts';
import { isTimer, ownerOrSupervisor, passesLock, queueNameOf, type Rules } from './rule.ts';

export const LINKING: Rules<'link' | 'merge' | 'linkBack' | 'absorb' | 'undoMerge'> = {
  link: {
    action: () => 'link',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: passesLock,
    adds: true,
    content: (ticket, command, { desk }) =>
      checkOther(ticket, command, desk, mayReadInternally) ??
      (isLinked(ticket, command.to, 'related') ? { code: 'alreadyLinked', number: command.to } : undefined),
    events: (_, { to }) => [{ type: 'linked', number: to, kind: 'related', asked: true }],
  },
  merge: {
    action: () => 'merge',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: (ticket, command, { desk }) =>
      checkOther(ticket, command, desk, mayWorkOrSupervise) ?? checkGoesOn(command.other),
    events: (_, { to }) => [{ type: 'merged', into: to }],
  },
  linkBack: {
    action: () => 'linkBack',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    adds: true,
    content: (ticket, { from, kind }) =>
      isLinked(ticket, from, kind) ? { code: 'alreadyLinked', number: from } : undefined,
    events: (_, { from, kind }) => [{ type: 'linked', number: from, kind, asked: false }],
  },
  absorb: {
    action: () => 'absorb',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    adds: true,
    content: (ticket, { from }) =>
      isLinked(ticket, from, 'duplicate') ? { code: 'alreadyLinked', number: from } : undefined,
    events: (_, { from, requesters, watchers }) => [{ type: 'absorbed', from, requesters, watchers }],
  },
  undoMerge: {
    action: () => 'undoMerge',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    adds: true,
    content: ({ state }, { from }) =>
      state.kind === 'merged' && state.into === from ? undefined : { code: 'nothingDue' },
    events: (_, { from, asked }) => [{ type: 'mergeUndone', into: from, ...(asked ? { asked } : {}) }],
  },
};

function isLinked({ links = [] }: Ticket, number: string, kind: string): boolean {
  return links.some((link) => link.number === number && link.kind === kind);
}

/** @param may what the person must be allowed on the other ticket */
function checkOther(
  ticket: Ticket,
  { to, other, actor }: CommandOf<'link' | 'merge'>,
  desk: Desk,
  may: (actor: Actor, ticket: Ticket) => boolean,
): Refusal | undefined {
  if (to === ticket.number) return { code: 'sameTicket' };
  if (!other) return { code: 'unknownTicket' };
  return may(actor, other) ? undefined : { code: 'notYourQueue', queue: queueNameOf(desk, other.queue) };
}

/** The ticket that is to go on for both must be able to. */
function checkGoesOn(other: Ticket | undefined): Refusal | undefined {
  if (other?.state.kind === 'merged') return { code: 'mergedInto', number: other.state.into };
  return other && isClosed(other.state) ? { code: 'otherClosed', number: other.number } : undefined;
}
