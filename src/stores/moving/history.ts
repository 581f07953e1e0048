/** What a ticket lacks where it is copied to. */

import type { TicketCommit } from '../../app/ports/store.ts';
import { UnusableStore } from '../unusable-store.ts';
import { canonical, type RecordOf, type StoredRecord } from './record.ts';

/**
 * The commit that brings a ticket up to the record, without its outbox.
 *
 * @param known the ticket as it is there; undefined where it is not
 * @throws UnusableStore when what is there is no earlier state of it
 */
export function extendHistory({ body }: RecordOf<'ticket'>, known: StoredRecord | undefined): TicketCommit {
  const { ticket, events, dueAt } = body;
  const before = known?.kind === 'ticket' ? known.body.events : [];
  if (canonical(before) !== canonical(events.slice(0, before.length)))
    throw new UnusableStore(
      `The ticket ${ticket.number} has another history in the store that is copied to. Let --to name an empty store.`,
    );
  return {
    ticket,
    expected: before.length,
    events: events.slice(before.length),
    deliveries: [],
    ...(dueAt !== undefined && { dueAt }),
  };
}
