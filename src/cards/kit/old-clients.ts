/**
 * Buttons for clients that only know cards 1.2: those never ask for a version of their own, so they get in the posted
 * card what suits anybody, and the server answers who may not. They stand in the `fallback` of an invisible `Table`,
 * an element of 1.5: who knows it shows nothing, who does not shows them. Their forms are dialogs, as everybody’s are.
 */

import { isClosed, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, formDialogButton, type SubmitButton, submitButton } from './buttons.ts';
import type { CardContext, Maybe } from './context.ts';

export type OldClients = { readonly buttons: readonly SubmitButton[] };

export function oldClients(ticket: Ticket, { locale }: CardContext): Maybe<OldClients> {
  if (isClosed(ticket.state)) return [];
  const about = aboutTicket(ticket);
  return [
    {
      buttons: [
        ...(ticket.locked ? [] : [submitButton(translate(locale, 'action.claim'), 'claim', about)]),
        ...(['reply', 'note', 'close'] as const).map((form) =>
          formDialogButton(translate(locale, `action.${form}`), form, about),
        ),
      ],
    },
  ];
}
