/** Following a ticket, and what is read first on it, pressed on a card. */

import { type Presses, press } from './press.ts';

export const FOLLOWING = {
  watch: press<'watch'>({ command: () => ({ type: 'watch' }), notice: () => 'watching' }),
  unwatch: press<'unwatch'>({ command: () => ({ type: 'unwatch' }), notice: () => 'notWatching' }),
  mark: press<'mark'>({
    // The choice says what it would change, so that pressing it twice does not change it back.
    command: ({ article = '' }) => ({
      type: 'mark',
      article: Number(article.slice(1)),
      important: article.startsWith('+'),
    }),
    notice: ({ important }) => (important ? 'markedImportant' : 'notMarkedImportant'),
    fields: { unknownArticle: 'article', nothingChanged: 'article' },
  }),
} satisfies Presses;
