/** Who is on the phone (I14): what the agent types is a name, an e-mail address, or both, in any order. */

import type { Person } from '../desk.ts';
import { isAddress, outsider } from '../outsiders.ts';
import type { Locale, PersonRef } from '../ticket.ts';
import { wordsOf } from '../words.ts';
import { type Checked, oneLine, refused } from './field-checks.ts';

/** The caller, with what is known of them. */
export type Caller = {
  readonly person: PersonRef;
  readonly email?: string;
  readonly phone?: string;
  readonly locale?: Locale;
};

/** Somebody whom the bot has met, found by their address. */
export type Acquaintance = PersonRef & Omit<Caller, 'person'>;

/** Longest name of somebody whom nobody knows. */
const NAME_LIMIT = 200;
const NAMED = 3;

/** The address in what was typed, as `Anna Verdi <anna.verdi@ente.it>` has it; undefined where there is none. */
export function addressIn(typed: string): string | undefined {
  return partsOf(typed).find(isAddress);
}

/**
 * A person of the desk by address or name, one whom the bot has met by address, or else anybody with address and name.
 * @param met whom the bot knows under that address
 */
export function checkCaller(typed: string, people: Iterable<Person>, met?: Acquaintance): Checked<Caller> {
  const text = oneLine(typed);
  if (text === '') return refused('requester', 'required');
  const address = addressIn(text);
  if (address !== undefined) {
    const known = [...people].find(({ email }) => email.toLowerCase() === address.toLowerCase());
    if (known) return { ok: true, value: callerOf(known) };
    if (met) {
      const { id, name, ...rest } = met;
      return { ok: true, value: { ...rest, person: { id, name } } };
    }
    const name = partsOf(text)
      .filter((part) => part !== address)
      .join(' ');
    if (!/\p{L}/u.test(name)) return refused('requester', 'callerName');
    if (name.length > NAME_LIMIT)
      return refused('requester', 'tooLong', { params: { length: name.length, limit: NAME_LIMIT } });
    return { ok: true, value: { person: { id: outsider(address), name }, email: address } };
  }
  if (text.includes('@')) return refused('requester', 'callerAddress');
  const found = named(text, people);
  const [only, ...more] = found;
  if (!only) return refused('requester', 'callerUnknown');
  if (more.length > 0)
    return refused('requester', 'callerSeveral', {
      evidence: found
        .slice(0, NAMED)
        .map(({ name, email }) => `${name} ${email}`)
        .join(', '),
    });
  return { ok: true, value: callerOf(only) };
}

/** Everybody in whose name each word begins one; only those who are called exactly so, where there are such. */
function named(text: string, people: Iterable<Person>): Person[] {
  const typed = wordsOf(text);
  if (typed.length === 0) return [];
  const found = [...people].filter(({ name }) => {
    const words = wordsOf(name);
    return typed.every((word) => words.some((one) => one.startsWith(word)));
  });
  const same = found.filter(({ name }) => wordsOf(name).sort().join(' ') === [...typed].sort().join(' '));
  return same.length > 0 ? same : found;
}

function callerOf({ id, name, email, phone }: Person): Caller {
  return { person: { id, name }, email, ...(phone === undefined ? {} : { phone }) };
}

function partsOf(text: string): string[] {
  return text.split(/[\s<>()[\]",;]+/).filter((part) => part !== '');
}
