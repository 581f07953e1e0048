/**
 * The whole ticket as one document for the file (T18): HTML that opens anywhere, without Sportello and without a network,
 * and prints well. It runs nothing and refers to nothing.
 */

import { detailsOf, whatHappened } from '../cards/dialogs/history-events.ts';
import { sentTo } from '../cards/kit/article-quotes.ts';
import {
  agreementName,
  articleKind,
  type CardContext,
  organisationName,
  queueName,
  serviceName,
} from '../cards/kit/context.ts';
import { linksText } from '../cards/kit/links-view.ts';
import { fieldLabel } from '../cards/queue/queue-view.ts';
import { impactOf } from '../domain/classification.ts';
import type { TicketEvent } from '../domain/events.ts';
import type { Printing } from '../domain/printing.ts';
import {
  type Article,
  type AttachmentRef,
  type Instant,
  isPublic,
  minutesOf,
  type Ticket,
} from '../domain/ticket.ts';
import { type TextKey, translate } from '../i18n/translate.ts';
import { formatFullDate, formatRange, formatSize } from '../i18n/when.ts';
import { html, type Markup } from './markup.ts';
import { STYLE } from './style.ts';

/**
 * @param history all events, oldest first; shown where everything is
 * @param contact false for who is not to learn how the requester can be reached
 */
export function ticketDocument(
  ticket: Ticket,
  history: readonly TicketEvent[],
  scope: Printing['scope'],
  context: CardContext,
  contact = true,
): string {
  const { desk, locale, now } = context;
  const inside = scope === 'everything';
  const articles = ticket.articles.filter((article) => inside || isPublic(article));
  const important = articles.filter((article) => article.important);
  const rest = articles.filter((article) => !article.important);
  const title = `${ticket.number} ${ticket.subject}`;
  const page = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: STYLE }}</style>
</head>
<body>
<header>
<p class="desk">${desk.name}</p>
<h1>${ticket.subject}</h1>
<p class="number">${translate(locale, 'card.requestNumber', { number: ticket.number })}</p>
<p class="scope ${scope}">${translate(locale, `print.${scope}`)}</p>
</header>
${facts(ticket, inside, contact, context)}
${section('print.important', important, inside, context)}
${section(important.length > 0 ? 'print.otherArticles' : 'print.articles', rest, inside, context)}
${inside ? historySection(ticket, history, context) : html``}
<footer>${translate(locale, 'print.printedOn', { when: full(now, context), zone: desk.timeZone })}</footer>
</body>
</html>
`;
  return page.html;
}

function full(at: Instant, { desk, locale }: CardContext): string {
  return formatFullDate(at, locale, desk.timeZone);
}

function facts(ticket: Ticket, inside: boolean, reach: boolean, context: CardContext): Markup {
  const { desk, locale } = context;
  const { contact, organisation, owner, responsible, state } = ticket;
  const label = (key: TextKey) => translate(locale, key);
  const reachable = contact.availability.map(formatRange).join(', ');
  const service = desk.services.get(ticket.service);
  const work = minutesOf(ticket);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [label('escalation.state'), label(inside ? `state.${state.kind}` : `requesterState.${state.kind}`)],
    [label('print.openedOn'), full(ticket.createdAt, context)],
    [label('print.endedOn'), 'at' in state ? full(state.at, context) : undefined],
    [label('print.requester'), ticket.requester.name],
    [label('label.organisation'), organisation && organisationName(desk, organisation)],
    [
      label('label.contact'),
      reach ? [contact.name, contact.phone, contact.email].filter(Boolean).join(', ') : undefined,
    ],
    [label('print.reachable'), (reach && reachable) || undefined],
    [label('label.service'), serviceName(context, ticket.service)],
    [label('label.type'), label(`type.${ticket.type}`)],
    ...Object.entries(reach ? ticket.fields : {}).map(
      ([id, value]) => [fieldLabel(id, service, context), value || undefined] as const,
    ),
    [label('print.charge'), ticket.chargeAccepted ? label('history.chargeAccepted') : undefined],
    [label('print.office'), queueName(desk, ticket.queue)],
    // Who is to work it is the office’s business until they do.
    [label('label.owner'), inside || ticket.locked ? owner?.name : undefined],
    [label('label.links'), (inside && linksText(ticket, context)) || undefined],
    [label('print.responsible'), inside ? responsible?.name : undefined],
    [
      label('print.work'),
      inside && work > 0 ? translate(locale, 'history.minutes', { count: work }) : undefined,
    ],
    [label('label.priority'), inside ? label(`priority.${ticket.priority}`) : undefined],
    [
      label('label.agreement'),
      inside && ticket.agreement !== undefined ? agreementName(context, ticket.agreement) : undefined,
    ],
    [label('label.impact'), inside ? label(`impact.${impactOf(ticket)}`) : undefined],
  ];
  return html`<table class="facts">
${rows.flatMap(([name, value]) =>
  value === undefined ? [] : [html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`],
)}</table>`;
}

function section(
  heading: TextKey,
  articles: readonly Article[],
  inside: boolean,
  context: CardContext,
): Markup {
  if (articles.length === 0) return html``;
  return html`<section>
<h2>${translate(context.locale, heading)}</h2>
${articles.map((article) => articleMarkup(article, inside, context))}</section>`;
}

function articleMarkup(article: Article, inside: boolean, context: CardContext): Markup {
  const { id, kind, by, at, text, attachments, minutes, forwarded } = article;
  const { locale } = context;
  const who = by.name || translate(locale, 'history.desk');
  const from = translate(locale, 'print.from', { id, who, when: full(at, context) });
  const worked =
    inside && minutes !== undefined ? [translate(locale, 'history.minutes', { count: minutes })] : [];
  return html`<article class="${kind}">
<h3>${articleKind(article, locale)}</h3>
<p class="from">${[from, ...worked].join(' · ')}</p>
${forwarded ? html`<p class="from">${sentTo(forwarded, locale)}</p>\n` : html``}${text.trim() === '' ? html`` : html`<div class="text">${text.trim()}</div>`}
${files(attachments, context)}</article>
`;
}

/** By name, size and fingerprint: the files themselves are kept apart, and can be told to be the same. */
function files(attachments: readonly AttachmentRef[], { locale }: CardContext): Markup {
  if (attachments.length === 0) return html``;
  return html`<div class="files">
<h4>${translate(locale, 'label.attachments')}</h4>
<ul>
${attachments.map(
  ({ name, size, id }) =>
    html`<li>${name} (${formatSize(size, locale)})<br><span class="digest">SHA-256 ${id}</span></li>\n`,
)}</ul>
</div>
`;
}

function historySection(ticket: Ticket, history: readonly TicketEvent[], context: CardContext): Markup {
  // What was written stands above, whole.
  const written = new Set(ticket.articles.map(({ id }) => id));
  return html`<section>
<h2>${translate(context.locale, 'action.history')}</h2>
<table class="history">
${history.map((event, index) => historyRow(event, written.has(index + 1), context))}</table>
</section>`;
}

function historyRow(event: TicketEvent, written: boolean, context: CardContext): Markup {
  const { locale } = context;
  const details = written ? '' : detailsOf(event, context);
  const by = event.by?.name ?? translate(locale, 'history.desk');
  return html`<tr><td class="when">${full(event.at, context)}</td><td>${whatHappened(event, context)}${
    details === '' ? html`` : html`<div class="detail">${details}</div>`
  }</td><td>${by}, ${translate(locale, `via.${event.via}`)}</td></tr>
`;
}
