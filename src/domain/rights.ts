/** Who may do what (A1). Rights come from the desk's people file and are read at the decision, never from a card. */

import type { Desk } from './desk.ts';
import type { PersonId, PersonRef, QueueId, Ticket } from './ticket.ts';

export type Actor =
  | {
      readonly kind: 'person';
      readonly id: PersonId;
      readonly name: string;
      readonly agentOf: readonly QueueId[];
      readonly supervisorOf: readonly QueueId[];
      readonly administrator: boolean;
    }
  | { readonly kind: 'timer' };

/** The actor behind an authenticated person: what the desk says of them, or a plain requester. */
export function actorFor(desk: Desk, person: PersonRef): Actor {
  const known = desk.people.get(person.id);
  return {
    kind: 'person',
    id: person.id,
    name: known?.name ?? person.name,
    agentOf: known?.agentOf ?? [],
    supervisorOf: known?.supervisorOf ?? [],
    administrator: known?.administrator ?? false,
  };
}

/** May work the ticket: an agent of its queue. */
export function mayWork(actor: Actor, ticket: Ticket): boolean {
  return actor.kind === 'person' && actor.agentOf.includes(ticket.queue);
}

/** Answers for the ticket: its responsible, a supervisor of its queue, or an administrator. */
export function maySupervise(actor: Actor, ticket: Ticket): boolean {
  return (
    actor.kind === 'person' &&
    (actor.administrator || actor.supervisorOf.includes(ticket.queue) || ticket.responsible?.id === actor.id)
  );
}

/** Agents of the queue, and who answers for the ticket. */
export function mayWorkOrSupervise(actor: Actor, ticket: Ticket): boolean {
  return mayWork(actor, ticket) || maySupervise(actor, ticket);
}

/** May read everything on the ticket, notes and history included; who follows it may still, where it went. */
export function mayReadInternally(actor: Actor, ticket: Ticket): boolean {
  return mayWorkOrSupervise(actor, ticket) || isWatcher(actor, ticket);
}

export function isWatcher(actor: Actor, { watchers = [] }: Ticket): boolean {
  return actor.kind === 'person' && watchers.some(({ id }) => id === actor.id);
}

export function isOwner(actor: Actor, ticket: Ticket): boolean {
  return actor.kind === 'person' && ticket.owner?.id === actor.id;
}

export function isRequester(actor: Actor, ticket: Ticket): boolean {
  return actor.kind === 'person' && ticket.requester.id === actor.id;
}

/** Who can be given a ticket of this queue (T4): its agents, by name. */
export function agentsOf(desk: Desk, queue: QueueId): PersonRef[] {
  return [...desk.people.values()]
    .filter((person) => person.agentOf.includes(queue))
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'it'));
}
