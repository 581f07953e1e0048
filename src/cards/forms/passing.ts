/** The forms for passing a ticket on. */

import { agentsOf } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { CardContext } from '../context.ts';
import { choiceField, type Field, type FormState, longTextField } from '../fields.ts';
import { type Forms, said } from './form.ts';

export const PASSING: Forms<'assign'> = {
  assign: { fields: assignFields, send: 'action.assignNow' },
};

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
