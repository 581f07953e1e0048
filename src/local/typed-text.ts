/** What a Teams client makes of what was typed, and of the language that it runs in. Pure. */

import { Misuse } from './misuse.ts';

/** The text with the mention where `@Name` was typed, or before it. */
export function withMention(text: string, name: string, mention: string): string {
  if (text.includes(mention)) return text;
  const typed = `@${name}`;
  return text.includes(typed) ? text.replace(typed, () => mention) : `${mention} ${text}`;
}

/** A browser may say `it`; Teams says `it-IT`. Throws `Misuse` for what is no language. */
export function fullLocale(locale: string): string {
  try {
    const { language, region } = new Intl.Locale(locale).maximize();
    return `${language}-${region}`;
  } catch {
    throw new Misuse(400, `${locale} is not a language.`);
  }
}
