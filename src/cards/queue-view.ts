/** The card of a ticket in its queue's channel (W1): as everybody sees it, and as one person does (W3). */

import type { Outgoing } from '../app/ports.ts';
import type { Service } from '../domain/desk.ts';
import { TEXT_LIMIT } from '../domain/limits.ts';
import { type Actor, mayReadInternally } from '../domain/rights.ts';
import { type Article, isClosed, type Locale, type StateKind, type Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { formatDuration, formatRange } from '../i18n/when.ts';
import type { Button, ButtonData, DialogButton, QueueForm } from './buttons.ts';
import {
  type CardContext,
  type Color,
  dated,
  type Fact,
  fallbackText,
  NO_QUOTE,
  type Notice,
  type NoticeData,
  nameOf,
  noticeData,
  organisationName,
  type QuoteData,
  said,
  serviceName,
  subjectOf,
} from './context.ts';
import { deadlineLine } from './deadline-view.ts';
import { extract, oneLine, plain, verbatim } from './escape.ts';
import type { Choice, FormState } from './fields.ts';
import { aboutTicket, attachmentsOf, dialogButtons, offerButtons } from './queue-buttons.ts';
import { formButtons, queueForm, thenChoices } from './queue-forms.ts';
import { compose } from './render.ts';

const TEXT_SHOWN = 300;
const ARTICLE_SHOWN = 200;
const FACT_SHOWN = 120;

export type QueueInput = {
  readonly ticket: Ticket;
  /** Whose version it is; absent for the one that is posted to the channel. */
  readonly viewer?: Actor;
  /** The form that is open. Its buttons take the place of the others. */
  readonly form?: QueueForm;
  readonly state?: FormState;
  readonly notice?: Notice;
};

/** Data of `queue.template.json`. */
export type QueueData = {
  readonly fallbackText: string;
  readonly notice: NoticeData;
  readonly number: string;
  readonly subject: string;
  readonly from: string;
  readonly state: string;
  readonly stateColor: Color;
  readonly owner: string;
  readonly deadline: string;
  readonly deadlineColor: Color;
  readonly deadlineCalm: boolean;
  readonly text: string;
  readonly quote: QuoteData;
  readonly facts: readonly Fact[];
  readonly oldClients: OldClients;
  readonly buttons: readonly Button[];
  readonly dialogs: readonly DialogButton[];
};

/**
 * Buttons for clients that only know cards 1.2: those never ask for a version of their own, so they get in the posted
 * card what suits anybody, and the server answers who may not.
 */
type OldClients = {
  readonly show: boolean;
  readonly maxLength: number;
  readonly claim: { readonly show: boolean; readonly title: string; readonly data: ButtonData };
  readonly reply: OldForm & { readonly choices: readonly Choice[] };
  readonly note: OldForm;
  readonly close: OldForm;
};
type OldForm = {
  readonly title: string;
  readonly placeholder: string;
  readonly send: string;
  readonly data: ButtonData;
};

export function queueCard(input: QueueInput, context: CardContext): Outgoing {
  const { ticket, form, state } = input;
  const data = queueView(input, context);
  const card = compose('queue', data, {
    form: form && queueForm(form, ticket, context, state),
    refresh: { data: { verb: 'refresh', ...aboutTicket(ticket) }, userIds: context.refreshFor ?? [] },
  });
  return { card, summary: oneLine(`${ticket.number} ${data.subject} – ${data.from}`) };
}

export function queueView({ ticket, viewer, form, notice }: QueueInput, context: CardContext): QueueData {
  const { locale } = context;
  const deadline = deadlineLine(ticket, context, viewer !== undefined);
  const buttons = !viewer
    ? []
    : form
      ? formButtons(form, ticket, context)
      : offerButtons(ticket, viewer, locale);
  const internally = viewer !== undefined && mayReadInternally(viewer, ticket);
  return {
    fallbackText: fallbackText(context, ticket),
    notice: noticeData(notice),
    number: [ticket.number, opened(ticket, context, viewer !== undefined), ...fileCount(ticket, locale)].join(
      ' · ',
    ),
    subject: subjectOf(ticket.subject),
    from: from(ticket, context),
    state: translate(locale, `state.${ticket.state.kind}`),
    stateColor: STATE_COLOR[ticket.state.kind],
    owner: ` · ${ticket.owner ? nameOf(ticket.owner.name) : translate(locale, 'card.noOwner')}`,
    deadline: deadline.text,
    deadlineColor: deadline.color,
    deadlineCalm: deadline.color === 'Default',
    text: verbatim(extract(ticket.articles[0]?.text ?? '', TEXT_SHOWN)),
    quote: lastArticle(ticket, context, internally),
    facts: facts(ticket, context),
    oldClients: oldClients(ticket, context, viewer === undefined),
    buttons,
    dialogs: form ? [] : dialogButtons(ticket, locale, buttons.length > 0 ? 'secondary' : 'primary'),
  };
}

const STATE_COLOR: Readonly<Record<StateKind, Color>> = {
  new: 'Accent',
  open: 'Accent',
  inProgress: 'Default',
  waitingReminder: 'Warning',
  waitingRequester: 'Warning',
  waitingAutoClose: 'Warning',
  closedSuccessfully: 'Good',
  closedUnsuccessfully: 'Attention',
  merged: 'Default',
};

function opened({ createdAt }: Ticket, context: CardContext, reader: boolean): string {
  const { locale, now } = context;
  if (!reader) return translate(locale, 'card.openedOn', { when: dated(context, createdAt) });
  const age = formatDuration(now - createdAt, locale);
  return translate(locale, 'card.openedAgo', { when: said(context, createdAt), age });
}

function from({ requester, organisation }: Ticket, { desk, locale }: CardContext): string {
  const name = nameOf(requester.name);
  return organisation === undefined
    ? name
    : translate(locale, 'card.from', { requester: name, organisation: organisationName(desk, organisation) });
}

/** The latest communication after the request itself; notes only to those who may read them. */
function lastArticle(ticket: Ticket, context: CardContext, internally: boolean): QuoteData {
  const { locale } = context;
  const article = ticket.articles.slice(1).findLast(({ kind }) => internally || kind !== 'note');
  if (!article) return NO_QUOTE;
  const when = internally ? said(context, article.at) : dated(context, article.at);
  const kind = translate(locale, `article.${article.kind}`);
  return {
    heading: translate(locale, 'card.byKindWhen', { kind, who: nameOf(article.by.name), when }),
    text: articleText(article, context, ARTICLE_SHOWN),
  };
}

/** The beginning of an article, or how many files it brought where it says nothing. */
export function articleText(
  { text, attachments }: Pick<Article, 'text' | 'attachments'>,
  { locale }: CardContext,
  length: number,
): string {
  const beginning = verbatim(extract(text, length));
  return beginning === '' && attachments.length > 0
    ? translate(locale, 'history.withFiles', { count: attachments.length })
    : beginning;
}

function facts(ticket: Ticket, context: CardContext): Fact[] {
  const { desk, locale } = context;
  const { contact } = ticket;
  const service = desk.services.get(ticket.service);
  const fact = (title: string, value: string): Fact => ({
    title: plain(title),
    value: plain(extract(value, FACT_SHOWN)),
  });
  const type = translate(locale, `type.${ticket.type}`);
  const who = contact.name === ticket.requester.name ? contact.phone : `${contact.name}, ${contact.phone}`;
  const ranges = contact.availability.map(formatRange).join(', ');
  return [
    fact(
      translate(locale, 'label.service'),
      translate(locale, 'card.serviceAndType', { service: serviceName(context, ticket.service), type }),
    ),
    fact(translate(locale, 'label.priority'), translate(locale, `priority.${ticket.priority}`)),
    fact(
      translate(locale, 'label.contact'),
      ranges === '' ? who : translate(locale, 'label.reachable', { phone: who, ranges }),
    ),
    ...Object.entries(ticket.fields)
      .filter(([, value]) => value.trim() !== '')
      .map(([id, value]) => fact(fieldLabel(id, service, context), value)),
  ];
}

/** A field keeps its name when the ticket has since been given another service. */
function fieldLabel(id: string, service: Service | undefined, { desk, locale }: CardContext): string {
  for (const one of [service, ...desk.services.values()]) {
    const field = one?.fields.find((candidate) => candidate.id === id);
    if (field) return field.label[locale];
  }
  return id;
}

function fileCount(ticket: Ticket, locale: Locale): string[] {
  const count = attachmentsOf(ticket).length;
  return count === 0 ? [] : [translate(locale, 'action.attachments', { count })];
}

function oldClients(ticket: Ticket, context: CardContext, posted: boolean): OldClients {
  const { locale } = context;
  const about = aboutTicket(ticket);
  const form = (
    name: 'reply' | 'note' | 'close',
    send: 'sendReply' | 'saveNote' | 'closeTicket',
  ): OldForm => ({
    title: translate(locale, `action.${name}`),
    placeholder: translate(locale, `placeholder.${name}`),
    send: translate(locale, `action.${send}`),
    data: { verb: name, ...about },
  });
  return {
    show: posted && !isClosed(ticket.state),
    maxLength: TEXT_LIMIT,
    claim: {
      show: !ticket.locked,
      title: translate(locale, 'action.claim'),
      data: { verb: 'claim', ...about },
    },
    reply: { ...form('reply', 'sendReply'), choices: thenChoices(context) },
    note: form('note', 'saveNote'),
    close: form('close', 'closeTicket'),
  };
}
