/** The forms about a ticket (W2), by name: those of choices open on its card, those with a text in a dialog. */

import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import {
  type About,
  aboutTicket,
  type Button,
  button,
  type DialogForm,
  type PlaceForm,
  type QueueForm,
  type SubmitButton,
  submitButton,
} from '../kit/buttons.ts';
import type { CardContext } from '../kit/context.ts';
import type { FormData, FormState } from '../kit/fields.ts';
import { CLOSING } from './forms/closing.ts';
import { FOLLOWING } from './forms/following.ts';
import type { Forms, Send } from './forms/form.ts';
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
  return {
    separator: true,
    // A client lets nobody leave a form in which something required is missing, and so would keep them from leaving it
    // with what they have typed so far: what is missing is said by the server, at the field.
    fields: FORMS[form].fields(ticket, context, state).map((field) => ({ ...field, required: false })),
  };
}

function sending(form: QueueForm, state: FormState): readonly Send[] {
  const { send } = FORMS[form];
  return typeof send === 'function' ? send(state) : send;
}

/** On the card: sends the form, or closes it and shows the card as it is now. */
export function formButtons(
  form: PlaceForm,
  ticket: Ticket,
  { locale }: CardContext,
  state: FormState = {},
): Button[] {
  const about = aboutTicket(ticket);
  return [
    ...sending(form, state).map(({ title, verb, chooses }, index) =>
      button(translate(locale, title), verb, about, {
        ...(index === 0 ? { style: 'positive' } : {}),
        ...(chooses ? { chooses } : {}),
      }),
    ),
    // With its inputs, so that what was chosen is not lost (T17).
    button(translate(locale, 'action.cancel'), 'closeForm', about, { form }),
  ];
}

/** In a dialog: below the fields what chooses and sends with one press. */
export function dialogForm(
  form: DialogForm,
  ticket: Ticket,
  about: About,
  context: CardContext,
  state: FormState,
): FormData {
  const { choose, choosing } = FORMS[form];
  const buttons = choose?.(ticket, context).map(({ title, verb, chooses }) =>
    submitButton(title, verb, about, { chooses }),
  );
  return {
    ...queueForm(form, ticket, context, state),
    separator: false,
    ...(buttons ? { buttons } : {}),
    ...(choosing ? { heading: translate(context.locale, choosing) } : {}),
  };
}

/**
 * In a dialog: sends the form, or keeps what stands in it and closes. The cross of the dialog is Teams' own, and tells the
 * bot nothing.
 */
export function dialogFormButtons(
  form: DialogForm,
  about: About,
  { locale }: CardContext,
  state: FormState,
): SubmitButton[] {
  return [
    ...sending(form, state).map(({ title, verb, chooses }, index) =>
      submitButton(translate(locale, title), verb, about, {
        ...(index === 0 ? { style: 'positive' } : {}),
        ...(chooses ? { chooses } : {}),
      }),
    ),
    submitButton(translate(locale, 'action.keepForm'), 'closeForm', about, { form }),
  ];
}
