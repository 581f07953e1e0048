/** What a card is made with: the desk as it is now, who reads it, and where its ticket's own card stands. */

import type { CardContext } from '../../cards/kit/context.ts';
import type { Actor } from '../../domain/rights.ts';
import type { Locale, PersonId, Ticket } from '../../domain/ticket.ts';
import { queueCardKey } from '../changing/notify.ts';
import type { House } from '../house.ts';
import { isTold } from '../ports/posts.ts';

/** Who reads the card; nobody in particular for what a whole channel sees. */
export type Reader = { readonly actor?: Actor; readonly locale: Locale };

/** Address of the ticket's card in its queue's channel, once it stands there. */
export async function linkToCard(house: House, ticket: Ticket): Promise<string | undefined> {
  const post = (await house.store.posts({ kind: 'ticket', id: ticket.number }))[queueCardKey(ticket.queue)];
  return post && isTold(post) ? house.links.toPost(ticket.queue, post) : undefined;
}

export function contextFor(
  { desk, calendars, clock, mailer }: House,
  locale: Locale,
  refreshFor: readonly string[] = [],
): CardContext {
  return { desk, calendars, now: clock.now(), locale, refreshFor, mail: mailer !== undefined };
}

/** For a card in the personal chat: the person themselves gets a fresh version of it when they look at it. */
export async function contextOf(
  house: House,
  reader: Reader,
  person: PersonId | undefined,
): Promise<CardContext> {
  const teamsId = person === undefined ? undefined : (await house.store.profile(person))?.teamsId;
  return { ...contextFor(house, reader.locale, teamsId === undefined ? [] : [teamsId]), personal: true };
}
