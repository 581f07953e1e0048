/** The form for calls: the button says how it went. */

import { longTextField } from '../../kit/fields.ts';
import { type Forms, minutesField, said } from './form.ts';

export const PHONE: Forms<'phone'> = {
  phone: {
    fields: (_, context, state) => [
      // Nothing to say about a call that nobody answered.
      longTextField(context.locale, {
        id: 'text',
        ...said(context, state, 'text', 'form.phoneText', 'placeholder.phone', ''),
      }),
      minutesField(context, state),
    ],
    send: [
      { title: 'action.phoneMade', verb: 'phoneMade' },
      { title: 'action.phoneReceived', verb: 'phoneReceived' },
      { title: 'action.contactFailed', verb: 'contactFailed' },
    ],
  },
};
