/**
 * A ticket's card in the personal chat of whoever opened it from a list or by its number. It is a post of the ticket like
 * any other, so it is no orphan, and its buttons do what they do on the ticket's own card.
 */

import { type Actor, isRequester, mayReadInternally } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import type { Delivery } from '../ports/delivery.ts';
import type { Sender } from '../ports/inbound.ts';
import type { Copy } from '../remembered.ts';
import { COPY_KEY } from './notify.ts';

/** A second click on the same line finds the card that the first one asked for. */
const SAME_CLICK_MS = 5_000;
/** Copies of one ticket that are edited when it changes; older ones are fresh again when somebody looks at them. */
const LIVE_COPIES = 8;

/** @returns false where this person must not see the ticket */
export async function openCopy(
  house: House,
  { person }: Pick<Sender, 'person'>,
  actor: Actor,
  ticket: Ticket,
): Promise<boolean> {
  if (!isRequester(actor, ticket) && !mayReadInternally(actor, ticket)) return false;
  const now = house.clock.now();
  const known = house.copies.get(ticket.number) ?? [];
  const last = known.find((copy) => copy.person === person);
  if (last && Math.abs(now - last.at) < SAME_CLICK_MS) return true;
  const copy = { person, at: now, key: `${COPY_KEY}${person}:${house.ids.next()}` };
  house.copies.set(
    ticket.number,
    [copy, ...known.filter((one) => one.person !== person)].slice(0, LIVE_COPIES),
  );
  await house.store.enqueue({ kind: 'ticket', id: ticket.number }, { ...deliveryOf(copy), asked: now });
  house.nudge();
  return true;
}

/** Edits of the copies that people may be looking at. */
export function copiesOf({ copies }: House, { number }: Pick<Ticket, 'number'>): Delivery[] {
  return (copies.get(number) ?? []).map(deliveryOf);
}

function deliveryOf({ person, key }: Copy): Delivery {
  return { key, kind: 'personalCopy', to: { kind: 'person', person }, live: true };
}
