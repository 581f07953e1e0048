/** Where a requester says how it went (K2): one press on the stars; words are up to them. */

import { FIELD_LIMIT } from '../domain/limits.ts';
import type { Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { aboutTicket, button } from './buttons.ts';
import type { CardContext } from './context.ts';
import { type FormData, type FormState, textField } from './fields.ts';

const STARS = [1, 2, 3, 4, 5] as const;

export function ratingForm(ticket: Ticket, { locale }: CardContext, state: FormState = {}): FormData {
  return {
    separator: true,
    fields: [
      textField({
        id: 'suggestion',
        label: translate(locale, 'form.suggestion'),
        placeholder: translate(locale, 'placeholder.suggestion'),
        value: state.values?.suggestion ?? '',
        error: state.errors?.suggestion ?? '',
        maxLength: FIELD_LIMIT,
      }),
    ],
    buttons: STARS.map((stars) =>
      button(`${stars} ★`, 'rate', aboutTicket(ticket), {
        chooses: { stars: String(stars) },
        tooltip: translate(locale, 'action.rate', { stars }),
      }),
    ),
    inARow: STARS.length,
  };
}
