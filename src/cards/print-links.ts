/** Where a card leads to its ticket on paper (T18): one click, and quieter than the buttons. */

import type { Locale } from '../domain/ticket.ts';
import { type TextKey, translate } from '../i18n/translate.ts';
import { type LinkButton, linkButton } from './buttons.ts';
import type { Maybe } from './context.ts';

/** Addresses that the caller made for this reader; what they may not print is absent. */
export type PrintLinks = { readonly everything?: string; readonly public: string };

type Inline = {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size: 'Small';
  readonly selectAction?: LinkButton;
};
export type PrintRow = { readonly inlines: readonly Inline[] };

export function printRow(links: PrintLinks | undefined, locale: Locale): Maybe<PrintRow> {
  if (!links) return [];
  const run = (key: TextKey, url: string): Inline => {
    const text = translate(locale, key);
    return { type: 'TextRun', text, size: 'Small', selectAction: linkButton(text, url) };
  };
  if (links.everything === undefined) return [{ inlines: [run('action.print', links.public)] }];
  return [
    {
      inlines: [
        run('action.printEverything', links.everything),
        { type: 'TextRun', text: '\u2002·\u2002', size: 'Small' },
        run('action.printPublic', links.public),
      ],
    },
  ];
}
