/**
 * What the log says of an error: enough to find the place in the code, and nothing that somebody typed. Errors quote what
 * they are about: a JSON parser the text, a database the key, a driver the whole command.
 */

import type { Facts } from '../app/ports/signals.ts';

/** Causes of causes that are told. */
const DEPTH = 3;
const LONGEST = 300;
/** Of a message: what stands behind is cut before anybody looks at it. */
const READ = 2_000;
const QUOTE = /["“”'‘’`«{[(]/u;
const UNQUOTE = /["“”'‘’`»}\])]/u;
/**
 * A phone number has fewer digits than a ticket's; the address of a machine is none, and neither is a code of Microsoft's
 * login server, which the documents tell apart by its digits.
 */
const NUMBER = /\bAADSTS\d{4,8}(?!\d)|\+?\d(?:[ ./-]?\d)*/gu;
const PHONE_DIGITS = { from: 6, to: 15 };
const MACHINE = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const LOGIN_CODE = 'AADSTS';
/** A code is a word of a program; a name or sentence is not. */
const CODE = /^[A-Za-z][A-Za-z0-9_]{0,60}$/;

/** A message without what it quotes, without addresses and phone numbers, and not long. */
export function impersonal(message: unknown): string {
  return withoutQuoted(String(message).slice(0, READ))
    .replace(/\S+/g, (word) => (/.@./.test(word) ? '…' : word))
    .replace(NUMBER, (number) => (isPhone(number) ? '…' : number))
    .slice(0, LONGEST);
}

/** From the first quote or bracket to the last: what stands in between may hold quotes itself. */
function withoutQuoted(text: string): string {
  const from = text.search(QUOTE);
  if (from < 0) return text;
  let to = text.length - 1;
  while (to > from && !UNQUOTE.test(text[to] ?? '')) to--;
  return to > from ? `${text.slice(0, from)}…${text.slice(to + 1)}` : text;
}

function isPhone(number: string): boolean {
  if (number.startsWith(LOGIN_CODE)) return false;
  const digits = number.replace(/\D/g, '').length;
  return digits >= PHONE_DIGITS.from && digits <= PHONE_DIGITS.to && !MACHINE.test(number);
}

/** The error as facts: what kind, its code, where it came from, and why. Its own fields are left out. */
export function errorFacts(error: unknown, depth = 0): Facts {
  if (!(error instanceof Error)) return { type: typeof error, message: impersonal(error) };
  const { code } = error as { code?: unknown };
  return {
    type: CODE.test(error.name) ? error.name : 'Error',
    message: impersonal(error.message),
    ...(typeof code === 'number' || (typeof code === 'string' && CODE.test(code)) ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: framesOf(error.stack) }),
    ...(error.cause === undefined || depth >= DEPTH ? {} : { cause: errorFacts(error.cause, depth + 1) }),
  };
}

/** The lines that say where: the message stands before them, over as many lines as it has. */
function framesOf(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at .*(?::\d+:\d+\)?|\(native\)|<anonymous>\)?)$/.test(line))
    .join('\n');
}
