/**
 * What happens to one ticket and concerns another (T11). The store writes one ticket at a time, so the first commit brings
 * a delivery that is not sent to Teams: it is done as a command on the other ticket. A kill between the two leaves it in
 * the outbox; a kill before its acknowledgement repeats a command that has its receipt.
 */

import type { Command } from '../../domain/commands.ts';
import type { TicketEvent } from '../../domain/events.ts';
import type { LinkKind, Ticket } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import type { LeasedDelivery } from '../ports/delivery.ts';
import { execute } from './execute.ts';

/** How the other side sees the same link. */
const INVERSE = {
  related: 'related',
  duplicate: 'duplicate',
  splitFrom: 'splitInto',
  splitInto: 'splitFrom',
  continues: 'continuedBy',
  continuedBy: 'continues',
} as const satisfies Record<LinkKind, LinkKind>;

/** Does it, once however often it is asked. @throws when it could not be done, so that it is tried again */
export async function followUp(house: House, delivery: LeasedDelivery): Promise<void> {
  const { owner, key, event: position = 0, to } = delivery;
  const [ticket, event] = await Promise.all([
    house.store.ticket(owner.id),
    house.store.history(owner.id).then((history) => history[position - 1]),
  ]);
  if (!ticket || !event || to.kind !== 'ticket') return;
  const command = commandFor(house, ticket, event);
  if (!command) return;
  const receipt = { key: `follow ${owner.id} ${key}`, at: house.clock.now(), outcome: null };
  const done = await execute(house, to.ticket, command, { receipt });
  if (done.kind !== 'refused' || done.refusal.code === 'alreadyLinked') return;
  if (event.type === 'merged') await undoMerge(house, ticket, event);
  else
    house.log.warn({ ticket: to.ticket, refusal: done.refusal.code }, 'another ticket could not be linked');
}

function commandFor(house: House, ticket: Ticket, event: TicketEvent): Command | undefined {
  const common = {
    at: house.clock.now(),
    via: event.via,
    actor: { kind: 'timer' },
    from: ticket.number,
    ...(event.by ? { by: event.by } : {}),
  } as const;
  switch (event.type) {
    case 'opened':
      return event.origin && { ...common, type: 'linkBack', kind: INVERSE[event.origin.kind] };
    case 'linked':
      return { ...common, type: 'linkBack', kind: INVERSE[event.kind] };
    case 'merged': {
      // Undone since: what was undone must not come back when the other ticket would take it now.
      if (ticket.state.kind !== 'merged' || ticket.state.into !== event.into) return undefined;
      const { requester, alsoRequesters = [], watchers = [] } = ticket;
      return { ...common, type: 'absorb', requesters: [requester, ...alsoRequesters], watchers };
    }
    default:
      return undefined;
  }
}

/** The other ticket was merged itself at the same moment: two that point at each other would both be lost. */
async function undoMerge(
  house: House,
  { number }: Ticket,
  { into, by, via }: Extract<TicketEvent, { readonly type: 'merged' }>,
): Promise<void> {
  await execute(house, number, {
    type: 'undoMerge',
    at: house.clock.now(),
    via,
    actor: { kind: 'timer' },
    from: into,
    ...(by ? { asked: by } : {}),
  });
}
