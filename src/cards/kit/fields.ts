/** Inputs of a form, whichever card it opens on. */

import { dayWritten, timeWritten } from '../../domain/days.ts';
import { TEXT_LIMIT } from '../../domain/limits.ts';
import type { Locale } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { Button, SubmitButton } from './buttons.ts';
import { type Line, type Maybe, maybe } from './context.ts';
import { extract, oneLine, verbatim } from './escape.ts';

export type Choice = { readonly title: string; readonly value: string };

export type Field = {
  readonly id: string;
  readonly kind: 'text' | 'choice' | 'choices' | 'person' | 'toggle' | 'date' | 'time';
  readonly label: string;
  /** Shown by clients of cards 1.2 in place of the label. */
  readonly placeholder: string;
  readonly value: string;
  readonly multiline: boolean;
  readonly maxLength: number;
  readonly style: 'text' | 'tel';
  /** Checked by the client before it sends; the server checks again. */
  readonly required: boolean;
  readonly requiredMessage: string;
  readonly choices: readonly Choice[];
  /** For a person: where the client looks for further ones. */
  readonly dataset: string;
  /** Said above the input; empty for none. */
  readonly hint: string;
  /** What is wrong with the value, said below the input; empty for nothing. */
  readonly error: string;
  /** What happens to a value that does not fit onto the card; `leaveOut` where the server has it anyway. */
  readonly whenTooLong: 'cut' | 'shorten' | 'leaveOut';
  /** Then said above the input, or in it where it is left empty. */
  readonly tooLongText: string;
};

/** Data of the templates `text-field`, `choice-field` and so on. */
export type FieldData = Omit<Field, 'hint' | 'error'> & {
  readonly hint: Maybe<Line>;
  readonly error: Maybe<Line>;
};

export function fieldData(field: Field): FieldData {
  return { ...field, hint: maybe(field.hint), error: maybe(field.error) };
}

export type FormData = {
  readonly separator: boolean;
  readonly fields: readonly Field[];
  /** Below the fields: each chooses something and sends the form. */
  readonly buttons?: readonly (Button | SubmitButton)[];
  /** Said above them. */
  readonly heading?: string;
  /** How many of them stand side by side; three, unless they are as short as stars. */
  readonly inARow?: number;
};

/** Our sentences with what they quote are shorter. */
const ERROR_SHOWN = 500;

type Given = Partial<Field> & Pick<Field, 'id' | 'label' | 'placeholder'>;

function field(kind: Field['kind'], given: Given): Field {
  return {
    kind,
    value: '',
    multiline: false,
    maxLength: TEXT_LIMIT,
    style: 'text',
    required: false,
    requiredMessage: '',
    choices: [],
    dataset: '',
    hint: '',
    whenTooLong: 'cut',
    tooLongText: '',
    ...given,
    error: verbatim(extract(given.error ?? '', ERROR_SHOWN)),
  };
}

export function textField(given: Given): Field {
  return field('text', given);
}

/** A field for a text of up to 10,000 characters. What does not fit on a card comes back shortened, and says so. */
export function longTextField(locale: Locale, given: Given): Field {
  return field('text', {
    multiline: true,
    whenTooLong: 'shorten',
    tooLongText: translate(locale, 'form.shortened'),
    ...given,
  });
}

/** A dropdown. A value that is not among the choices leaves it empty. */
export function choiceField(given: Given & Pick<Field, 'choices'>): Field {
  const known = given.choices.some(({ value }) => value === given.value);
  const choices = given.choices.map(({ title, value }) => ({ title: oneLine(extract(title, 120)), value }));
  return field('choice', { ...given, choices, value: known ? (given.value ?? '') : '' });
}

/** Whom a client finds in the directory: everybody, or who is in the conversation that the card stands in. */
const DATASETS = {
  everybody: 'graph.microsoft.com/users',
  conversation: 'graph.microsoft.com/users?scope=currentContext',
} as const;

/**
 * A person, by Entra object id: one of the choices, or whom the client finds in the directory while somebody types
 * (Microsoft’s people picker). Where the client has none it is a list of the choices. Who may be chosen is for the decision
 * to say. In channels and group chats Teams looks among those in the conversation only.
 *
 * @param among whom to look for beside the choices
 */
export function personField(
  given: Given & Pick<Field, 'choices'> & { readonly among: keyof typeof DATASETS },
): Field {
  const { among, ...rest } = given;
  const choices = given.choices.map(({ title, value }) => ({ title: oneLine(extract(title, 120)), value }));
  return field('person', { ...rest, choices, dataset: DATASETS[among] });
}

/** Boxes to tick; the value is those that are ticked, with a comma between each two. What is not offered is left out. */
export function choicesField(given: Given & Pick<Field, 'choices'>): Field {
  const choices = given.choices.map(({ title, value }) => ({ title: oneLine(extract(title, 160)), value }));
  const ticked = (given.value ?? '').split(',').filter((one) => choices.some(({ value }) => value === one));
  return field('choices', { ...given, choices, value: ticked.join(',') });
}

/** A day or a time of day, however it was written. What is none leaves it empty: the inputs of a card cannot show it. */
export function momentField(kind: 'date' | 'time', given: Given): Field {
  const written = given.value ?? '';
  return field(kind, {
    ...given,
    value: (kind === 'date' ? dayWritten(written) : timeWritten(written)) ?? '',
  });
}

export function toggleField(given: Omit<Given, 'placeholder'>): Field {
  return field('toggle', { ...given, placeholder: '', value: given.value === 'true' ? 'true' : 'false' });
}

/** Values and errors of a form by field id, as the server got and judged them. */
export type FormState = {
  readonly values?: Readonly<Record<string, string>>;
  /** Sentences, already in the reader's language. */
  readonly errors?: Readonly<Record<string, string>>;
};
