/** Several tickets of a list at once (T16): which ones, what is to become of them, and what became of each. */

import { type BulkAction, bulkActionsFor, writePicked } from '../../domain/bulk.ts';
import { type Actor, agentsOf, queuesOpenTo } from '../../domain/rights.ts';
import type { Ticket, TicketNumber } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import { aboutTicket, button, dialogButton, submitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  maybe,
  type Notice,
  nameOf,
  noticeData,
  priorityChoices,
  queueName,
  subjectOf,
} from '../kit/context.ts';
import { extract, oneLine } from '../kit/escape.ts';
import {
  type Choice,
  choiceField,
  choicesField,
  type Field,
  type FormData,
  type FormState,
  longTextField,
  personField,
} from '../kit/fields.ts';
import { compose } from '../kit/render.ts';
import { run, type TextRun } from '../kit/text-links.ts';
import { said, theText } from '../queue/forms/form.ts';
import { type ListRow, listRow, OPENING } from './list-rows.ts';
import { aboutPage, type ListData, type ListPage, listTemplate } from './list-view.ts';

const SUBJECT_IN_BOX = 70;
const REASON_SHOWN = 400;

/** Boxes for the tickets of the page that this person may change, and a button for each thing that may be done. */
export function selectionCard(
  from: ListPage,
  tickets: readonly Ticket[],
  actor: Actor,
  context: CardContext,
  { values = {}, errors = {} }: FormState = {},
  notice?: Notice,
): Outgoing {
  const { locale } = context;
  const boxes = choicesField({
    id: 'tickets',
    label: translate(locale, 'bulk.tickets'),
    placeholder: translate(locale, 'bulk.tickets'),
    value: values.tickets ?? '',
    error: errors.tickets ?? '',
    choices: tickets
      .filter((ticket) => bulkActionsFor([ticket], actor).length > 0)
      .map((ticket) => ({ title: boxTitle(ticket, context), value: writePicked(ticket) })),
  });
  const buttons = bulkActionsFor(tickets, actor).map((action) => {
    const chooses = { what: action };
    const title = translate(locale, OFFER[action]);
    return opensInDialog(action)
      ? dialogButton(title, 'selectTickets', aboutPage(from), 'primary', { chooses, inputs: 'auto' })
      : button(title, 'selectTickets', aboutPage(from), { chooses });
  });
  const cancel = button(translate(locale, 'action.cancel'), 'list', aboutPage(from), { inputs: 'none' });
  return card(
    {
      title: translate(locale, 'bulk.title'),
      buttons: [...buttons, cancel],
      ...(notice ? { notice } : {}),
    },
    { separator: false, fields: [boxes] },
  );
}

const OFFER = {
  classify: 'label.priority',
  assign: 'action.assign',
  move: 'action.move',
  close: 'action.close',
} as const satisfies Record<BulkAction, TextKey>;

/** Where something is typed; choices alone are made on the card. */
export function opensInDialog(action: BulkAction): boolean {
  return action !== 'classify';
}

/** What it takes to do it to all of them: on the card, or in a dialog over it. */
export function bulkForm(
  from: ListPage,
  action: BulkAction,
  tickets: readonly Ticket[],
  context: CardContext,
  state: FormState = {},
  notice?: Notice,
): Outgoing {
  const { locale } = context;
  const count = tickets.length;
  const chooses = { what: action, tickets: tickets.map(writePicked).join(',') };
  const about = aboutPage(from);
  const send = translate(locale, `bulk.${action}`, { count });
  // With its inputs, so that what was typed is not lost (T17).
  const buttons = opensInDialog(action)
    ? [
        submitButton(send, 'bulk', about, { chooses, style: 'positive' }),
        submitButton(translate(locale, 'action.keepForm'), 'leaveBulk', about, { chooses }),
      ]
    : [
        button(send, 'bulk', about, { chooses, style: 'positive' }),
        button(translate(locale, 'action.cancel'), 'leaveBulk', about, { chooses }),
      ];
  return card(
    {
      title: translate(locale, 'bulk.chosen', { count }),
      // A dialog has a title of its own.
      ...(opensInDialog(action) ? { heading: '' } : {}),
      rows: tickets.map((ticket) =>
        listRow({
          subject: [run(subjectOf(ticket.subject))],
          details: [quiet(stateLine(ticket, context))],
        }),
      ),
      buttons,
      ...(notice ? { notice } : {}),
    },
    { separator: true, fields: bulkFields(action, tickets, context, state) },
  );
}

/** Required for nobody's client: it would let nobody leave a form in which something is missing. */
export function bulkFields(
  action: BulkAction,
  tickets: readonly Ticket[],
  context: CardContext,
  state: FormState = {},
): readonly Field[] {
  return FIELDS[action](tickets, context, state).map((field) => ({ ...field, required: false }));
}

type Fields = (tickets: readonly Ticket[], context: CardContext, state: FormState) => readonly Field[];

const FIELDS: Readonly<Record<BulkAction, Fields>> = {
  classify: (_, context, state) => [
    chosenFrom('priority', 'label.priority', 'placeholder.choose', context, state, priorityChoices(context)),
  ],
  assign: (tickets, context, state) => [
    personField({
      id: 'to',
      ...said(context, state, 'to', 'form.assignTo', 'placeholder.assignTo', ''),
      choices: agents(tickets, context),
      // Lists stand in people's own chats.
      among: 'everybody',
      required: true,
      requiredMessage: translate(context.locale, 'form.choiceRequired'),
    }),
    longTextField(context.locale, {
      id: 'note',
      ...said(context, state, 'note', 'form.assignNote', 'placeholder.assignNote', ''),
      required: true,
      requiredMessage: translate(context.locale, 'form.noteRequired'),
    }),
  ],
  move: (tickets, context, state) => [
    chosenFrom('queue', 'form.moveTo', 'placeholder.choose', context, state, queues(tickets, context)),
    longTextField(context.locale, {
      id: 'note',
      ...said(context, state, 'note', 'form.moveNote', 'placeholder.moveNote', ''),
    }),
  ],
  close: (_, context, state) => [
    theText(context, state, 'form.closeText', 'placeholder.close'),
    choiceField({
      id: 'outcome',
      ...said(context, state, 'outcome', 'form.outcome', 'placeholder.choose', 'solved'),
      choices: (['solved', 'unsolved'] as const).map((value) => ({
        title: translate(context.locale, `form.${value}`),
        value,
      })),
    }),
  ],
};

function chosenFrom(
  id: string,
  label: TextKey,
  placeholder: TextKey,
  context: CardContext,
  state: FormState,
  choices: readonly Choice[],
): Field {
  return choiceField({
    id,
    ...said(context, state, id, label, placeholder, ''),
    choices,
    required: true,
    requiredMessage: translate(context.locale, 'form.choiceRequired'),
  });
}

/** Agents of any of the queues: who does not work a ticket's own is refused there. */
function agents(tickets: readonly Ticket[], { desk }: CardContext): Choice[] {
  const found = tickets.flatMap(({ queue }) => agentsOf(desk, queue));
  return [...new Map(found.map(({ id, name }) => [id, { title: name, value: id }])).values()];
}

function queues(tickets: readonly Ticket[], { desk, locale }: CardContext): Choice[] {
  const found = tickets.flatMap(({ queue }) => queuesOpenTo(desk, queue));
  return [...new Map(found.map((queue) => [queue.id, queue])).values()].map(
    ({ id, name, contactCentre }) => ({
      title: contactCentre ? translate(locale, 'action.moveWithReason', { queue: name }) : name,
      value: id,
    }),
  );
}

/** What became of one of them. */
export type BulkOutcome = {
  readonly number: TicketNumber;
  /** Absent where this person must not see it. */
  readonly ticket?: Ticket;
  /** Why it was not done, in the reader's language. */
  readonly reason?: string;
};

export function outcomeCard(
  from: ListPage,
  outcomes: readonly BulkOutcome[],
  context: CardContext,
): Outgoing {
  const { locale } = context;
  const done = outcomes.filter(({ reason }) => reason === undefined).length;
  return card({
    title: translate(locale, 'bulk.outcome', { done, count: outcomes.length }),
    rows: outcomes.map((outcome) => outcomeRow(outcome, context)),
    buttons: [button(translate(locale, 'action.backToList'), 'list', aboutPage(from))],
  });
}

function outcomeRow({ number, ticket, reason }: BulkOutcome, { locale }: CardContext): ListRow {
  const opens = ticket && button(oneLine(extract(ticket.subject, 60)), 'openTicket', aboutTicket(ticket));
  const became =
    reason === undefined
      ? run(translate(locale, 'bulk.done'), { size: 'Small', weight: 'Bolder', color: 'Good' })
      : run(oneLine(extract(translate(locale, 'bulk.notDone', { reason }), REASON_SHOWN)), {
          size: 'Small',
          color: 'Attention',
        });
  return listRow({
    subject: ticket ? [run(subjectOf(ticket.subject), OPENING)] : [run(number)],
    details: [...(ticket ? [quiet(`${number} · `)] : []), became],
    ...(opens ? { opens } : {}),
  });
}

/** The list beside it has said the rest. */
function boxTitle({ subject, number, state }: Ticket, { locale }: CardContext): string {
  const shown = extract(oneLine(subject), SUBJECT_IN_BOX);
  return [shown, number, translate(locale, `state.${state.kind}`)].join(' · ');
}

function stateLine(ticket: Ticket, { desk, locale }: CardContext): string {
  const owner = ticket.owner ? nameOf(ticket.owner.name) : translate(locale, 'card.noOwner');
  return [
    ticket.number,
    translate(locale, `state.${ticket.state.kind}`),
    queueName(desk, ticket.queue),
    owner,
  ].join(' · ');
}

function quiet(text: string): TextRun {
  return run(text, { size: 'Small', isSubtle: true });
}

type Said = {
  readonly title: string;
  /** In its place on the card. */
  readonly heading?: string;
  readonly rows?: ListData['rows'];
  readonly buttons: ListData['buttons'];
  readonly notice?: Notice;
};

function card({ title, heading = title, rows = [], buttons, notice }: Said, form?: FormData): Outgoing {
  const data: ListData = {
    fallbackText: oneLine(title),
    notice: noticeData(notice),
    title: maybe(heading),
    subtitle: maybe(''),
    rows,
    buttons,
  };
  return { card: compose(listTemplate, data, { form }), summary: data.fallbackText };
}
