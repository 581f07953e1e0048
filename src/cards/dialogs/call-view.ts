/** The form for a request by phone (I14), on a card in the agent’s chat and in a dialog. */

import type { Draft } from '../../domain/draft.ts';
import { AFTER_CALL, CALL_FIELDS, CALL_FURTHER, CALL_SELDOM } from '../../domain/intake/call.ts';
import { FIELD_LIMIT, SUBJECT_LIMIT } from '../../domain/limits.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, button, type SubmitButton, submitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  factSet,
  type Notice,
  nameOf,
  noticeData,
  organisationName,
  priorityChoices,
  serviceChoices,
  typeChoices,
} from '../kit/context.ts';
import { extract, plain } from '../kit/escape.ts';
import {
  type Choice,
  choiceField,
  type Field,
  type FormState,
  longTextField,
  momentField,
  textField,
  toggleField,
} from '../kit/fields.ts';
import { compose } from '../kit/render.ts';
import { textCard } from '../notices/text-view.ts';
import { minutesField, said } from '../queue/forms/form.ts';
import { type DraftData, draftTemplate } from '../requester/draft-view.ts';

type FieldId = (typeof CALL_FIELDS)[number] | (typeof CALL_FURTHER)[number] | (typeof CALL_SELDOM)[number];

type Chosen = 'type' | 'queue' | 'service' | 'owner' | 'priority' | 'next' | 'organisation';

export type CallInput = {
  readonly draft: Draft;
  /** What stands in the fields, and what is wrong there, in the reader's language. */
  readonly state: FormState;
  /** Organisations of the caller, where they are known. */
  readonly organisations: readonly string[];
  /** Said on top where nothing is to be corrected. */
  readonly notice?: Notice;
};

/** Ids of the fields shown: what is asked of every call, what was asked for, and what only this caller makes necessary. */
function shown({ draft, state: { values = {}, errors = {} }, organisations }: CallInput): FieldId[] {
  const wanted = (id: FieldId) => errors[id] !== undefined || (values[id] ?? '') !== '';
  return [
    ...CALL_FIELDS,
    ...CALL_SELDOM.filter((id) => wanted(id) && (id !== 'organisation' || organisations.length > 1)),
    ...CALL_FURTHER.filter((id) => draft.editing || wanted(id)),
  ];
}

function callField(id: FieldId, { state, organisations }: CallInput, context: CardContext): Field {
  const { locale, desk } = context;
  const choice = (of: Chosen, choices: readonly Choice[], standing = '') =>
    choiceField({
      id: of,
      ...said(context, state, of, `call.${of}`, 'placeholder.choose', standing),
      choices,
    });
  switch (id) {
    case 'requester':
      return textField({
        id,
        ...said(context, state, id, 'call.requester', 'call.requesterPlaceholder', ''),
        maxLength: FIELD_LIMIT,
      });
    case 'phone':
      return textField({
        id,
        ...said(context, state, id, 'call.phone', 'call.phonePlaceholder', ''),
        style: 'tel',
        maxLength: FIELD_LIMIT,
      });
    case 'type':
      return choice(id, typeChoices(context));
    case 'queue':
      return choice(id, namesOf([...desk.queues.values()]));
    case 'subject':
      return textField({
        id,
        ...said(context, state, id, 'call.subject', 'placeholder.subject', ''),
        maxLength: SUBJECT_LIMIT,
      });
    case 'text':
      return longTextField(locale, {
        id,
        ...said(context, state, id, 'call.text', 'placeholder.text', ''),
        // What stays with the server need not stand here.
        ...(state.errors?.text === undefined
          ? { whenTooLong: 'leaveOut', tooLongText: translate(locale, 'draft.textKept') }
          : {}),
      });
    case 'service':
      return choice(id, serviceChoices(context));
    case 'owner':
      return choice(id, namesOf([...desk.people.values()].filter(({ agentOf }) => agentOf.length > 0)));
    case 'priority':
      return choice(id, priorityChoices(context), '3');
    case 'next':
      return choice(
        id,
        AFTER_CALL.map((one) => ({ title: translate(locale, `call.after.${one}`), value: one })),
        'new',
      );
    case 'date':
      return momentField('date', { id, ...said(context, state, id, 'call.date', 'placeholder.date', '') });
    case 'time':
      return momentField('time', { id, ...said(context, state, id, 'form.time', 'placeholder.time', '') });
    case 'answer':
      return longTextField(locale, {
        id,
        ...said(context, state, id, 'call.answer', 'placeholder.close', ''),
      });
    case 'minutes':
      return minutesField(context, state);
    case 'organisation':
      return choice(
        id,
        organisations.map((one) => ({ title: organisationName(desk, one), value: one })),
      );
    case 'acceptCharge':
      return toggleField({
        id,
        label: translate(locale, 'label.acceptCharge'),
        value: state.values?.acceptCharge ?? '',
        error: state.errors?.acceptCharge ?? '',
        hint: translate(locale, 'draft.chargeForOther'),
      });
  }
}

function namesOf(named: readonly { readonly id: string; readonly name: string }[]): Choice[] {
  return named
    .map(({ id, name }) => ({ title: name, value: id }))
    .sort((a, b) => a.title.localeCompare(b.title, 'it'));
}

/** On a card in the agent's own chat, and the same in a dialog. */
export function callForm(input: CallInput, place: 'card' | 'dialog', context: CardContext): Outgoing {
  const { draft, state } = input;
  const { locale } = context;
  const about = { draft: draft.id, version: draft.version };
  const wrong = Object.values(state.errors ?? {}).some((error) => error !== '');
  const files = draft.attachments.map(({ name }) => nameOf(name)).join(', ');
  const summary = translate(locale, 'call.title');
  const submits: SubmitButton[] = [
    { ...submitButton(translate(locale, 'call.send'), 'sendRequest', about), style: 'positive' },
    ...(draft.editing ? [] : [submitButton(translate(locale, 'call.further'), 'editRequest', about)]),
  ];
  const data: DraftData = {
    fallbackText: summary,
    notice: noticeData(
      wrong ? { text: translate(locale, 'dialog.correct'), tone: 'attention' } : input.notice,
    ),
    title: summary,
    subject: [],
    intro: translate(locale, 'call.intro'),
    facts: factSet(
      files === ''
        ? []
        : [{ title: plain(translate(locale, 'label.attachments')), value: plain(extract(files, 120)) }],
    ),
    closed: [],
    buttons:
      place === 'dialog'
        ? submits
        : [
            button(translate(locale, 'call.send'), 'sendRequest', about, { style: 'positive' }),
            ...(draft.editing ? [] : [button(translate(locale, 'call.further'), 'editRequest', about)]),
            button(translate(locale, 'action.cancel'), 'withdrawDraft', about, { inputs: 'none' }),
          ],
  };
  const fields = shown(input).map((id) => callField(id, input, context));
  return { card: compose(draftTemplate, data, { form: { separator: false, fields } }), summary };
}

/** What the agent reads once it is open. @param reads whether they may open its card */
export function callOpened(ticket: Ticket, told: boolean, reads: boolean, context: CardContext): Outgoing {
  const { locale } = context;
  const { number } = ticket;
  return textCard({
    title: translate(locale, 'call.opened', { number }),
    paragraphs: [openedWords(ticket, told, context)],
    tone: 'good',
    buttons: reads
      ? [button(translate(locale, 'action.openCard'), 'openTicket', aboutTicket(ticket), { inputs: 'none' })]
      : [],
  });
}

/** @param told whether the requester reads it in Teams */
export function openedWords(ticket: Ticket, told: boolean, { desk, locale }: CardContext): string {
  const name = ticket.requester.name;
  const office = desk.queues.get(ticket.queue)?.name ?? ticket.queue;
  return translate(locale, told ? 'call.told' : 'call.notTold', { name, office, number: ticket.number });
}
