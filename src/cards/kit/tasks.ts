/** What a notice asks its reader to do: one button, and its form in a dialog. */

import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, formDialogButton, type SubmitButton } from './buttons.ts';
import type { CardContext } from './context.ts';

/** Whom to give a released or an escalated ticket to (T3, T4). */
export function assignTask(ticket: Ticket, { locale }: CardContext): SubmitButton {
  const title = translate(locale, 'action.assign');
  return formDialogButton(title, 'assign', aboutTicket(ticket), { style: 'positive' });
}

/** The review of a closed ticket (T8). */
export function reviewTask(ticket: Ticket, { locale }: CardContext): SubmitButton {
  const title = translate(locale, 'action.openReview');
  return formDialogButton(title, 'review', aboutTicket(ticket), { style: 'positive' });
}
