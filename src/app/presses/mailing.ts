/** Forwarding an article to an address outside, pressed on a card. */

import { ADDRESSES_LIMIT } from '../../domain/limits.ts';
import { ABOUT_TEXT, minutesIn, type Presses, press } from './press.ts';

/** Of what is typed where addresses belong: more than as many as are allowed can take, with their names. */
const ADDRESSES_READ = (ADDRESSES_LIMIT + 1) * 500;

export const MAILING = {
  forward: press<'forward'>({
    command: ({ article = '', to = '', text = '', ...rest }, { newKey }) => ({
      type: 'forward',
      article: /^\d+$/.test(article) ? Number(article) : 0,
      to: addressesIn(to),
      key: newKey(),
      text,
      ...minutesIn(rest),
    }),
    notice: () => 'forwarded',
    fields: {
      ...ABOUT_TEXT,
      noAddress: 'to',
      addressNotValid: 'to',
      tooManyAddresses: 'to',
      unknownArticle: 'article',
      filesTooLarge: 'article',
    },
  }),
} satisfies Presses;

/** As people write them: with commas, semicolons or blanks between, and copied with a name and angle brackets around. */
function addressesIn(typed: string): string[] {
  const pieces = typed.slice(0, ADDRESSES_READ).split(/[,;>]/);
  const bare = pieces.map((piece) => piece.slice(piece.lastIndexOf('<') + 1));
  return bare.flatMap((piece) => piece.split(/\s+/)).filter((one) => one !== '');
}
