/** Finds tickets for the message extension and shows them in messages (W7): what is found and seen is the reader's. */

import { insertedCard, resultLines } from '../../cards/lists/inserted-view.ts';
import { type Actor, type Sight, sightOf } from '../../domain/rights.ts';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import { searchWords, textsOf, ticketWords } from '../../domain/ticket-index.ts';
import { type TicketQuery, type Visibility, wordConditions } from '../../domain/ticket-query.ts';
import { wordMatches } from '../../domain/words.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { actorOf } from '../people.ts';
import type { Answer, InboundSearch, Sender } from '../ports/inbound.ts';
import { say } from '../say.ts';
import { contextFor, linkToCard } from '../showing/card-context.ts';

/** Who has not found it among so many results types another word. */
const FARTHEST = 200;

/** What was typed, or the newest open tickets where nothing was. */
export async function searchTickets(
  house: House,
  { sender, words, skip, count }: InboundSearch,
): Promise<Answer> {
  const { locale } = sender;
  const actor = actorOf(house, sender);
  const asked = queryOf(words);
  const tickets = asked === undefined || skip > FARTHEST ? [] : await find(house, actor, asked, skip + count);
  const context = contextFor(house, locale);
  const results = tickets.slice(skip).flatMap((ticket) => {
    const reader = sightOf(actor, ticket);
    if (reader === 'anybody' || !mayFind(sender.person, reader, ticket, asked)) return [];
    // What goes into the message is for everybody there, in the language of the desk.
    const discreet = (house.directory.channelType(ticket.queue) ?? 'standard') !== 'standard';
    const content = insertedCard(
      { ticket, reader: 'anybody', discreet },
      contextFor(house, house.desk.locale),
    );
    return [{ ...resultLines({ ticket, reader }, context), content }];
  });
  if (results.length > 0 || skip > 0) return { kind: 'results', results };
  return say(translate(locale, words === '' ? 'extension.nothingOpen' : 'extension.nothingFound'));
}

/** The reader's own version of a card that stands in a message; the others keep the one that everybody sees. */
export async function showInserted(
  house: House,
  { locale }: Sender,
  actor: Actor,
  ticket: Ticket,
): Promise<Answer> {
  const reader = sightOf(actor, ticket);
  // Nor does a number alone tell whether there is such a ticket.
  if (reader === 'anybody') return say(translate(locale, 'extension.notForYou'));
  const link = reader === 'inside' ? await linkToCard(house, ticket) : undefined;
  const content = insertedCard(
    { ticket, reader, ...(link === undefined ? {} : { link }) },
    contextFor(house, locale),
  );
  return { kind: 'card', content };
}

/**
 * Who asked for the same in a duplicate must not find out by a hit what the other's phone number is, or what they answered
 * (T11).
 */
function mayFind(person: PersonId, reader: Sight, ticket: Ticket, asked: TicketQuery = {}): boolean {
  if (reader === 'inside' || ticket.requester.id === person) return true;
  const words = ticketWords(textsOf(ticket));
  return wordConditions({ ...asked, readableOnly: true }).every(({ prefix, fields }) =>
    fields
      .filter((field) => field !== 'person' && field !== 'answer')
      .some((field) => [...words[field]].some((word) => wordMatches(word, prefix))),
  );
}

/** @returns undefined where there is neither letter nor digit to look for */
function queryOf(words: string): TicketQuery | undefined {
  if (words === '') return { open: true };
  if (words.includes('*') && /^[\s\d*#]+$/.test(words)) return { number: words };
  return searchWords(words).length === 0 ? undefined : { text: words };
}

async function find(
  house: House,
  actor: Actor,
  asked: TicketQuery,
  limit: number,
): Promise<readonly Ticket[]> {
  const visibleTo = visibilityOf(actor);
  if (!visibleTo) return [];
  // Not in notes: who finds a ticket as its requester must not learn from that what they say.
  const within = { visibleTo, readableOnly: true };
  const { tickets } = await house.store.find({ ...asked, ...within }, { limit });
  const { text: typed } = asked;
  if (tickets.length > 0 || typed === undefined) return tickets;
  // A number without its date is no beginning of one.
  return /^[\s\d#]+$/.test(typed)
    ? (await house.store.find({ number: typed, ...within }, { limit })).tickets
    : [];
}

function visibilityOf(actor: Actor): Visibility | undefined {
  if (actor.kind !== 'person') return undefined;
  const queues = actor.administrator
    ? ('all' as const)
    : [...new Set([...actor.agentOf, ...actor.supervisorOf])];
  return { queues, person: actor.id };
}
