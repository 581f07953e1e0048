/** The forms that open on a ticket's card in its queue (W2), and on an escalation. */

import { PRIORITIES } from '../domain/desk.ts';
import { agentsOf } from '../domain/rights.ts';
import type { Ticket } from '../domain/ticket.ts';
import { type TextKey, translate } from '../i18n/translate.ts';
import { type Button, button, type QueueForm } from './buttons.ts';
import { type CardContext, serviceChoices, typeChoices } from './context.ts';
import { choiceField, type Field, type FormData, type FormState, longTextField } from './fields.ts';
import { aboutTicket } from './queue-buttons.ts';

export function queueForm(
  form: QueueForm,
  ticket: Ticket,
  context: CardContext,
  state: FormState = {},
): FormData {
  return { separator: true, fields: fieldsOf(form, ticket, context, state) };
}

function fieldsOf(form: QueueForm, ticket: Ticket, context: CardContext, state: FormState): Field[] {
  switch (form) {
    case 'reply':
      return [
        text(context, state, 'form.replyText', 'placeholder.reply'),
        choiceField({
          id: 'then',
          ...said(context, state, 'then', 'form.then', 'placeholder.choose', 'stay'),
          choices: thenChoices(context),
        }),
      ];
    case 'note':
      return [text(context, state, 'form.noteText', 'placeholder.note')];
    case 'close':
      return [text(context, state, 'form.closeText', 'placeholder.close')];
    case 'classify':
      return classifyFields(ticket, context, state);
    case 'assign':
      return assignFields(ticket, context, state);
  }
}

/** What follows a reply. */
export function thenChoices({ locale }: CardContext) {
  return [
    { title: translate(locale, 'form.thenStay'), value: 'stay' },
    { title: translate(locale, 'form.thenWaitRequester'), value: 'waitRequester' },
    { title: translate(locale, 'form.thenClose'), value: 'close' },
  ];
}

function classifyFields(ticket: Ticket, context: CardContext, state: FormState): Field[] {
  const { locale } = context;
  const priorities = PRIORITIES.map((priority) => ({
    title: translate(locale, `priority.${priority}`),
    value: String(priority),
  }));
  const choice = (id: 'priority' | 'type' | 'service', value: string, choices: Field['choices']) =>
    choiceField({ id, ...said(context, state, id, `label.${id}`, 'placeholder.choose', value), choices });
  return [
    choice('priority', String(ticket.priority), priorities),
    choice('type', ticket.type, typeChoices(context)),
    choice('service', ticket.service, serviceChoices(context)),
  ];
}

/** Whom to give it to and what to tell them (T4): only agents of the queue, and not the one who has it. */
export function assignFields(ticket: Ticket, context: CardContext, state: FormState): Field[] {
  const { desk, locale } = context;
  const agents = agentsOf(desk, ticket.queue).filter(({ id }) => !ticket.locked || id !== ticket.owner?.id);
  return [
    choiceField({
      id: 'to',
      ...said(context, state, 'to', 'form.assignTo', 'placeholder.assignTo', ''),
      choices: agents.map(({ id, name }) => ({ title: name, value: id })),
      required: true,
      requiredMessage: translate(locale, 'form.choiceRequired'),
    }),
    longTextField(locale, {
      id: 'note',
      ...said(context, state, 'note', 'form.assignNote', 'placeholder.assignNote', ''),
      required: true,
      requiredMessage: translate(locale, 'form.noteRequired'),
    }),
  ];
}

function text(context: CardContext, state: FormState, label: TextKey, placeholder: TextKey): Field {
  return longTextField(context.locale, {
    id: 'text',
    ...said(context, state, 'text', label, placeholder, ''),
    required: true,
    requiredMessage: translate(context.locale, 'form.textRequired'),
  });
}

function said(
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

const SEND = {
  reply: 'action.sendReply',
  note: 'action.saveNote',
  classify: 'action.saveClassification',
  assign: 'action.assignNow',
  close: 'action.closeTicket',
} as const satisfies Record<QueueForm, TextKey>;

/** Sends the form, or closes it and shows the card as it is now. */
export function formButtons(form: QueueForm, ticket: Ticket, { locale }: CardContext): Button[] {
  const about = aboutTicket(ticket);
  return [
    button(translate(locale, SEND[form]), form, about, { style: 'positive' }),
    button(translate(locale, 'action.cancel'), 'refresh', about, { inputs: 'none' }),
  ];
}
