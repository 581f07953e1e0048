/** What a requester is told in the personal chat (N4, W4), with the place to answer right there. */

import { type Instant, isClosed, type Locale, type PersonRef, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, dialogButton, type SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
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
import { fitting, verbatim } from '../kit/escape.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { ratingButtons } from '../requester/rating-buttons.ts';
import { mayWrite, writeButton } from '../requester/request-view.ts';

/** Bytes that a text may take which must be readable whole; 10,000 letters of Italian are far below. */
export const WHOLE_TEXT_BYTES = 14_000;

export const REQUESTER_NOTICES = [
  'claimed',
  'answered',
  'waitingForYou',
  'closed',
  'reopened',
  'moved',
  'merged',
  'closedUnsolved',
  'unreachable',
  'willClose',
] as const;
export type RequesterNoticeKind = (typeof REQUESTER_NOTICES)[number];

export type RequesterNoticeInput = {
  readonly kind: RequesterNoticeKind;
  readonly ticket: Ticket;
  /** Who took it, answered or closed it. */
  readonly by?: PersonRef;
  /** The agent's text, for answered, waitingForYou and closed. */
  readonly text?: string;
  /** For merged: number of the ticket that goes on. */
  readonly into?: string;
  /** For willClose. */
  readonly until?: Instant;
  readonly notice?: Notice;
};

/** Data of `requester-notice.template.json`. */
export type RequesterNoticeData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly headline: string;
  readonly about: string;
  readonly quote: Maybe<QuoteData>;
  readonly text: Maybe<Line>;
  readonly buttons: readonly SubmitButton[];
};

export const requesterNoticeTemplate = cardTemplate<RequesterNoticeData>(
  import.meta.dirname,
  'requester-notice',
);

export function requesterNotice(input: RequesterNoticeInput, context: CardContext): Outgoing {
  const { ticket } = input;
  const data = requesterNoticeView(input, context);
  const form = asksForRating(input) ? ratingButtons(ticket, context) : undefined;
  const refresh = {
    data: { verb: 'refresh' as const, ...aboutTicket(ticket) },
    userIds: context.refreshFor ?? [],
  };
  return {
    card: compose(requesterNoticeTemplate, data, { form, refresh }),
    summary: summaryOf(data.headline, ticket),
  };
}

export function requesterNoticeView(input: RequesterNoticeInput, context: CardContext): RequesterNoticeData {
  const { kind, ticket, by, text = '', into = '', notice } = input;
  const { desk, locale } = context;
  const who = nameOf(by?.name ?? desk.name);
  // To reopen there is one place, the request's own card: every answer in the chat would offer it otherwise.
  const answerable =
    (kind === 'answered' || kind === 'waitingForYou' || kind === 'willClose') && !isClosed(ticket.state);
  const writable = mayWrite(ticket, context);
  return {
    fallbackText: fallbackText(context, ticket),
    notice: noticeData(notice),
    headline: translate(locale, `notice.${kind}`, {
      who,
      office: queueName(desk, ticket.queue),
      until: input.until === undefined ? '' : dated(context, input.until),
    }),
    about: aboutLine(ticket),
    quote: quote(wholeText(text), kind === 'closed' || kind === 'closedUnsolved' ? who : ''),
    text: maybe(
      kind === 'merged'
        ? translate(locale, 'notice.mergedText', { into })
        : explanation(kind, ticket, writable, locale),
    ),
    buttons: [
      ...(answerable && writable ? [writeButton(ticket, locale)] : []),
      ...(asksForRating(input)
        ? [dialogButton(translate(locale, 'action.comment'), 'comment', aboutTicket(ticket), 'primary')]
        : []),
    ],
  };
}

/** Right where the end is told (K2), once. */
function asksForRating({ kind, ticket }: RequesterNoticeInput): boolean {
  const ends = kind === 'closed' || kind === 'closedUnsolved' || kind === 'unreachable';
  return ends && isClosed(ticket.state) && ticket.state.kind !== 'merged' && !ticket.rating;
}

function explanation(
  kind: RequesterNoticeKind,
  { state }: Ticket,
  writable: boolean,
  locale: Locale,
): string {
  if (kind === 'claimed' || kind === 'reopened' || kind === 'moved')
    return translate(locale, `notice.${kind}Text`);
  if (kind === 'willClose') return translate(locale, 'notice.willCloseText');
  if (kind === 'unreachable')
    return translate(locale, writable ? 'notice.unreachableText' : 'notice.unreachableNoMore');
  return (kind === 'closed' || kind === 'closedUnsolved') && isClosed(state) && writable
    ? translate(locale, 'notice.closedText')
    : '';
}

/** Number and subject below a notice's headline. */
export function aboutLine({ number, subject }: Pick<Ticket, 'number' | 'subject'>): string {
  return `${number} · ${subjectOf(subject)}`;
}

/** A text that is to be read whole where it arrives: only one far longer than any card can hold loses its end. */
export function wholeText(text: string): string {
  const shown = verbatim(text.trim());
  const fitted = fitting(shown, WHOLE_TEXT_BYTES);
  return fitted.length < shown.length ? `${fitted}…` : fitted;
}
