/** Builds a ticket from its events. Pure, total: what has been recorded is never refused. */

import { type Change, type Changes, heard, withArticle } from './changes/change.ts';
import { CLOSING } from './changes/closing.ts';
import { FOLLOWING } from './changes/following.ts';
import { LINKING } from './changes/linking.ts';
import { MAILING } from './changes/mailing.ts';
import { opened } from './changes/opening.ts';
import { PASSING } from './changes/passing.ts';
import { WAITING } from './changes/waiting.ts';
import { WORKING } from './changes/working.ts';
import type { EventOf, EventType, TicketEvent } from './events.ts';
import type { Saying } from './sayings.ts';
import type { Ticket } from './ticket.ts';

const CHANGES: Changes<Exclude<EventType, 'opened'>> = {
  ...WORKING,
  ...PASSING,
  ...WAITING,
  ...CLOSING,
  ...FOLLOWING,
  ...LINKING,
  ...MAILING,
  requesterWrote: (ticket, event) => {
    const { messages, corrects } = event;
    const besides = { ...(messages && { messages }), ...(corrects !== undefined && { corrects }) };
    return heard(withArticle(ticket, 'requesterMessage', event, besides));
  },
  messageDeleted: (ticket, event) => ({
    ...ticket,
    articles: ticket.articles.map((article) =>
      article.id === event.article && article.messages
        ? { ...article, messages: article.messages.map((saying) => marked(saying, event)) }
        : article,
    ),
  }),
  unclaimedReminded: (ticket, { at }) => ({ ...ticket, unclaimedTold: at }),
  escalated: (ticket, { deadline, level }) => ({
    ...ticket,
    deadlines: ticket.deadlines.map((clock) =>
      clock.kind === deadline ? { ...clock, fired: [...clock.fired, level] } : clock,
    ),
  }),
};

function marked(saying: Saying, { message, restored }: EventOf<'messageDeleted'>): Saying {
  if (saying.message !== message) return saying;
  const { deleted: _, ...there } = saying;
  return restored ? there : { ...there, deleted: true };
}

/**
 * @param ticket the state before; undefined before the first event, which must be `opened`
 * @throws when the history does not begin with `opened`: that is a fault of the store
 */
export function evolve(ticket: Ticket | undefined, event: TicketEvent): Ticket {
  if (!ticket) {
    if (event.type !== 'opened') throw new Error(`history begins with "${event.type}" instead of "opened"`);
    return opened(event);
  }
  if (event.type === 'opened') throw new Error(`ticket ${ticket.number} was opened twice`);
  // Each event meets its own change: what TypeScript cannot follow through the union of them.
  const change = CHANGES[event.type] as Change<EventType>;
  return change({ ...ticket, version: ticket.version + 1, changedAt: event.at }, event);
}

/** The ticket that a whole history leads to. */
export function replay(history: readonly TicketEvent[]): Ticket {
  const ticket = history.reduce<Ticket | undefined>(evolve, undefined);
  if (!ticket) throw new Error('a history has at least one event');
  return ticket;
}
