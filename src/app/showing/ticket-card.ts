/** Any card of a ticket, as one reader sees it: the same for what is sent and for what a button answers. */

import type { PlaceForm } from '../../cards/kit/buttons.ts';
import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import type { FormState } from '../../cards/kit/fields.ts';
import { movedPointer, threadNotice } from '../../cards/notices/agent-notice-view.ts';
import { type RequesterNoticeInput, requesterNotice } from '../../cards/notices/requester-notice-view.ts';
import { textCard } from '../../cards/notices/text-view.ts';
import { viewersOf } from '../../cards/queue/queue-buttons.ts';
import { queueCard } from '../../cards/queue/queue-view.ts';
import { requestCard } from '../../cards/requester/request-view.ts';
import type { TicketEvent } from '../../domain/events.ts';
import { agentsOf, isRequester, isStaff, mayReadInternally } from '../../domain/rights.ts';
import type { PersonId, QueueId, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { Slot } from '../changing/notify.ts';
import { writtenTogether } from '../changing/written.ts';
import type { House } from '../house.ts';
import { contextFor, contextOf, linkToCard, type Reader } from './card-context.ts';
import { personalCard } from './personal-card.ts';
import { printLinks } from './print-links.ts';

/** What a press adds to a card: a sentence on top, an open form, what was typed; and the history where it is at hand. */
export type Additions = {
  readonly history?: readonly TicketEvent[];
  readonly notice?: Notice;
  readonly form?: PlaceForm;
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
      if (slot.queue !== undefined && slot.queue !== ticket.queue)
        return movedCard(house, ticket, slot.queue, reader, additions);
      const inside = reader.actor && mayReadInternally(reader.actor, ticket) ? { viewer: reader.actor } : {};
      const ids = (await house.directory.channelIds(ticket.queue, viewersOf(house.desk, ticket))) ?? [];
      return queueCard(
        {
          ticket,
          ...inside,
          // A form lists what was written and who works here.
          ...(inside.viewer ? additions : plain(additions)),
          ...printLinks(house, ticket, reader, 'everything'),
          nobodyNamed: ids.length === 0,
        },
        contextFor(house, reader.locale, ids),
      );
    }
    case 'requesterCard': {
      if (isForAnother(reader, ticket)) return notYoursCard(ticket, reader);
      const history = additions.history ?? (await house.store.history(ticket.number));
      return requestCard(
        { ticket, history, ...plain(additions), ...printLinks(house, ticket, reader, 'public') },
        await contextOf(house, reader, ticket.requester.id),
      );
    }
    case 'requesterNotice': {
      if (isForAnother(reader, ticket)) return notYoursCard(ticket, reader);
      const history = await house.store.history(ticket.number);
      const notice = requesterNoticeOf(history, slot.event);
      if (!notice) return undefined;
      const context = await contextOf(house, reader, idOf(reader) ?? ticket.requester.id);
      return requesterNotice({ ticket, ...notice, ...plain(additions) }, context);
    }
    case 'threadNotice': {
      const history = await house.store.history(ticket.number);
      const [event, next] = history.slice((slot.event ?? 0) - 1);
      const ids = (await house.directory.channelIds(ticket.queue, viewersOf(house.desk, ticket))) ?? [];
      if (event?.type === 'moved')
        return threadNotice(
          { kind: 'returned', ticket, text: event.note, ...(event.by ? { by: event.by } : {}) },
          contextFor(house, reader.locale, ids),
        );
      if (event?.type === 'withdrawn')
        return threadNotice(
          { kind: 'withdrawn', ticket, text: event.text },
          contextFor(house, reader.locale, ids),
        );
      if (event?.type !== 'requesterWrote' && event?.type !== 'mailReceived') return undefined;
      const reopened = next?.type === 'reopened' && next.at === event.at;
      const wrote =
        event.type === 'requesterWrote' && event.corrects !== undefined ? 'requesterCorrected' : event.type;
      return threadNotice(
        {
          kind: event.type === 'requesterWrote' && reopened ? 'reopened' : wrote,
          ticket,
          ...(event.by ? { by: event.by } : {}),
          text: event.text,
          attachments: event.attachments,
          ...writtenTogether(history, slot),
        },
        contextFor(house, reader.locale, ids),
      );
    }
    case 'personalNotice':
      if (isOutOfDesk(reader)) return outOfDeskCard(ticket, reader);
      return personalCard(house, ticket, slot, reader, additions);
    case 'personalCopy':
      return copyCard(house, ticket, reader, additions);
  }
}

/** The card that somebody opened in their own chat: the queue's, the requester's own, or where it went. */
async function copyCard(
  house: House,
  ticket: Ticket,
  reader: Reader,
  additions: Additions,
): Promise<Outgoing | undefined> {
  const { actor } = reader;
  if (actor?.kind !== 'person') return undefined;
  const context = await contextOf(house, reader, actor.id);
  const print = (most: 'everything' | 'public') => printLinks(house, ticket, reader, most);
  if (mayReadInternally(actor, ticket))
    return queueCard({ ticket, viewer: actor, ...additions, ...print('everything') }, context);
  if (isRequester(actor, ticket)) {
    const history = additions.history ?? (await house.store.history(ticket.number));
    return requestCard({ ticket, history, ...plain(additions), ...print('public') }, context);
  }
  if (isOutOfDesk(reader)) return outOfDeskCard(ticket, reader);
  const { notice } = additions;
  return movedPointer({ ticket, ...(notice ? { notice } : {}), lost: true }, context);
}

/** What is left in a channel that the ticket was moved away from: where it went, and no buttons. */
async function movedCard(
  house: House,
  ticket: Ticket,
  queue: QueueId,
  reader: Reader,
  { notice }: Additions,
): Promise<Outgoing> {
  const link = await linkToCard(house, ticket);
  const agents = agentsOf(house.desk, queue).map(({ id }) => id);
  const ids = (await house.directory.channelIds(queue, agents)) ?? [];
  return movedPointer(
    {
      ticket,
      ...(link === undefined ? {} : { link }),
      ...(notice ? { notice } : {}),
      lost: reader.actor !== undefined && !mayReadInternally(reader.actor, ticket),
    },
    contextFor(house, reader.locale, ids),
  );
}

/** In the chat of somebody who works for the desk no longer. */
function isOutOfDesk({ actor }: Reader): boolean {
  return actor !== undefined && !isStaff(actor);
}

/** In a chat with somebody whose ticket it is no longer (T4). */
function isForAnother({ actor }: Reader, ticket: Ticket): boolean {
  return actor !== undefined && !isRequester(actor, ticket);
}

function outOfDeskCard({ number }: Ticket, { locale }: Reader): Outgoing {
  return textCard({
    title: translate(locale, 'card.outOfDesk', { number }),
    paragraphs: [translate(locale, 'card.outOfDeskText')],
    tone: 'neutral',
  });
}

function notYoursCard({ number }: Ticket, { locale }: Reader): Outgoing {
  return textCard({
    title: translate(locale, 'card.notYours', { number }),
    paragraphs: [translate(locale, 'card.notYoursText')],
    tone: 'neutral',
  });
}

function idOf({ actor }: Reader): PersonId | undefined {
  return actor?.kind === 'person' ? actor.id : undefined;
}

/** What a notice to the requester says of the event at this position. */
function requesterNoticeOf(
  history: readonly TicketEvent[],
  position: number | undefined,
): Pick<RequesterNoticeInput, 'kind' | 'by' | 'text' | 'until' | 'into'> | undefined {
  const event = position === undefined ? undefined : history[position - 1];
  if (!event || position === undefined) return undefined;
  const by = event.by ? { by: event.by } : {};
  switch (event.type) {
    case 'claimed':
      return { kind: 'claimed', ...by };
    case 'replied': {
      // A question is a reply that the wait for its answer follows at the same moment.
      const next = history[position];
      const asks = next?.type === 'waitedForRequester' && next.at === event.at;
      return { kind: asks ? 'waitingForYou' : 'answered', text: event.text, ...by };
    }
    case 'closedSuccessfully':
      return { kind: 'closed', text: event.text, ...by };
    case 'reopened':
    case 'mergeUndone':
      return { kind: 'reopened', ...by };
    case 'moved':
      return { kind: 'moved', ...by };
    case 'merged':
      return { kind: 'merged', into: event.into, ...by };
    case 'autoClosed':
      return { kind: 'closed' };
    case 'closedUnsuccessfully':
      return event.attempts === undefined
        ? { kind: 'closedUnsolved', text: event.text, ...by }
        : { kind: 'unreachable', ...by };
    case 'autoCloseSet':
      return { kind: 'willClose', text: event.text, until: event.until, ...by };
    default:
      return undefined;
  }
}

/** Forms with a name are of the queue's card only. */
function plain({ notice }: Additions): Pick<Additions, 'notice'> {
  return notice ? { notice } : {};
}
