/** What stands below a card in small letters, one click away and quieter than its buttons: follow (T12), print (T18). */

import type { Locale } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type Button, type LinkButton, linkButton } from './buttons.ts';
import type { Maybe } from './context.ts';

type Inline = {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size: 'Small';
  readonly selectAction?: LinkButton | Button;
};
export type QuietRow = { readonly inlines: readonly Inline[] };

export function quietRow(actions: readonly (LinkButton | Button)[]): Maybe<QuietRow> {
  if (actions.length === 0) return [];
  return [
    {
      inlines: actions.flatMap((action, index): Inline[] => [
        ...(index === 0 ? [] : [{ type: 'TextRun', text: '\u2002·\u2002', size: 'Small' } as const]),
        { type: 'TextRun', text: action.title, size: 'Small', selectAction: action },
      ]),
    },
  ];
}

/** Addresses that the caller made for this reader; what they may not print is absent. */
export type PrintLinks = { readonly everything?: string; readonly public: string };

export function printActions(links: PrintLinks | undefined, locale: Locale): LinkButton[] {
  if (!links) return [];
  if (links.everything === undefined) return [linkButton(translate(locale, 'action.print'), links.public)];
  return [
    linkButton(translate(locale, 'action.printEverything'), links.everything),
    linkButton(translate(locale, 'action.printPublic'), links.public),
  ];
}
