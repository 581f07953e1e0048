/** What somebody may print of a ticket (T18). Their rights are asked here, and again when the link is opened. */

import type { PrintLinks } from '../../cards/kit/quiet-row.ts';
import type { Printing } from '../../domain/printing.ts';
import { isRequester, mayReadInternally } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import type { Reader } from './card-context.ts';

/**
 * @param reader nobody in particular for what a whole channel sees, which leads to nothing
 * @param most `public` on the requester's own card, whoever else they are
 */
export function printLinks(
  { links }: House,
  ticket: Ticket,
  { actor, locale }: Reader,
  most: Printing['scope'],
): { readonly print?: PrintLinks } {
  if (actor?.kind !== 'person') return {};
  const { number } = ticket;
  const inside = mayReadInternally(actor, ticket);
  if (!inside && !isRequester(actor, ticket)) return {};
  const link = (scope: Printing['scope']) => links.toPrint({ number, scope, person: actor.id, locale });
  const everything = inside && most === 'everything' ? { everything: link('everything') } : {};
  return { print: { public: link('public'), ...everything } };
}
