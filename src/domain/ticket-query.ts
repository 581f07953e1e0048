/** What can be asked of all tickets (W5, W6), and what its words and numbers mean. */

import type { Priority, TicketType } from './desk.ts';
import type {
  Instant,
  OrganisationId,
  PersonId,
  QueueId,
  ServiceId,
  StateKind,
  TicketNumber,
} from './ticket.ts';
import { INTERNAL_FIELDS, searchWords, WORD_FIELDS, type WordField } from './ticket-index.ts';

/** From a moment on, and before another; each may be left out. */
export type Span = { readonly from?: Instant; readonly before?: Instant };

/** Only tickets in these queues, or in which this person takes part (`participantsOf`). */
export type Visibility = {
  readonly queues: readonly QueueId[] | 'all';
  readonly person: PersonId;
  /**
   * Without the tickets outside these queues that this person merely asked for: nobody may find their own request by its
   * priority, or by the words of a note on it (N4).
   */
  readonly internally?: true;
};

/**
 * Conditions that must all hold. A text matches when every word of it begins a word of the ticket, where words are those of
 * `wordsOf`; a text without any word asks for nothing. Of a list one entry must hold; an empty list finds nothing.
 */
export type TicketQuery = {
  /** Words in any field. */
  readonly text?: string;
  readonly title?: string;
  readonly articleText?: string;
  readonly attachmentName?: string;
  /** Words in the names of requester and contact, and in the contact’s phone number and address. */
  readonly personText?: string;
  /** Words are looked for only where the requester may read: nobody learns from a search what they may not read. */
  readonly readableOnly?: boolean;
  /** See `fitsNumber`. */
  readonly number?: string;
  readonly states?: readonly StateKind[];
  /** Neither closed nor merged; false: closed or merged. */
  readonly open?: boolean;
  readonly priorities?: readonly Priority[];
  readonly locked?: boolean;
  readonly queues?: readonly QueueId[];
  readonly createdInQueues?: readonly QueueId[];
  readonly types?: readonly TicketType[];
  readonly services?: readonly ServiceId[];
  readonly organisations?: readonly OrganisationId[];
  readonly owner?: PersonId;
  readonly responsible?: PersonId;
  readonly requester?: PersonId;
  readonly created?: Span;
  readonly changed?: Span;
  /** Closed or merged in that time, and still so. */
  readonly closed?: Span;
  /** Waiting for a reminder that was due before this moment. */
  readonly reminderBefore?: Instant;
  /** Open, and one of these escalation levels has fired for a deadline that is still not met. */
  readonly escalations?: readonly string[];
  readonly visibleTo?: Visibility;
};

/** A word that must begin a word of the ticket in one of these fields. */
export type WordCondition = { readonly prefix: string; readonly fields: readonly WordField[] };

const ARTICLES: readonly WordField[] = ['article', 'internalArticle'];
const ATTACHMENTS: readonly WordField[] = ['attachment', 'internalAttachment'];

/** What the texts of a query ask for, each word once a kind of field. */
export function wordConditions(query: TicketQuery): readonly WordCondition[] {
  const asked: readonly (readonly [text: string | undefined, fields: readonly WordField[]])[] = [
    [query.text, WORD_FIELDS],
    [query.title, ['title']],
    [query.articleText, ARTICLES],
    [query.attachmentName, ATTACHMENTS],
    [query.personText, ['person']],
  ];
  return asked.flatMap(([text = '', among]) => {
    const fields = query.readableOnly ? among.filter((field) => !INTERNAL_FIELDS.includes(field)) : among;
    return [...new Set(searchWords(text))].map((prefix) => ({ prefix, fields }));
  });
}

/** More than anybody needs, and few enough for every matcher of patterns to be quick. */
const MOST_WILDCARDS = 4;
/** Of what is asked for as a number: it can have blanks and words around it. */
const ASKED_READ = 200;

/**
 * A number as asked for: digits, and `*` for any digits or none; all else (spaces, “Ticket#”) is passed over.
 *
 * @returns undefined when no number fits: there is neither digit nor `*` in it, or more than four `*`
 */
export function numberPattern(asked: string): string | undefined {
  const pattern = asked
    .slice(0, ASKED_READ)
    .replaceAll(/[^0-9*]+/g, '')
    .replaceAll(/\*+/g, '*');
  return pattern === '' || pattern.split('*').length > MOST_WILDCARDS + 1 ? undefined : pattern;
}

/**
 * True when the pattern of `numberPattern` fits the whole number, or all of it but the date in front: `10*5155` finds 2026112110005155.
 */
export function fitsNumber(number: TicketNumber, pattern: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  return fitsParts(number, first, others) || fitsParts(number.slice(DATE_DIGITS), first, others);
}

/** @param others what follows each wildcard, in order */
function fitsParts(digits: string, first: string, others: readonly string[]): boolean {
  const last = others.at(-1);
  if (last === undefined) return digits === first;
  if (!digits.startsWith(first)) return false;
  let at = first.length;
  for (const part of others.slice(0, -1)) {
    const found = digits.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return digits.length - last.length >= at && digits.endsWith(last);
}

/** `YYYYMMDD`, at the beginning of a number (T1). */
export const DATE_DIGITS = 8;

/** How much a clock may be behind another that was asked before it, in milliseconds: far more than clocks are. */
const SLACK_MS = 3_600_000;

/** When what the query finds can have been created: what was closed or changed before a moment was created before it. */
export function createdWithin({ created, changed, closed }: TicketQuery): Span {
  const later = [changed?.before, closed?.before].flatMap((end) =>
    end === undefined ? [] : [end + SLACK_MS],
  );
  const ends = created?.before === undefined ? later : [created.before, ...later];
  return {
    ...(created?.from !== undefined && { from: created.from }),
    ...(ends.length > 0 && { before: Math.min(...ends) }),
  };
}
