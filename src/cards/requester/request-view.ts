/** The requester's own card of a ticket (I16, W10): never priority, notes or internal moves (N4). */

import type { TicketEvent } from '../../domain/events.ts';
import { withinReach } from '../../domain/reopening.ts';
import { isClosed, isPublic, type Locale, type StateKind, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { articleText } from '../kit/article-quotes.ts';
import { aboutTicket, dialogButton, type SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  type Color,
  dated,
  fallbackText,
  type Line,
  type Maybe,
  maybe,
  type Notice,
  type NoticeData,
  nameOf,
  noticeData,
  type QuoteData,
  queueName,
  quote,
  subjectOf,
  summaryOf,
} from '../kit/context.ts';
import { type PrintLinks, printActions, type QuietRow, quietRow } from '../kit/quiet-row.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { publicSteps, type Step } from './timeline.ts';

const STEPS_SHOWN = 6;
const MESSAGE_SHOWN = 400;

export type RequestInput = {
  readonly ticket: Ticket;
  readonly history: readonly TicketEvent[];
  readonly notice?: Notice;
  readonly print?: PrintLinks;
};

/** Data of `request.template.json`. */
export type RequestData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly number: string;
  readonly subject: string;
  readonly state: string;
  readonly stateColor: Color;
  readonly place: string;
  readonly quote: Maybe<QuoteData>;
  readonly earlier: Maybe<Line>;
  readonly steps: readonly Step[];
  readonly quiet: Maybe<QuietRow>;
  readonly buttons: readonly SubmitButton[];
};

export const requestTemplate = cardTemplate<RequestData>(import.meta.dirname, 'request');

export function requestCard(input: RequestInput, context: CardContext): Outgoing {
  const { ticket } = input;
  const data = requestView(input, context);
  const refresh = {
    data: { verb: 'refresh' as const, ...aboutTicket(ticket) },
    userIds: context.refreshFor ?? [],
  };
  return { card: compose(requestTemplate, data, { refresh }), summary: summaryOf(data.state, ticket) };
}

export function requestView(
  { ticket, history, notice, print }: RequestInput,
  context: CardContext,
): RequestData {
  const { locale } = context;
  const steps = publicSteps(history, context);
  // To say that one is left out would take as much room as showing it.
  const earlier = steps.length > STEPS_SHOWN + 1 ? steps.length - STEPS_SHOWN : 0;
  return {
    fallbackText: fallbackText(context, ticket),
    notice: noticeData(notice),
    number: translate(locale, 'card.requestNumber', { number: ticket.number }),
    subject: subjectOf(ticket.subject),
    state: translate(locale, `requesterState.${ticket.state.kind}`),
    stateColor: STATE_COLOR[ticket.state.kind],
    place: place(ticket, context),
    quote: lastMessage(ticket, context),
    earlier: maybe(earlier === 0 ? '' : translate(locale, 'card.earlier', { count: earlier })),
    steps: steps.slice(earlier),
    quiet: quietRow(printActions(print, locale)),
    buttons: mayWrite(ticket, context)
      ? [writeButton(ticket, locale), ...(isClosed(ticket.state) ? [] : [withdrawButton(ticket, locale)])]
      : [],
  };
}

export const STATE_COLOR: Readonly<Record<StateKind, Color>> = {
  new: 'Accent',
  open: 'Accent',
  inProgress: 'Accent',
  waitingReminder: 'Accent',
  waitingRequester: 'Warning',
  waitingAutoClose: 'Warning',
  closedSuccessfully: 'Good',
  closedUnsuccessfully: 'Attention',
  merged: 'Default',
};

function place(ticket: Ticket, context: CardContext): string {
  const { desk, locale } = context;
  if (ticket.state.kind === 'waitingAutoClose')
    return translate(locale, 'card.closesAlone', { when: dated(context, ticket.state.until) });
  const office = queueName(desk, ticket.queue);
  if (ticket.state.kind === 'merged')
    return translate(locale, 'card.goesOnIn', { number: ticket.state.into });
  if (isClosed(ticket.state)) return translate(locale, 'card.wasAtOffice', { office });
  if (ticket.owner && ticket.locked)
    return translate(locale, 'card.takenBy', { owner: nameOf(ticket.owner.name), office });
  return translate(locale, 'card.atOffice', { office });
}

export function lastMessage(ticket: Ticket, context: CardContext): Maybe<QuoteData> {
  const article = ticket.articles.slice(1).findLast(isPublic);
  if (!article) return [];
  const heading = translate(context.locale, 'card.byWhen', {
    who: nameOf(article.by.name),
    when: dated(context, article.at),
  });
  return quote(articleText(article, context, MESSAGE_SHOWN), heading);
}

/** Not where it would be refused: merged into another, or closed for longer than it can be reopened (T9). */
export function mayWrite({ state }: Ticket, { desk, now }: CardContext): boolean {
  return state.kind !== 'merged' && withinReach(state, desk, now);
}

/** Where the requester writes to the office: an answer, a word more, or that it is not solved. */
export function messageKind({ state }: Pick<Ticket, 'state'>): 'reopen' | 'answer' | 'writeToOffice' {
  if (isClosed(state)) return 'reopen';
  return state.kind === 'waitingRequester' ? 'answer' : 'writeToOffice';
}

export function writeButton(ticket: Ticket, locale: Locale): SubmitButton {
  const kind = messageKind(ticket);
  const title = translate(locale, `dialog.${kind}`);
  const opener = dialogButton(title, 'writeToOffice', aboutTicket(ticket), 'primary');
  return kind === 'answer' ? { ...opener, style: 'positive' } : opener;
}

/** Behind “…”; the dialog asks once more, and why. */
function withdrawButton(ticket: Ticket, locale: Locale): SubmitButton {
  const title = translate(locale, 'action.withdraw');
  return { ...dialogButton(title, 'withdraw', aboutTicket(ticket), 'secondary'), style: 'destructive' };
}
