/** The forms for passing a ticket on. */

import { agentsOf, queuesOpenTo, supervisorsOf } from '../../../domain/rights.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { translate } from '../../../i18n/translate.ts';
import { type CardContext, nameOf, reachable } from '../../kit/context.ts';
import {
  type Choice,
  type Field,
  type FormState,
  longTextField,
  personField,
  textField,
} from '../../kit/fields.ts';
import { type Forms, said } from './form.ts';

export const PASSING: Forms<'assign' | 'appoint' | 'changeRequester' | 'move'> = {
  assign: { fields: assignFields, send: [{ title: 'action.assignNow', verb: 'assign' }] },
  appoint: { fields: appointFields, send: [{ title: 'action.appointNow', verb: 'appoint' }] },
  changeRequester: {
    fields: (ticket, context, state) => [
      personField({
        id: 'person',
        ...said(context, state, 'person', 'form.colleague', 'placeholder.colleague', ''),
        choices: colleagues(ticket, context),
        // In a dialog Teams searches the whole organisation, also over a channel.
        among: 'everybody',
      }),
      textField({
        id: 'requester',
        ...said(context, state, 'requester', 'form.newRequester', 'placeholder.newRequester', ''),
        maxLength: 300,
      }),
    ],
    send: [{ title: 'action.changeRequesterNow', verb: 'changeRequester' }],
  },
  move: {
    fields: (_, context, state) => [
      longTextField(context.locale, {
        id: 'note',
        ...said(context, state, 'note', 'form.moveNote', 'placeholder.moveNote', ''),
      }),
    ],
    send: [],
    choosing: 'form.moveTo',
    choose: (ticket, { desk, locale }) =>
      queuesOpenTo(desk, ticket.queue).map(({ id, name, contactCentre }) => ({
        title: contactCentre ? translate(locale, 'action.moveWithReason', { queue: name }) : nameOf(name),
        verb: 'move',
        chooses: { queue: id },
      })),
  },
};

/** More would fill a card. */
const COLLEAGUES_LISTED = 60;

/** For clients that find nobody in the directory: whom the desk knows. */
function colleagues({ requester }: Ticket, { desk }: CardContext): Choice[] {
  return [...desk.people.values()]
    .filter(({ id }) => id !== requester.id)
    .map(({ id, name }) => ({ title: name, value: id }))
    .sort((a, b) => a.title.localeCompare(b.title, 'it'))
    .slice(0, COLLEAGUES_LISTED);
}

function appointFields(ticket: Ticket, context: CardContext, state: FormState): Field[] {
  const { desk, locale } = context;
  const others = supervisorsOf(desk, ticket.queue).filter(({ id }) => id !== ticket.responsible?.id);
  return [
    personField({
      id: 'to',
      ...said(context, state, 'to', 'form.appointTo', 'placeholder.appointTo', ''),
      choices: others.map(({ id, name }) => ({ title: name, value: id })),
      among: reachable(context),
      required: true,
      requiredMessage: translate(locale, 'form.choiceRequired'),
    }),
  ];
}

/** Whom to give it to and what to tell them (T4): only agents of the queue, and not the one who has it. */
function assignFields(ticket: Ticket, context: CardContext, state: FormState): Field[] {
  const { desk, locale } = context;
  const agents = agentsOf(desk, ticket.queue).filter(({ id }) => !ticket.locked || id !== ticket.owner?.id);
  return [
    personField({
      id: 'to',
      ...said(context, state, 'to', 'form.assignTo', 'placeholder.assignTo', ''),
      choices: agents.map(({ id, name }) => ({ title: name, value: id })),
      among: reachable(context),
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
