/** Reads a short text word by word: what each word contributes to saying what a request is about. */

import { stemOf, type Token, tokensOf } from '../words.ts';
import { isGibberish } from './gibberish.ts';
import { classOf, type WordClass } from './lexicon.ts';
import { isFirstName, isSurname } from './names.ts';
import type { Vocabulary } from './vocabulary.ts';

export type Part = WordClass | 'specific' | 'name' | 'organisation' | 'number' | 'gibberish';

/** A word of the text and the part it plays. */
export type ReadWord = Token & { readonly part: Part };

/** Reads the text; costs in proportion to its length. */
export function readText(text: string, vocabulary: Vocabulary): ReadWord[] {
  const words: ReadWord[] = tokensOf(text).map((token) => ({ ...token, part: partOf(token, vocabulary) }));
  return markNames(markOrganisations(words, vocabulary), vocabulary);
}

/** True when the words say what the request is about: one specific word, or a thing and what happens to it. */
export function saysSomething(words: readonly ReadWord[]): boolean {
  const has = (part: Part) => words.some((word) => word.part === part);
  return has('specific') || (has('thing') && has('event')) || (has('error') && has('number'));
}

function partOf({ word, written }: Token, vocabulary: Vocabulary): Part {
  const desksOwn = vocabulary.services.has(stemOf(word));
  if (vocabulary.acronyms.has(word) && written === written.toUpperCase()) return 'specific';
  const known = classOf(word);
  if (known !== undefined) return known;
  if (desksOwn) return 'specific';
  if (/^\p{N}+$/u.test(word)) return 'number';
  // One letter says nothing, nor do two, unless they are written as an acronym. A single ideograph is a word.
  if (/^[a-z]{1,2}$/.test(word) && !(word.length === 2 && written === written.toUpperCase())) return 'stop';
  if (isGibberish(word)) return 'gibberish';
  return 'specific';
}

/** An organisation's whole name says who is concerned, not what is wrong; a word of it alone may well be the topic. */
function markOrganisations(words: readonly ReadWord[], vocabulary: Vocabulary): ReadWord[] {
  const marked = [...words];
  const telling = words.flatMap((word, index) => (word.part === 'specific' ? [{ word, index }] : []));
  for (const name of vocabulary.organisations) {
    for (let start = 0; start + name.length <= telling.length; start++) {
      const run = telling.slice(start, start + name.length);
      if (!name.every((part, offset) => run[offset]?.word.word === part)) continue;
      for (const { word, index } of run) marked[index] = { ...word, part: 'organisation' };
    }
  }
  return marked;
}

function markNames(words: ReadWord[], vocabulary: Vocabulary): ReadWord[] {
  const couldBeName = (word: ReadWord | undefined): word is ReadWord =>
    word?.part === 'specific' && !vocabulary.services.has(stemOf(word.word));
  const isFirst = (word: ReadWord | undefined) =>
    couldBeName(word) && (isFirstName(word.word) || vocabulary.givenNames.has(word.word));
  const isLast = (word: ReadWord) => isSurname(word.word) || vocabulary.surnames.has(word.word);

  const marked = [...words];
  for (const [index, word] of words.entries()) {
    if (!couldBeName(word)) continue;
    const before = marked[index - 1]?.part;
    const afterName = before === 'name' || before === 'title';
    const named =
      isFirst(word) ||
      (afterName && (isLast(word) || isCapitalised(word))) ||
      (isLast(word) && (before === 'salutation' || isFirst(words[index + 1])));
    if (named) marked[index] = { ...word, part: 'name' };
  }

  // A surname is often an ordinary word too ("Conti", "Villa"): alone in the whole text it is the person.
  const empty: readonly Part[] = ['stop', 'salutation', 'courtesy', 'urgency', 'title', 'name'];
  const rest = marked.filter((word) => !empty.includes(word.part));
  if (rest.every((word) => couldBeName(word) && isLast(word) && isCapitalised(word))) {
    return marked.map((word) => (rest.includes(word) ? { ...word, part: 'name' } : word));
  }
  return marked;
}

/** `Rossi`, but neither `rossi` nor `PEC`. */
function isCapitalised({ written }: ReadWord): boolean {
  return /^\p{Lu}\p{M}*\p{Ll}/u.test(written);
}
