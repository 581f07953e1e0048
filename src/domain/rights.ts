/**
 * Who may do what (A1). Rights come from the desk as it is now and are read at the decision, never from a card. What a
 * ticket says of people (who holds it, answers for it, follows it) gives rights only to whom the desk still gives them.
 */

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
      /** Queues of whose tickets the desk makes them the responsible, by name, in the queue or in a rule; absent: none. */
      readonly answersIn?: readonly QueueId[];
    }
  | { readonly kind: 'timer' }
  /** Who writes to the desk's mailbox: an address proves nothing, so they have no rights but to be heard. */
  | { readonly kind: 'outside' };

/** The actor behind an authenticated person: what the desk says of them, or a plain requester. */
export function actorFor(desk: RightsDesk, person: PersonRef): Actor & { readonly kind: 'person' } {
  const known = desk.people.get(person.id);
  return {
    kind: 'person',
    id: person.id,
    name: known?.name ?? person.name,
    agentOf: known?.agentOf ?? [],
    supervisorOf: known?.supervisorOf ?? [],
    administrator: known?.administrator ?? false,
    answersIn: known ? queuesAnswered(desk, known.id) : [],
  };
}

/** What of the desk gives rights. */
export type RightsDesk = Pick<Desk, 'people' | 'queues' | 'rules' | 'services'>;

/** A rule that names no queue sends its tickets where their service says. */
function queuesAnswered({ queues, rules, services }: RightsDesk, person: PersonId): QueueId[] {
  const standing = [...queues.values()].filter(({ responsible }) => responsible === person);
  const ruled = rules.filter(({ responsible }) => responsible === person);
  const sentTo = ruled.flatMap(({ queue, when }) => {
    if (queue !== undefined) return [queue];
    const named = when.service ?? [...services.keys()];
    return named.flatMap((id) => services.get(id)?.queue ?? []);
  });
  return [...new Set([...standing.map(({ id }) => id), ...sentTo])];
}

/** Works tickets, answers for some, or administers the desk; everybody else asks for their own only. */
export function isStaff(actor: Actor): boolean {
  if (actor.kind !== 'person') return false;
  const { agentOf, supervisorOf, administrator, answersIn = [] } = actor;
  return administrator || agentOf.length + supervisorOf.length + answersIn.length > 0;
}

/** May work the ticket: an agent of its queue. */
export function mayWork(actor: Actor, ticket: Ticket): boolean {
  return actor.kind === 'person' && actor.agentOf.includes(ticket.queue);
}

/** Answers for the ticket: its responsible, a supervisor of its queue, or an administrator. */
export function maySupervise(actor: Actor, ticket: Pick<Ticket, 'queue' | 'responsible'>): boolean {
  if (actor.kind !== 'person') return false;
  const { administrator, agentOf, supervisorOf, answersIn = [], id } = actor;
  if (administrator || supervisorOf.includes(ticket.queue)) return true;
  return ticket.responsible?.id === id && [...agentOf, ...answersIn].includes(ticket.queue);
}

/** Agents of the queue, and who answers for the ticket. */
export function mayWorkOrSupervise(actor: Actor, ticket: Ticket): boolean {
  return mayWork(actor, ticket) || maySupervise(actor, ticket);
}

/**
 * May read everything on the ticket, notes and history included. Who follows it may still, where it went: as long as they
 * belong to an office that has had it.
 */
export function mayReadInternally(actor: Actor, ticket: Ticket): boolean {
  return mayWorkOrSupervise(actor, ticket) || (isWatcher(actor, ticket) && hasHad(actor, ticket));
}

/** Works or answers for an office where the ticket is or was. */
function hasHad(actor: Actor, { queue, createdIn, formerQueues = [] }: Ticket): boolean {
  if (actor.kind !== 'person') return false;
  const own = [...actor.agentOf, ...actor.supervisorOf, ...(actor.answersIn ?? [])];
  return [queue, createdIn, ...formerQueues].some((one) => own.includes(one));
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

/** The ticket's responsible, where the desk still lets them answer for it. */
export function responsibleNow(
  desk: RightsDesk,
  ticket: Pick<Ticket, 'queue' | 'responsible'>,
): PersonRef | undefined {
  const { responsible } = ticket;
  return responsible && maySupervise(actorFor(desk, responsible), ticket) ? responsible : undefined;
}

/** Who holds the ticket, or last did, where they still work its queue. */
export function ownerNow(
  desk: Pick<Desk, 'people'>,
  { queue, owner }: Pick<Ticket, 'queue' | 'owner'>,
): PersonRef | undefined {
  return owner && desk.people.get(owner.id)?.agentOf.includes(queue) ? owner : undefined;
}

/**
 * Who is to be told of what the responsible must see to: the responsible, else the supervisors of the queue, and where
 * there are none the administrators. What reaches nobody would be lost.
 */
export function answerableFor(desk: RightsDesk, ticket: Pick<Ticket, 'queue' | 'responsible'>): PersonRef[] {
  const responsible = responsibleNow(desk, ticket);
  if (responsible) return [responsible];
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
