/** A ticket for the file (T18). Whoever has a valid link may read it: rights were checked when the link was made. */

import type { Printing } from '../domain/printing.ts';
import { ticketDocument } from '../print/ticket-document.ts';
import { contextFor } from './card-context.ts';
import type { House } from './house.ts';

/** @returns HTML, or undefined where there is no such ticket */
export async function printTicket(
  house: House,
  { number, scope, locale }: Printing,
): Promise<string | undefined> {
  const ticket = await house.store.ticket(number);
  if (!ticket) return undefined;
  return ticketDocument(ticket, await house.store.history(number), scope, contextFor(house, locale));
}
