/** The forms that open on a ticket's card in its queue (W2), by name. */

import type { Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { aboutTicket, type Button, button, type QueueForm } from './buttons.ts';
import type { CardContext } from './context.ts';
import type { FormData, FormState } from './fields.ts';
import { CLOSING } from './forms/closing.ts';
import { FOLLOWING } from './forms/following.ts';
import type { Forms } from './forms/form.ts';
import { LINKING } from './forms/linking.ts';
import { MAILING } from './forms/mailing.ts';
import { PASSING } from './forms/passing.ts';
import { PHONE } from './forms/phone.ts';
import { WAITING } from './forms/waiting.ts';
import { WORKING } from './forms/working.ts';

const FORMS: Forms<QueueForm> = {
  ...WORKING,
  ...CLOSING,
  ...WAITING,
  ...PHONE,
  ...PASSING,
  ...FOLLOWING,
  ...LINKING,
  ...MAILING,
};

export function queueForm(
  form: QueueForm,
  ticket: Ticket,
  context: CardContext,
  state: FormState = {},
): FormData {
  const { fields, choose, choosing } = FORMS[form];
  return {
    separator: true,
    // A client lets nobody leave a form in which something required is missing, and so would keep them from leaving it
    // with what they have typed so far: what is missing is said by the server, at the field.
    fields: fields(ticket, context, state).map((field) => ({ ...field, required: false })),
    ...(choose ? { buttons: choose(ticket, context) } : {}),
    ...(choosing ? { heading: translate(context.locale, choosing) } : {}),
  };
}

/** Sends the form, or closes it and shows the card as it is now. */
export function formButtons(
  form: QueueForm,
  ticket: Ticket,
  { locale }: CardContext,
  state: FormState = {},
): Button[] {
  const { send } = FORMS[form];
  const about = aboutTicket(ticket);
  return [
    ...(typeof send === 'function' ? send(state) : send).map(({ title, verb, chooses }, index) =>
      button(translate(locale, title), verb, about, {
        ...(index === 0 ? { style: 'positive' } : {}),
        ...(chooses ? { chooses } : {}),
      }),
    ),
    // With its inputs, so that what was typed is not lost (T17).
    button(translate(locale, 'action.cancel'), 'closeForm', about, { form }),
  ];
}
