/** The forms for what concerns two tickets (T11). */

import { SUBJECT_LIMIT } from '../../../domain/limits.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { translate } from '../../../i18n/translate.ts';
import { type CardContext, serviceChoices } from '../../kit/context.ts';
import { choiceField, type Field, type FormState, textField } from '../../kit/fields.ts';
import { articleTitle } from './following.ts';
import { type Forms, said, theText } from './form.ts';

const ARTICLES_OFFERED = 30;

export const LINKING: Forms<'join' | 'split'> = {
  join: {
    fields: (_, context, state) => [
      textField({
        id: 'other',
        ...said(context, state, 'other', 'form.otherNumber', 'placeholder.otherNumber', ''),
        maxLength: 100,
        required: true,
        requiredMessage: translate(context.locale, 'form.numberRequired'),
      }),
    ],
    send: [
      { title: 'action.linkNow', verb: 'link' },
      { title: 'action.mergeNow', verb: 'merge' },
    ],
  },
  split: {
    fields: splitFields,
    send: ({ values }) => [
      { title: values?.text === undefined ? 'action.splitPrepare' : 'action.splitNow', verb: 'split' },
    ],
  },
};

/** First which article, then what it says, to be made a request of its own. */
function splitFields(ticket: Ticket, context: CardContext, state: FormState): Field[] {
  const { locale } = context;
  const newestFirst = ticket.articles.slice(-ARTICLES_OFFERED).toReversed();
  const article = choiceField({
    id: 'article',
    ...said(context, state, 'article', 'form.splitArticle', 'placeholder.choose', ''),
    choices: newestFirst.map((one) => ({ title: articleTitle(one, context), value: String(one.id) })),
    required: true,
    requiredMessage: translate(locale, 'form.choiceRequired'),
  });
  if (state.values?.text === undefined) return [article];
  return [
    article,
    textField({
      id: 'subject',
      ...said(context, state, 'subject', 'label.subject', 'placeholder.subject', ''),
      maxLength: SUBJECT_LIMIT,
      required: true,
      requiredMessage: translate(locale, 'form.textRequired'),
    }),
    choiceField({
      id: 'service',
      ...said(context, state, 'service', 'label.service', 'placeholder.service', ticket.service),
      choices: serviceChoices(context),
    }),
    theText(context, state, 'label.text', 'placeholder.text'),
  ];
}
