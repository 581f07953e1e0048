/** What an event tells one person in their own chat: agents, supervisors, administrators. */

import type { SubmitButton } from '../../cards/kit/buttons.ts';
import type { Outgoing } from '../../cards/kit/card.ts';
import type { CardContext } from '../../cards/kit/context.ts';
import { assignTask, reviewTask } from '../../cards/kit/tasks.ts';
import {
  movedPointer,
  type PersonalNoticeInput,
  personalNotice,
} from '../../cards/notices/agent-notice-view.ts';
import { escalationCard } from '../../cards/notices/escalation-view.ts';
import { isOpenTo } from '../../domain/decide.ts';
import type { EventOf, TicketEvent } from '../../domain/events.ts';
import { type Actor, mayReadInternally, maySupervise } from '../../domain/rights.ts';
import { isPlaced } from '../../domain/routing.ts';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import { mayBeTold } from '../changing/notices.ts';
import type { Slot } from '../changing/notify.ts';
import { type Written, writtenTogether } from '../changing/written.ts';
import type { House } from '../house.ts';
import { contextOf, linkToCard, type Reader } from './card-context.ts';
import type { Additions } from './ticket-card.ts';

/** @returns undefined where the event tells this person nothing */
export async function personalCard(
  house: House,
  ticket: Ticket,
  slot: Slot,
  reader: Reader,
  { notice }: Additions,
): Promise<Outgoing | undefined> {
  const { actor } = reader;
  const history = await house.store.history(ticket.number);
  const event = slot.event === undefined ? undefined : history[slot.event - 1];
  if (!event || actor?.kind !== 'person') return undefined;
  const context = await contextOf(house, reader, actor.id);
  const link = await linkToCard(house, ticket);
  const base = {
    ticket,
    ...(link === undefined ? {} : { link }),
    ...(event.by ? { by: event.by } : {}),
    ...(notice ? { notice } : {}),
  };
  // It shows the ticket as it is now, and who has left its queue reads nothing new there (N2).
  if (!mayBeTold(house.desk, ticket, event, actor.id)) return movedPointer({ ...base, lost: true }, context);
  if (event.type === 'escalated' && mayReadInternally(actor, ticket)) {
    const { deadline, share } = event;
    return escalationCard({ ...base, deadline, share, viewer: actor }, context);
  }
  const said = noticeTo(event, actor);
  if (!said) return undefined;
  const { by, ...unsigned } = base;
  const task = taskOf(said.kind, ticket, actor, context);
  return personalNotice(
    {
      ...unsigned,
      // The requester opened it, and did not choose whom it went to: the desk did.
      ...(by && event.type !== 'opened' ? { by } : {}),
      ...said,
      ...countOf(writtenTogether(history, slot)),
      ...(task ? { task } : {}),
    },
    context,
  );
}

/** Only the beginning of the last text is shown. */
function countOf(written: Written | undefined): Pick<PersonalNoticeInput, 'count'> {
  return written ? { count: written.count } : {};
}

type Said = Pick<PersonalNoticeInput, 'kind' | 'text' | 'other' | 'by'>;

/** What the event says to this person. */
function noticeTo(event: TicketEvent, { id }: { readonly id: PersonId }): Said | undefined {
  switch (event.type) {
    case 'opened':
      return { kind: openedKind(event, id), text: event.request.text };
    case 'claimed':
      return { kind: 'agentClaimed' };
    case 'closedSuccessfully':
      return { kind: 'agentClosed', text: event.text };
    case 'closedUnsuccessfully':
      return event.attempts === undefined
        ? { kind: 'agentGaveUp', text: event.text }
        : { kind: 'agentNotReached' };
    case 'autoClosed':
      return { kind: 'autoClosed' };
    case 'withdrawn':
      return { kind: 'withdrawnByRequester', text: event.text };
    case 'rated':
      return { kind: 'ratedLow', text: event.text };
    case 'unclaimedReminded':
      return { kind: 'unclaimed' };
    case 'reviewAsked':
      return { kind: event.unsuccessfully ? 'whyUnsolved' : 'reviewAsked' };
    case 'reminded':
      return event.to.id === id ? { kind: 'reminderDue' } : { kind: 'reminderOf', by: event.to };
    case 'assigned':
      return { kind: event.to.id === id ? 'assigned' : 'assignedAway', text: event.note };
    case 'released':
      if (event.because === 'moved') return { kind: 'lostByMove' };
      if (event.because === 'left')
        return event.from.id === id ? { kind: 'lostByDesk' } : { kind: 'ownerLeft', other: event.from.name };
      return { kind: event.from.id === id ? 'releasedFromYou' : 'agentReleased' };
    case 'responsibleChanged':
      return { kind: event.to.id === id ? 'appointedYou' : 'appointedOther' };
    case 'moved':
      return { kind: 'movedHere', text: event.note };
    case 'merged':
      return { kind: 'agentMerged', other: event.into };
    case 'mergeUndone':
      return { kind: 'mergeUndone', other: event.into };
    case 'absorbed':
      return { kind: 'absorbed', other: event.from };
    case 'noted':
      return { kind: 'noted', text: event.text };
    case 'mailReceived':
      return { kind: 'mailReceived', text: event.text };
    case 'mailFailed':
      return { kind: 'mailFailed', text: event.reason, other: event.addresses.join(', ') };
    case 'requesterWrote':
      return {
        kind: event.corrects === undefined ? 'requesterWrote' : 'requesterCorrected',
        text: event.text,
      };
    default:
      return undefined;
  }
}

function openedKind({ routing: { owner, reason } }: EventOf<'opened'>, reader: PersonId): Said['kind'] {
  if (owner && owner.id === reader) return 'assigned';
  return isPlaced(reason) ? 'newRequest' : 'unrouted';
}

/** What the reader is asked to do, as long as it is to be done. */
function taskOf(
  kind: Said['kind'],
  ticket: Ticket,
  actor: Actor,
  context: CardContext,
): SubmitButton | undefined {
  const free = kind === 'agentReleased' || kind === 'ownerLeft' || kind === 'unclaimed';
  if (free && asksToAssign(ticket, actor)) return assignTask(ticket, context);
  const reviews = kind === 'whyUnsolved' || kind === 'reviewAsked';
  return reviews && ticket.review === 'asked' && isOpenTo(ticket, actor, 'review', 'review')
    ? reviewTask(ticket, context)
    : undefined;
}

/** As long as nobody has taken what was released. */
function asksToAssign(ticket: Ticket, actor: Actor): boolean {
  return !ticket.locked && maySupervise(actor, ticket) && isOpenTo(ticket, actor, 'assign', 'assign');
}
