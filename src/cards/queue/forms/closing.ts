/** The forms for closing, and for looking at it again (T8). */

import { translate } from '../../../i18n/translate.ts';
import { choiceField, toggleField } from '../../kit/fields.ts';
import { type Forms, minutesField, said, theText } from './form.ts';

export const CLOSING: Forms<'close' | 'review'> = {
  close: {
    fields: (_, context, state) => {
      const { locale } = context;
      return [
        theText(context, state, 'form.closeText', 'placeholder.close'),
        choiceField({
          id: 'outcome',
          ...said(context, state, 'outcome', 'form.outcome', 'placeholder.choose', 'solved'),
          choices: [
            { title: translate(locale, 'form.solved'), value: 'solved' },
            { title: translate(locale, 'form.unsolved'), value: 'unsolved' },
          ],
        }),
        minutesField(context, state),
        toggleField({
          id: 'review',
          label: translate(locale, 'form.review'),
          value: state.values?.review ?? '',
        }),
        toggleField({
          id: 'silent',
          label: translate(locale, 'form.silent'),
          value: state.values?.silent ?? '',
          error: state.errors?.silent ?? '',
        }),
      ];
    },
    send: (state) =>
      state.errors?.silent
        ? [{ title: 'action.closeSilently', verb: 'close', chooses: { confirmed: 'true' } }]
        : [{ title: 'action.closeTicket', verb: 'close' }],
  },
  review: {
    fields: (_, context, state) => [theText(context, state, 'form.reviewText', 'placeholder.review')],
    send: [{ title: 'action.review', verb: 'review' }],
  },
};
