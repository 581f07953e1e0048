/**
 * What a requester types about their request, in a dialog: their cards change whenever something happens, and Teams throws
 * away what stands in the fields of a card that is edited (msteams-docs#6174).
 */

import { FIELD_LIMIT } from '../../domain/limits.ts';
import { isClosed, type Ticket } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { aboutTicket, type SubmitButton, submitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, fallbackText, maybe } from '../kit/context.ts';
import { type FormData, type FormState, longTextField, textField } from '../kit/fields.ts';
import { compose } from '../kit/render.ts';
import type { Verb } from '../kit/verbs.ts';
import { aboutLine } from '../notices/requester-notice-view.ts';
import { STARS } from '../requester/rating-buttons.ts';
import { lastMessage, messageKind } from '../requester/request-view.ts';
import { type FormDialogData, formDialogTemplate } from './form-dialog-view.ts';

/** What opens one. */
export type RequesterDialog = 'writeToOffice' | 'withdraw' | 'comment';

/** Its summary is the title of the dialog. */
export function requesterDialog(
  kind: RequesterDialog,
  ticket: Ticket,
  context: CardContext,
  state: FormState = {},
): Outgoing {
  const { locale } = context;
  const title = translate(locale, titleOf(kind, ticket));
  const form: FormData = { separator: false, fields: [field(kind, ticket, context, state)] };
  const data: FormDialogData = {
    fallbackText: fallbackText(context, ticket),
    notice: [],
    about: maybe(aboutLine(ticket)),
    // The dialog hides the card that it answers.
    quote: kind === 'writeToOffice' ? lastMessage(ticket, context) : [],
    buttons: buttons(kind, ticket, context),
  };
  return { card: compose(formDialogTemplate, data, { form, dialog: true }), summary: title };
}

function titleOf(kind: RequesterDialog, ticket: Ticket): TextKey {
  if (kind === 'withdraw') return 'action.withdraw';
  if (kind === 'comment') return 'action.comment';
  return `dialog.${messageKind(ticket)}`;
}

function field(kind: RequesterDialog, ticket: Ticket, { locale }: CardContext, state: FormState) {
  const id = kind === 'comment' ? 'suggestion' : 'text';
  const given = { id, value: state.values?.[id] ?? '', error: state.errors?.[id] ?? '' };
  const named = (name: 'suggestion' | 'withdraw' | ReturnType<typeof messageKind>) => ({
    label: translate(locale, `form.${name}`),
    placeholder: translate(locale, `placeholder.${name}`),
  });
  if (kind === 'comment') return textField({ ...given, ...named('suggestion'), maxLength: FIELD_LIMIT });
  if (kind === 'withdraw') return longTextField(locale, { ...given, ...named('withdraw') });
  return longTextField(locale, {
    ...given,
    ...named(messageKind(ticket)),
    required: true,
    requiredMessage: translate(locale, 'form.textRequired'),
  });
}

function buttons(kind: RequesterDialog, ticket: Ticket, { locale }: CardContext): SubmitButton[] {
  const about = aboutTicket(ticket);
  const send = (title: TextKey, verb: Verb, style: 'positive' | 'destructive') => [
    { ...submitButton(translate(locale, title), verb, about), style },
  ];
  if (kind === 'comment')
    return STARS.map((stars) => {
      const one = submitButton(`${stars} ★`, 'rate', about);
      return { ...one, data: { ...one.data, stars: String(stars) } };
    });
  if (kind === 'withdraw') return send('action.withdraw', 'withdraw', 'destructive');
  return send(isClosed(ticket.state) ? 'action.reopen' : 'action.writeToOffice', 'writeToOffice', 'positive');
}
