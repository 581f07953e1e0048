/** The form that sends an article to an address outside (W9). */

import type { Article, Ticket } from '../../../domain/ticket.ts';
import { isPublic } from '../../../domain/ticket.ts';
import { translate } from '../../../i18n/translate.ts';
import type { CardContext } from '../../kit/context.ts';
import { choiceField, type Field, type FormState, longTextField, textField } from '../../kit/fields.ts';
import { articleTitle } from './following.ts';
import { type Forms, minutesField, said } from './form.ts';

const ARTICLES_OFFERED = 30;
/** A few addresses, as long as they may be. */
const ADDRESSES_LENGTH = 1_300;

export const MAILING: Forms<'forward'> = {
  forward: { fields: forwardFields, send: [{ title: 'action.forwardNow', verb: 'forward' }] },
};

function forwardFields({ articles }: Ticket, context: CardContext, state: FormState): Field[] {
  const newestFirst = articles.slice(-ARTICLES_OFFERED).toReversed();
  return [
    textField({
      id: 'to',
      ...said(context, state, 'to', 'form.forwardTo', 'placeholder.forwardTo', ''),
      maxLength: ADDRESSES_LENGTH,
      required: true,
      requiredMessage: translate(context.locale, 'refusal.noAddress'),
    }),
    longTextField(context.locale, {
      id: 'text',
      ...said(context, state, 'text', 'form.forwardText', 'placeholder.forwardText', ''),
    }),
    choiceField({
      id: 'article',
      ...said(context, state, 'article', 'form.forwardArticle', 'placeholder.choose', proposed(newestFirst)),
      choices: newestFirst.map((one) => ({ title: articleTitle(one, context), value: String(one.id) })),
    }),
    minutesField(context, state),
  ];
}

/** The latest that has been outside already, or the requester reads: what is internal leaves the house by choice only. */
function proposed(newestFirst: readonly Article[]): string {
  const shown = newestFirst.find((one) => isPublic(one) || one.kind === 'mailReceived');
  return shown ? String(shown.id) : '';
}
