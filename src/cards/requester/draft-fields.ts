/** The inputs of a request in preparation (I2–I7): which are asked for, and what stands in them. */

import type { Draft } from '../../domain/draft.ts';
import { FIELD_LIMIT, SUBJECT_LIMIT } from '../../domain/limits.ts';
import type { Instant, QueueId } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import {
  type CardContext,
  type Notice,
  organisationName,
  serviceChoices,
  typeChoices,
} from '../kit/context.ts';
import {
  choiceField,
  type Field,
  type FormState,
  longTextField,
  textField,
  toggleField,
} from '../kit/fields.ts';

export type DraftInput = {
  readonly draft: Draft;
  /** What stands in every field now: typed, proposed or known, by field id. */
  readonly values: Readonly<Record<string, string>>;
  /** Ids of the fields to ask for; where the draft is being edited all are shown. */
  readonly missing: readonly string[];
  /** What is wrong with a field, in the reader's language. Such a field is shown as well. */
  readonly errors: Readonly<Record<string, string>>;
  /** Where it would go as it stands. */
  readonly queue?: QueueId;
  /** True where it is chargeable and not covered, so that its acceptance must be asked for (I4). */
  readonly chargeable: boolean;
  /** Present while the office is closed (I17). */
  readonly closed?: { readonly reopensAt?: Instant };
  readonly notice?: Notice;
};

/** Ids of the fields shown, in the order in which they stand in the form. */
export function shownFields(input: DraftInput, context: CardContext): string[] {
  const { draft, missing, errors, chargeable } = input;
  const always = ['subject', 'text', 'service', 'type'];
  const contact = ['name', 'phone', 'availability'];
  const extra = serviceFields(input, context).map(({ id }) => `field.${id}`);
  const all = [
    ...always,
    ...extra,
    ...(draft.organisations.length > 1 || missing.includes('organisation') ? ['organisation'] : []),
    ...contact,
    ...(chargeable || missing.includes('acceptCharge') ? ['acceptCharge'] : []),
  ];
  return all.filter(
    (id) => draft.editing || id === 'acceptCharge' || missing.includes(id) || errors[id] !== undefined,
  );
}

export function serviceFields({ values }: DraftInput, { desk }: CardContext) {
  return desk.services.get(values.service ?? '')?.fields ?? [];
}

/**
 * The inputs. None is marked as required for the client: it would then refuse to send what was typed along with
 * “change”. The server says what is missing, at the field.
 */
export function draftFields(input: DraftInput, context: CardContext): Field[] {
  return shownFields(input, context).map((id) => draftField(id, input, context));
}

function draftField(id: string, input: DraftInput, context: CardContext): Field {
  const { draft, values, errors } = input;
  const { locale, desk } = context;
  const value = values[id] ?? '';
  const given = { id, value, error: errors[id] ?? '' };
  switch (id) {
    case 'subject':
      return textField({ ...given, ...worded('subject', context), maxLength: SUBJECT_LIMIT });
    case 'text':
      return draftText({ values, errors }, context);
    case 'service':
      return choiceField({ ...given, ...worded('service', context), choices: serviceChoices(context) });
    case 'type':
      return choiceField({ ...given, ...worded('type', context), choices: typeChoices(context) });
    case 'organisation':
      return choiceField({
        ...given,
        ...worded('organisation', context),
        choices: draft.organisations.map((one) => ({ title: organisationName(desk, one), value: one })),
      });
    case 'name':
      return textField({ ...given, ...worded('name', context), maxLength: 200 });
    case 'phone':
      return textField({
        ...given,
        ...worded('phone', context),
        placeholder: translate(locale, 'placeholder.phoneNumber'),
        style: 'tel',
        maxLength: FIELD_LIMIT,
      });
    case 'availability': {
      const { label, placeholder } = worded('availability', context);
      return textField({
        ...given,
        label: translate(locale, 'label.optional', { label }),
        placeholder,
        maxLength: FIELD_LIMIT,
      });
    }
    case 'acceptCharge':
      return toggleField({
        ...given,
        label: translate(locale, 'label.acceptCharge'),
        hint: chargeSentence(input, context),
      });
    default:
      return extraField(id.slice('field.'.length), given, input, context);
  }
}

function worded(
  id: 'subject' | 'text' | 'type' | 'service' | 'organisation' | 'name' | 'phone' | 'availability',
  { locale }: CardContext,
) {
  return { label: translate(locale, `label.${id}`), placeholder: translate(locale, `placeholder.${id}`) };
}

function draftText({ values, errors }: FormState, context: CardContext): Field {
  const { locale } = context;
  const value = values?.text ?? '';
  const given = { id: 'text', error: errors?.text ?? '', ...worded('text', context) };
  // A text that was turned down comes back with its beginning; one that is merely long stays with the server.
  const kept = { whenTooLong: 'leaveOut', tooLongText: translate(locale, 'draft.textKept') } as const;
  return longTextField(locale, { ...given, value, ...(errors?.text === undefined ? kept : {}) });
}

function extraField(
  id: string,
  given: { readonly id: string; readonly value: string; readonly error: string },
  input: DraftInput,
  context: CardContext,
): Field {
  const { locale } = context;
  const field = serviceFields(input, context).find((one) => one.id === id);
  const name = field?.label[locale] ?? id;
  const label = field?.required ? name : translate(locale, 'label.optional', { label: name });
  if (field?.choices) {
    const choices = field.choices.map((choice) => ({ title: choice, value: choice }));
    return choiceField({ ...given, label, placeholder: translate(locale, 'placeholder.choose'), choices });
  }
  const placeholder = field?.placeholder?.[locale] ?? name;
  return textField({ ...given, label, placeholder, maxLength: FIELD_LIMIT });
}

function chargeSentence({ draft, values }: DraftInput, { desk, locale }: CardContext): string {
  if (draft.preparedBy) return translate(locale, 'draft.chargeForOther');
  return values.organisation
    ? translate(locale, 'draft.charge', { organisation: organisationName(desk, values.organisation) })
    : translate(locale, 'draft.chargeNoOrganisation');
}
