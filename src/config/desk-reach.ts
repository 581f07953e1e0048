/** Which entries of an ordered list, of which the first that fits applies, can never be reached. */

import { findTerm, wordsOf } from '../domain/words.ts';
import { asTexts } from './desk-names.ts';
import type { RawMap } from './desk-yaml.ts';

/**
 * @param conditions of each entry, all of which must hold; undefined for an entry that cannot be relied upon
 * @returns each entry that is never reached, with the first that stands in its way
 */
export function unreachable(conditions: readonly (RawMap | undefined)[]): { index: number; by: number }[] {
  return conditions.flatMap((narrow, index) => {
    if (narrow === undefined) return [];
    const by = conditions.slice(0, index).findIndex((wide) => wide !== undefined && covers(wide, narrow));
    return by < 0 ? [] : [{ index, by }];
  });
}

/** True when whatever fits `narrow` fits `wide` as well. May say false where it would take knowledge of the desk. */
function covers(wide: RawMap, narrow: RawMap): boolean {
  return Object.keys(wide).every((key) => {
    if (!Object.hasOwn(narrow, key)) return false;
    const accepted = asTexts(wide[key]);
    return asTexts(narrow[key]).every((value) => accepted.some((other) => accepts(key, other, value)));
  });
}

function accepts(key: string, wide: string, narrow: string): boolean {
  // A text with the word "mandati" has one that begins with "mandat", but not the other way round.
  if (key === 'words') return findTerm(wordsOf(narrow), wide) !== undefined;
  return wide.toLowerCase() === narrow.toLowerCase();
}
