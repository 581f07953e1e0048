/** The history of a ticket in a dialog (T10): why it is where it is first (R5), then every change, newest first. */

import { TICKET_TYPES } from '../../domain/desk.ts';
import type { TicketEvent } from '../../domain/events.ts';
import { isPlaced } from '../../domain/routing.ts';
import type { RoutingReason, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { Outgoing } from '../kit/card.ts';
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
} from '../kit/context.ts';
import { fitting } from '../kit/escape.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { detailsOf, TEXT_BYTES, whatHappened } from './history-events.ts';

/** Bytes of the card for the entries. */
const ENTRIES_BYTES = 21_000;
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

export const historyTemplate = cardTemplate<HistoryData>(import.meta.dirname, 'history');

/** @param history all events, oldest first */
export function historyDialog(
  ticket: Ticket,
  history: readonly TicketEvent[],
  context: CardContext,
): Outgoing {
  const title = translate(context.locale, 'history.title', { number: ticket.number });
  return { card: compose(historyTemplate, historyView(ticket, history, context)), summary: title };
}

export function historyView(
  ticket: Ticket,
  history: readonly TicketEvent[],
  context: CardContext,
): HistoryData {
  const { locale } = context;
  const important = new Set(ticket.articles.flatMap((article) => (article.important ? [article.id] : [])));
  const numbered: Numbered[] = history.map((event, index) => ({
    event,
    important: important.has(index + 1),
  }));
  const [first, ...later] = numbered;
  const opening = first ? [entry(first, context)] : [];
  const entries: HistoryEntry[] = [];
  let bytes = opening.reduce((sum, one) => sum + bytesOf(one), 0);
  // How it began and what happened last say most: what does not fit is left out between them.
  // What is marked as important comes before all else (T18).
  const newestFirst = later.toReversed();
  const inOrder = newestFirst.toSorted((a, b) => Number(b.important) - Number(a.important));
  for (const one of inOrder) {
    const next = entry(one, context);
    bytes += bytesOf(next);
    if (bytes > ENTRIES_BYTES) break;
    entries.push(next);
  }
  const count = later.length - entries.length;
  return {
    fallbackText: fallbackText(context, ticket),
    subject: subjectOf(ticket.subject),
    why: { title: translate(locale, 'history.why'), text: why(ticket, history, context) },
    entries: first?.important ? [...opening, ...entries] : [...entries, ...opening],
    omitted: maybe(count === 0 ? '' : translate(locale, 'history.omitted', { count })),
  };
}

function bytesOf(one: HistoryEntry): number {
  return Buffer.byteLength(JSON.stringify(one)) + FRAME_BYTES;
}

/** An event, and whether what was written with it is marked as important. */
type Numbered = { readonly event: TicketEvent; readonly important: boolean };

function entry({ event, important }: Numbered, context: CardContext): HistoryEntry {
  const { locale } = context;
  const who = event.by ? nameOf(event.by.name) : translate(locale, 'history.desk');
  return {
    what: `${important ? '★ ' : ''}${whatHappened(event, context)}`,
    text: maybe(detailsOf(event, context)),
    who: [who, said(context, event.at), translate(locale, `via.${event.via}`)].join(' · '),
  };
}

function why(ticket: Ticket, history: readonly TicketEvent[], context: CardContext): string {
  const { desk, locale } = context;
  const opened = history.find((event) => event.type === 'opened');
  const queue = queueName(desk, opened?.routing.queue ?? ticket.queue);
  const { rule, because } = opened?.routing.reason ?? ticket.routing;
  const reasons = fitting(because.map((reason) => condition(reason, context)).join(', '), TEXT_BYTES);
  if (rule !== undefined)
    return translate(locale, 'history.byRule', { rule: nameOf(rule), queue, because: reasons });
  if (isPlaced(opened?.routing.reason ?? ticket.routing))
    return translate(locale, 'history.chosen', { queue });
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
    case 'chosen':
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
