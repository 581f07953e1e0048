/** Checks of single answers in the intake form. What comes in may be anything; what goes out is fit to be stored. */

import type { ServiceField } from '../desk.ts';
import { FIELD_LIMIT, SUBJECT_LIMIT } from '../limits.ts';
import type { TimeRange } from '../ticket.ts';
import { parseAvailability } from './availability.ts';
import { isPlausiblePhone } from './phone.ts';
import { assessSubject, type SubjectExample, type SubjectReason } from './quality.ts';
import type { Vocabulary } from './vocabulary.ts';

export type FieldErrorCode =
  /** Nothing was written, or nothing was chosen. */
  | 'required'
  | 'choose'
  /** The subject is not good enough (I5); `tooLong` is also any other field's. */
  | SubjectReason
  | 'phone'
  /** Without one nobody can be called back (I6). */
  | 'phoneMissing'
  | 'availability'
  | 'unknownChoice'
  /** Who calls (I14): nobody has that name, several have, the address is none, or it comes without a name. */
  | 'callerUnknown'
  | 'callerSeveral'
  | 'callerAddress'
  | 'callerName'
  /** The owner does not work the chosen queue (I14). */
  | 'notOfQueue'
  /** The request is chargeable and the requester has not accepted that (I4). */
  | 'acceptCharge';

/** What is wrong with one field. The sentences stand in `src/i18n` under `error.<code>`. */
export type FieldError = {
  /** `subject`, `text`, `type`, `service`, `organisation`, `name`, `phone`, `availability`, `acceptCharge`, `field.<id>` */
  readonly field: string;
  readonly code: FieldErrorCode;
  /** `length` and `limit` of `tooLong`. */
  readonly params?: Readonly<Record<string, number>>;
  /** The part of the answer that decided it, as written. */
  readonly evidence?: string;
  /** For a subject: which example to show, and a better one made of it, where that is possible. */
  readonly example?: SubjectExample;
  readonly suggestion?: string;
};

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: FieldError };

const EVIDENCE_LIMIT = 60;

/** Not for one line of text: control characters, line breaks, and marks that turn the direction of what follows. */
const NOT_IN_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu;
/** Line breaks and tabs are welcome in a long text. */
const NOT_IN_A_TEXT = /[^\P{Cc}\n\t]+|[\u202A-\u202E\u2066-\u2069]+/gu;

/** One line, without what could not be seen or would disturb its surroundings. */
export function oneLine(text: string): string {
  return text.toWellFormed().replace(NOT_IN_A_LINE, ' ').split(/\s+/).join(' ').trim();
}

/** Several lines, with line feeds only. */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(NOT_IN_A_TEXT, '')
    .trim();
}

export function refused<T>(field: string, code: FieldErrorCode, more: Partial<FieldError> = {}): Checked<T> {
  return { ok: false, error: { field, code, ...more } };
}

export function tooLong<T>(field: string, length: number, limit: number): Checked<T> {
  return refused(field, 'tooLong', { params: { length, limit } });
}

/** A required text of at most `limit` UTF-16 units, already cleaned. */
export function checkText(field: string, text: string, limit: number): Checked<string> {
  if (text === '') return refused(field, 'required');
  return text.length > limit ? tooLong(field, text.length, limit) : { ok: true, value: text };
}

export function checkSubject(text: string, vocabulary: Vocabulary): Checked<string> {
  if (text === '') return refused('subject', 'required');
  const judged = assessSubject(text, vocabulary);
  if (judged.ok) return { ok: true, value: text };
  const { reason, evidence, example, suggestion } = judged;
  return refused('subject', reason, {
    evidence,
    example,
    ...(suggestion !== undefined && { suggestion }),
    ...(reason === 'tooLong' && { params: { length: text.length, limit: SUBJECT_LIMIT } }),
  });
}

/** One of the known choices. */
export function checkChoice<T>(field: string, text: string, find: (id: string) => T | undefined): Checked<T> {
  if (text === '') return refused(field, 'choose');
  const value = find(text);
  return value === undefined
    ? refused(field, 'unknownChoice', { evidence: text.slice(0, EVIDENCE_LIMIT) })
    : { ok: true, value };
}

/** What has no letter is no name, so the name is still missing. */
export function checkName(text: string): Checked<string> {
  return checkText('name', /\p{L}/u.test(text) ? text : '', FIELD_LIMIT);
}

export function checkPhone(text: string): Checked<string> {
  if (text === '') return refused('phone', 'phoneMissing');
  const checked = checkText('phone', text, FIELD_LIMIT);
  if (!checked.ok || isPlausiblePhone(text)) return checked;
  return refused('phone', 'phone', { evidence: text.slice(0, EVIDENCE_LIMIT) });
}

export function checkAvailability(text: string): Checked<readonly TimeRange[]> {
  if (text.length > FIELD_LIMIT) return tooLong('availability', text.length, FIELD_LIMIT);
  const parsed = parseAvailability(text);
  return parsed.ok
    ? { ok: true, value: parsed.ranges }
    : refused('availability', 'availability', { evidence: parsed.part });
}

/** An extra field of a service (I3). An optional one may be empty. */
export function checkExtraField({ id, required, choices }: ServiceField, text: string): Checked<string> {
  const field = `field.${id}`;
  if (text === '')
    return required ? refused(field, choices ? 'choose' : 'required') : { ok: true, value: '' };
  if (choices) return checkChoice(field, text, (choice) => choices.find((known) => known === choice));
  return checkText(field, text, FIELD_LIMIT);
}
