/** Forwarding an article to an address outside, pressed on a card. */

import { ABOUT_TEXT, minutesIn, type Presses, press } from './press.ts';

export const MAILING: Presses = {
  forward: press<'forward'>({
    command: ({ article = '', to = '', text = '', ...rest }) => ({
      type: 'forward',
      article: /^\d+$/.test(article) ? Number(article) : 0,
      to: addressesIn(to),
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
};

/** As people write them: with commas, semicolons or blanks between, and copied with a name and angle brackets around. */
function addressesIn(typed: string): string[] {
  const bare = typed.replace(/[^,;<>]*<([^<>]*)>/g, ' $1 ');
  return bare.split(/[\s,;]+/).filter((one) => one !== '');
}
