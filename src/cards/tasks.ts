/** What a notice asks its reader to do, right there. */

import type { Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import type { Task } from './agent-notice-view.ts';
import { aboutTicket, button } from './buttons.ts';
import type { CardContext } from './context.ts';
import type { FormState } from './fields.ts';
import { theText } from './forms/form.ts';
import { assignFields } from './forms/passing.ts';

/** Whom to give a released ticket to (T3). */
export function assignTask(ticket: Ticket, context: CardContext, state: FormState = {}): Task {
  const title = translate(context.locale, 'action.assignNow');
  return {
    form: { separator: true, fields: assignFields(ticket, context, state) },
    buttons: [button(title, 'assign', aboutTicket(ticket), { style: 'positive' })],
  };
}

/** The review of a closed ticket (T8). */
export function reviewTask(ticket: Ticket, context: CardContext, state: FormState = {}): Task {
  const { locale } = context;
  return {
    form: { separator: true, fields: [theText(context, state, 'form.reviewText', 'placeholder.review')] },
    buttons: [
      button(translate(locale, 'action.review'), 'review', aboutTicket(ticket), { style: 'positive' }),
    ],
  };
}
