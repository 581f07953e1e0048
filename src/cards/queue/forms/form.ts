/** What a form about a ticket is, on its card or in a dialog. The forms of kindred commands share a file. */

import type { Ticket } from '../../../domain/ticket.ts';
import { type TextKey, translate } from '../../../i18n/translate.ts';
import type { QueueForm } from '../../kit/buttons.ts';
import type { CardContext } from '../../kit/context.ts';
import { type Field, type FormState, longTextField, textField } from '../../kit/fields.ts';
import type { Verb } from '../../kit/verbs.ts';

export type FormDefinition = {
  readonly fields: (ticket: Ticket, context: CardContext, state: FormState) => readonly Field[];
  /** What sends it: the buttons below it, the first the likeliest. */
  readonly send: readonly Send[] | ((state: FormState) => readonly Send[]);
  /** Said above what `choose` gives. */
  readonly choosing?: TextKey;
  /** One press that chooses and sends, for each of a few; they stand in the form, which is a dialog's. */
  readonly choose?: (ticket: Ticket, context: CardContext) => readonly Choosing[];
};

export type Send = {
  readonly title: TextKey;
  readonly verb: Verb;
  readonly chooses?: Readonly<Record<string, string>>;
};

export type Choosing = {
  readonly title: string;
  readonly verb: Verb;
  readonly chooses: Readonly<Record<string, string>>;
};

export type Forms<Name extends QueueForm> = { readonly [K in Name]: FormDefinition };

/** What every field is made of: its words, what was typed, and what is wrong with that. */
export function said(
  { locale }: CardContext,
  { values, errors }: FormState,
  id: string,
  label: TextKey,
  placeholder: TextKey,
  standing: string,
) {
  return {
    label: translate(locale, label),
    placeholder: translate(locale, placeholder),
    value: values?.[id] ?? standing,
    error: errors?.[id] ?? '',
  };
}

/** The text that a form is about. */
export function theText(context: CardContext, state: FormState, label: TextKey, placeholder: TextKey): Field {
  return longTextField(context.locale, {
    id: 'text',
    ...said(context, state, 'text', label, placeholder, ''),
    required: true,
    requiredMessage: translate(context.locale, 'form.textRequired'),
  });
}

/** Minutes of work, for whoever wants to note them (T13). */
export function minutesField(context: CardContext, state: FormState): Field {
  return textField({
    id: 'minutes',
    ...said(context, state, 'minutes', 'form.minutes', 'placeholder.minutes', ''),
    maxLength: 4,
  });
}
