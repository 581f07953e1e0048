/** Finds whom a subject addresses: "Per Mario Rossi", "alla c.a. di Giulia", "Gentile dottoressa Verdi". */

import type { Part, ReadWord } from './reading.ts';
import { trimmedEnd, trimmedStart } from './wording.ts';

export type Addressing = {
  /** The address as written. */
  readonly address: string;
  /** The text without it; empty when nothing remains. */
  readonly rest: string;
};

/** Openings that can only be an address, whoever follows, longest first. */
const TO_THE_ATTENTION = [
  ['alla', 'cortese', 'attenzione'],
  ['for', 'the', 'attention', 'of'],
  ['to', 'the', 'attention', 'of'],
  ['alla', 'attenzione'],
  ['all', 'attenzione'],
  ['alla', 'c', 'a'],
  ['alla', 'ca'],
  ['c', 'a'],
  ['att', 'ne'],
];

/** Openings that are an address when a person follows. */
const TO_A_PERSON = [['per'], ['x'], ['a'], ['al'], ['alla'], ['for'], ['to'], ['ca'], ['destinatario']];
const TO_A_PERSON_ANYWHERE = [['attn'], ['att'], ['fao'], ['attenzione'], ['attention']];

/** Absent when the text addresses nobody. A person who is merely spoken of ("Mandato per Mario Rossi") is none. */
export function addressingOf(text: string, words: readonly ReadWord[]): Addressing | undefined {
  for (let at = 0; at < words.length; at++) {
    const found = attentionAt(text, words, at) ?? (at === 0 ? openingAt(text, words) : undefined);
    if (found !== undefined) {
      const from = words[at]?.start ?? 0;
      const to = words[found - 1]?.end ?? text.length;
      return { address: text.slice(from, to), rest: without(text, from, to) };
    }
  }
  return undefined;
}

/** Index after the address, when "to the attention of" stands at `at`. */
function attentionAt(text: string, words: readonly ReadWord[], at: number): number | undefined {
  const marker = TO_THE_ATTENTION.find((phrase) => standsAt(words, at, phrase));
  if (marker !== undefined) {
    const start = at + marker.length;
    const person = addressee(text, words, start);
    if (person.persons > 0) return person.end;
    // An office or something unknown: it reaches to the next punctuation.
    let end = start;
    while (end < words.length && !(end > start && breaksBefore(text, words, end))) end++;
    return end;
  }
  const shorter = TO_A_PERSON_ANYWHERE.find((phrase) => standsAt(words, at, phrase));
  if (shorter === undefined) return undefined;
  const person = addressee(text, words, at + shorter.length);
  return person.persons > 0 ? person.end : undefined;
}

/** Index after the address at the very beginning: a salutation with a person, or "for" a person and punctuation. */
function openingAt(text: string, words: readonly ReadWord[]): number | undefined {
  let start = 0;
  while (words[start]?.part === 'salutation') start++;
  if (start > 0) {
    const greeted = addressee(text, words, start);
    if (greeted.persons > 0) return greeted.end;
  }
  const marker = TO_A_PERSON.find((phrase) => standsAt(words, start, phrase));
  const mentioned = text[(words[start]?.start ?? 0) - 1] === '@';
  if (marker === undefined && !mentioned) return undefined;
  const person = addressee(text, words, start + (marker?.length ?? 0));
  const ends = person.end === words.length || breaksBefore(text, words, person.end) || mentioned;
  return person.persons > 0 && ends ? person.end : undefined;
}

/** Takes articles, titles and names from `start` up to punctuation. */
function addressee(
  text: string,
  words: readonly ReadWord[],
  start: number,
): { end: number; persons: number } {
  const taken: readonly Part[] = ['stop', 'title', 'name'];
  let end = start;
  let persons = 0;
  let lastPerson = start;
  while (end < words.length) {
    const part = words[end]?.part;
    if (part === undefined || !taken.includes(part)) break;
    if (end > start && persons > 0 && breaksBefore(text, words, end)) break;
    end++;
    if (part !== 'stop') {
      persons++;
      lastPerson = end;
    }
  }
  return { end: lastPerson, persons };
}

/** True when punctuation stands before the word; the full stop of an abbreviation ("dott. Verdi") is none. */
function breaksBefore(text: string, words: readonly ReadWord[], index: number): boolean {
  const before = words[index - 1];
  const word = words[index];
  if (before === undefined || word === undefined) return false;
  const between = text.slice(before.end, word.start);
  const abbreviated = before.part === 'title' || before.word.length <= 3;
  return /[,:;!?()|\n\u2013\u2014]|\s-|-\s/.test(between) || (between.includes('.') && !abbreviated);
}

function standsAt(words: readonly ReadWord[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((word, offset) => words[at + offset]?.word === word);
}

/** Cuts the range out, with the punctuation that joined it to the rest. */
function without(text: string, from: number, to: number): string {
  const before = withoutParenthesis(trimmedEnd(text.slice(0, from)));
  const after = trimmedStart(text.slice(to).replace(/^\s?\)/, ''));
  return before === '' ? after : after === '' ? before : `${before} ${after}`;
}

/** "Mandati bloccati (" is what "Mandati bloccati (c.a. Giulia)" leaves. */
function withoutParenthesis(text: string): string {
  return text.endsWith('(') ? trimmedEnd(text.slice(0, -1)) : text;
}
