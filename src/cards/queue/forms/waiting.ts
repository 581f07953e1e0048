/** The form for waiting until a date: one choice that fits most days, or a date and time of one's own. */

import { MOMENTS } from '../../../domain/moments.ts';
import { translate } from '../../../i18n/translate.ts';
import { choiceField, longTextField, momentField } from '../../kit/fields.ts';
import { type Forms, said } from './form.ts';

export const WAITING: Forms<'wait'> = {
  wait: {
    fields: (_, context, state) => [
      choiceField({
        id: 'until',
        ...said(context, state, 'until', 'form.until', 'placeholder.choose', 'tomorrow'),
        choices: MOMENTS.map((value) => ({ title: translate(context.locale, `moment.${value}`), value })),
      }),
      momentField('date', {
        id: 'date',
        ...said(context, state, 'date', 'form.date', 'placeholder.date', ''),
      }),
      momentField('time', {
        id: 'time',
        ...said(context, state, 'time', 'form.time', 'placeholder.time', ''),
      }),
      longTextField(context.locale, {
        id: 'note',
        ...said(context, state, 'note', 'form.waitNote', 'placeholder.waitNote', ''),
      }),
    ],
    send: [{ title: 'action.waitNow', verb: 'wait' }],
  },
};
