/**
 * A file of a ticket, opened in a browser (T15), which does not say who opens it: so what counts are the rights of the
 * person that the link was made for, as the desk and the ticket are now.
 */

import { actorFor, sightOf } from '../../domain/rights.ts';
import { isPublic } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import type { FileAsked } from '../ports/links.ts';

/** @returns its content, or undefined where there is none, or not for this person any more */
export async function openFile(
  house: House,
  { ticket: number, file, person }: FileAsked,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const ticket = await house.store.ticket(number);
  if (!ticket) return undefined;
  const sight = sightOf(actorFor(house.desk, { id: person, name: '' }), ticket);
  if (sight === 'anybody') return undefined;
  const came = ticket.articles
    .filter((article) => sight === 'inside' || isPublic(article))
    .some(({ attachments }) => attachments.some(({ id, name }) => id === file.id && name === file.name));
  return came ? house.attachments.get(file.id) : undefined;
}
