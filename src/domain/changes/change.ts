/** What one kind of event does to a ticket. The changes of kindred events share a file. */

import type { EventOf, EventType } from '../events.ts';
import type { Article, ArticleKind, Instant, PersonRef, Ticket, TicketState } from '../ticket.ts';

/** @param ticket the ticket before, whose `version` and `changedAt` already are those of the event */
export type Change<T extends EventType> = (ticket: Ticket, event: EventOf<T>) => Ticket;

export type Changes<T extends EventType> = { readonly [K in T]: Change<K> };

type Said = {
  readonly at: Instant;
  readonly by?: PersonRef;
  readonly text: string;
  readonly attachments?: Article['attachments'];
  readonly minutes?: number;
};

/** The ticket with one more article. */
export function withArticle(
  ticket: Ticket,
  kind: ArticleKind,
  said: Said,
  besides: Pick<Article, 'forwarded' | 'mail' | 'messages' | 'corrects'> = {},
): Ticket {
  const { at, by, text, attachments, minutes } = said;
  const article: Article = {
    id: ticket.version,
    kind,
    at,
    by: by ?? { id: '', name: '' },
    text,
    attachments: attachments ?? [],
    ...(minutes === undefined ? {} : { minutes }),
    ...besides,
  };
  return { ...ticket, articles: [...ticket.articles, article] };
}

export function lockedBy(ticket: Ticket, owner: PersonRef | undefined, at: Instant): Ticket {
  return { ...ticket, locked: true, lockedAt: at, ...(owner ? { owner } : {}) };
}

export function unlocked({ lockedAt: _, ...ticket }: Ticket): Ticket {
  return { ...ticket, locked: false };
}

/** The state of a ticket that somebody has taken. */
export function workedOn(state: TicketState): TicketState {
  return state.kind === 'waitingRequester' ? state : { kind: 'inProgress' };
}

/** The requester has been heard: attempts to reach them count anew (T14). */
export function heard({ failedContacts: _, ...ticket }: Ticket): Ticket {
  return ticket;
}
