/** Small corrections to a subject's wording: cutting, capitalising, trimming loose ends. */

import { tokensOf } from '../words.ts';
import { classOf } from './lexicon.ts';

const LOOSE = /[\s,:;.!|@/\u2013\u2014\u2026-]/;

/** The text with its first letter in upper case. */
export function capitalised(text: string): string {
  const [first = ''] = text;
  return first.toUpperCase() + text.slice(first.length);
}

/** At most `limit` UTF-16 units, cut before a word; what then ends loosely (punctuation, "e", "di") goes, too. */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let fitting = tokensOf(text.slice(0, limit + 1)).filter(({ end }) => end <= limit);
  while (fitting.length > 1 && classOf(fitting.at(-1)?.word ?? '') === 'stop') fitting = fitting.slice(0, -1);
  const last = fitting.at(-1);
  // One endless word: cut it, but not between the halves of a surrogate pair.
  if (last === undefined) return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
  return text.slice(0, last.end);
}

/** Without spaces and joining punctuation at its beginning. */
export function trimmedStart(text: string): string {
  let start = 0;
  while (start < text.length && LOOSE.test(text[start] ?? '')) start++;
  return text.slice(start);
}

/** Without spaces and joining punctuation at its end. A question mark stays. */
export function trimmedEnd(text: string): string {
  let end = text.length;
  while (end > 0 && LOOSE.test(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}
