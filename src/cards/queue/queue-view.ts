/** The card of a ticket in its queue's channel (W1): as everybody sees it, and as one person does (W3). */

import type { Service } from '../../domain/desk.ts';
import { isInTeams } from '../../domain/outsiders.ts';
import { type Actor, mayReadInternally } from '../../domain/rights.ts';
import { type Locale, minutesOf, type StateKind, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { formatDuration, formatRange } from '../../i18n/when.ts';
import { quotes } from '../kit/article-quotes.ts';
import { aboutTicket, type Button, type PlaceForm, type SubmitButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  agreementName,
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
  organisationName,
  type QuoteData,
  said,
  serviceName,
  subjectOf,
} from '../kit/context.ts';
import { extract, oneLine, plain, verbatim } from '../kit/escape.ts';
import type { FormState } from '../kit/fields.ts';
import { linksText } from '../kit/links-view.ts';
import { type OldClients, oldClients } from '../kit/old-clients.ts';
import { type PrintLinks, printActions, type QuietRow, quietRow } from '../kit/quiet-row.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { type DeadlineLine, deadlineLine } from './deadline-view.ts';
import {
  attachmentsOf,
  courtesyButtons,
  dialogButtons,
  offerButtons,
  type SideButton,
  watchButtons,
  workViewButton,
} from './queue-buttons.ts';
import { formButtons, queueForm } from './queue-forms.ts';

const TEXT_SHOWN = 300;
const FACT_SHOWN = 120;

export type QueueInput = {
  readonly ticket: Ticket;
  /** Whose version it is; absent for the one that is posted to the channel. */
  readonly viewer?: Actor;
  /**
   * True where Teams does not say who is in the channel, so that no client asks for a version of its own: then everybody
   * gets one button, which opens that version for whoever may work the ticket.
   */
  readonly nobodyNamed?: boolean;
  /** The form of choices that is open. Its buttons take the place of the others. */
  readonly form?: PlaceForm;
  readonly state?: FormState;
  readonly notice?: Notice;
  readonly print?: PrintLinks;
};

/** Data of `queue.template.json`. */
export type QueueData = {
  readonly fallbackText: string;
  readonly notice: Maybe<NoticeData>;
  readonly number: string;
  readonly subject: string;
  readonly from: string;
  readonly state: string;
  readonly stateColor: Color;
  readonly owner: string;
  readonly deadline: Maybe<DeadlineLine & { readonly calm: boolean }>;
  readonly text: string;
  readonly quote: readonly QuoteData[];
  readonly facts: Maybe<{ readonly facts: readonly Fact[] }>;
  readonly quiet: Maybe<QuietRow>;
  readonly oldClients: Maybe<OldClients>;
  readonly buttons: readonly (Button | SubmitButton)[];
  readonly dialogs: readonly SideButton[];
};

export const queueTemplate = cardTemplate<QueueData>(import.meta.dirname, 'queue');

export function queueCard(input: QueueInput, context: CardContext): Outgoing {
  const { ticket, form, state } = input;
  const data = queueView(input, context);
  const card = compose(queueTemplate, data, {
    form: form && queueForm(form, ticket, context, state),
    refresh: { data: { verb: 'refresh', ...aboutTicket(ticket) }, userIds: context.refreshFor ?? [] },
  });
  return { card, summary: oneLine(`${ticket.number} ${data.subject} – ${data.from}`) };
}

export function queueView(input: QueueInput, context: CardContext): QueueData {
  const { ticket, viewer, form, notice } = input;
  const { locale } = context;
  const deadline = deadlineLine(ticket, context, viewer !== undefined);
  const buttons = !viewer
    ? input.nobodyNamed
      ? [workViewButton(ticket, locale)]
      : []
    : form
      ? formButtons(form, ticket, context, input.state)
      : offerButtons(ticket, viewer, context);
  const internally = viewer !== undefined && mayReadInternally(viewer, ticket);
  return {
    fallbackText: fallbackText(context, ticket),
    notice: noticeData(notice),
    number: [ticket.number, opened(ticket, context, viewer !== undefined), ...fileCount(ticket, locale)].join(
      ' · ',
    ),
    subject: subjectOf(ticket.subject),
    from: from(ticket, context),
    state: stateText(ticket, context),
    stateColor: STATE_COLOR[ticket.state.kind],
    owner: ` · ${ticket.owner ? nameOf(ticket.owner.name) : translate(locale, 'card.noOwner')}`,
    deadline: deadline.text === '' ? [] : [{ ...deadline, calm: deadline.color === 'Default' }],
    text: verbatim(extract(ticket.articles[0]?.text ?? '', TEXT_SHOWN)),
    quote: quotes(ticket, context, internally),
    facts: factSet(facts(ticket, context)),
    quiet: form
      ? []
      : quietRow([
          ...(viewer && ticket.locked ? courtesyButtons(ticket, viewer, context) : []),
          ...(viewer ? watchButtons(ticket, viewer, locale) : []),
          ...printActions(input.print, locale),
        ]),
    oldClients: viewer ? [] : oldClients(ticket, context),
    buttons,
    dialogs: form ? [] : dialogButtons(ticket, locale, buttons.length > 0 ? 'secondary' : 'primary'),
  };
}

function stateText({ state }: Ticket, context: CardContext): string {
  const { locale } = context;
  if (state.kind === 'waitingReminder')
    return translate(locale, state.reminded ? 'card.reminderDue' : 'card.waitingUntil', {
      when: dated(context, state.until),
    });
  if (state.kind === 'waitingAutoClose')
    return translate(locale, 'card.closesAlone', { when: dated(context, state.until) });
  return translate(locale, `state.${state.kind}`);
}

export const STATE_COLOR: Readonly<Record<StateKind, Color>> = {
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

function facts(ticket: Ticket, context: CardContext): Fact[] {
  const { desk, locale } = context;
  const { contact } = ticket;
  const service = desk.services.get(ticket.service);
  const fact = (title: string, value: string): Fact => ({
    title: plain(title),
    value: plain(extract(value, FACT_SHOWN)),
  });
  const type = translate(locale, `type.${ticket.type}`);
  const reached = isInTeams(ticket.requester.id);
  const name = contact.name === ticket.requester.name ? '' : contact.name;
  // The address is of use where the bot cannot reach them.
  const email = reached ? '' : (contact.email ?? '');
  const who = [name, contact.phone, email].filter((part) => part !== '').join(', ');
  const ranges = contact.availability.map(formatRange).join(', ');
  return [
    ...(reached ? [] : [fact(translate(locale, 'label.notices'), translate(locale, 'card.noTeams'))]),
    fact(
      translate(locale, 'label.service'),
      translate(locale, 'card.serviceAndType', { service: serviceName(context, ticket.service), type }),
    ),
    fact(translate(locale, 'label.priority'), translate(locale, `priority.${ticket.priority}`)),
    ...(ticket.agreement === undefined
      ? []
      : [fact(translate(locale, 'label.agreement'), agreementName(context, ticket.agreement))]),
    ...(ticket.impact === undefined
      ? []
      : [fact(translate(locale, 'label.impact'), translate(locale, `impact.${ticket.impact}`))]),
    ...(who === ''
      ? []
      : [
          fact(
            translate(locale, 'label.contact'),
            ranges === '' ? who : translate(locale, 'label.reachable', { phone: who, ranges }),
          ),
        ]),
    ...[linksText(ticket, context)]
      .filter((links) => links !== '')
      .map((links) => fact(translate(locale, 'label.links'), links)),
    ...workTime(ticket, fact, context),
    ...Object.entries(ticket.fields)
      .filter(([, value]) => value.trim() !== '')
      .map(([id, value]) => fact(fieldLabel(id, service, context), value)),
  ];
}

/** What all articles took together (T13), where somebody noted it. */
function workTime(
  ticket: Ticket,
  fact: (title: string, value: string) => Fact,
  { locale }: CardContext,
): Fact[] {
  const count = minutesOf(ticket);
  return count === 0
    ? []
    : [fact(translate(locale, 'label.workTime'), translate(locale, 'card.minutes', { count }))];
}

/** A field keeps its name when the ticket has since been given another service. */
export function fieldLabel(id: string, service: Service | undefined, { desk, locale }: CardContext): string {
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
