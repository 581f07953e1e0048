/** A list of tickets, a page of them: each line opens its ticket. */

import { type Asked, type Scope, writeAsked } from '../../domain/asked.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import {
  type About,
  aboutTicket,
  type Button,
  button,
  dialogButton,
  type LinkButton,
  linkButton,
  type SubmitButton,
  submitButton,
} from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  type Line,
  type Maybe,
  maybe,
  type Notice,
  type NoticeData,
  nameOf,
  noticeData,
  queueName,
  said,
  subjectOf,
} from '../kit/context.ts';
import { extract, oneLine } from '../kit/escape.ts';
import { type FormState, textField } from '../kit/fields.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { run, type TextRun } from '../kit/text-links.ts';
import { deadlineLine } from '../queue/deadline-view.ts';
import { STATE_COLOR as AGENTS_COLOR } from '../queue/queue-view.ts';
import { STATE_COLOR as REQUESTERS_COLOR } from '../requester/request-view.ts';
import { conditionWords, scopeWords } from './asked-words.ts';
import { type ListRow, listRow, OPENING } from './list-rows.ts';

/** Tickets on one page: what fits onto a screen. */
export const PAGE_SIZE = 8;
/** Counting ends here: nobody pages through more. */
export const COUNTED = 1_000;
const CONDITIONS_SHOWN = 250;
/** What a screen reader says of a line. */
const OPENS_SHOWN = 60;
/** Longest name of a kept search. */
export const SEARCH_NAME_LIMIT = 60;

export type ListInput = {
  readonly asked: Asked;
  readonly scope: Scope;
  readonly tickets: readonly Ticket[];
  readonly count: number;
  /** Cursors that lead to this page, the last its own; none on the first. */
  readonly trail: readonly string[];
  /** Leads to the page that follows. */
  readonly next?: string;
  /** Something may be done to several of its tickets at once (T16). */
  readonly selectable?: boolean;
  /** Address of the whole list as a file. */
  readonly csv?: string;
  /** Name under which this search is kept. */
  readonly kept?: string;
  readonly notice?: Notice;
};

/** Data of `list.template.json`. */
export type ListData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  /** None in a dialog, which has one of its own. */
  readonly title: Maybe<Line>;
  readonly subtitle: Maybe<Line>;
  readonly rows: readonly ListRow[];
  readonly buttons: readonly (Button | LinkButton | SubmitButton)[];
};

export const listTemplate = cardTemplate<ListData>(import.meta.dirname, 'list');

/** Cursors hold no commas, in any store. */
export function writeTrail(trail: readonly string[]): string {
  return trail.join(',');
}

export function readTrail(page: string | undefined): string[] {
  return (page ?? '').split(',').filter((cursor) => /^[\w.]{1,40}$/.test(cursor));
}

export function listCard(input: ListInput, context: CardContext): Outgoing {
  const data = listView(input, context);
  return { card: compose(listTemplate, data), summary: data.fallbackText };
}

export function listView(input: ListInput, context: CardContext): ListData {
  const { asked, scope, tickets, count, trail, notice, kept } = input;
  const { locale } = context;
  const first = trail.length * PAGE_SIZE + 1;
  const title = kept === undefined ? scopeWords(scope, context) : nameOf(kept);
  const range =
    count === 0
      ? translate(locale, 'list.none')
      : count <= PAGE_SIZE && trail.length === 0
        ? translate(locale, 'list.count', { count })
        : translate(locale, 'list.range', {
            from: first,
            to: first + tickets.length - 1,
            count,
            more: count >= COUNTED ? '+' : '',
          });
  const conditions = [
    ...(kept === undefined ? [] : [scopeWords(scope, context)]),
    ...conditionWords(asked, context),
  ];
  return {
    fallbackText: oneLine(`${title}: ${range}`),
    notice: noticeData(notice),
    title: maybe(`${title} · ${range}`),
    subtitle: maybe(oneLine(extract(conditions.join(' · '), CONDITIONS_SHOWN))),
    rows: tickets.map((ticket) => row(ticket, input, context)),
    buttons: [...pageButtons(input, context), ...wholeButtons(input, context)],
  };
}

/** A page of a list; where a dialog is about it, also the message that it stands in. */
export type ListPage = {
  readonly asked: Asked;
  readonly trail: readonly string[];
  readonly card?: string;
};

export function aboutPage({ asked, trail, card }: ListPage): About {
  const page = writeTrail(trail);
  return {
    list: writeAsked(asked),
    ...(page === '' ? {} : { page }),
    ...(card === undefined ? {} : { card }),
  };
}

function row(ticket: Ticket, input: ListInput, context: CardContext): ListRow {
  const opening = button(oneLine(extract(ticket.subject, OPENS_SHOWN)), 'openTicket', aboutTicket(ticket), {
    inputs: 'none',
  });
  return listRow({
    subject: [run(subjectOf(ticket.subject), OPENING)],
    details: input.scope === 'requested' ? requestersLine(ticket, context) : agentsLine(ticket, context),
    opens: opening,
  });
}

function agentsLine(ticket: Ticket, context: CardContext): TextRun[] {
  const { locale, desk } = context;
  const deadline = deadlineLine(ticket, context, true);
  const facts = [
    ticket.number,
    nameOf(ticket.requester.name),
    queueName(desk, ticket.queue),
    ticket.owner ? nameOf(ticket.owner.name) : translate(locale, 'card.noOwner'),
    ...(ticket.priority > 3 ? [translate(locale, `priority.${ticket.priority}`)] : []),
    said(context, ticket.createdAt),
  ];
  return [
    run(translate(locale, `state.${ticket.state.kind}`), {
      size: 'Small',
      weight: 'Bolder',
      color: AGENTS_COLOR[ticket.state.kind],
    }),
    run(` · ${facts.join(' · ')}`, { size: 'Small', isSubtle: true }),
    ...(deadline.color === 'Default'
      ? []
      : [run(` · ${deadline.text}`, { size: 'Small', color: deadline.color })]),
  ];
}

/** Never priority, owner’s notes or deadlines (N4). */
function requestersLine(ticket: Ticket, context: CardContext): TextRun[] {
  const { locale, desk } = context;
  const facts = [ticket.number, queueName(desk, ticket.queue), said(context, ticket.createdAt)];
  return [
    run(translate(locale, `requesterState.${ticket.state.kind}`), {
      size: 'Small',
      weight: 'Bolder',
      color: REQUESTERS_COLOR[ticket.state.kind],
    }),
    run(` · ${facts.join(' · ')}`, { size: 'Small', isSubtle: true }),
  ];
}

function pageButtons(input: ListInput, { locale }: CardContext): Button[] {
  const { asked, trail, next } = input;
  const list = writeAsked(asked);
  const to = (title: 'action.back' | 'action.next', pages: readonly string[]) => {
    const page = writeTrail(pages);
    return button(translate(locale, title), 'list', { list, ...(page === '' ? {} : { page }) });
  };
  return [
    ...(trail.length > 0 ? [to('action.back', trail.slice(0, -1))] : []),
    ...(next === undefined ? [] : [to('action.next', [...trail, next])]),
  ];
}

/** What can be done with the list as a whole. */
function wholeButtons(input: ListInput, { locale }: CardContext): ListData['buttons'] {
  const { asked, trail, scope, csv, kept, count, selectable } = input;
  const list = writeAsked(asked);
  const page = aboutPage({ asked, trail });
  return [
    ...(selectable ? [button(translate(locale, 'action.selectTickets'), 'selectTickets', page)] : []),
    dialogButton(translate(locale, 'action.searchForm'), 'searchForm', { list }, 'primary'),
    kept === undefined
      ? dialogButton(translate(locale, 'action.saveSearch'), 'saveSearch', page, 'primary')
      : button(translate(locale, 'action.deleteSearch'), 'deleteSearch', page),
    ...(csv === undefined || count === 0 ? [] : [linkButton(translate(locale, 'action.csv'), csv)]),
    ...(scope === 'requested' ? [] : [button(translate(locale, 'action.board'), 'board', { list: '' })]),
  ];
}

/** Asks for the name under which to keep a search, in a dialog over its list. @param card the message that the list stands in */
export function searchNameDialog(
  { asked, trail, card }: ListPage,
  { locale }: CardContext,
  { values, errors }: FormState = {},
): Outgoing {
  const title = translate(locale, 'action.saveSearch');
  const field = textField({
    id: 'name',
    label: translate(locale, 'list.name'),
    placeholder: translate(locale, 'list.namePlaceholder'),
    value: values?.name ?? '',
    error: errors?.name ?? '',
    maxLength: SEARCH_NAME_LIMIT,
    required: true,
    requiredMessage: translate(locale, 'list.nameRequired'),
  });
  const data: ListData = {
    fallbackText: title,
    notice: [],
    title: maybe(''),
    subtitle: maybe(''),
    rows: [],
    buttons: [
      submitButton(title, 'saveSearch', aboutPage({ asked, trail, ...(card ? { card } : {}) }), {
        style: 'positive',
      }),
    ],
  };
  return {
    card: compose(listTemplate, data, { form: { separator: false, fields: [field] }, dialog: true }),
    summary: title,
  };
}
