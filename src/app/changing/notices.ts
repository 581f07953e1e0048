/** Who is told of which event (W4, N4, R4, T4), and where. */

import type { Desk } from '../../domain/desk.ts';
import type { EventOf, TicketEvent } from '../../domain/events.ts';
import {
  listenersTo,
  type NoticeChoices,
  type NoticeKind,
  UNTIL_CHOSEN,
} from '../../domain/notice-choice.ts';
import {
  actorFor,
  agentsOf,
  answerableFor,
  isStaff,
  mayReadInternally,
  ownerNow,
  type RightsDesk,
  responsibleNow,
} from '../../domain/rights.ts';
import { isPlaced } from '../../domain/routing.ts';
import { isClosed, type PersonId, type Ticket } from '../../domain/ticket.ts';
import type { Delivery } from '../ports/delivery.ts';

/** Stars up to which the responsible is told (K2). */
const LOW_RATING = 2;

/** Events that a requester is told of, or that somebody chose not to tell them of. */
const SAYS_MORE: ReadonlySet<TicketEvent['type']> = new Set([
  'replied',
  'autoCloseSet',
  'closedSuccessfully',
  'closedUnsuccessfully',
]);

/** Events that agents may have chosen to be told of, whosever ticket it is (N1). */
const CHOSEN_BY_KIND: Readonly<Partial<Record<TicketEvent['type'], NoticeKind>>> = {
  opened: 'newTicket',
  requesterWrote: 'answer',
  mailReceived: 'answer',
  reminded: 'reminder',
  unclaimedReminded: 'reminder',
  noted: 'note',
  moved: 'move',
};

/** Events whose notices are one where several wait for the same reader: they say that something was written (A9). */
const MERGED: ReadonlySet<TicketEvent['type']> = new Set(['requesterWrote', 'mailReceived', 'noted']);

/** Whether somebody’s choice can matter. */
export function mayBeChosen(events: readonly TicketEvent[]): boolean {
  return events.some(({ type }) => type in CHOSEN_BY_KIND);
}

/**
 * @param ticket the ticket after all that happened together
 * @param position of the event in the history, from 1
 * @param choices of the agents of the ticket’s queue
 */
export function noticesOf(
  ticket: Ticket,
  event: TicketEvent,
  position: number,
  together: readonly TicketEvent[],
  desk: Desk,
  choices: NoticeChoices,
): Delivery[] {
  const corrected = event.type === 'requesterWrote' && event.corrects !== undefined;
  const merging = MERGED.has(event.type) ? { merges: corrected ? 'requesterCorrected' : event.type } : {};
  const personal = (people: Iterable<PersonId | undefined>): Delivery[] =>
    [...new Set(people)]
      .filter((person): person is PersonId => person !== undefined && person !== event.by?.id)
      .filter((person) => mayBeTold(desk, ticket, event, person))
      .map((person) => ({
        key: `notice:${position}:${person}`,
        kind: 'personalNotice' as const,
        to: { kind: 'person' as const, person },
        event: position,
        live: false,
        ...merging,
      }));
  /** Those who follow the ticket are told what its owner is told (T12). */
  const watchers = (ticket.watchers ?? []).map(({ id }) => id);
  const owner = ownerNow(desk, ticket)?.id;
  const responsible = responsibleNow(desk, ticket)?.id;
  // Whoever asked for the same in a duplicate follows this one (T11).
  const toRequester = [ticket.requester, ...(ticket.alsoRequesters ?? [])].map(
    ({ id: person }, index): Delivery => ({
      key: index === 0 ? `requester:${position}` : `requester:${position}:${person}`,
      kind: 'requesterNotice',
      to: { kind: 'person', person },
      event: position,
      live: false,
    }),
  );
  const inThread: Delivery = {
    key: `thread:${position}`,
    kind: 'threadNotice',
    to: { kind: 'thread', queue: ticket.queue },
    event: position,
    live: false,
    ...merging,
  };
  const kind = CHOSEN_BY_KIND[event.type];
  const agents = kind === undefined ? [] : agentsOf(desk, ticket.queue).map(({ id }) => id);
  const listeners = kind === undefined ? [] : listenersTo(kind, ticket.queue, agents, choices);
  /** The agents of the queue who are told of this: those who chose it, and who has chosen nothing where that is usual. */
  const queue =
    kind !== undefined && UNTIL_CHOSEN.includes(kind)
      ? [...listeners, ...agents.filter((agent) => !choices.has(agent))]
      : listeners;
  switch (event.type) {
    case 'opened':
      return personal([...toldOfOpening(ticket, event, desk, queue), ...listeners]);
    case 'claimed': {
      // Who replies or closes at once says more than "taken": one notice is enough.
      const saysMore = together.some(({ type }) => SAYS_MORE.has(type));
      return [...(saysMore ? [] : toRequester), ...personal([responsible, ...watchers])];
    }
    case 'replied':
      return toRequester;
    case 'closedSuccessfully':
      return [...(event.silent ? [] : toRequester), ...personal([responsible, ...watchers])];
    case 'closedUnsuccessfully':
      return [...(event.silent ? [] : toRequester), ...personal([responsible, ...watchers])];
    case 'autoClosed':
      return [...toRequester, ...personal([owner, responsible, ...watchers])];
    case 'autoCloseSet':
      return toRequester;
    case 'withdrawn':
      return [inThread, ...personal([owner, responsible, ...watchers])];
    case 'rated':
      return event.stars <= LOW_RATING ? personal(answerableFor(desk, ticket).map(({ id }) => id)) : [];
    case 'unclaimedReminded':
      return personal([...event.to.map(({ id }) => id), ...listeners]);
    case 'reviewAsked':
      return personal(event.of.map(({ id }) => id));
    case 'reminded':
      return personal([...reminded(ticket, event, desk), ...watchers, ...listeners]);
    case 'assigned':
      return personal([event.to.id, event.from?.id, ...watchers]);
    case 'released':
      // Who let it go need not be told; who answers for it is asked to give it to somebody else.
      return event.because === 'moved'
        ? personal([event.from.id])
        : personal([event.from.id, ...answerableFor(desk, ticket).map(({ id }) => id)]);
    case 'responsibleChanged':
      return personal([event.to.id, event.from?.id]);
    case 'moved': {
      // Where its card stands already, far up in the channel, an answer below it brings it back into sight.
      const returned = ticket.formerQueues?.includes(event.to) ? [inThread] : [];
      return [...toRequester, ...returned, ...personal([responsible, ...queue])];
    }
    case 'requesterWrote':
      // On a closed ticket only thanks leave it closed: nobody has to come running for them. What was corrected may matter.
      return isClosed(ticket.state) && event.corrects === undefined
        ? [inThread]
        : [inThread, ...personal([owner, responsible, ...watchers, ...listeners])];
    case 'mailReceived':
      // Also on a closed ticket: nothing reopens it, so somebody must read it there.
      return [
        inThread,
        ...personal([...forwarders(ticket, desk), owner, responsible, ...watchers, ...listeners]),
      ];
    case 'mailFailed':
      return personal([event.tells.id]);
    case 'reopened':
      return toRequester;
    case 'merged':
      return [...toRequester, ...personal([owner, responsible, ...watchers])];
    case 'absorbed':
      return personal([owner, responsible, ...watchers]);
    case 'mergeUndone':
      return [...toRequester, ...personal([event.asked?.id, owner, responsible, ...watchers])];
    case 'escalated':
      return personal([...event.notified.map(({ id }) => id), ...watchers]);
    case 'noted':
      return personal(listeners);
    // The card that comes into their chat says it.
    case 'requesterChanged':
    case 'waitedForRequester':
    case 'waitEnded':
    case 'waitSet':
    case 'resumed':
    case 'phoned':
    case 'forwarded':
    case 'contactFailed':
    case 'reviewed':
    case 'classified':
    case 'linked':
    case 'watched':
    case 'unwatched':
    case 'marked':
    case 'messageDeleted':
      return [];
  }
}

/**
 * Whether this person may know of it (A1, N2): only who may read the ticket now; of a loss, whoever is still of the desk.
 */
export function mayBeTold(desk: RightsDesk, ticket: Ticket, event: TicketEvent, person: PersonId): boolean {
  const actor = actorFor(desk, { id: person, name: '' });
  return mayReadInternally(actor, ticket) || (loserBy(event) === person && isStaff(actor));
}

/** Who has the ticket no longer because of it, and is told so (T3, T5). */
function loserBy(event: TicketEvent): PersonId | undefined {
  switch (event.type) {
    case 'released':
    case 'assigned':
    case 'responsibleChanged':
      return event.from?.id;
    default:
      return undefined;
  }
}

/** Who set the reminder, or all who answer for the ticket where that is no longer theirs to know. */
function reminded(ticket: Ticket, { to }: EventOf<'reminded'>, desk: Desk): PersonId[] {
  const { state } = ticket;
  const setter = state.kind === 'waitingReminder' && state.setBy === to.id;
  return [to.id, ...(setter ? [] : answerableFor(desk, ticket).map(({ id }) => id))];
}

/** Who wrote to the outside, as long as they work the queue. */
function forwarders({ articles, queue }: Ticket, desk: Desk): PersonId[] {
  const wrote = new Set(articles.filter(({ kind }) => kind === 'mailSent').map(({ by }) => by.id));
  return agentsOf(desk, queue).flatMap(({ id }) => (wrote.has(id) ? [id] : []));
}

/** The three notices of R4, and R2's: what no rule placed is the administrators' business as well. */
function toldOfOpening(
  ticket: Ticket,
  { routing: { owner, responsible, reason } }: EventOf<'opened'>,
  desk: Desk,
  queue: readonly PersonId[],
): PersonId[] {
  const unplaced = !isPlaced(reason) && isRaw(desk, ticket) ? administrators(desk) : [];
  if (owner) return [owner.id, ...(responsible ? [responsible.id] : []), ...unplaced];
  if (!responsible) return administrators(desk);
  return [responsible.id, ...queue, ...unplaced];
}

function isRaw(desk: Desk, ticket: Ticket): boolean {
  return desk.queues.get(ticket.queue)?.raw ?? false;
}

function administrators(desk: Desk): PersonId[] {
  return [...desk.people.values()].filter(({ administrator }) => administrator).map(({ id }) => id);
}
