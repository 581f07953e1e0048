/** The words a desk has of its own: how it calls its services, its people and the bodies it serves. */

import type { Desk } from '../desk.ts';
import { stemOf, tokensOf, wordsOf } from '../words.ts';
import { classOf } from './lexicon.ts';

export type Vocabulary = {
  /** Stems of the words by which the desk speaks of its services. */
  readonly services: ReadonlySet<string>;
  /** Words that the desk itself writes in capitals or with digits (`SIOPE`, `F24`), as `wordsOf` gives them. */
  readonly acronyms: ReadonlySet<string>;
  readonly givenNames: ReadonlySet<string>;
  readonly surnames: ReadonlySet<string>;
  /** The words of each organisation's name that say something: whom, but not what. */
  readonly organisations: readonly (readonly string[])[];
};

/** Reads the vocabulary off the desk. Costs a pass over its services and people: build it once and keep it. */
export function vocabularyOf(desk: Desk): Vocabulary {
  const services = new Set<string>();
  const acronyms = new Set<string>();
  const readAcronyms = (text: string) => {
    for (const { word, written } of tokensOf(text)) if (looksLikeAcronym(written)) acronyms.add(word);
  };
  for (const service of desk.services.values()) {
    const texts = [...service.words, service.name.it, service.name.en];
    texts.forEach(readAcronyms);
    for (const word of texts.flatMap(wordsOf)) {
      if (classOf(word) === undefined && word.length > 1) services.add(stemOf(word));
    }
  }
  const organisations = [...desk.organisations.values()]
    .map(({ name }) => wordsOf(name).filter((word) => classOf(word) === undefined && word.length > 1))
    .filter((words) => words.length > 0);
  const givenNames = new Set<string>();
  const surnames = new Set<string>();
  for (const person of desk.people.values()) {
    const [given, ...rest] = wordsOf(person.name);
    if (given !== undefined) givenNames.add(given);
    for (const word of rest) if (classOf(word) === undefined) surnames.add(word);
  }
  return { services, acronyms, givenNames, surnames, organisations };
}

/** `PEC`, `F24` or `PagoPA`, but not `Fatture`. */
function looksLikeAcronym(written: string): boolean {
  const capitals = written.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= 2 || (capitals >= 1 && /\p{N}/u.test(written));
}
