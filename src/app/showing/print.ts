/**
 * A ticket for the file (T18). A browser does not say who opens the link: so what counts are the rights of the person it
 * was made for, as the desk and the ticket are now.
 */

import type { Printing } from '../../domain/printing.ts';
import { actorFor, sightOf } from '../../domain/rights.ts';
import { ticketDocument } from '../../print/ticket-document.ts';
import type { House } from '../house.ts';
import { contextFor } from './card-context.ts';

/** @returns HTML, or undefined where there is no such ticket, or not for this person any more */
export async function printTicket(
  house: House,
  { number, scope, person, locale }: Printing,
): Promise<string | undefined> {
  const ticket = await house.store.ticket(number);
  if (!ticket) return undefined;
  const sight = sightOf(actorFor(house.desk, { id: person, name: '' }), ticket);
  if (sight === 'anybody' || (scope === 'everything' && sight !== 'inside')) return undefined;
  // Who asked for the same in a duplicate follows the ticket, and learns nothing of how to reach the other (T11).
  const contact = sight === 'inside' || ticket.requester.id === person;
  const history = scope === 'everything' ? await house.store.history(number) : [];
  return ticketDocument(ticket, history, scope, contextFor(house, locale), contact);
}
