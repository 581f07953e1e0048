/** Notices to those who work tickets (W4, T4, N2): in the thread below the card, and in their personal chats. */

import type { AttachmentRef, Locale, PersonRef, Ticket } from '../../domain/ticket.ts';
import { type TextKey, translate } from '../../i18n/translate.ts';
import {
  aboutTicket,
  type Button,
  button,
  type LinkButton,
  linkButton,
  type SubmitButton,
} from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
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
  summaryOf,
} from '../kit/context.ts';
import { extract, verbatim } from '../kit/escape.ts';
import { fileNames } from '../kit/file-names.ts';
import { type Additions, cardTemplate, compose } from '../kit/render.ts';
import { aboutLine, wholeText } from './requester-notice-view.ts';
import { threadHeadline } from './thread-headline.ts';

const EXTRACT_SHOWN = 300;

/** A copy that was posted twice gives itself away by asking for its refresh. */
function refreshing(ticket: Ticket, { refreshFor = [] }: CardContext): Additions {
  return { refresh: { data: { verb: 'refresh', ...aboutTicket(ticket) }, userIds: refreshFor } };
}

/** Data of `agent-notice.template.json`. */
export type AgentNoticeData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly headline: string;
  readonly about: string;
  readonly quote: Maybe<QuoteData>;
  readonly text: Maybe<Line>;
  readonly buttons: readonly (Button | SubmitButton)[];
  readonly links: readonly LinkButton[];
};

export const agentNoticeTemplate = cardTemplate<AgentNoticeData>(import.meta.dirname, 'agent-notice');

export const THREAD_NOTICES = [
  ...(['requesterWrote', 'requesterCorrected', 'reopened', 'returned', 'withdrawn', 'mailReceived'] as const),
] as const;

export type ThreadNoticeInput = {
  readonly kind: (typeof THREAD_NOTICES)[number];
  readonly ticket: Ticket;
  /** Who wrote, where it was not the requester; for returned: who moved it back. */
  readonly by?: PersonRef;
  /** The requester's message, or the note of the move; agents read it whole, here. */
  readonly text?: string;
  readonly attachments?: readonly AttachmentRef[];
  /** How many messages it speaks of, where several came at once; the text is that of the last ones. */
  readonly count?: number;
};

/** In the thread below the ticket's card. The card above has the buttons. */
export function threadNotice(input: ThreadNoticeInput, context: CardContext): Outgoing {
  const data = threadNoticeView(input, context);
  return {
    card: compose(agentNoticeTemplate, data, refreshing(input.ticket, context)),
    summary: summaryOf(data.headline, input.ticket),
  };
}

export function threadNoticeView(
  { kind, ticket, by, text = '', attachments = [], count = 1 }: ThreadNoticeInput,
  context: CardContext,
): AgentNoticeData {
  const { locale } = context;
  const requester = nameOf((by ?? ticket.requester).name);
  const headline = threadHeadline({ kind, by, text, attachments, count }, requester, context);
  return {
    fallbackText: fallbackText(context, ticket),
    notice: [],
    headline,
    about: aboutLine(ticket),
    quote: quote(wholeText(text)),
    text: maybe(
      [count > 1 ? translate(locale, 'notice.latestShown') : '', fileNames(attachments, context)]
        .filter(Boolean)
        .join(' '),
    ),
    buttons: [],
    links: [],
  };
}

export const PERSONAL_NOTICES = [
  'requesterWrote',
  'requesterCorrected',
  'agentClaimed',
  'agentClosed',
  'assigned',
  'agentMerged',
  'absorbed',
  'mergeUndone',
  'newRequest',
  'unrouted',
  'agentReleased',
  'ownerLeft',
  'releasedFromYou',
  'lostByMove',
  'lostByDesk',
  'assignedAway',
  'appointedYou',
  'appointedOther',
  'movedHere',
  'agentGaveUp',
  'agentNotReached',
  'autoClosed',
  'whyUnsolved',
  'reviewAsked',
  'reminderDue',
  'reminderOf',
  'noted',
  'mailReceived',
  'mailFailed',
  'withdrawnByRequester',
  'ratedLow',
  'unclaimed',
] as const;

export type PersonalNoticeInput = {
  readonly kind: (typeof PERSONAL_NOTICES)[number];
  readonly ticket: Ticket;
  readonly by?: PersonRef;
  /** The request, a message, the closing text, or the note that came with the assignment: only its beginning is shown (N2). */
  readonly text?: string;
  /** Address of the ticket's card in its queue's channel. */
  readonly link?: string;
  /** What the reader is asked to do. */
  readonly task?: SubmitButton;
  /** What became of it. */
  readonly notice?: Notice;
  /** For requesterWrote, noted and mailReceived: how many there were, where several came at once. */
  readonly count?: number;
  /** For agentMerged, absorbed and mergeUndone: number of the other ticket; for mailFailed the addresses; for ownerLeft who held it. */
  readonly other?: string;
};

/** In the personal chat of an agent, a supervisor or an administrator. */
export function personalNotice(input: PersonalNoticeInput, context: CardContext): Outgoing {
  const data = personalNoticeView(input, context);
  return {
    card: compose(agentNoticeTemplate, data, refreshing(input.ticket, context)),
    summary: summaryOf(data.headline, input.ticket),
  };
}

export function personalNoticeView(input: PersonalNoticeInput, context: CardContext): AgentNoticeData {
  const { kind, ticket, by, text = '', link, task, notice, other = '', count = 1 } = input;
  const { desk, locale } = context;
  const wrote = kind === 'requesterWrote' || kind === 'requesterCorrected' ? ticket.requester : undefined;
  const who = nameOf((by ?? wrote)?.name ?? desk.name);
  return {
    fallbackText: fallbackText(context, ticket),
    notice: noticeData(notice),
    headline: translate(locale, headlineKey(kind, by !== undefined, count), {
      who,
      count,
      queue: queueName(desk, ticket.queue),
      owner: nameOf(ticket.owner?.name ?? ''),
      stars: ticket.rating?.stars ?? 0,
      other: nameOf(other),
    }),
    about: aboutLine(ticket),
    quote: quote(verbatim(extract(text, EXTRACT_SHOWN))),
    text: maybe(explanation(input, context)),
    buttons: [...(task ? [task] : []), boardButton(locale, link === undefined && !task)],
    links: link === undefined ? [] : [linkButton(translate(locale, 'action.openCard'), link)],
  };
}

function headlineKey(kind: PersonalNoticeInput['kind'], signed: boolean, count: number): TextKey {
  const many = kind === 'requesterWrote' || kind === 'noted' || kind === 'mailReceived';
  if (many && count > 1) return `notice.${kind}Many`;
  return kind === 'assigned' && !signed ? 'notice.assignedByDesk' : `notice.${kind}`;
}

/** The dashboard, below the notice. A menu of further actions with nothing before it would hide the only one. */
function boardButton(locale: Locale, alone: boolean): Button {
  const look = { chooses: { anew: 'yes' }, inputs: 'none', mode: alone ? 'primary' : 'secondary' } as const;
  return button(translate(locale, 'action.board'), 'board', { list: '' }, look);
}

function explanation({ kind, ticket, task }: PersonalNoticeInput, { desk, locale }: CardContext): string {
  if (kind === 'unrouted')
    return translate(locale, 'notice.unroutedText', { queue: queueName(desk, ticket.queue) });
  if (kind === 'agentReleased' || kind === 'ownerLeft' || kind === 'unclaimed')
    return task ? translate(locale, 'notice.agentReleasedText') : '';
  if (kind === 'mailFailed') return translate(locale, 'notice.mailFailedText');
  if (kind === 'lostByDesk')
    return translate(locale, 'notice.lostByDeskText', { queue: queueName(desk, ticket.queue) });
  if (kind === 'lostByMove')
    return translate(locale, 'notice.lostByMoveText', { queue: queueName(desk, ticket.queue) });
  if (kind === 'appointedOther')
    return translate(locale, 'notice.appointedOtherText', {
      responsible: nameOf(ticket.responsible?.name ?? translate(locale, 'label.nobody')),
    });
  if (kind === 'newRequest') return whoseItIs(ticket, { desk, locale });
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
  readonly more: Maybe<Line>;
  readonly links: readonly LinkButton[];
};

export const pointerTemplate = cardTemplate<PointerData>(import.meta.dirname, 'pointer');

export type PointerInput = {
  readonly number: string;
  /** Address of the live card; absent where nothing can be linked, as in a personal chat. */
  readonly link?: string;
};

export type MovedInput = {
  readonly ticket: Ticket;
  readonly link?: string;
  readonly notice?: Notice;
  /** The reader has no rights where it is now. */
  readonly lost?: boolean;
};

/** What is left of a ticket's card in a channel that it has been moved away from (T5). */
export function movedPointer(
  { ticket, link, notice, lost = false }: MovedInput,
  context: CardContext,
): Outgoing {
  const { desk, locale } = context;
  const queue = queueName(desk, ticket.queue);
  const moved = (ticket.formerQueues ?? []).length > 0;
  const title = translate(locale, moved ? 'card.movedAway' : 'card.inQueue', { queue });
  // That it was moved is what the title says; what was turned down says more.
  const text = notice && notice.tone !== 'good' ? verbatim(notice.text) : aboutLine(ticket);
  const data: PointerData = {
    fallbackText: `${title}. ${text}`,
    title,
    text,
    more: maybe(lost ? translate(locale, 'card.movedOutOfReach', { queue }) : ''),
    links: link === undefined ? [] : [linkButton(translate(locale, 'action.openCard'), link)],
  };
  return {
    card: compose(pointerTemplate, data, refreshing(ticket, context)),
    summary: summaryOf(title, ticket),
  };
}

/** What becomes of a card that was posted twice: it leads to the one that lives. */
export function orphanPointer(input: PointerInput, context: CardContext): Outgoing {
  const data = pointerView(input, context);
  return { card: compose(pointerTemplate, data), summary: `${data.title} – ${input.number}` };
}

export function pointerView({ number, link }: PointerInput, { locale }: CardContext): PointerData {
  const title = translate(locale, 'orphan.title');
  const text = translate(locale, link === undefined ? 'orphan.text' : 'orphan.textWithLink', { number });
  return {
    fallbackText: `${title}. ${text}`,
    title,
    text,
    more: [],
    links: link === undefined ? [] : [linkButton(translate(locale, 'action.openCard'), link)],
  };
}
