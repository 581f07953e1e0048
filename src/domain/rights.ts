/** Who may do what (A1). Rights come from the desk's people file and are read at the decision, never from a card. */

import type { Desk, Queue } from './desk.ts';
import type { PersonId, PersonRef, QueueId, Request, Ticket } from './ticket.ts';

export type Actor =
  | {
      readonly kind: 'person';
      readonly id: PersonId;
      readonly name: string;
      readonly agentOf: readonly QueueId[];
      readonly supervisorOf: readonly QueueId[];
      readonly administrator: boolean;
    }
  | { readonly kind: 'timer' }
  /** Who writes to the desk's mailbox: an address proves nothing, so they have no rights but to be heard. */
  | { readonly kind: 'outside' };

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

/**
 * How much of the ticket this person gets to see wherever it is shown (W7): all of it, what a requester may know, or what
 * says nothing to anybody.
 */
export type Sight = 'inside' | 'requester' | 'anybody';

export function sightOf(actor: Actor, ticket: Ticket): Sight {
  if (mayReadInternally(actor, ticket)) return 'inside';
  return isRequester(actor, ticket) ? 'requester' : 'anybody';
}

export function isWatcher(actor: Actor, { watchers = [] }: Ticket): boolean {
  return actor.kind === 'person' && watchers.some(({ id }) => id === actor.id);
}

/**
 * May open this ticket (I13, I14): from a message its author, and whoever works or supervises a queue; by phone the agents of
 * the contact centre. What people write to the bot themselves is theirs.
 */
export function mayOpen(
  actor: Actor,
  { requester, arrival }: Pick<Request, 'requester' | 'arrival'>,
  desk: Pick<Desk, 'queues'>,
): boolean {
  if (arrival === undefined) return true;
  if (arrival.kind === 'phone') return isFirstLevel(actor, desk);
  return (
    actor.kind === 'person' &&
    (actor.id === requester.id || actor.agentOf.length > 0 || actor.supervisorOf.length > 0)
  );
}

/** Works the contact centre's queue. */
export function isFirstLevel(actor: Actor, { queues }: Pick<Desk, 'queues'>): boolean {
  return actor.kind === 'person' && actor.agentOf.some((queue) => queues.get(queue)?.contactCentre);
}

export function isOwner(actor: Actor, ticket: Ticket): boolean {
  return actor.kind === 'person' && ticket.owner?.id === actor.id;
}

/** Asked for it, here or in a duplicate that was merged into it. */
export function isRequester(actor: Actor, ticket: Ticket): boolean {
  return (
    actor.kind === 'person' &&
    (ticket.requester.id === actor.id || (ticket.alsoRequesters ?? []).some(({ id }) => id === actor.id))
  );
}

/** Who can answer for tickets of this queue (T4): its supervisors and its default responsible, by name. */
export function supervisorsOf(desk: Desk, queue: QueueId): PersonRef[] {
  const standing = desk.queues.get(queue)?.responsible;
  return byName(
    [...desk.people.values()].filter((one) => one.supervisorOf.includes(queue) || one.id === standing),
  );
}

/**
 * Who is to be told of what the responsible must see to: the responsible, else the supervisors of the queue, and where
 * there are none the administrators. What reaches nobody would be lost.
 */
export function answerableFor(
  desk: Pick<Desk, 'people'>,
  ticket: Pick<Ticket, 'queue' | 'responsible'>,
): PersonRef[] {
  if (ticket.responsible) return [ticket.responsible];
  const people = [...desk.people.values()];
  const supervisors = people.filter(({ supervisorOf }) => supervisorOf.includes(ticket.queue));
  const chosen = supervisors.length > 0 ? supervisors : people.filter(({ administrator }) => administrator);
  return chosen.map(({ id, name }) => ({ id, name }));
}

/** Who can be given a ticket of this queue (T4): its agents, by name. */
export function agentsOf(desk: Desk, queue: QueueId): PersonRef[] {
  return byName([...desk.people.values()].filter((person) => person.agentOf.includes(queue)));
}

function byName(people: readonly PersonRef[]): PersonRef[] {
  return people.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, 'it'));
}

/** Where a ticket of this queue may be moved to (T5): the contact centre first, the others by name. */
export function queuesOpenTo(desk: Desk, queue: QueueId): Queue[] {
  const { mayMoveTo } = desk.queues.get(queue) ?? {};
  return [...desk.queues.values()]
    .filter(({ id, contactCentre }) => id !== queue && (contactCentre || (mayMoveTo?.includes(id) ?? true)))
    .sort((a, b) => Number(b.contactCentre) - Number(a.contactCentre) || a.name.localeCompare(b.name, 'it'));
}
