/** Which of the desk's services a text speaks of (I1): by the words that the desk gives each, rare ones counting more. */

import type { Desk, Service } from '../desk.ts';
import type { ServiceId } from '../ticket.ts';
import { stemOf, type Token, tokensOf } from '../words.ts';
import { classOf } from './lexicon.ts';

export type ServiceGuess = { readonly service: ServiceId; readonly because: readonly string[] };

/** A word or phrase of a service, as stems; grammar between the words of a phrase does not count. */
type Term = { readonly stems: readonly string[]; readonly weight: number };

/** The winner must be this much ahead: otherwise it is a tie, and asking is better than guessing. */
const LEAD = 1.15;
/** Share of what a word of one service alone weighs that must be reached: a single word of a long name does not. */
const LEAST = 0.35;
/** A configured word that only begins a word of the text (`fattur` in "fatturazione") is weaker evidence. */
const PREFIX_WEIGHT = 0.5;
/** Letters. Shorter beginnings are shared by words that have nothing in common. */
const LEAST_PREFIX = 6;
/** A word of a service's name that is not one of its `words`. */
const NAME_WEIGHT = 0.6;

/** The service with the most evidence; absent without any, or where two are as good as each other. */
export function guessService(text: string, desk: Pick<Desk, 'services'>): ServiceGuess | undefined {
  const words = meaningfulWords(text);
  const services = [...desk.services.values()].map((service) => ({ service, terms: termsOf(service) }));
  const rarity = rarityIn(services.map(({ terms }) => terms));
  const ranked = services
    .map(({ service, terms }) => ({ service, ...evidenceFor(terms, words, rarity) }))
    .filter(({ score }) => score >= LEAST * Math.log(1 + services.length))
    .sort((a, b) => b.score - a.score);
  const [first, second] = ranked;
  if (first === undefined || (second !== undefined && first.score < second.score * LEAD)) return undefined;
  return { service: first.service.id, because: first.because };
}

type Word = Token & { readonly stem: string };

/** The words with their stems, and words joined by a hyphen once more as one: "e-mail" is also "email". */
function meaningfulWords(text: string): readonly Word[] {
  const tokens = tokensOf(text);
  return tokens.flatMap((token, index) => {
    const next = tokens[index + 1];
    const own =
      isGrammar(token.word) && token.word.length > 1 ? [] : [{ ...token, stem: stemOf(token.word) }];
    if (next === undefined || text.slice(token.end, next.start) !== '-') return own;
    const word = token.word + next.word;
    const written = text.slice(token.start, next.end);
    return [...own, { word, written, start: token.start, end: next.end, stem: stemOf(word) }];
  });
}

function termsOf(service: Service): readonly Term[] {
  const words = service.words.map((term) => ({ stems: stemsOf(term), weight: 1 }));
  const known = new Set(words.map(({ stems }) => stems.join(' ')));
  const names = [service.name.it, service.name.en].flatMap((name) => {
    const telling = meaningfulWords(name).filter(
      ({ word }) => classOf(word) === undefined && word.length > 1,
    );
    // A word of a long name says less than a name of one word: "carta" is not yet "carta d’identità".
    return telling.map(({ stem }) => ({ stems: [stem], weight: NAME_WEIGHT / telling.length }));
  });
  const unique = new Map(
    [...names.filter(({ stems }) => !known.has(stems.join(' '))), ...words].map((term) => [
      term.stems.join(' '),
      term,
    ]),
  );
  return [...unique.values()].filter(({ stems }) => stems.length > 0);
}

function stemsOf(term: string): string[] {
  return meaningfulWords(term)
    .filter(({ word }) => word.length > 1)
    .map(({ stem }) => stem);
}

function isGrammar(word: string): boolean {
  return classOf(word) === 'stop';
}

/** How telling a stem is: the fewer services have it, the more. */
function rarityIn(all: readonly (readonly Term[])[]): (stem: string) => number {
  const holders = new Map<string, number>();
  for (const terms of all) {
    for (const stem of new Set(terms.flatMap(({ stems }) => stems))) {
      holders.set(stem, (holders.get(stem) ?? 0) + 1);
    }
  }
  return (stem) => Math.log(1 + all.length / (holders.get(stem) ?? 1));
}

function evidenceFor(
  terms: readonly Term[],
  words: readonly Word[],
  rarity: (stem: string) => number,
): { score: number; because: readonly string[] } {
  const because = new Set<string>();
  let score = 0;
  for (const { stems, weight } of terms) {
    const met = findStems(words, stems);
    if (met === undefined) continue;
    score += stems.reduce((sum, stem) => sum + rarity(stem), 0) * weight * (met.whole ? 1 : PREFIX_WEIGHT);
    because.add(met.written);
  }
  return { score, because: [...because] };
}

/** Where the stems stand one after the other. Whole words are preferred to beginnings of words. */
function findStems(
  words: readonly Word[],
  stems: readonly string[],
): { written: string; whole: boolean } | undefined {
  for (const whole of [true, false]) {
    const at = words.findIndex((_, start) =>
      stems.every((stem, offset) => {
        const word = words[start + offset];
        if (word === undefined) return false;
        return whole ? word.stem === stem : stem.length >= LEAST_PREFIX && word.word.startsWith(stem);
      }),
    );
    if (at >= 0) {
      const written = words.slice(at, at + stems.length).map((word) => word.written);
      return { written: written.join(' '), whole };
    }
  }
  return undefined;
}
