/** A new ticket: whether this person may open it so, and whether the ticket that it comes of lets it. */

import type { CommandOf, Origin } from '../commands.ts';
import type { Desk } from '../desk.ts';
import { SUBJECT_LIMIT } from '../limits.ts';
import type { Refusal } from '../refusals.ts';
import { type Actor, isRequester, mayOpen, mayWorkOrSupervise } from '../rights.ts';
import type { Request, Ticket } from '../ticket.ts';
import { checkText, queueNameOf } from './rule.ts';
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
  if (subject.trim() === '' || subject.length > SUBJECT_LIMIT)
    return { code: 'subjectNotValid', limit: SUBJECT_LIMIT };
  if (!desk.services.has(service)) return { code: 'unknownService' };
  return checkText(text);
}

/** Whether this person may open a ticket that came in this way (I13). */
export function checkArrival(actor: Actor, request: Request): Refusal | undefined {
  return mayOpen(actor, request) ? undefined : { code: 'agentsOnly' };
}
