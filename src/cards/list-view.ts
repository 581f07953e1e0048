/** A list of tickets, a page of them: each line opens its ticket. */

import type { Outgoing } from '../app/ports.ts';
import { type Asked, type Scope, writeAsked } from '../domain/asked.ts';
import type { Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { conditionWords, scopeWords } from './asked-words.ts';
import { type About, aboutTicket, type Button, button, type LinkButton, linkButton } from './buttons.ts';
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
} from './context.ts';
import { deadlineLine } from './deadline-view.ts';
import { extract, oneLine } from './escape.ts';
import { type FormState, textField } from './fields.ts';
import { type ListRow, listRow, OPENING } from './list-rows.ts';
import { STATE_COLOR as AGENTS_COLOR } from './queue-view.ts';
import { compose } from './render.ts';
import { STATE_COLOR as REQUESTERS_COLOR } from './request-view.ts';
import { run, type TextRun } from './text-links.ts';

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
  /** The name is asked for under which to keep it. */
  readonly naming?: FormState;
  readonly notice?: Notice;
};

/** Data of `list.template.json`. */
export type ListData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly title: string;
  readonly subtitle: Maybe<Line>;
  readonly rows: readonly ListRow[];
  readonly buttons: readonly (Button | LinkButton)[];
};

/** Cursors hold no commas, in any store. */
export function writeTrail(trail: readonly string[]): string {
  return trail.join(',');
}

export function readTrail(page: string | undefined): string[] {
  return (page ?? '').split(',').filter((cursor) => /^[\w.]{1,40}$/.test(cursor));
}

export function listCard(input: ListInput, context: CardContext): Outgoing {
  const data = listView(input, context);
  return { card: compose('list', data, { form: nameForm(input, context) }), summary: data.fallbackText };
}

export function listView(input: ListInput, context: CardContext): ListData {
  const { asked, scope, tickets, count, trail, notice, kept, naming } = input;
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
    title: `${title} · ${range}`,
    subtitle: maybe(oneLine(extract(conditions.join(' · '), CONDITIONS_SHOWN))),
    rows: tickets.map((ticket) => row(ticket, input, context)),
    buttons: naming
      ? nameButtons(input, context)
      : [...pageButtons(input, context), ...wholeButtons(input, context)],
  };
}

function about({ asked, trail }: ListInput): About {
  const page = writeTrail(trail);
  return { list: writeAsked(asked), ...(page === '' ? {} : { page }) };
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
function wholeButtons(input: ListInput, { locale }: CardContext): (Button | LinkButton)[] {
  const { asked, scope, csv, kept, count, selectable } = input;
  const list = writeAsked(asked);
  return [
    ...(selectable ? [button(translate(locale, 'action.selectTickets'), 'selectTickets', about(input))] : []),
    button(translate(locale, 'action.searchForm'), 'searchForm', { list }),
    kept === undefined
      ? button(translate(locale, 'action.saveSearch'), 'saveSearch', about(input))
      : button(translate(locale, 'action.deleteSearch'), 'deleteSearch', about(input)),
    ...(csv === undefined || count === 0 ? [] : [linkButton(translate(locale, 'action.csv'), csv)]),
    ...(scope === 'requested' ? [] : [button(translate(locale, 'action.board'), 'board', { list: '' })]),
  ];
}

function nameForm({ naming }: ListInput, { locale }: CardContext) {
  if (!naming) return undefined;
  const field = textField({
    id: 'name',
    label: translate(locale, 'list.name'),
    placeholder: translate(locale, 'list.namePlaceholder'),
    value: naming.values?.name ?? '',
    error: naming.errors?.name ?? '',
    maxLength: SEARCH_NAME_LIMIT,
    required: true,
    requiredMessage: translate(locale, 'list.nameRequired'),
  });
  return { separator: true, fields: [field] };
}

function nameButtons(input: ListInput, { locale }: CardContext): Button[] {
  return [
    button(translate(locale, 'action.saveSearch'), 'saveSearch', about(input), { style: 'positive' }),
    button(translate(locale, 'action.cancel'), 'list', about(input), { inputs: 'none' }),
  ];
}
