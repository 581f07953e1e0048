/**
 * Which messages an article was made of: people edit and delete in Teams what they wrote, and the ticket is told. What an
 * article says is never rewritten (T10): a correction is an article of its own.
 */

import type { Article, Ticket } from './ticket.ts';

/** A message as somebody wrote it, and the id that Teams gave it in their chat. */
export type Message = { readonly message: string; readonly text: string };

/** A message that an article was made of. */
export type Saying = {
  readonly message: string;
  /** As it was written, where the article does not say it like that. */
  readonly text?: string;
  /** Its author has deleted it in Teams. */
  readonly deleted?: true;
};

export function sayingsOf(said: readonly Message[], text: string): readonly Saying[] {
  return said.map((one) => (replacedIn(text, one.text, '') === undefined ? one : { message: one.message }));
}

/** The article that was made of this message, corrections aside. */
export function articleMadeOf({ articles }: Pick<Ticket, 'articles'>, message: string): Article | undefined {
  return articles.find(({ messages = [] }) => messages.some((saying) => saying.message === message));
}

/**
 * Whether the ticket says the message like that already, after all its corrections.
 * @returns undefined where the ticket does not know the message
 */
export function saysAlready(
  ticket: Pick<Ticket, 'articles'>,
  message: string,
  text: string,
): boolean | undefined {
  const corrected = ticket.articles.findLast(({ corrects }) => corrects === message);
  if (corrected) return corrected.text === text;
  const article = articleMadeOf(ticket, message);
  if (!article) return undefined;
  const written = article.messages?.find((saying) => saying.message === message)?.text;
  return written === undefined ? replacedIn(article.text, text, '') !== undefined : written === text;
}

/**
 * The text with the lines of `part` replaced where they first stand in it, from the beginning of a line to the end of one.
 * @returns undefined where they do not stand in it
 */
export function replacedIn(text: string, part: string, by: string): string | undefined {
  const whole = `\n${text.trim()}\n`;
  const at = whole.indexOf(`\n${part.trim()}\n`);
  if (at < 0) return undefined;
  return [whole.slice(0, at), by, whole.slice(at + part.trim().length + 2)]
    .map((one) => one.trim())
    .filter(Boolean)
    .join('\n');
}
