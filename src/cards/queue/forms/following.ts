/** The form in which somebody says what is to be read first (T18). */

import type { Article, Ticket } from '../../../domain/ticket.ts';
import { translate } from '../../../i18n/translate.ts';
import { articleKind, type CardContext, dated, nameOf } from '../../kit/context.ts';
import { choiceField, type Field } from '../../kit/fields.ts';
import { type Forms, said } from './form.ts';

const ARTICLES_OFFERED = 30;

export const FOLLOWING: Forms<'mark'> = {
  mark: {
    fields: ({ articles }, context, state) => [
      choiceField({
        id: 'article',
        ...said(context, state, 'article', 'form.article', 'placeholder.choose', ''),
        ...articleChoices(articles, context),
        required: true,
        requiredMessage: translate(context.locale, 'form.choiceRequired'),
      }),
    ],
    send: [{ title: 'action.saveMark', verb: 'mark' }],
  },
};

/** Newest first. The value says what choosing it does: `+3` marks the third article, `-3` takes the mark away. */
function articleChoices(articles: Ticket['articles'], context: CardContext): Pick<Field, 'choices'> {
  return {
    choices: articles
      .slice(-ARTICLES_OFFERED)
      .toReversed()
      .map((article) => ({
        title: `${article.important ? '★ ' : ''}${articleTitle(article, context)}`,
        value: `${article.important ? '-' : '+'}${article.id}`,
      })),
  };
}

/** An article in a list to choose from: its number on the ticket, what it is, whose, and when. */
export function articleTitle(article: Article, context: CardContext): string {
  const { id, by, at } = article;
  const { locale } = context;
  return translate(locale, 'print.from', {
    id,
    who: `${articleKind(article, locale)} · ${nameOf(by.name)}`,
    when: dated(context, at),
  });
}
