/** Words that no language has: a hand on the keyboard to get past a required field. */

const KEYBOARD_ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'poiuytrewq',
  'lkjhgfdsa',
  'mnbvcxz',
  'qwertzuiop',
  'azertyuiop',
];

/** True for `aaaaa`, `asdfgh`, `asdasd`, `sdfsdf` or `jkhgfdsk`. Takes a word as `wordsOf` gives it. */
export function isGibberish(word: string): boolean {
  if (word.length < 3 || /[^a-z]/.test(word)) return false;
  if (new Set(word).size === 1) return word !== 'www' && word !== 'iii';
  if (alongARow(word, 4)) return true;
  const unit = repeatedUnit(word);
  if (unit !== undefined && (alongARow(unit, 3) || word.length >= unit.length * 3)) return true;
  // Italian and English never have six consonants in a row; the y of "rhythm" counts as a vowel.
  return /[^aeiouy]{6}/.test(word);
}

function alongARow(word: string, atLeast: number): boolean {
  return word.length >= atLeast && KEYBOARD_ROWS.some((row) => row.includes(word));
}

/** The two or three letters that the whole word repeats, if it does. */
function repeatedUnit(word: string): string | undefined {
  return [2, 3]
    .map((length) => word.slice(0, length))
    .find(
      (unit) =>
        word.length > unit.length && unit.repeat(Math.ceil(word.length / unit.length)).startsWith(word),
    );
}
