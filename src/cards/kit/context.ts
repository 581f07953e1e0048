/** What every card is made from besides its ticket, and how things of the desk are named on cards. */

import type { Calendars } from '../../domain/calendar.ts';
import { type Desk, IMPACTS, PRIORITIES, TICKET_TYPES } from '../../domain/desk.ts';
import type {
  AgreementId,
  Article,
  Instant,
  Locale,
  OrganisationId,
  QueueId,
  ServiceId,
  Ticket,
} from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { formatDate, formatWhen } from '../../i18n/when.ts';
import { extract, oneLine, verbatim } from './escape.ts';
import type { Choice } from './fields.ts';

export type CardContext = {
  readonly desk: Desk;
  readonly calendars: Calendars;
  readonly now: Instant;
  readonly locale: Locale;
  /**
   * Teams ids of those for whom Teams fetches a version of their own when they see the card, most important first:
   * only the first 60 count (see `viewersOf`). Absent or empty: nobody.
   */
  readonly refreshFor?: readonly string[];
  /** True for what stands in somebody's own chat. */
  readonly personal?: boolean;
  /** True where e-mail can be sent, so that articles can be forwarded (W9). */
  readonly mail?: boolean;
};

/** Whom a client can look for from where the card stands: in a channel Teams finds those who are in it. */
export function reachable({ personal }: CardContext): 'everybody' | 'conversation' {
  return personal ? 'everybody' : 'conversation';
}

/** Colours of the card schema. */
export type Color = 'Default' | 'Accent' | 'Good' | 'Warning' | 'Attention';

export type Tone = 'neutral' | 'good' | 'warning' | 'attention';

/** One sentence on top of a card, in the reader's language, with names in it as they are: the card escapes them. */
export type Notice = { readonly text: string; readonly tone: Tone };

/** None or one: what templates show where it is there. */
export type Maybe<T> = readonly [] | readonly [T];
export type Line = { readonly text: string };

export function maybe(text: string): Maybe<Line> {
  return text === '' ? [] : [{ text }];
}

export type NoticeData = { readonly text: string; readonly style: string };

export function noticeData(notice: Notice | undefined): Maybe<NoticeData> {
  if (!notice) return [];
  return [{ text: verbatim(extract(notice.text, 600)), style: containerStyle(notice.tone) }];
}

export function containerStyle(tone: Tone): string {
  return tone === 'neutral' ? 'emphasis' : tone;
}

export type Fact = { readonly title: string; readonly value: string };

export function factSet(facts: readonly Fact[]): Maybe<{ readonly facts: readonly Fact[] }> {
  return facts.length === 0 ? [] : [{ facts }];
}

/** A quoted text with what stands above it. */
export type QuoteData = { readonly heading: Maybe<Line>; readonly text: string };

export function quote(text: string, heading = ''): Maybe<QuoteData> {
  return text === '' ? [] : [{ heading: maybe(heading), text }];
}

export const SUBJECT_SHOWN = 120;
const NAME_SHOWN = 80;

/** A person's or thing's name, on one line and short enough to sit among others; not for markdown. */
export function nameOf(name: string): string {
  return oneLine(extract(name, NAME_SHOWN));
}

export function subjectOf(subject: string): string {
  return oneLine(extract(subject, SUBJECT_SHOWN));
}

/** Names below are of the desk's files or of ids in the ticket, which a changed desk may no longer know. */
export function queueName(desk: Desk, queue: QueueId): string {
  return nameOf(desk.queues.get(queue)?.name ?? queue);
}

export function serviceName({ desk, locale }: CardContext, service: ServiceId): string {
  if (service === '') return translate(locale, 'label.noService');
  return nameOf(desk.services.get(service)?.name[locale] ?? service);
}

export function agreementName({ desk, locale }: CardContext, agreement: AgreementId | undefined): string {
  if (agreement === undefined) return translate(locale, 'label.noAgreement');
  return nameOf(desk.agreements.get(agreement)?.name[locale] ?? agreement);
}

export function organisationName(desk: Desk, organisation: OrganisationId): string {
  return nameOf(desk.organisations.get(organisation)?.name ?? organisation);
}

const collators = { it: new Intl.Collator('it'), en: new Intl.Collator('en') } as const;

/** All services as “Module – Service”, in the order of these names. */
export function serviceChoices({ desk, locale }: CardContext): Choice[] {
  return [...desk.services.values()]
    .map(({ id, module, name }) => ({
      title: translate(locale, 'label.serviceInModule', { module, service: name[locale] }),
      value: id,
    }))
    .sort((a, b) => collators[locale].compare(a.title, b.title));
}

export function typeChoices({ locale }: CardContext): Choice[] {
  return TICKET_TYPES.map((type) => ({ title: translate(locale, `type.${type}`), value: type }));
}

export function priorityChoices({ locale }: CardContext): Choice[] {
  return PRIORITIES.map((one) => ({ title: translate(locale, `priority.${one}`), value: String(one) }));
}

export function impactChoices({ locale }: CardContext): Choice[] {
  return IMPACTS.map((one) => ({ title: translate(locale, `impact.${one}`), value: String(one) }));
}

/** For what may stay on the screen until another day. */
export function dated({ locale, desk, now }: CardContext, at: Instant): string {
  return formatDate(at, locale, desk.timeZone, now);
}

/** For what is read at once. */
export function said({ locale, desk, now }: CardContext, at: Instant): string {
  return formatWhen(at, locale, desk.timeZone, now);
}

export function fallbackText(
  { locale }: CardContext,
  { number, subject }: Pick<Ticket, 'number' | 'subject'>,
): string {
  return translate(locale, 'card.fallback', { number, subject: subjectOf(subject) });
}

/** One line for notification banners: what happened, number, subject. */
export function summaryOf(headline: string, { number, subject }: Pick<Ticket, 'number' | 'subject'>): string {
  return oneLine(`${headline} – ${number} ${extract(subject, SUBJECT_SHOWN)}`);
}

/** What an article is called. */
export function articleKind({ kind, corrects }: Pick<Article, 'kind' | 'corrects'>, locale: Locale): string {
  return translate(locale, corrects === undefined ? `article.${kind}` : 'article.requesterCorrection');
}
