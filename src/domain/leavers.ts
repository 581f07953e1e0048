/** What a ticket owes to people whom the desk has taken out of itself, or out of the ticket's queue (A1). */

import type { Desk } from './desk.ts';
import type { EventBody } from './events.ts';
import { ownerNow, responsibleNow } from './rights.ts';
import type { PersonRef, QueueId, Ticket } from './ticket.ts';

/**
 * What becomes of an open ticket whose owner or responsible the desk has taken out of it, or of its queue (A1): nobody holds
 * it, and who answers for it as a rule does so again, where there is somebody. Nothing where all is well.
 */
export function relieved(ticket: Ticket, desk: Desk): EventBody[] {
  const { owner, responsible, queue } = ticket;
  if (!desk.queues.has(queue)) return [];
  const gone = responsible && !responsibleNow(desk, ticket);
  const next = gone ? standingIn(queue, ticket, desk) : undefined;
  return [
    ...(next && responsible ? [{ type: 'responsibleChanged' as const, from: responsible, to: next }] : []),
    ...(owner && !ownerNow(desk, ticket)
      ? [{ type: 'released' as const, from: owner, because: 'left' as const }]
      : []),
  ];
}

/** Who answers for this queue's tickets as a rule, if the desk lets them. */
function standingIn(queue: QueueId, ticket: Ticket, desk: Desk): PersonRef | undefined {
  const standing = desk.queues.get(queue)?.responsible;
  return standing === undefined
    ? undefined
    : responsibleNow(desk, {
        ...ticket,
        responsible: { id: standing, name: desk.people.get(standing)?.name ?? standing },
      });
}
