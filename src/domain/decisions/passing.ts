/** Passing a ticket on: to whom it goes and who lets it go (T3–T5). */

import { allowances, calendarFor, pauseClock } from '../deadlines.ts';
import { rawQueueOf } from '../desk.ts';
import type { EventBody } from '../events.ts';
import { relieved } from '../leavers.ts';
import { organisationsOf } from '../organisations.ts';
import { isAddress, isInTeams } from '../outsiders.ts';
import { agentsOf, mayWorkOrSupervise, queuesOpenTo, supervisorsOf } from '../rights.ts';
import type { Instant, PersonRef, QueueId, Ticket } from '../ticket.ts';
import {
  checkText,
  type DecisionContext,
  isTimer,
  ownerOrSupervisor,
  passesLock,
  queueNameOf,
  type Rules,
  refOf,
} from './rule.ts';

export const PASSING: Rules<
  'assign' | 'release' | 'appoint' | 'changeRequester' | 'move' | 'rehome' | 'relieve'
> = {
  assign: {
    action: () => 'assign',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: (ticket, { to, note }, { desk }) => {
      if (!agentsOf(desk, ticket.queue).some(({ id }) => id === to))
        return { code: 'unknownAgent', queue: queueNameOf(desk, ticket.queue) };
      if (ticket.locked && ticket.owner?.id === to)
        return { code: 'alreadyAssigned', owner: ticket.owner.name };
      return checkText(note);
    },
    events: (ticket, { to, note }, { desk }) => [
      { type: 'assigned', to: refOf(desk, to), note, ...(ticket.owner ? { from: ticket.owner } : {}) },
    ],
  },
  release: {
    action: () => 'release',
    // Whom the desk has taken the queue from is relieved of it by the desk itself.
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: (ticket, actor) => (ticket.locked ? ownerOrSupervisor(ticket, actor) : { code: 'notLocked' }),
    events: ({ owner }) => [
      { type: 'released', from: owner ?? { id: '', name: '' }, because: 'byHand' as const },
    ],
  },
  appoint: {
    action: () => 'appoint',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: (ticket, { to }, { desk }) => {
      if (!supervisorsOf(desk, ticket.queue).some(({ id }) => id === to))
        return { code: 'unknownSupervisor', queue: queueNameOf(desk, ticket.queue) };
      return ticket.responsible?.id === to ? { code: 'nothingChanged' } : undefined;
    },
    events: (ticket, { to }, { desk }) => [
      {
        type: 'responsibleChanged',
        to: refOf(desk, to),
        ...(ticket.responsible ? { from: ticket.responsible } : {}),
      },
    ],
  },
  changeRequester: {
    action: () => 'changeRequester',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: (ticket, { to, email = '' }) => {
      if (to.name.trim() === '' || (!isInTeams(to.id) && !isAddress(email)))
        return { code: 'requesterNotValid' };
      return ticket.requester.id === to.id ? { code: 'nothingChanged' } : undefined;
    },
    events: (ticket, { to, email, phone = '' }, { desk }) => {
      const organisations = organisationsOf(desk, { id: to.id, ...(email === undefined ? {} : { email }) });
      const kept = organisations.some((one) => one === ticket.organisation);
      const [organisation] = kept ? [] : organisations;
      return [
        {
          type: 'requesterChanged',
          from: ticket.requester,
          to,
          contact: { name: to.name, phone, ...(email === undefined ? {} : { email }), availability: [] },
          ...(organisation === undefined ? {} : { organisation }),
        },
      ];
    },
  },
  move: {
    action: () => 'move',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: (ticket, { queue, note }, { desk }) => {
      const to = desk.queues.get(queue);
      if (!to || queue === ticket.queue) return { code: 'unknownQueue' };
      if (!queuesOpenTo(desk, ticket.queue).includes(to)) return { code: 'mayNotMoveThere', queue: to.name };
      if (to.contactCentre && note.trim() === '') return { code: 'reasonRequired', queue: to.name };
      return checkText(note, true);
    },
    events: (ticket, { queue, note, at }, context) => movedTo(queue, note, ticket, at, context),
  },
  rehome: {
    action: () => 'rehome',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    events: (ticket, { at }, context) => {
      const { desk } = context;
      if (desk.queues.has(ticket.queue)) return [];
      const [moved, ...more] = movedTo(rawQueueOf(desk).id, '', ticket, at, context);
      return [{ ...moved, because: 'queueGone' }, ...more];
    },
  },
  relieve: {
    action: () => 'relieve',
    may: isTimer,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    events: (ticket, _, { desk }) => relieved(ticket, desk),
  },
};

type Moved = Extract<EventBody, { readonly type: 'moved' }>;

/** It goes there, and whoever holds it and has no rights there holds it no longer (T5). */
function movedTo(
  queue: QueueId,
  note: string,
  ticket: Ticket,
  at: Instant,
  context: DecisionContext,
): readonly [Moved, ...EventBody[]] {
  const { desk } = context;
  const responsible = responsibleIn(queue, ticket, context);
  const { owner } = ticket;
  const stays = !owner || agentsOf(desk, queue).some(({ id }) => id === owner.id);
  const calendar = calendarFor(desk, context.calendars, ticket);
  return [
    {
      type: 'moved',
      from: ticket.queue,
      to: queue,
      note: note.trim(),
      ...(responsible ? { responsible } : {}),
      deadlines: allowances(desk, { ...ticket, queue }),
      used: ticket.deadlines
        .filter(({ runningSince, metAt }) => runningSince !== undefined && metAt === undefined)
        .map((clock) => ({ kind: clock.kind, usedMs: pauseClock(clock, calendar, at).usedMs })),
    },
    ...(stays ? [] : [{ type: 'released' as const, from: owner, because: 'moved' as const }]),
  ];
}

/** Who answers for it in its new queue: who does there as a rule, or else who does now, if they have a say there. */
function responsibleIn(
  queue: QueueId,
  { responsible }: Ticket,
  { desk }: DecisionContext,
): PersonRef | undefined {
  const standing = desk.queues.get(queue)?.responsible;
  if (standing !== undefined) return refOf(desk, standing);
  return supervisorsOf(desk, queue).find(({ id }) => id === responsible?.id);
}
