/** The searches that somebody keeps: each runs with one click, and is deleted with another. */

import { readAsked, SCOPES, type Scope } from '../../domain/asked.ts';
import { translate } from '../../i18n/translate.ts';
import { button, dialogButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, maybe, nameOf } from '../kit/context.ts';
import { extract, oneLine } from '../kit/escape.ts';
import { compose } from '../kit/render.ts';
import { run } from '../kit/text-links.ts';
import { conditionWords, scopeWords } from './asked-words.ts';
import { listRow, OPENING } from './list-rows.ts';
import { type ListData, listTemplate } from './list-view.ts';

const CONDITIONS_SHOWN = 150;

export type SavedSearchesInput = {
  readonly saved: readonly { readonly name: string; readonly asked: string }[];
  /** Who finds their own requests only is not told so on each line. */
  readonly scope?: Scope;
};

export function savedSearchesCard({ saved, scope }: SavedSearchesInput, context: CardContext): Outgoing {
  const { locale } = context;
  const title = translate(locale, 'search.saved');
  const data: ListData = {
    fallbackText: title,
    notice: [],
    title: maybe(title),
    subtitle: maybe(saved.length === 0 ? translate(locale, 'search.noneSaved') : ''),
    rows: saved.map(({ name, asked }) => {
      const conditions = conditionWords(readAsked(asked), context);
      const whose = scope === 'requested' ? [] : [scopeWords(scopeIn(asked), context)];
      const opens = button(nameOf(name), 'list', { list: asked });
      return listRow({
        subject: [run(nameOf(name), OPENING)],
        details: [
          run(oneLine(extract([...whose, ...conditions].join(' · '), CONDITIONS_SHOWN)), {
            size: 'Small',
            isSubtle: true,
          }),
        ],
        opens,
        buttons: [button(translate(locale, 'action.deleteSearch'), 'deleteSearch', { list: asked })],
      });
    }),
    buttons: [dialogButton(translate(locale, 'action.searchForm'), 'searchForm', { list: '' }, 'primary')],
  };
  return { card: compose(listTemplate, data), summary: title };
}

function scopeIn(asked: string): Scope {
  const { scope } = readAsked(asked);
  return SCOPES.find((known) => known === scope) ?? 'all';
}
