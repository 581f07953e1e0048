/** How the deadline that comes first is said on a card. */

import { calendarFor, dueAt, shareUsed } from '../../domain/deadlines.ts';
import { type DeadlineClock, type Instant, isClosed, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { formatDuration } from '../../i18n/when.ts';
import { type CardContext, type Color, dated, said } from '../kit/context.ts';

export type DeadlineLine = { readonly text: string; readonly color: Color };

/**
 * @param reader true when somebody reads it now, so that it may say “today” and how long is left; on a card that stays,
 * such words would soon be wrong
 */
export function deadlineLine(ticket: Ticket, context: CardContext, reader: boolean): DeadlineLine {
  const { locale, now, desk, calendars } = context;
  const open = isClosed(ticket.state) ? [] : ticket.deadlines.filter(({ metAt }) => metAt === undefined);
  if (open.length === 0) return { text: '', color: 'Default' };
  const calendar = calendarFor(desk, calendars, ticket);
  let first: { clock: DeadlineClock; at: Instant } | undefined;
  for (const clock of open) {
    const at = dueAt(clock, calendar, 1);
    if (at !== undefined && (!first || at < first.at)) first = { clock, at };
  }
  if (!first) return { text: translate(locale, 'card.paused'), color: 'Default' };
  const { clock, at } = first;
  const deadline = translate(locale, `deadline.${clock.kind}`);
  const when = reader ? said(context, at) : dated(context, at);
  if (at <= now) return { text: translate(locale, 'card.lateSince', { deadline, when }), color: 'Attention' };
  const warnAt = Math.min(...desk.escalation.map((level) => level.at), 1);
  return {
    text: reader
      ? translate(locale, 'card.dueIn', { deadline, when, time: formatDuration(at - now, locale) })
      : translate(locale, 'card.dueAt', { deadline, when }),
    color: shareUsed(clock, calendar, now) >= warnAt ? 'Warning' : 'Default',
  };
}
