/** The product's texts, in both languages. User text goes in as a parameter only, never into a key or a message. */

import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../domain/ticket.ts';
import en from './en.json' with { type: 'json' };
import { withD, withRoomForD } from './euphony.ts';
import it from './it.json' with { type: 'json' };

type Texts = typeof it;
type Paths<T> = {
  [Key in keyof T & string]: T[Key] extends string ? Key : `${Key}.${Paths<T[Key]>}`;
}[keyof T & string];

/** Every key of `it.json`, as `group.name`: a key that does not exist is a type error. */
export type TextKey = Paths<Texts>;
export type TextParams = Readonly<Record<string, string | number>>;

const texts: Readonly<Record<Locale, Texts>> = { it, en };
/** Numbers and plurals in English follow British use, as dates do. */
const bcp47: Readonly<Record<Locale, string>> = { it: 'it-IT', en: 'en-GB' };

type Compiled = (params?: TextParams) => string;
const compiled: Readonly<Record<Locale, Map<TextKey, Compiled>>> = { it: new Map(), en: new Map() };

/**
 * The text of that key. A message is compiled when it is first asked for, and kept.
 *
 * @throws Error when the message needs a parameter that is not given, or there is no such key: both are faults
 */
export function translate(locale: Locale, key: TextKey, params?: TextParams): string {
  let format = compiled[locale].get(key);
  if (!format) {
    format = compile(locale, key);
    compiled[locale].set(key, format);
  }
  return format(params);
}

function compile(locale: Locale, key: TextKey): Compiled {
  const message = key
    .split('.')
    .reduce<unknown>((group, name) => (group as Record<string, unknown> | undefined)?.[name], texts[locale]);
  if (typeof message !== 'string') throw new Error(`There is no text “${key}” in ${locale}.json.`);
  if (!message.includes('{')) return () => message;
  // Tags are not part of our messages: “<” is just a character.
  const said = locale === 'it' ? withRoomForD(message) : message;
  const format = new IntlMessageFormat(said, bcp47[locale], undefined, { ignoreTag: true });
  // Most messages have no such place, and none pays for it but those that do.
  if (said === message) return (params) => String(format.format(params));
  return (params) => String(format.format(params && withD(params)));
}
