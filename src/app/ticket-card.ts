/** Any card of a ticket, as one reader sees it: the same for what is sent and for what a button answers. */

import { personalNotice, threadNotice } from '../cards/agent-notice-view.ts';
import type { QueueForm } from '../cards/buttons.ts';
import type { CardContext, Notice } from '../cards/context.ts';
import { escalationCard } from '../cards/escalation-view.ts';
import type { FormState } from '../cards/fields.ts';
import { viewersOf } from '../cards/queue-buttons.ts';
import { queueCard } from '../cards/queue-view.ts';
import { requestCard } from '../cards/request-view.ts';
import { type RequesterNoticeKind, requesterNotice } from '../cards/requester-notice-view.ts';
import type { TicketEvent } from '../domain/events.ts';
import { type Actor, mayReadInternally } from '../domain/rights.ts';
import type { Locale, PersonId, Ticket } from '../domain/ticket.ts';
import { failureOf } from './failures.ts';
import type { House } from './house.ts';
import { queueCardKey, type Slot } from './notify.ts';
import type { Outgoing } from './ports.ts';
import { printLinks } from './print-links.ts';

/** Who reads the card; nobody in particular for what a whole channel sees. */
export type Reader = { readonly actor?: Actor; readonly locale: Locale };

/** What a press adds to a card: a sentence on top, an open form, what was typed; and the history where it is at hand. */
export type Additions = {
  readonly history?: readonly TicketEvent[];
  readonly notice?: Notice;
  readonly form?: QueueForm;
  readonly state?: FormState;
};

/** @returns undefined where the slot speaks of something that this ticket does not have */
export async function ticketCard(
  house: House,
  ticket: Ticket,
  slot: Slot,
  reader: Reader,
  additions: Additions = {},
): Promise<Outgoing | undefined> {
  switch (slot.kind) {
    case 'queueCard': {
      const inside = reader.actor && mayReadInternally(reader.actor, ticket) ? { viewer: reader.actor } : {};
      const ids = (await house.directory.channelIds(ticket.queue, viewersOf(house.desk, ticket))) ?? [];
      return queueCard(
        {
          ticket,
          ...inside,
          ...additions,
          ...printLinks(house, ticket, reader, 'everything'),
          forAnybody: ids.length === 0,
        },
        contextFor(house, reader.locale, ids),
      );
    }
    case 'requesterCard': {
      const history = additions.history ?? (await house.store.history(ticket.number));
      return requestCard(
        { ticket, history, ...plain(additions), ...printLinks(house, ticket, reader, 'public') },
        await contextOf(house, reader, ticket.requester.id),
      );
    }
    case 'requesterNotice': {
      const history = await house.store.history(ticket.number);
      const notice = requesterNoticeOf(history, slot.event);
      if (!notice) return undefined;
      const context = await contextOf(house, reader, ticket.requester.id);
      return requesterNotice({ ticket, ...notice, ...plain(additions) }, context);
    }
    case 'threadNotice': {
      const history = await house.store.history(ticket.number);
      const [event, next] = history.slice((slot.event ?? 0) - 1);
      const ids = (await house.directory.channelIds(ticket.queue, viewersOf(house.desk, ticket))) ?? [];
      if (event?.type !== 'requesterWrote') return undefined;
      const { text, attachments } = event;
      const kind = next?.type === 'reopened' && next.at === event.at ? 'reopened' : 'requesterWrote';
      return threadNotice({ kind, ticket, text, attachments }, contextFor(house, reader.locale, ids));
    }
    case 'personalNotice':
      return personalCard(house, ticket, await eventAt(house, ticket, slot.event), reader, additions);
    case 'failureNotice':
      return failureCard(house, ticket, slot.about, reader);
  }
}

async function personalCard(
  house: House,
  ticket: Ticket,
  event: TicketEvent | undefined,
  reader: Reader,
  additions: Additions,
): Promise<Outgoing | undefined> {
  if (!event || !reader.actor) return undefined;
  const context = await contextOf(house, reader, idOf(reader));
  const link = await linkToCard(house, ticket);
  const base = { ticket, ...(link === undefined ? {} : { link }), ...(event.by ? { by: event.by } : {}) };
  switch (event.type) {
    case 'escalated':
      return escalationCard(
        { ...base, deadline: event.deadline, share: event.share, viewer: reader.actor, ...plain(additions) },
        context,
      );
    case 'opened': {
      // The requester opened it, and did not choose whom it went to: the desk did.
      const { by: _, ...unsigned } = base;
      const { owner, reason } = event.routing;
      const kind =
        owner && owner.id === idOf(reader)
          ? 'assigned'
          : reason.rule === undefined
            ? 'unrouted'
            : 'newRequest';
      return personalNotice({ ...unsigned, kind, text: event.request.text }, context);
    }
    case 'claimed':
      return personalNotice({ ...base, kind: 'agentTook' }, context);
    case 'closedSuccessfully':
      return personalNotice({ ...base, kind: 'agentClosed', text: event.text }, context);
    case 'assigned':
      return personalNotice({ ...base, kind: 'assigned', text: event.note }, context);
    case 'requesterWrote':
      return personalNotice({ ...base, kind: 'requesterWrote', text: event.text }, context);
    default:
      return undefined;
  }
}

/** Tells an administrator what will never arrive; nothing where it has arrived after all. */
async function failureCard(
  house: House,
  ticket: Ticket,
  about: string | undefined,
  reader: Reader,
): Promise<Outgoing | undefined> {
  const failed = await failureOf(house, about, ticket.number);
  if (!failed) return undefined;
  const { to, reason } = failed;
  const recipient =
    to.kind === 'person'
      ? (house.desk.people.get(to.person)?.name ?? ticket.requester.name)
      : (house.desk.queues.get(to.queue)?.name ?? to.queue);
  const link = await linkToCard(house, ticket);
  const context = await contextOf(house, reader, idOf(reader));
  return personalNotice(
    { kind: 'deliveryFailed', ticket, recipient, reason, ...(link === undefined ? {} : { link }) },
    context,
  );
}

function idOf({ actor }: Reader): PersonId | undefined {
  return actor?.kind === 'person' ? actor.id : undefined;
}

/** What a notice to the requester says of the event at this position. */
function requesterNoticeOf(
  history: readonly TicketEvent[],
  position: number | undefined,
): { kind: RequesterNoticeKind; by?: { id: string; name: string }; text?: string } | undefined {
  const event = position === undefined ? undefined : history[position - 1];
  if (!event || position === undefined) return undefined;
  const by = event.by ? { by: event.by } : {};
  switch (event.type) {
    case 'claimed':
      return { kind: 'taken', ...by };
    case 'replied': {
      // A question is a reply that the wait for its answer follows at the same moment.
      const next = history[position];
      const asks = next?.type === 'waitedForRequester' && next.at === event.at;
      return { kind: asks ? 'waitingForYou' : 'answered', text: event.text, ...by };
    }
    case 'closedSuccessfully':
      return { kind: 'closed', text: event.text, ...by };
    case 'reopened':
      return { kind: 'reopened', ...by };
    default:
      return undefined;
  }
}

async function eventAt(
  house: House,
  ticket: Ticket,
  position: number | undefined,
): Promise<TicketEvent | undefined> {
  return position === undefined ? undefined : (await house.store.history(ticket.number))[position - 1];
}

/** Address of the ticket's card in its queue's channel, once it stands there. */
export async function linkToCard(house: House, ticket: Ticket): Promise<string | undefined> {
  const post = (await house.store.posts({ kind: 'ticket', id: ticket.number }))[queueCardKey(ticket.queue)];
  return post && house.links.toPost(ticket.queue, post);
}

/** Forms with a name are of the queue's card only. */
function plain({ form: _, history: __, ...rest }: Additions): Omit<Additions, 'form' | 'history'> {
  return rest;
}

export function contextFor(
  { desk, calendars, clock }: House,
  locale: Locale,
  refreshFor: readonly string[] = [],
): CardContext {
  return { desk, calendars, now: clock.now(), locale, refreshFor };
}

/** For a card in the personal chat: the person themselves gets a fresh version of it when they look at it. */
export async function contextOf(
  house: House,
  reader: Reader,
  person: PersonId | undefined,
): Promise<CardContext> {
  const teamsId = person === undefined ? undefined : (await house.store.profile(person))?.teamsId;
  return contextFor(house, reader.locale, teamsId === undefined ? [] : [teamsId]);
}
