/** From events to deliveries (W1, N4): live cards and notices. Pure, and the keys say what is the same. */

import type { Desk } from '../../domain/desk.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { NoticeChoices } from '../../domain/notice-choice.ts';
import { isInTeams } from '../../domain/outsiders.ts';
import type { Instant, PersonId, QueueId, Ticket, TicketNumber } from '../../domain/ticket.ts';
import type { Delivery } from '../ports/delivery.ts';
import { noticesOf } from './notices.ts';

/** Key of the live card in a queue's channel. */
export function queueCardKey(queue: QueueId): string {
  return `card:${queue}`;
}
/** Key of the live card in the chat of who opened the ticket. */
export const REQUESTER_CARD_KEY = 'card:requester';
/**
 * Key of the live card in this person's chat: who opened the ticket has it where the form stood, and whoever gets the
 * ticket later one of their own (T4).
 */
function requesterCardKey(
  { requester, formerRequesters: [first = requester] = [] }: Ticket,
  person: PersonId,
): string {
  return person === first.id ? REQUESTER_CARD_KEY : `${REQUESTER_CARD_KEY}:${person}`;
}
/** Key of a draft's card. */
export const DRAFT_CARD_KEY = 'card:draft';

/** How the keys of cards begin that people opened in their own chat; person and a random id follow. */
export const COPY_KEY = 'copy:';

/** What a card is, told from the key under which it was posted. */
export type Slot = {
  readonly kind:
    | 'queueCard'
    | 'requesterCard'
    | 'requesterNotice'
    | 'threadNotice'
    | 'personalNotice'
    | 'personalCopy';
  /** Where several notices became one: positions of all events that it speaks of, oldest first. */
  readonly events?: readonly number[];
  /** For a card in a queue's channel: which queue. */
  readonly queue?: QueueId;
  /** Position of the event that a notice speaks of. */
  readonly event?: number;
  /** For a notice to somebody who works tickets: to whom. */
  readonly person?: PersonId;
};

/** Reads a key of this module back. */
export function slotOf(key: string): Slot | undefined {
  if (key === REQUESTER_CARD_KEY || key.startsWith(`${REQUESTER_CARD_KEY}:`))
    return { kind: 'requesterCard' };
  if (key.startsWith('card:'))
    return key === DRAFT_CARD_KEY ? undefined : { kind: 'queueCard', queue: key.slice('card:'.length) };
  if (key.startsWith(COPY_KEY)) return { kind: 'personalCopy' };
  const [word, position, ...person] = key.split(':');
  const event = Number(position);
  switch (word) {
    case 'requester':
      return { kind: 'requesterNotice', event };
    case 'thread':
      return { kind: 'threadNotice', event };
    case 'notice':
      return { kind: 'personalNotice', event, person: person.join(':') };
    default:
      return undefined;
  }
}

/** Events that a requester may know of (N4): notes, classification and escalations are not among them. */
const PUBLIC: ReadonlySet<TicketEvent['type']> = new Set([
  'opened',
  'claimed',
  'replied',
  'waitedForRequester',
  'closedSuccessfully',
  'requesterWrote',
  'waitEnded',
  'reopened',
  'released',
  'closedUnsuccessfully',
  'autoClosed',
  'withdrawn',
  'autoCloseSet',
  'waitSet',
  'resumed',
  'moved',
  'merged',
  'mergeUndone',
  'requesterChanged',
]);

/**
 * @param before the ticket before the events; undefined when they open it
 * @param ticket the ticket after them
 * @param choices of the agents of its queue
 */
export function deliveriesFor(
  before: Ticket | undefined,
  ticket: Ticket,
  events: readonly TicketEvent[],
  desk: Desk,
  choices: NoticeChoices,
): Delivery[] {
  const first = before?.version ?? 0;
  const deliveries: Delivery[] = [liveQueueCard(ticket.queue)];
  // What stands in the channel that it has left says where it is now.
  if (before && before.queue !== ticket.queue) deliveries.push(liveQueueCard(before.queue));
  if (events.some(({ type }) => PUBLIC.has(type)))
    deliveries.push(liveRequesterCard(ticket, ticket.requester.id));
  // What stands in the chat of whom it was says that it is theirs no longer.
  if (before && before.requester.id !== ticket.requester.id)
    deliveries.push(liveRequesterCard(ticket, before.requester.id));
  events.forEach((event, index) => {
    const position = first + index + 1;
    deliveries.push(
      ...followUpsOf(event, position),
      ...mailsOf(event, position),
      ...noticesOf(ticket, event, position, events, desk, choices),
    );
  });
  // Whom Teams does not know cannot be told there: the queue's card says so.
  return deliveries.filter(({ to }) => to.kind !== 'person' || isInTeams(to.person));
}

/** The same, with when they were asked for, what the age of the outbox is told by, and by whose doing. */
export function askedAt(at: Instant, deliveries: readonly Delivery[], from?: PersonId): Delivery[] {
  return deliveries.map((delivery) => ({ ...delivery, asked: at, ...(from === undefined ? {} : { from }) }));
}

function liveQueueCard(queue: QueueId): Delivery {
  return { key: queueCardKey(queue), kind: 'queueCard', to: { kind: 'channel', queue }, live: true };
}

function liveRequesterCard(ticket: Ticket, person: PersonId): Delivery {
  return {
    key: requesterCardKey(ticket, person),
    kind: 'requesterCard',
    to: { kind: 'person', person },
    live: true,
  };
}

/** The live card of that key, to be edited; undefined where the key is of something else. */
export function liveCardAt(key: string, ticket: Ticket): Delivery | undefined {
  const slot = slotOf(key);
  if (slot?.kind === 'queueCard' && slot.queue !== undefined) return liveQueueCard(slot.queue);
  if (slot?.kind !== 'requesterCard') return undefined;
  const [first = ticket.requester] = ticket.formerRequesters ?? [];
  const person = key === REQUESTER_CARD_KEY ? first.id : key.slice(REQUESTER_CARD_KEY.length + 1);
  return liveRequesterCard(ticket, person);
}

/** One for each address (W9): what one server refuses the others get once. */
function mailsOf(event: TicketEvent, position: number): Delivery[] {
  if (event.type !== 'forwarded') return [];
  return event.to.map((address) => ({
    key: `mail:${position}:${address}`,
    kind: 'mail',
    to: { kind: 'address', address },
    event: position,
    live: false,
  }));
}

/** What an event asks of another ticket (T11), to be done by `follow-up.ts`. */
function followUpsOf(event: TicketEvent, position: number): Delivery[] {
  const other = otherOf(event);
  if (other === undefined) return [];
  const to = { kind: 'ticket', ticket: other } as const;
  return [{ key: `then:${position}`, kind: 'followUp', to, event: position, live: false }];
}

function otherOf(event: TicketEvent): TicketNumber | undefined {
  switch (event.type) {
    case 'opened':
      return event.origin?.number;
    case 'linked':
      return event.asked ? event.number : undefined;
    case 'merged':
      return event.into;
    default:
      return undefined;
  }
}
