/** Who follows the ticket, and what is read first on it. */

import type { Article } from '../ticket.ts';
import type { Changes } from './change.ts';

export const FOLLOWING: Changes<'watched' | 'unwatched' | 'marked'> = {
  watched: (ticket, { by }) => (by ? { ...ticket, watchers: [...(ticket.watchers ?? []), by] } : ticket),
  unwatched: (ticket, { by }) => ({
    ...ticket,
    watchers: (ticket.watchers ?? []).filter(({ id }) => id !== by?.id),
  }),
  marked: (ticket, { article, important }) => ({
    ...ticket,
    articles: ticket.articles.map((one) => (one.id === article ? markedAs(one, important) : one)),
  }),
};

function markedAs({ important: _, ...article }: Article, important: boolean): Article {
  return important ? { ...article, important } : article;
}
