/** The card on which a request is completed before it gets a number (I1–I7): what was understood, and what is missing. */

import type { Draft } from '../../domain/draft.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { type Button, button, type SubmitButton, submitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  dated,
  type Fact,
  factSet,
  type Line,
  type Maybe,
  maybe,
  type NoticeData,
  nameOf,
  noticeData,
  organisationName,
  queueName,
  serviceName,
  subjectOf,
  typeChoices,
} from '../kit/context.ts';
import { extract, oneLine, plain } from '../kit/escape.ts';
import type { FormData } from '../kit/fields.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { type DraftInput, draftFields, serviceFields, shownFields } from './draft-fields.ts';

const FACT_SHOWN = 120;
const FILES_NAMED = 5;

/** Data of `draft.template.json`. */
export type DraftData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly title: string;
  readonly subject: Maybe<Line>;
  readonly intro: string;
  readonly facts: Maybe<{ readonly facts: readonly Fact[] }>;
  readonly closed: Maybe<Line>;
  readonly buttons: readonly (Button | SubmitButton)[];
};

export const draftTemplate = cardTemplate<DraftData>(import.meta.dirname, 'draft');

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
    card: compose(draftTemplate, data, { form, refresh }),
    summary: translate(context.locale, 'draft.summary'),
  };
}

export function draftView(input: DraftInput, context: CardContext): DraftData {
  const { draft, closed, notice } = input;
  const { locale } = context;
  const about = { draft: draft.id, version: draft.version };
  return {
    fallbackText: translate(locale, 'draft.summary'),
    notice: noticeData(notice),
    title: translate(locale, 'draft.title'),
    subject: maybe(known(input, context, 'subject', subjectOf)),
    intro: translate(locale, intro(input, context)),
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

function intro(input: DraftInput, context: CardContext): TextKey {
  if (input.draft.editing) return 'draft.editing';
  if (shownFields(input, context).length === 0) return 'draft.ready';
  // What the bot knows of the person before they have said a word is nothing that it understood.
  const understood = ['subject', 'service', 'type'].some((id) => known(input, context, id) !== '');
  return understood ? 'draft.incomplete' : 'draft.notUnderstood';
}

/**
 * The same in a dialog, for a request that was begun from a message (I13): what can be judged stands in the form at once,
 * and what only the author could change is shown.
 */
export function draftDialog(input: DraftInput, context: CardContext): Outgoing {
  const { draft, errors } = input;
  const { locale } = context;
  const several = draft.organisations.length > 1 ? ['organisation'] : [];
  const shown = { ...input, missing: [...ALWAYS_IN_DIALOG, ...several, ...input.missing] };
  const toCorrect = Object.keys(errors).length > 0;
  const notice = toCorrect
    ? { text: translate(locale, 'dialog.correct'), tone: 'attention' as const }
    : undefined;
  const about = { draft: draft.id, version: draft.version };
  const named = { name: nameOf(draft.requester.name) };
  const data: DraftData = {
    ...draftView({ ...shown, ...(notice ? { notice } : {}) }, context),
    title: translate(locale, draft.preparedBy ? 'dialog.requestFor' : 'dialog.yourRequest', named),
    intro: translate(locale, 'dialog.fromMessage'),
    buttons: [
      { ...submitButton(translate(locale, 'action.createRequest'), 'sendRequest', about), style: 'positive' },
    ],
  };
  const form: FormData = { separator: false, fields: draftFields(shown, context) };
  return { card: compose(draftTemplate, data, { form }), summary: translate(locale, 'dialog.createRequest') };
}

const ALWAYS_IN_DIALOG = ['subject', 'text', 'service', 'type'];

function closedLine(closed: DraftInput['closed'], context: CardContext): string {
  if (!closed) return '';
  if (closed.reopensAt === undefined) return translate(context.locale, 'draft.closedForLong');
  return translate(context.locale, 'draft.closedNow', { when: dated(context, closed.reopensAt) });
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
