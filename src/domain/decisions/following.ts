/** Following a ticket without holding it (T12), and what is to be read first on it (T18). */

import { isWatcher, mayReadInternally, mayWorkOrSupervise } from '../rights.ts';
import { ownerOrSupervisor, passesLock, type Rules } from './rule.ts';

export const FOLLOWING: Rules<'watch' | 'unwatch' | 'mark'> = {
  watch: {
    action: () => 'watch',
    may: mayReadInternally,
    otherwise: 'notYourQueue',
    lock: (ticket, actor) => (isWatcher(actor, ticket) ? { code: 'nothingChanged' } : undefined),
    adds: true,
    events: () => [{ type: 'watched' }],
  },
  unwatch: {
    action: () => 'unwatch',
    may: (actor, ticket) => isWatcher(actor, ticket) && mayReadInternally(actor, ticket),
    otherwise: 'notYourQueue',
    lock: passesLock,
    adds: true,
    events: () => [{ type: 'unwatched' }],
  },
  mark: {
    action: () => 'mark',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: ({ articles }, { article, important }) => {
      const marked = articles.find(({ id }) => id === article);
      if (!marked) return { code: 'unknownArticle' };
      return (marked.important ?? false) === important ? { code: 'nothingChanged' } : undefined;
    },
    events: (_, { article, important }) => [{ type: 'marked', article, important }],
  },
};
