/** The history of a ticket in a dialog (T10): why it is where it is first (R5), then every change, newest first. */

import type { Outgoing } from '../app/ports.ts';
import { TICKET_TYPES } from '../domain/desk.ts';
import type { EventOf, TicketEvent } from '../domain/events.ts';
import type { RoutingReason, Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import {
  type CardContext,
  fallbackText,
  type Line,
  type Maybe,
  maybe,
  nameOf,
  queueName,
  said,
  serviceName,
  subjectOf,
} from './context.ts';
import { fitting, oneLine, verbatim } from './escape.ts';
import { compose } from './render.ts';

/** Bytes of the card for the entries, and of these for a single text. The request itself may take more. */
const ENTRIES_BYTES = 21_000;
const TEXT_BYTES = 1_500;
const REQUEST_BYTES = 11_000;
/** What an entry's frame takes in the card besides its texts. */
const FRAME_BYTES = 420;

export type HistoryEntry = { readonly what: string; readonly text: Maybe<Line>; readonly who: string };

/** Data of `history.template.json`. */
export type HistoryData = {
  readonly fallbackText: string;
  readonly subject: string;
  readonly why: { readonly title: string; readonly text: string };
  readonly entries: readonly HistoryEntry[];
  readonly omitted: Maybe<Line>;
};

/** @param history all events, oldest first */
export function historyDialog(
  ticket: Ticket,
  history: readonly TicketEvent[],
  context: CardContext,
): Outgoing {
  const title = translate(context.locale, 'history.title', { number: ticket.number });
  return { card: compose('history', historyView(ticket, history, context)), summary: title };
}

export function historyView(
  ticket: Ticket,
  history: readonly TicketEvent[],
  context: CardContext,
): HistoryData {
  const { locale } = context;
  const [first, ...later] = history;
  const opening = first ? [entry(first, context)] : [];
  const entries: HistoryEntry[] = [];
  let bytes = opening.reduce((sum, one) => sum + bytesOf(one), 0);
  // How it began and what happened last say most: what does not fit is left out between them.
  for (const event of later.toReversed()) {
    const next = entry(event, context);
    bytes += bytesOf(next);
    if (bytes > ENTRIES_BYTES) break;
    entries.push(next);
  }
  const count = later.length - entries.length;
  return {
    fallbackText: fallbackText(context, ticket),
    subject: subjectOf(ticket.subject),
    why: { title: translate(locale, 'history.why'), text: why(ticket, history, context) },
    entries: [...entries, ...opening],
    omitted: maybe(count === 0 ? '' : translate(locale, 'history.omitted', { count })),
  };
}

function bytesOf(one: HistoryEntry): number {
  return Buffer.byteLength(JSON.stringify(one)) + FRAME_BYTES;
}

function entry(event: TicketEvent, context: CardContext): HistoryEntry {
  const { locale } = context;
  const who = event.by ? nameOf(event.by.name) : translate(locale, 'history.desk');
  return {
    what: what(event, context),
    text: maybe(text(event, context)),
    who: [who, said(context, event.at), translate(locale, `via.${event.via}`)].join(' · '),
  };
}

function what(event: TicketEvent, context: CardContext): string {
  const { desk, locale } = context;
  switch (event.type) {
    case 'opened':
      return translate(locale, 'history.opened', { queue: queueName(desk, event.routing.queue) });
    case 'assigned':
      return translate(locale, 'history.assigned', {
        from: event.from ? nameOf(event.from.name) : translate(locale, 'label.nobody'),
        to: nameOf(event.to.name),
      });
    case 'escalated':
      return translate(locale, event.share >= 1 ? 'history.escalatedBreach' : 'history.escalatedWarning', {
        deadline: translate(locale, `deadline.${event.deadline}`),
        level: oneLine(event.level),
      });
    default:
      return translate(locale, `history.${event.type}`);
  }
}

function text(event: TicketEvent, context: CardContext): string {
  const { locale } = context;
  switch (event.type) {
    case 'opened':
      return lines(
        shortened(event.request.text, REQUEST_BYTES),
        files(event.request.attachments.length, context),
        event.request.chargeAccepted ? translate(locale, 'history.chargeAccepted') : '',
      );
    case 'noted':
    case 'requesterWrote':
      return lines(shortened(event.text, TEXT_BYTES), files(event.attachments.length, context));
    case 'replied':
    case 'closedSuccessfully':
      return shortened(event.text, TEXT_BYTES);
    case 'assigned':
      return shortened(event.note, TEXT_BYTES);
    case 'classified':
      return changes(event, context);
    case 'escalated':
      return event.notified.length === 0
        ? ''
        : translate(locale, 'history.toldTo', {
            names: shortened(event.notified.map(({ name }) => nameOf(name)).join(', '), TEXT_BYTES),
          });
    case 'claimed':
    case 'waitedForRequester':
    case 'waitEnded':
    case 'reopened':
      return '';
  }
}

/** Only what changed. */
function changes({ from, to }: EventOf<'classified'>, context: CardContext): string {
  const { locale } = context;
  const changed = (before: string, after: string): { from: string; to: string }[] =>
    before === after ? [] : [{ from: before, to: after }];
  return [
    ...changed(
      translate(locale, `priority.${from.priority}`),
      translate(locale, `priority.${to.priority}`),
    ).map((params) => translate(locale, 'history.priority', params)),
    ...changed(translate(locale, `type.${from.ticketType}`), translate(locale, `type.${to.ticketType}`)).map(
      (params) => translate(locale, 'history.type', params),
    ),
    ...changed(serviceName(context, from.service), serviceName(context, to.service)).map((params) =>
      translate(locale, 'history.service', params),
    ),
  ].join(', ');
}

function why(ticket: Ticket, history: readonly TicketEvent[], context: CardContext): string {
  const { desk, locale } = context;
  const opened = history.find((event) => event.type === 'opened');
  const queue = queueName(desk, opened?.routing.queue ?? ticket.queue);
  const { rule, because } = opened?.routing.reason ?? ticket.routing;
  const reasons = fitting(because.map((reason) => condition(reason, context)).join(', '), TEXT_BYTES);
  if (rule !== undefined)
    return translate(locale, 'history.byRule', { rule: nameOf(rule), queue, because: reasons });
  return reasons === ''
    ? translate(locale, 'history.noRule', { queue })
    : translate(locale, 'history.noRuleBecause', { queue, because: reasons });
}

function condition({ condition, value }: RoutingReason['because'][number], context: CardContext): string {
  const { desk, locale } = context;
  const name = translate(locale, `condition.${condition}`);
  switch (condition) {
    case 'always':
      return name;
    case 'service':
      return translate(locale, 'history.condition', { name, value: serviceName(context, value) });
    case 'type':
      return translate(locale, 'history.condition', { name, value: typeName(value, context) });
    case 'organisation':
      return translate(locale, 'history.condition', {
        name,
        value: nameOf(desk.organisations.get(value)?.name ?? value),
      });
    case 'area':
      return translate(locale, 'history.condition', {
        name,
        value: nameOf(desk.areas.get(value)?.name ?? value),
      });
    case 'serviceQueue':
      return translate(locale, 'history.condition', { name, value: queueName(desk, value) });
    case 'words':
    case 'domain':
      return translate(locale, 'history.condition', { name, value: nameOf(value) });
  }
}

function typeName(value: string, context: CardContext): string {
  const known = TICKET_TYPES.find((type) => type === value);
  return known ? translate(context.locale, `type.${known}`) : nameOf(value);
}

function files(count: number, { locale }: CardContext): string {
  return count === 0 ? '' : translate(locale, 'history.withFiles', { count });
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function shortened(text: string, bytes: number): string {
  const shown = verbatim(text.trim());
  const fitted = fitting(shown, bytes);
  return fitted.length < shown.length ? `${fitted}…` : fitted;
}
