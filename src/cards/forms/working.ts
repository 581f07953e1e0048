/** The forms for answering, noting, sorting and closing. */

import { PRIORITIES } from '../../domain/desk.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardContext, serviceChoices, typeChoices } from '../context.ts';
import { choiceField, type Field, type FormState } from '../fields.ts';
import { type Forms, minutesField, said, theText } from './form.ts';

export const WORKING: Forms<'reply' | 'note' | 'classify' | 'close'> = {
  reply: {
    fields: (_, context, state) => [
      theText(context, state, 'form.replyText', 'placeholder.reply'),
      choiceField({
        id: 'then',
        ...said(context, state, 'then', 'form.then', 'placeholder.choose', 'stay'),
        choices: thenChoices(context),
      }),
      minutesField(context, state),
    ],
    send: [{ title: 'action.sendReply', verb: 'reply' }],
  },
  note: {
    fields: (_, context, state) => [
      theText(context, state, 'form.noteText', 'placeholder.note'),
      minutesField(context, state),
    ],
    send: [{ title: 'action.saveNote', verb: 'note' }],
  },
  close: {
    fields: (_, context, state) => [
      theText(context, state, 'form.closeText', 'placeholder.close'),
      minutesField(context, state),
    ],
    send: [{ title: 'action.closeTicket', verb: 'close' }],
  },
  classify: { fields: classifyFields, send: [{ title: 'action.saveClassification', verb: 'classify' }] },
};

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
