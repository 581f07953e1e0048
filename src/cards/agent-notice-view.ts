/** Notices to those who work tickets (W4, T4, N2): in the thread below the card, and in their personal chats. */

import type { Outgoing } from '../app/ports.ts';
import type { AttachmentRef, PersonRef, Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { type LinkButton, linkButton } from './buttons.ts';
import {
  type CardContext,
  fallbackText,
  type Line,
  type Maybe,
  maybe,
  nameOf,
  type QuoteData,
  queueName,
  quote,
  summaryOf,
} from './context.ts';
import { extract, verbatim } from './escape.ts';
import { aboutTicket } from './queue-buttons.ts';
import { type Additions, compose } from './render.ts';
import { aboutLine, wholeText } from './requester-notice-view.ts';

const EXTRACT_SHOWN = 300;

/** A copy that was posted twice gives itself away by asking for its refresh. */
function refreshing(ticket: Ticket, { refreshFor = [] }: CardContext): Additions {
  return { refresh: { data: { verb: 'refresh', ...aboutTicket(ticket) }, userIds: refreshFor } };
}

/** Data of `agent-notice.template.json`. */
export type AgentNoticeData = {
  readonly fallbackText: string;
  readonly headline: string;
  readonly about: string;
  readonly quote: Maybe<QuoteData>;
  readonly text: Maybe<Line>;
  readonly links: readonly LinkButton[];
};

export const THREAD_NOTICES = ['requesterWrote', 'reopened'] as const;

export type ThreadNoticeInput = {
  readonly kind: (typeof THREAD_NOTICES)[number];
  readonly ticket: Ticket;
  /** The requester's message; agents read it whole, here. */
  readonly text?: string;
  readonly attachments?: readonly AttachmentRef[];
};

/** In the thread below the ticket's card. The card above has the buttons. */
export function threadNotice(input: ThreadNoticeInput, context: CardContext): Outgoing {
  const data = threadNoticeView(input, context);
  return {
    card: compose('agent-notice', data, refreshing(input.ticket, context)),
    summary: summaryOf(data.headline, input.ticket),
  };
}

export function threadNoticeView(
  { kind, ticket, text = '', attachments = [] }: ThreadNoticeInput,
  context: CardContext,
): AgentNoticeData {
  const { locale } = context;
  const requester = nameOf(ticket.requester.name);
  const headline =
    kind === 'reopened'
      ? translate(locale, 'notice.threadReopened', { requester })
      : text.trim() === '' && attachments.length > 0
        ? translate(locale, 'notice.threadAttached', { requester, count: attachments.length })
        : translate(locale, 'notice.threadWrote', { requester });
  return {
    fallbackText: fallbackText(context, ticket),
    headline,
    about: aboutLine(ticket),
    quote: quote(wholeText(text)),
    text: maybe(fileNames(attachments, context)),
    links: [],
  };
}

const FILES_NAMED = 5;

function fileNames(attachments: readonly AttachmentRef[], { locale }: CardContext): string {
  if (attachments.length === 0) return '';
  const named = attachments.slice(0, FILES_NAMED).map(({ name }) => nameOf(name));
  return `${translate(locale, 'label.attachments')}: ${named.join(', ')}${attachments.length > FILES_NAMED ? ', …' : ''}`;
}

export const PERSONAL_NOTICES = [
  'requesterWrote',
  'agentTook',
  'agentClosed',
  'assigned',
  'newRequest',
  'unrouted',
  'deliveryFailed',
] as const;

export type PersonalNoticeInput = {
  readonly kind: (typeof PERSONAL_NOTICES)[number];
  readonly ticket: Ticket;
  readonly by?: PersonRef;
  /** The request, a message, the closing text, or the note that came with the assignment: only its beginning is shown (N2). */
  readonly text?: string;
  /** Address of the ticket's card in its queue's channel. */
  readonly link?: string;
  /** For deliveryFailed: whom or where it did not reach, and why, as the platform said it. */
  readonly recipient?: string;
  readonly reason?: string;
};

/** In the personal chat of an agent, a supervisor or an administrator. */
export function personalNotice(input: PersonalNoticeInput, context: CardContext): Outgoing {
  const data = personalNoticeView(input, context);
  return {
    card: compose('agent-notice', data, refreshing(input.ticket, context)),
    summary: summaryOf(data.headline, input.ticket),
  };
}

export function personalNoticeView(input: PersonalNoticeInput, context: CardContext): AgentNoticeData {
  const { kind, ticket, by, text = '', link } = input;
  const { desk, locale } = context;
  const who = nameOf((kind === 'requesterWrote' ? ticket.requester : by)?.name ?? desk.name);
  return {
    fallbackText: fallbackText(context, ticket),
    headline: translate(locale, kind === 'assigned' && !by ? 'notice.assignedByDesk' : `notice.${kind}`, {
      who,
      queue: queueName(desk, ticket.queue),
    }),
    about: aboutLine(ticket),
    quote: quote(verbatim(extract(text, EXTRACT_SHOWN))),
    text: maybe(explanation(input, context)),
    links: link === undefined ? [] : [linkButton(translate(locale, 'action.openCard'), link)],
  };
}

function explanation(
  { kind, ticket, recipient, reason }: PersonalNoticeInput,
  { desk, locale }: CardContext,
): string {
  if (kind === 'unrouted')
    return translate(locale, 'notice.unroutedText', { queue: queueName(desk, ticket.queue) });
  if (kind === 'newRequest') return whoseItIs(ticket, { desk, locale });
  if (kind === 'deliveryFailed')
    return translate(locale, 'notice.deliveryFailedText', {
      recipient: nameOf(recipient ?? ''),
      reason: verbatim(extract(reason ?? '', EXTRACT_SHOWN)),
    });
  return '';
}

/** Nothing while it waits for its agents, as is usual. */
function whoseItIs(
  { owner, responsible, queue }: Ticket,
  { desk, locale }: Pick<CardContext, 'desk' | 'locale'>,
): string {
  if (owner) return translate(locale, 'notice.ownedBy', { owner: nameOf(owner.name) });
  if (responsible) return '';
  return translate(locale, 'notice.nobodyAnswersFor', { queue: queueName(desk, queue) });
}

/** Data of `pointer.template.json`. */
export type PointerData = {
  readonly fallbackText: string;
  readonly title: string;
  readonly text: string;
  readonly links: readonly LinkButton[];
};

export type PointerInput = {
  readonly number: string;
  /** Address of the live card; absent where nothing can be linked, as in a personal chat. */
  readonly link?: string;
};

/** What becomes of a card that was posted twice: it leads to the one that lives. */
export function orphanPointer(input: PointerInput, context: CardContext): Outgoing {
  const data = pointerView(input, context);
  return { card: compose('pointer', data), summary: `${data.title} – ${input.number}` };
}

export function pointerView({ number, link }: PointerInput, { locale }: CardContext): PointerData {
  const title = translate(locale, 'orphan.title');
  const text = translate(locale, link === undefined ? 'orphan.text' : 'orphan.textWithLink', { number });
  return {
    fallbackText: `${title}. ${text}`,
    title,
    text,
    links: link === undefined ? [] : [linkButton(translate(locale, 'action.openCard'), link)],
  };
}
