/** The kinds of values that desk files hold. Each describes itself, so that every message can say what to write. */

import { z } from 'zod';
import { TEMPLATE_PLACEHOLDERS } from '../domain/desk.ts';
import { wordsOf } from '../domain/words.ts';
import type { DeskNames, NameKind } from './desk-names.ts';
import { asFlag, DEFINED_IN, splitNames } from './desk-names.ts';
import { suggest } from './desk-suggestion.ts';

/**
 * What a check passes on with an issue of its own. With `written`, the message is made as "has <written> as <key>.
 * <remedy>"; without, the issue's message follows the name of the entry. `spot` is the text at fault inside the value.
 */
export type IssueParams = { readonly written?: string; readonly remedy?: string; readonly spot?: string };

/** A single value. `read` gives undefined where the text is none such. */
function leaf<T extends string | number | boolean>(
  expects: string,
  read: (text: string) => T | undefined,
  remedy?: (text: string) => string,
) {
  return z
    .string()
    .transform((text, ctx): T => {
      const value = read(text.trim());
      if (value !== undefined) return value;
      const params: IssueParams = {
        written: text.trim(),
        ...(remedy && { remedy: remedy(text.trim()).trim() }),
      };
      ctx.addIssue({ code: 'custom', params });
      return z.NEVER;
    })
    .describe(expects);
}

function matching(expects: string, pattern: RegExp, make = (text: string) => text) {
  return leaf(expects, (text) => (pattern.test(text) ? make(text) : undefined));
}

export function text(expects: string) {
  return leaf(expects, (written) => written || undefined);
}

const lowerCase = (written: string) => written.toLowerCase();

export const guid = (whose: string) =>
  matching(
    `${whose}, as 36 characters like 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed`,
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i,
    lowerCase,
  );

const CHANNEL = /^19:[\w-]+@thread\.(tacv2|skype)$/;

export const channelId = (whose: string) =>
  leaf(
    `${whose}, as 19:…@thread.tacv2`,
    (written) => (CHANNEL.test(written) ? written : undefined),
    (written) => {
      // As it stands in a link that was copied from Teams.
      const decoded = written.replace(/%3a/i, ':').replace('%40', '@');
      return CHANNEL.test(decoded) ? `Write ${decoded}.` : '';
    },
  );

export const email = matching(
  'an e-mail address, as anna.bianchi@comune.example',
  /^[^\s@,;<>]+@[a-z\d-]+(\.[a-z\d-]+)+$/i,
  lowerCase,
);

export const phone = matching(
  'a phone number of digits and spaces, as +39 0999 555 101',
  /^\+?\d[\d ()./-]{2,}$/,
);

export const domain = matching(
  'an e-mail domain without the @, as comune.example',
  /^[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/i,
  lowerCase,
);

export const digits = (expects: string) => matching(expects, /^\d+$/);

export function number(expects: string, allowed: (value: number) => boolean) {
  return leaf(expects, (written) => {
    const value = /^-?\d+(\.\d+)?$/.test(written) ? Number(written) : Number.NaN;
    return allowed(value) ? value : undefined;
  });
}

export const flag = leaf('true or false', asFlag);

export function oneOf<const T extends string>(values: readonly T[]) {
  return leaf(
    `one of: ${values.join(', ')}`,
    (written) => values.find((value) => value === written),
    (written) => suggest(written, values),
  );
}

export const timeZone = leaf('a time zone by its IANA name, as Europe/Rome', knownZone, (written) =>
  suggest(written, Intl.supportedValuesOf('timeZone')),
);

function knownZone(written: string): string | undefined {
  // Offsets such as +01:00 are accepted by Intl, but would be an hour wrong for half of the year.
  if (!/^[a-z]/i.test(written)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: written });
    return written;
  } catch {
    return undefined;
  }
}

export const date = leaf('a day that exists, as 2026-12-24', (written) =>
  /^\d{4}-\d{2}-\d{2}$/.test(written) && exists(written) ? written : undefined,
);

export const monthAndDay = leaf('a day of the year as month-day, for example 06-24', (written) =>
  // 2000 was a leap year: 29 February is somebody's saint's day, too.
  /^\d{2}-\d{2}$/.test(written) && exists(`2000-${written}`) ? written : undefined,
);

/** False for 30 February, which JavaScript takes for a day in March. */
function exists(isoDate: string): boolean {
  const time = Date.parse(`${isoDate}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(isoDate);
}

/** One or more words, looked for as the beginnings of the words of a request. */
export const term = leaf('a word with letters or digits', (written) =>
  wordsOf(written).length > 0 ? written : undefined,
);

/** One name, several with commas between, or a list. Repetitions count once. */
export function list<T extends z.ZodTypeAny>(item: T) {
  // Nothing after the colon is not the empty list: it is reported as left empty.
  const split = (raw: unknown) => (raw === '' ? undefined : typeof raw === 'string' ? splitNames(raw) : raw);
  return z
    .preprocess(split, z.array(item))
    .transform((items): z.output<T>[] => [...new Set(items)])
    .describe(`${item.description}; several with commas between`);
}

/** A list that must not be empty where it is written. */
export function someOf<T extends z.ZodTypeAny>(item: T) {
  return list(item)
    .superRefine((items, ctx) => {
      if (items.length === 0) ctx.addIssue({ code: 'custom', params: { written: '' } satisfies IssueParams });
    })
    .describe(`${item.description}; several with commas between`);
}

/** The name of an entry that other files define. `verb` is how the message says what is done with it. */
export function nameOf(names: DeskNames, kind: NameKind, verb = `names the ${kind}`) {
  const file = DEFINED_IN[kind];
  return z
    .string()
    .superRefine((name, ctx) => {
      const known = names[kind];
      if (name === '')
        return ctx.addIssue({ code: 'custom', params: { written: name } satisfies IssueParams });
      if (known === undefined || known.has(name)) return;
      const remedy = suggest(name, known) || ' Correct the name, or define it there.';
      const message = `${verb} "${name}", which ${file} does not define.${remedy}`;
      ctx.addIssue({ code: 'custom', message });
    })
    .describe(`the name of ${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind} from ${file}`);
}

/** The name under which an entry stands, and by which other files speak of it. */
const entryName = z.string().superRefine((name, ctx) => {
  if (/^[a-z][a-z\d]*([.-][a-z\d]+)*$/.test(name)) return;
  const better = wordsOf(name).join('-');
  const example = /^[a-z]/.test(better) ? `, for example ${better}` : '';
  ctx.addIssue({
    code: 'custom',
    message: `has a name that cannot be used to refer to it. Begin with a letter and use small letters, digits, hyphens and dots only${example}.`,
  });
});

/** Entries by name. */
export function entries<T extends z.ZodTypeAny>(entry: T, expects: string) {
  return z.record(entryName, entry).describe(expects);
}

export const localText = z
  .strictObject({ it: text('the Italian text'), en: text('the English text') })
  .describe('the text in both languages, as it: … and en: …');

/** A text for people in which `{requester}` and the like are filled in. */
const templateText = (language: string) =>
  text(`the ${language} text`).superRefine((written, ctx) => {
    for (const match of written.matchAll(/\{([^{}]*)\}|[{}]/g)) {
      const [found, name = ''] = match;
      if ((TEMPLATE_PLACEHOLDERS as readonly string[]).includes(name)) continue;
      const all = TEMPLATE_PLACEHOLDERS.map((known) => `{${known}}`);
      const message =
        found.length > 1
          ? `uses the placeholder ${found}, which does not exist.${suggest(found, all)}`
          : `has a single ${found} in its text. Braces stand around a placeholder, as {requester}; remove it or complete it.`;
      // The rest of the line tells this brace from an earlier one.
      const spot = written.slice(match.index).split('\n', 1)[0] ?? found;
      ctx.addIssue({ code: 'custom', message, params: { spot } satisfies IssueParams });
    }
  });

export const localTemplate = z
  .strictObject({ it: templateText('Italian'), en: templateText('English') })
  .describe('the text in both languages, as it: … and en: …');
