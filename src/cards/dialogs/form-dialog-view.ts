/** A form about a ticket in a dialog over its card (W2): what somebody types there is theirs until they send or close it. */

import type { Ticket } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { latestQuote } from '../kit/article-quotes.ts';
import type { DialogForm, SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  fallbackText,
  type Line,
  type Maybe,
  maybe,
  type Notice,
  type NoticeData,
  noticeData,
  type QuoteData,
} from '../kit/context.ts';
import type { FormState } from '../kit/fields.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { aboutLine } from '../notices/requester-notice-view.ts';
import { dialogForm, dialogFormButtons } from '../queue/queue-forms.ts';

export type FormDialogInput = {
  readonly form: DialogForm;
  readonly ticket: Ticket;
  /** The version that its person has seen, which the form sends. */
  readonly seen: number;
  readonly state: FormState;
  readonly notice?: Notice;
  /**
   * True where the ticket has gone out of its person's sight since: what they typed themselves is all that is shown, and
   * cannot be sent.
   */
  readonly lost?: boolean;
};

/** Data of `form-dialog.template.json`. */
export type FormDialogData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  /** Which ticket it is about. */
  readonly about: Maybe<Line>;
  readonly quote: Maybe<QuoteData>;
  readonly buttons: readonly SubmitButton[];
};

export const formDialogTemplate = cardTemplate<FormDialogData>(import.meta.dirname, 'form-dialog');

/**
 * Forms that answer something: the latest communication stands above them, for the dialog hides the card. What the
 * requester will read answers what they could read.
 */
const ANSWERING: Readonly<Partial<Record<DialogForm, 'publicly' | 'internally'>>> = {
  reply: 'publicly',
  close: 'publicly',
  note: 'internally',
  phone: 'internally',
  wait: 'internally',
};

/** Its summary is the title of the dialog. */
export function formDialog(input: FormDialogInput, context: CardContext): Outgoing {
  const { form, ticket, state, lost = false } = input;
  const whole = dialogForm(form, ticket, aboutSeen(input), context, state);
  const typed = whole.fields.filter(({ kind, value }) => kind === 'text' && value.trim() !== '');
  return {
    card: compose(formDialogTemplate, formDialogView(input, context), {
      form: lost ? { separator: false, fields: typed } : whole,
    }),
    summary: translate(context.locale, TITLES[form]),
  };
}

export function formDialogView(input: FormDialogInput, context: CardContext): FormDialogData {
  const { form, ticket, state, notice, lost = false } = input;
  const answers = ANSWERING[form];
  return {
    fallbackText: lost ? translate(context.locale, TITLES[form]) : fallbackText(context, ticket),
    notice: noticeData(notice),
    about: lost ? [] : maybe(aboutLine(ticket)),
    quote: lost || !answers ? [] : latestQuote(ticket, context, answers === 'publicly'),
    buttons: lost ? [] : dialogFormButtons(form, aboutSeen(input), context, state),
  };
}

function aboutSeen({ ticket: { number }, seen }: FormDialogInput) {
  return { number, version: seen };
}

const TITLES = {
  reply: 'action.reply',
  note: 'form.noteText',
  assign: 'action.assign',
  changeRequester: 'action.changeRequester',
  move: 'action.move',
  close: 'action.closeTicket',
  join: 'action.join',
  split: 'action.split',
  wait: 'action.wait',
  phone: 'action.phone',
  forward: 'action.forward',
  review: 'action.openReview',
} as const satisfies Record<DialogForm, TextKey>;
