/** The ping before and at the breach of a deadline (D3), on which who may supervise can assign the ticket (T4). */

import { calendarFor, dueAt } from '../../domain/deadlines.ts';
import type { DeadlineKind } from '../../domain/desk.ts';
import { type Actor, maySupervise } from '../../domain/rights.ts';
import { isClosed, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, type LinkButton, linkButton, type SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  articleKind,
  type CardContext,
  type Color,
  dated,
  type Fact,
  factSet,
  fallbackText,
  type Maybe,
  type Notice,
  type NoticeData,
  nameOf,
  noticeData,
  queueName,
  subjectOf,
  summaryOf,
} from '../kit/context.ts';
import { plain } from '../kit/escape.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { assignTask } from '../kit/tasks.ts';
import { offersFor } from '../queue/queue-buttons.ts';

export type EscalationInput = {
  readonly ticket: Ticket;
  readonly deadline: DeadlineKind;
  /** Share of the allowed time at which the level fired; 1 or more is a breach. */
  readonly share: number;
  /** Who gets it. */
  readonly viewer: Actor;
  /** Address of the ticket's card in its queue's channel. */
  readonly link?: string;
  readonly notice?: Notice;
};

/** Data of `escalation.template.json`. */
export type EscalationData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly headline: string;
  readonly color: Color;
  readonly deadline: string;
  readonly subject: string;
  readonly number: string;
  readonly facts: Maybe<{ readonly facts: readonly Fact[] }>;
  readonly buttons: readonly SubmitButton[];
  readonly links: readonly LinkButton[];
};

export const escalationTemplate = cardTemplate<EscalationData>(import.meta.dirname, 'escalation');

export function escalationCard(input: EscalationInput, context: CardContext): Outgoing {
  const { ticket } = input;
  const data = escalationView(input, context);
  const refresh = {
    data: { verb: 'refresh' as const, ...aboutTicket(ticket) },
    userIds: context.refreshFor ?? [],
  };
  return {
    card: compose(escalationTemplate, data, { refresh }),
    summary: summaryOf(
      `${data.headline}: ${translate(context.locale, `deadline.${input.deadline}`)}`,
      ticket,
    ),
  };
}

export function escalationView(input: EscalationInput, context: CardContext): EscalationData {
  const { ticket, share, viewer, link, notice } = input;
  const { desk, locale } = context;
  const breach = share >= 1;
  const mayAssign = maySupervise(viewer, ticket) && offersFor(ticket, viewer).includes('assign');
  const owner = ticket.owner ? nameOf(ticket.owner.name) : translate(locale, 'label.nobody');
  const fact = (title: string, value: string): Fact => ({ title, value: plain(value) });
  return {
    fallbackText: fallbackText(context, ticket),
    notice: noticeData(notice),
    headline: translate(locale, breach ? 'escalation.breach' : 'escalation.warning'),
    color: breach ? 'Attention' : 'Warning',
    deadline: deadlineText(input, context),
    subject: subjectOf(ticket.subject),
    number: translate(locale, 'card.requestNumber', { number: ticket.number }),
    facts: factSet([
      fact(translate(locale, 'escalation.queue'), queueName(desk, ticket.queue)),
      fact(translate(locale, 'label.owner'), owner),
      fact(translate(locale, 'escalation.state'), translate(locale, `state.${ticket.state.kind}`)),
      fact(translate(locale, 'escalation.lastActivity'), lastActivity(ticket, context)),
    ]),
    buttons: mayAssign ? [assignTask(ticket, context)] : [],
    links: link === undefined ? [] : [linkButton(translate(locale, 'action.openCard'), link)],
  };
}

/** When it is or was due, as the clock stands; only its name where it has been met or paused since. */
function deadlineText({ ticket, deadline, share }: EscalationInput, context: CardContext): string {
  const { locale, desk, calendars } = context;
  const name = translate(locale, `deadline.${deadline}`);
  const clock = isClosed(ticket.state) ? undefined : ticket.deadlines.find(({ kind }) => kind === deadline);
  const at = clock && dueAt(clock, calendarFor(desk, calendars, ticket), 1);
  if (at === undefined) return name;
  const key = share >= 1 ? 'escalation.deadlineBreach' : 'escalation.deadlineWarning';
  return translate(locale, key, { deadline: name, when: dated(context, at) });
}

/** The last thing that somebody wrote: an escalation is no activity. */
function lastActivity({ articles }: Ticket, context: CardContext): string {
  const last = articles.at(-1);
  if (!last) return '';
  return translate(context.locale, 'card.byKindWhen', {
    kind: articleKind(last, context.locale),
    who: nameOf(last.by.name),
    when: dated(context, last.at),
  });
}
