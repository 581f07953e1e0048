/** What goes into the subject and the ids of e-mail about a ticket, and how a text that came by e-mail is read (W9). */

import { TEXT_LIMIT } from './limits.ts';
import { isTicketNumber } from './number.ts';
import type { TicketNumber } from './ticket.ts';

/** As OTRS writes it, so that answers to what was sent before the change find their way too. */
export function subjectMark(number: TicketNumber): string {
  return `[Ticket#${number}]`;
}

/** Numbers that a subject carries in that form, in order. */
export function markedNumbers(subject: string): TicketNumber[] {
  return [...subject.matchAll(/\[Ticket#\s*(\d{16,24})\s*\]/gi)]
    .map(([, number = '']) => number)
    .filter(isTicketNumber);
}

/**
 * Left part of the Message-ID of what a ticket’s article went out as: an answer names it, and a report that it did not
 * arrive, which is believed for its key alone.
 */
export function mailId(number: TicketNumber, article: number, key?: string): string {
  return `sportello.${number}.${article}${key === undefined ? '' : `.${key}`}`;
}

export type MailId = { readonly number: TicketNumber; readonly article: number; readonly key?: string };

/** The ticket and the article that a Message-ID of ours names; undefined where it is not ours. */
export function readMailId(id: string): MailId | undefined {
  const [, number = '', article = '', key] =
    /^<?sportello\.(\d{16,24})\.(\d{1,6})(?:\.([\w-]{1,64}))?@/.exec(id.trim()) ?? [];
  if (!isTicketNumber(number)) return undefined;
  return { number, article: Number(article), ...(key === undefined ? {} : { key }) };
}

/**
 * The text with what somebody wrote before what they quote: who answers below the quotation would otherwise be read last.
 * Cut where it is longer than a text may be.
 * @param cut said at the end of what was cut
 * @param below said below all of it, whatever is cut
 */
export function answerFirst(text: string, cut: string, below = ''): string {
  // Control characters are no text, and end-of-line comes in several ways.
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .split('\n');
  const own = lines.findIndex((line) => line.trim() !== '' && !isQuoted(line) && !announces(line, lines));
  const quoted = own > 0 && lines.slice(0, own).some(isQuoted) ? lines.slice(0, own) : [];
  const whole = [...lines.slice(quoted.length), ...(quoted.length > 0 ? ['', ...quoted] : [])]
    .join('\n')
    .trim();
  const foot = below === '' ? '' : `\n\n${below}`;
  if (whole.length + foot.length <= TEXT_LIMIT) return `${whole}${foot}`.trim();
  const end = `\n${cut}${foot}`;
  return `${whole.slice(0, TEXT_LIMIT - end.length).replace(/[\ud800-\udbff]$/, '')}${end}`;
}

function isQuoted(line: string): boolean {
  return /^\s*>/.test(line);
}

/** “Il 5 novembre Anna ha scritto:” above a quotation. */
function announces(line: string, lines: readonly string[]): boolean {
  const next = lines.slice(lines.indexOf(line) + 1).find((one) => one.trim() !== '');
  return line.trimEnd().endsWith(':') && next !== undefined && isQuoted(next);
}
