/** A new ticket: whether this person may open it so, and whether the ticket that it comes of lets it. */

import type { CommandOf, Origin } from '../commands.ts';
import type { Desk } from '../desk.ts';
import { SUBJECT_LIMIT } from '../limits.ts';
import { isAddress, isInTeams } from '../outsiders.ts';
import type { Refusal } from '../refusals.ts';
import { type Actor, agentsOf, isRequester, mayOpen, mayWorkOrSupervise } from '../rights.ts';
import type { Ticket } from '../ticket.ts';
import { checkMinutes, checkText, queueNameOf } from './rule.ts';
import { checkState } from './state.ts';

/** Whether this person may split an article off the ticket (T11). */
export function maySplit(ticket: Ticket, actor: Actor): boolean {
  return mayWorkOrSupervise(actor, ticket) && checkState(ticket, 'link') === undefined;
}

export function checkOrigin(
  { actor, request }: CommandOf<'open'>,
  origin: Origin,
  desk: Desk,
): Refusal | undefined {
  const { ticket } = origin;
  if (origin.kind === 'continues') return isRequester(actor, ticket) ? undefined : { code: 'notYourTicket' };
  if (!mayWorkOrSupervise(actor, ticket))
    return { code: 'notYourQueue', queue: queueNameOf(desk, ticket.queue) };
  const { subject, text, service } = request;
  const refusal = checkState(ticket, 'link');
  if (refusal) return refusal;
  if (!ticket.articles.some(({ id }) => id === origin.article)) return { code: 'unknownArticle' };
  const badSubject = checkSubject(subject);
  if (badSubject) return badSubject;
  if (!desk.services.has(service)) return { code: 'unknownService' };
  return checkText(text);
}

/** Whether this person may open a ticket that came in this way (I13, I14), and what they chose for it where they chose. */
export function checkArrival(
  { actor, request, routing, minutes }: CommandOf<'open'>,
  desk: Desk,
): Refusal | undefined {
  if (request.arrival?.kind !== 'phone')
    return mayOpen(actor, request, desk) ? undefined : { code: 'agentsOnly' };
  if (!mayOpen(actor, request, desk)) return { code: 'firstLevelOnly', queue: contactCentreOf(desk) };
  const { requester, subject, text, contact } = request;
  const { queue, owner } = routing;
  if (!desk.queues.has(queue)) return { code: 'unknownQueue' };
  if (owner && !agentsOf(desk, queue).some(({ id }) => id === owner.id))
    return { code: 'unknownAgent', queue: queueNameOf(desk, queue) };
  if (requester.name.trim() === '' || (!isInTeams(requester.id) && !isAddress(contact.email ?? '')))
    return { code: 'requesterNotValid' };
  return checkSubject(subject) ?? checkText(text) ?? checkMinutes(minutes);
}

/** Who opens requests by phone, by name. */
export function contactCentreOf({ queues }: Pick<Desk, 'queues'>): string {
  return [...queues.values()].find(({ contactCentre }) => contactCentre)?.name ?? '';
}

function checkSubject(subject: string): Refusal | undefined {
  return subject.trim() === '' || subject.length > SUBJECT_LIMIT
    ? { code: 'subjectNotValid', limit: SUBJECT_LIMIT }
    : undefined;
}
