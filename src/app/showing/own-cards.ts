/** Cards in a person's own chat that only they see: drawn anew once they have done in a dialog what those ask for. */

import type { PersonId, Ticket } from '../../domain/ticket.ts';
import { COPY_KEY, slotOf } from '../changing/notify.ts';
import type { House } from '../house.ts';
import type { Delivery, Post } from '../ports/delivery.ts';
import type { Sender } from '../ports/inbound.ts';

/** The newest of them: those above have scrolled away, and are fresh when somebody looks at them. */
const DRAWN_ANEW = 5;

/** Nothing from a channel: what stands there is edited with the ticket. */
export async function refreshOwnCards(
  house: House,
  { number, requester }: Pick<Ticket, 'number' | 'requester'>,
  { person, personal }: Pick<Sender, 'person' | 'personal'>,
): Promise<void> {
  if (!personal) return;
  const owner = { kind: 'ticket', id: number } as const;
  const own = Object.entries(await house.store.posts(owner))
    .flatMap(([key, post]) => deliveryOf(key, post, person, requester.id) ?? [])
    .sort((a, b) => activityOf(b) - activityOf(a))
    .slice(0, DRAWN_ANEW);
  const asked = house.clock.now();
  for (const delivery of own) await house.store.enqueue(owner, { ...delivery, asked });
  if (own.length > 0) house.nudge();
}

function deliveryOf(key: string, post: Post, person: PersonId, requester: PersonId): Delivery | undefined {
  const slot = slotOf(key);
  const common = { key, to: { kind: 'person', person }, live: true, post } as const;
  if (slot?.kind === 'personalCopy' && key.startsWith(`${COPY_KEY}${person}:`))
    return { ...common, kind: 'personalCopy' };
  if (slot?.kind === 'personalNotice' && slot.person === person)
    return { ...common, kind: 'personalNotice', ...(slot.event ? { event: slot.event } : {}) };
  // The requester's own notices name nobody; those who followed a merge are named.
  if (slot?.kind === 'requesterNotice' && (key.split(':')[2] ?? requester) === person)
    return { ...common, kind: 'requesterNotice', ...(slot.event ? { event: slot.event } : {}) };
  return undefined;
}

/** Teams numbers messages by the moment at which they were sent. */
function activityOf({ post }: Delivery): number {
  return Number(post?.activity ?? 0) || 0;
}
