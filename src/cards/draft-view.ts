/** The card on which a request is completed before it gets a number (I1–I7): what was understood, and what is missing. */

import type { Outgoing } from '../app/ports.ts';
import type { Draft } from '../domain/draft.ts';
import { FIELD_LIMIT, SUBJECT_LIMIT } from '../domain/limits.ts';
import type { Instant, QueueId } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { type Button, button } from './buttons.ts';
import {
  type CardContext,
  dated,
  type Fact,
  factSet,
  type Line,
  type Maybe,
  maybe,
  type Notice,
  type NoticeData,
  nameOf,
  noticeData,
  organisationName,
  queueName,
  serviceChoices,
  serviceName,
  subjectOf,
  typeChoices,
} from './context.ts';
import { extract, oneLine, plain } from './escape.ts';
import {
  choiceField,
  type Field,
  type FormData,
  type FormState,
  longTextField,
  textField,
  toggleField,
} from './fields.ts';
import { compose } from './render.ts';

const FACT_SHOWN = 120;
const FILES_NAMED = 5;

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

/** Data of `draft.template.json`. */
export type DraftData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly title: string;
  readonly subject: Maybe<Line>;
  readonly intro: string;
  readonly facts: Maybe<{ readonly facts: readonly Fact[] }>;
  readonly closed: Maybe<Line>;
  readonly buttons: readonly Button[];
};

export function draftCard(input: DraftInput, context: CardContext): Outgoing {
  const { draft } = input;
  const data = draftView(input, context);
  const fields = draftFields(input, context);
  const form: FormData | undefined = fields.length > 0 ? { separator: false, fields } : undefined;
  const refresh = {
    data: { verb: 'refresh' as const, draft: draft.id, version: draft.version },
    userIds: context.refreshFor ?? [],
  };
  return {
    card: compose('draft', data, { form, refresh }),
    summary: translate(context.locale, 'draft.summary'),
  };
}

export function draftView(input: DraftInput, context: CardContext): DraftData {
  const { draft, closed, notice } = input;
  const { locale } = context;
  const about = { draft: draft.id, version: draft.version };
  const asked = shownFields(input, context).length > 0;
  return {
    fallbackText: translate(locale, 'draft.summary'),
    notice: noticeData(notice),
    title: translate(locale, 'draft.title'),
    subject: maybe(known(input, context, 'subject', subjectOf)),
    intro: translate(locale, draft.editing ? 'draft.editing' : asked ? 'draft.incomplete' : 'draft.ready'),
    facts: factSet(facts(input, context)),
    closed: maybe(closedLine(closed, context)),
    buttons: [
      button(translate(locale, 'action.sendRequest'), 'sendRequest', about, { style: 'positive' }),
      // With the inputs, so that what was typed is not lost.
      ...(draft.editing ? [] : [button(translate(locale, 'action.editRequest'), 'editRequest', about)]),
      button(translate(locale, 'action.withdrawDraft'), 'withdrawDraft', about, { inputs: 'none' }),
    ],
  };
}

function closedLine(closed: DraftInput['closed'], context: CardContext): string {
  if (!closed) return '';
  if (closed.reopensAt === undefined) return translate(context.locale, 'draft.closedForLong');
  return translate(context.locale, 'draft.closedNow', { when: dated(context, closed.reopensAt) });
}

/** Ids of the fields shown, in the order in which they stand in the form. */
function shownFields(input: DraftInput, context: CardContext): string[] {
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

function serviceFields({ values }: DraftInput, { desk }: CardContext) {
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
      return textField({ ...given, ...worded('phone', context), style: 'tel', maxLength: FIELD_LIMIT });
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

function chargeSentence({ values }: DraftInput, { desk, locale }: CardContext): string {
  return values.organisation
    ? translate(locale, 'draft.charge', { organisation: organisationName(desk, values.organisation) })
    : translate(locale, 'draft.chargeNoOrganisation');
}

/** What is known of a field and not in an input. */
function known(
  input: DraftInput,
  context: CardContext,
  id: string,
  show: (value: string) => string = (value) => value,
): string {
  const value = input.values[id]?.trim() ?? '';
  return value === '' || shownFields(input, context).includes(id) ? '' : show(value);
}

function facts(input: DraftInput, context: CardContext): Fact[] {
  const { draft, queue } = input;
  const { desk, locale } = context;
  const of = (id: string, show?: (value: string) => string): string => known(input, context, id, show);
  const fact = (title: string, ...values: readonly string[]): Fact[] => {
    const value = values.filter((part) => part.trim() !== '').join(' · ');
    return value === '' ? [] : [{ title: plain(title), value: plain(extract(value, FACT_SHOWN)) }];
  };
  const type = of('type', (id) => typeChoices(context).find(({ value }) => value === id)?.title ?? '');
  const service = of('service', (id) => serviceName(context, id));
  return [
    ...fact(translate(locale, service === '' ? 'label.type' : 'label.service'), service, type),
    ...fact(translate(locale, 'label.office'), queue === undefined ? '' : queueName(desk, queue)),
    ...fact(
      translate(locale, 'label.organisation'),
      of('organisation', (id) => organisationName(desk, id)),
    ),
    ...serviceFields(input, context).flatMap(({ id, label }) => fact(label[locale], of(`field.${id}`))),
    ...fact(
      translate(locale, 'label.contact'),
      of('name', nameOf),
      of('phone', oneLine),
      of('availability', oneLine),
    ),
    ...fact(translate(locale, 'label.attachments'), fileNames(draft)),
  ];
}

function fileNames({ attachments }: Draft): string {
  const named = attachments.slice(0, FILES_NAMED).map(({ name }) => nameOf(name));
  return `${named.join(', ')}${attachments.length > FILES_NAMED ? ` (+${attachments.length - FILES_NAMED})` : ''}`;
}
