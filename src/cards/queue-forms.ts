/** The forms that open on a ticket's card in its queue (W2), by name. */

import type { Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { type Button, button, type QueueForm } from './buttons.ts';
import type { CardContext } from './context.ts';
import type { FormData, FormState } from './fields.ts';
import { FOLLOWING } from './forms/following.ts';
import type { Forms } from './forms/form.ts';
import { PASSING } from './forms/passing.ts';
import { WORKING } from './forms/working.ts';
import { aboutTicket } from './queue-buttons.ts';

const FORMS: Forms<QueueForm> = { ...WORKING, ...PASSING, ...FOLLOWING };

export function queueForm(
  form: QueueForm,
  ticket: Ticket,
  context: CardContext,
  state: FormState = {},
): FormData {
  return { separator: true, fields: FORMS[form].fields(ticket, context, state) };
}

/** Sends the form, or closes it and shows the card as it is now. */
export function formButtons(form: QueueForm, ticket: Ticket, { locale }: CardContext): Button[] {
  const about = aboutTicket(ticket);
  return [
    button(translate(locale, FORMS[form].send), form, about, { style: 'positive' }),
    button(translate(locale, 'action.cancel'), 'refresh', about, { inputs: 'none' }),
  ];
}
