/** Where a requester says how it went (K2): one press on the stars; words are up to them, in a dialog. */

import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, button } from '../kit/buttons.ts';
import type { CardContext } from '../kit/context.ts';
import type { FormData } from '../kit/fields.ts';

export const STARS = [1, 2, 3, 4, 5] as const;

export function ratingButtons(ticket: Ticket, { locale }: CardContext): FormData {
  return {
    separator: true,
    fields: [],
    heading: translate(locale, 'form.stars'),
    buttons: STARS.map((stars) =>
      button(`${stars} ★`, 'rate', aboutTicket(ticket), {
        chooses: { stars: String(stars) },
        tooltip: translate(locale, 'action.rate', { stars }),
      }),
    ),
    inARow: STARS.length,
  };
}
