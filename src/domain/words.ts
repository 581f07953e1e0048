/**
 * What a word is, everywhere in Sportello: text is decomposed (NFKD), stripped of marks, lower-cased and split on what
 * is neither letter nor digit. Search, routing and the understanding of requests all use these and nothing else.
 */

/** Those of Italian; the rest of all marks takes several times as long to find. */
const LATIN_MARKS = /[\u0300-\u036f]+/g;
const UNMARKED = /^[\t\n\r\x20-\x7e\u2010-\u2027]*$/;
const MARKS = /\p{M}+/gu;
const WORD = /[\p{L}\p{N}]+/gu;
/** What normalising leaves as it is, but for capitals. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const WRITTEN_WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** A word with its place in the text it was read from. */
export type Token = {
  /** As `wordsOf` would give it. */
  readonly word: string;
  /** As written. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
};

/** The words of a text in order, repetitions included. */
export function wordsOf(text: string): string[] {
  return folded(text).match(WORD) ?? [];
}

/** The words of a text with their places, for who must quote or cut it. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WRITTEN_WORD)) {
    // A single written word can decompose into several ("½" is 1 and 2): here it stays one.
    const word = PLAIN.test(match[0]) ? match[0].toLowerCase() : wordsOf(match[0]).join('');
    if (word !== '') {
      tokens.push({ word, written: match[0], start: match.index, end: match.index + match[0].length });
    }
  }
  return tokens;
}

/** True when `prefix` begins `word`; both as `wordsOf` gives them. The empty prefix matches nothing. */
export function wordMatches(word: string, prefix: string): boolean {
  return prefix !== '' && word.startsWith(prefix);
}

/**
 * Looks in `words` for a configured term of one or more words: each begins the word at its place, one after the other.
 * @returns what it met, as in the text, or undefined
 */
export function findTerm(words: readonly string[], term: string): string | undefined {
  const prefixes = wordsOf(term);
  if (prefixes.length === 0) return undefined;
  const at = words.findIndex((_, start) =>
    prefixes.every((prefix, offset) => wordMatches(words[start + offset] ?? '', prefix)),
  );
  return at < 0 ? undefined : words.slice(at, at + prefixes.length).join(' ');
}

/**
 * The part of a word that its Italian and English inflections share: `mandato` and `mandati`, `fattura` and `fatture`,
 * `invoice` and `invoices`. Light on purpose: it takes off an ending, never a suffix that makes another word.
 */
export function stemOf(word: string): string {
  if (word.length < 4 || /[^a-z]/.test(word)) return word;
  let stem = word;
  if (/(?:[sxz]|ch|sh)es$/.test(stem) && stem.length > 4) stem = stem.slice(0, -2);
  else if (/[^s]s$/.test(stem) && stem.length > 3) stem = stem.slice(0, -1);
  // Italian plurals in -chi, -che, -ghi, -ghe keep the sound of -co, -ca, -go, -ga.
  if (/[cg]h[ei]$/.test(stem)) return stem.slice(0, -2);
  return stem.replace(/[aeio]{1,2}$/, (ending) => (stem.length - ending.length >= 3 ? '' : ending));
}

/** The text decomposed, without marks, in lower case: what its words are taken from. */
export function folded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const bare = text.normalize('NFKD').replace(LATIN_MARKS, '');
  return (UNMARKED.test(bare) ? bare : bare.replace(MARKS, '')).toLowerCase();
}
