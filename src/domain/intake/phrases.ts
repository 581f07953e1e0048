/** Finds phrases in a text, told from their words. */

import { type Token, tokensOf } from '../words.ts';

/** Words that may stand between two parts joined by `~`. */
const REACH = 4;

/**
 * A phrase: words one after the other. `stem*` is any word that begins so, `a/b` either of two, and `~` a few words of
 * any kind, within the sentence.
 */
export type Phrase = { readonly parts: readonly Part[]; readonly source: string };
type Part = '~' | readonly { readonly begin: string; readonly whole: boolean }[];

/** Reads phrases written one per line or between `|`. */
export function phrasesOf(list: string): Phrase[] {
  return list
    .split(/[|\n]/)
    .map((source) => source.trim())
    .filter((source) => source !== '')
    .map((source) => ({ source, parts: source.split(/\s+/).map(partOf) }));
}

function partOf(source: string): Part {
  if (source === '~') return '~';
  return source.split('/').map((word) => ({ begin: word.replace('*', ''), whole: !word.endsWith('*') }));
}

/** A text split into sentences of words, ready to be searched for many phrases. */
export type Sentences = { readonly text: string; readonly sentences: readonly (readonly Token[])[] };

/** Sentences end at full stops, question and exclamation marks, semicolons and line breaks. */
export function splitSentences(text: string): Sentences {
  const sentences: Token[][] = [[]];
  let end = 0;
  for (const token of tokensOf(text)) {
    if (/[.!?;\n\u2026]/.test(text.slice(end, token.start))) sentences.push([]);
    sentences.at(-1)?.push(token);
    end = token.end;
  }
  return { text, sentences };
}

/** What of the text the phrase met first, as written; undefined when it does not occur. */
export function findPhrase({ text, sentences }: Sentences, phrase: Phrase): string | undefined {
  for (const tokens of sentences) {
    for (let start = 0; start < tokens.length; start++) {
      const end = endOfMatch(tokens, start, phrase.parts);
      if (end !== undefined) return text.slice(tokens[start]?.start, tokens[end - 1]?.end);
    }
  }
  return undefined;
}

/** Index after the last word of a match that begins at `start`. The nearest continuation of a `~` is taken. */
function endOfMatch(tokens: readonly Token[], start: number, parts: readonly Part[]): number | undefined {
  let at = start;
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    if (part === undefined) return undefined;
    if (part !== '~') {
      if (!fits(tokens[at], part)) return undefined;
      at++;
      continue;
    }
    const next = parts[++index];
    if (next === undefined || next === '~') return undefined;
    const reach = tokens.slice(at, at + REACH + 1).findIndex((token) => fits(token, next));
    if (reach < 0) return undefined;
    at += reach + 1;
  }
  return at;
}

function fits(token: Token | undefined, part: Exclude<Part, '~'>): boolean {
  return (
    token !== undefined &&
    part.some(({ begin, whole }) => (whole ? token.word === begin : token.word.startsWith(begin)))
  );
}
