/** JSON of unknown shape. */

export type Json = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

/** Escapes of half a character and of NUL, and the key that is no word like others to an object. */
const SUSPECT = /\\u(?:d[89a-f][\da-f]{2}|0000)|__proto__/i;

/**
 * Reads JSON that came from outside. What no store can keep is left out of every text and key: NUL, which ends texts for
 * databases, and halves of characters, which are another character once they were written.
 * @throws SyntaxError where it is no JSON, RangeError where it is nested deeper than anything that means something
 */
export function readJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return SUSPECT.test(text) ? cleaned(value) : value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, one]) => [clean(key), cleaned(one)]));
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}
