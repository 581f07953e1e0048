/** What was written about a ticket, quoted on cards and above forms. */

import { type Article, isPublic, type Locale, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import {
  articleKind,
  type CardContext,
  dated,
  type Maybe,
  nameOf,
  type QuoteData,
  quote,
  said,
} from './context.ts';
import { extract, verbatim } from './escape.ts';

const ARTICLE_SHOWN = 200;

/** What is marked as important, then the latest communication; internal ones only to those who may read them. */
export function quotes(ticket: Ticket, context: CardContext, internally: boolean): QuoteData[] {
  const readable = ticket.articles.filter((article) => internally || isPublic(article));
  const important = readable.findLast((article) => article.important);
  const last = readable.findLast(({ id }) => id !== 1);
  return [
    ...(important ? articleQuote(important, context, internally) : []),
    ...(last && last.id !== important?.id ? articleQuote(last, context, internally) : []),
  ];
}

function articleQuote(article: Article, context: CardContext, internally: boolean): Maybe<QuoteData> {
  const { locale } = context;
  const when = internally ? said(context, article.at) : dated(context, article.at);
  const kind = articleKind(article, locale);
  const heading = translate(locale, 'card.byKindWhen', { kind, who: nameOf(article.by.name), when });
  const marked = article.important ? `★ ${translate(locale, 'card.important')} · ` : '';
  return quote(articleText(article, context, ARTICLE_SHOWN), `${marked}${heading}`);
}

/** The beginning of an article, or how many files it brought where it says nothing. */
export function articleText(
  { text, attachments, forwarded }: Pick<Article, 'text' | 'attachments' | 'forwarded'>,
  { locale }: CardContext,
  length: number,
): string {
  const whole = forwarded ? `${sentTo(forwarded, locale)}\n${text}` : text;
  const beginning = verbatim(extract(whole, length));
  return beginning === '' && attachments.length > 0
    ? translate(locale, 'history.withFiles', { count: attachments.length })
    : beginning;
}

/** Which article went out, and to whom. */
export function sentTo({ article, to }: NonNullable<Article['forwarded']>, locale: Locale): string {
  return translate(locale, 'article.forwardedTo', { article, to: to.join(', ') });
}

/**
 * What a form in a dialog answers: the latest communication, for whoever reads internally.
 * @param publicly what the requester reads as well: it goes into an answer to them
 */
export function latestQuote(ticket: Ticket, context: CardContext, publicly: boolean): Maybe<QuoteData> {
  const last = ticket.articles.findLast((article) => !publicly || isPublic(article));
  return last ? articleQuote(last, context, true) : [];
}
