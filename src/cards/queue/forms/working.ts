/** The forms for answering, noting and sorting. */

import { impactOf } from '../../../domain/classification.ts';
import type { AfterReply } from '../../../domain/commands.ts';
import type { Moment } from '../../../domain/moments.ts';
import { templatesFor } from '../../../domain/templates.ts';
import type { Ticket } from '../../../domain/ticket.ts';
import { type TextKey, translate } from '../../../i18n/translate.ts';
import {
  agreementName,
  type CardContext,
  impactChoices,
  priorityChoices,
  serviceChoices,
  typeChoices,
} from '../../kit/context.ts';
import { type Choice, choiceField, type Field, type FormState } from '../../kit/fields.ts';
import { type Forms, minutesField, said, theText } from './form.ts';

/** What the form sends for no agreement: an empty choice is none to Teams, and names begin with a letter. */
export const NO_AGREEMENT = '-';

export const WORKING: Forms<'reply' | 'note' | 'classify'> = {
  reply: {
    fields: (_, context, state) => [
      // Not required, so that a template can be put into an empty one: the server asks for it.
      { ...theText(context, state, 'form.replyText', 'placeholder.reply'), required: false },
      choiceField({
        id: 'then',
        ...said(context, state, 'then', 'form.then', 'placeholder.choose', 'stay'),
        choices: afterChoices(context),
      }),
      minutesField(context, state),
    ],
    send: [{ title: 'action.sendReply', verb: 'reply' }],
    choosing: 'form.templates',
    choose: (ticket, { desk, locale }) =>
      templatesFor(desk, ticket.queue).map(({ id, title }) => ({
        title: title[locale],
        verb: 'useTemplate',
        chooses: { template: id },
      })),
  },
  note: {
    fields: (_, context, state) => [
      theText(context, state, 'form.noteText', 'placeholder.note'),
      minutesField(context, state),
    ],
    send: [{ title: 'action.saveNote', verb: 'note' }],
  },
  classify: { fields: classifyFields, send: [{ title: 'action.saveClassification', verb: 'classify' }] },
};

/** What follows a reply. A wait until a date names the moment after a hyphen. */
function afterChoices(context: CardContext): Choice[] {
  const { locale } = context;
  const waits = (key: TextKey, word: AfterReply, moments: readonly Moment[]) =>
    moments.map((moment) => ({
      title: translate(locale, key, { until: translate(locale, `moment.${moment}`) }),
      value: `${word}-${moment}`,
    }));
  return [
    { title: translate(locale, 'form.thenStay'), value: 'stay' },
    { title: translate(locale, 'form.thenWaitRequester'), value: 'waitRequester' },
    { title: translate(locale, 'form.thenClose'), value: 'close' },
    ...waits('form.thenRemind', 'waitReminder', ['tomorrow', 'monday']),
    ...waits('form.thenAutoClose', 'waitAutoClose', ['threeDays', 'tenDays']),
    { title: translate(locale, 'form.thenGiveUp'), value: 'closeUnsuccessfully' },
  ];
}

function classifyFields(ticket: Ticket, context: CardContext, state: FormState): Field[] {
  const choice = (
    id: 'priority' | 'type' | 'service' | 'agreement' | 'impact',
    value: string,
    choices: Field['choices'],
  ) => choiceField({ id, ...said(context, state, id, `label.${id}`, 'placeholder.choose', value), choices });
  return [
    choice('priority', String(ticket.priority), priorityChoices(context)),
    choice('type', ticket.type, typeChoices(context)),
    choice('service', ticket.service, serviceChoices(context)),
    ...(context.desk.agreements.size === 0
      ? []
      : [choice('agreement', ticket.agreement ?? NO_AGREEMENT, agreementChoices(ticket, context))]),
    choice('impact', String(impactOf(ticket)), impactChoices(context)),
  ];
}

/**
 * Those of the desk in its order, and the ticket’s own where the desk has given it up. The one that stands says that it
 * follows the service where it does: with another service, it changes although nobody touched it.
 */
function agreementChoices({ agreement, agreementChosen }: Ticket, context: CardContext): Choice[] {
  const { desk, locale } = context;
  const known = [...desk.agreements.keys()];
  const given = agreement === undefined || known.includes(agreement) ? known : [...known, agreement];
  const follows = !agreementChosen && [...desk.services.values()].some((service) => service.agreement);
  return [undefined, ...given].map((id) => {
    const name = agreementName(context, id);
    return {
      title:
        follows && id === agreement ? translate(locale, 'form.agreementFollows', { agreement: name }) : name,
      value: id ?? NO_AGREEMENT,
    };
  });
}
