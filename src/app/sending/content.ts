/** What a delivery says, from the state as it is when it is sent. */

import type { Outgoing } from '../../cards/kit/card.ts';
import { viewersOf } from '../../cards/queue/queue-buttons.ts';
import { actorFor, isRequester, mayReadInternally } from '../../domain/rights.ts';
import type { Locale, PersonId, Ticket } from '../../domain/ticket.ts';
import { alertContent, localeOf } from '../alerts/alert-content.ts';
import { mayBeTold } from '../changing/notices.ts';
import { type Slot, slotOf } from '../changing/notify.ts';
import type { House } from '../house.ts';
import { showDraft } from '../opening/draft-card.ts';
import type { LeasedDelivery } from '../ports/delivery.ts';
import type { Reader } from '../showing/card-context.ts';
import { pointerTo, pointerWithoutTicket } from '../showing/show.ts';
import { ticketCard } from '../showing/ticket-card.ts';

/**
 * A queue's card that names nobody has to be opened before it can be worked. So it waits for Teams to say who is in the
 * channel, but not for longer than after so many attempts.
 */
const WAITS_FOR_MEMBERS = 5;

/** @returns undefined when there is nothing to say any more */
export async function contentOfDelivery(
  house: House,
  delivery: LeasedDelivery,
): Promise<Outgoing | 'notYet' | undefined> {
  const { owner, kind, key } = delivery;
  if (owner.kind === 'alert') {
    const { to } = delivery;
    return kind === 'orphanPointer' && to.kind === 'person'
      ? pointerWithoutTicket(await localeOf(house, to.person), 'orphan.alert')
      : alertContent(house, delivery);
  }
  if (owner.kind === 'draft') {
    const draft = await house.store.draft(owner.id);
    if (draft && kind === 'orphanPointer') return pointerWithoutTicket(draft.locale, 'orphan.draft');
    // The card has become the ticket's: what the draft would still say is outdated.
    if (!draft || (await house.store.ticketOfDraft(owner.id))) return undefined;
    return showDraft(house, draft);
  }
  const ticket = await house.store.ticket(owner.id);
  if (!ticket) return undefined;
  // The desk has that queue no longer, and nothing stands there: there is nothing to turn into a pointer.
  if (kind === 'queueCard' && !delivery.posted && delivery.to.kind === 'channel')
    if (delivery.to.queue !== ticket.queue && !house.desk.queues.has(delivery.to.queue)) return undefined;
  const reader = await readerOf(house, delivery, ticket);
  if (kind === 'orphanPointer') return pointerTo(house, ticket, delivery.to.kind === 'person', reader.locale);
  if (kind === 'queueCard') {
    const ids = await house.directory.channelIds(ticket.queue, viewersOf(house.desk, ticket));
    if (ids === undefined && delivery.attempts < WAITS_FOR_MEMBERS) return 'notYet';
    if (!ids?.length) house.troubles.membersMissing(ticket.queue);
  }
  const slot = slotOf(key);
  if (delivery.to.kind === 'person' && !delivery.posted)
    if (slot && (await isOutOfReach(house, ticket, slot, delivery.to.person))) return undefined;
  return slot && ticketCard(house, ticket, together(slot, delivery), reader);
}

function together(slot: Slot, { event, merged = [] }: LeasedDelivery): Slot {
  if (merged.length === 0) return slot;
  const events = [...merged.map((one) => one.event), event].filter((one) => one !== undefined);
  return { ...slot, events: events.sort((a, b) => a - b) };
}

/**
 * What was meant for somebody who has lost their right to know it since (N2). What stands in their chat already is edited
 * all the same: it says that it is out of their reach.
 */
async function isOutOfReach(
  house: House,
  ticket: Ticket,
  { kind, event: position = 0 }: Slot,
  person: PersonId,
): Promise<boolean> {
  if (kind === 'personalCopy') {
    const actor = actorFor(house.desk, { id: person, name: '' });
    return !isRequester(actor, ticket) && !mayReadInternally(actor, ticket);
  }
  if (kind !== 'personalNotice') return false;
  const event = (await house.store.history(ticket.number))[position - 1];
  return event !== undefined && !mayBeTold(house.desk, ticket, event, person);
}

async function readerOf(house: House, { to }: LeasedDelivery, ticket: Ticket): Promise<Reader> {
  if (to.kind !== 'person') return { locale: house.desk.locale };
  const profile = await house.store.profile(to.person);
  const locale: Locale =
    profile?.locale ?? (to.person === ticket.requester.id ? ticket.locale : house.desk.locale);
  return { locale, actor: actorFor(house.desk, { id: to.person, name: profile?.name ?? '' }) };
}
