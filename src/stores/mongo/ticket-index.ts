/**
 * What can be looked for of a ticket, as fields of its document.
 *
 * `words` has all that an index finds among very many tickets, each entry behind the code of the month in which the ticket
 * was created: each word once, with the letters of the kinds of fields that it was found in, `0ab` `fattura` `/at`; and
 * marks, which are attributes: `0ab` `/u=finance`. So one index answers every combination. A look-up in any field needs the
 * beginning of an entry only, and one in some of the fields is answered from the same index.
 */

import { BSONRegExp, type Document } from 'mongodb';
import type { Ticket, TicketNumber } from '../../domain/ticket.ts';
import {
  textsOf,
  ticketAttributes,
  ticketWords,
  WORD_FIELDS,
  type WordField,
} from '../../domain/ticket-index.ts';
import type { WordCondition } from '../../domain/ticket-query.ts';
import { codeOf, monthOf } from '../months.ts';
import { exact, whole } from './records.ts';
import { literal } from './stages.ts';

const FIELD_LETTERS: Readonly<Record<WordField, string>> = {
  title: 't',
  article: 'a',
  internalArticle: 'i',
  attachment: 'f',
  internalAttachment: 'g',
  number: 'n',
  person: 'p',
  answer: 'v',
};

/**
 * Attributes that `words` has too, by the names of their fields; besides, how the number ends, and who takes part but did not
 * ask for it.
 */
const MARK_LETTERS = {
  ending: 'e',
  state: 'k',
  queue: 'u',
  createdIn: 'c',
  type: 't',
  service: 's',
  organisation: 'g',
  owner: 'o',
  responsible: 'r',
  requester: 'q',
  people: 'p',
  inside: 'i',
} as const;
export type Mark = keyof typeof MARK_LETTERS;

/** Digits at the end of a number that are a mark. */
const ENDING = 4;
const ANY_MONTH = '...';

/** As values of a `$set` stage; what the ticket has not is removed. */
export function indexFields(ticket: Ticket): Document {
  const { owner, responsible, organisation, closedAt, reminderAt, ...attributes } = ticketAttributes(ticket);
  return {
    words: literal(entriesOf(ticket)),
    state: attributes.state,
    open: attributes.open,
    priority: attributes.priority,
    locked: attributes.locked,
    queue: text(attributes.queue),
    createdIn: text(attributes.createdIn),
    type: attributes.type,
    service: text(attributes.service),
    organisation: text(organisation),
    owner: text(owner),
    responsible: text(responsible),
    people: literal(attributes.participants.map(exact)),
    changedAt: whole(attributes.changedAt),
    closedAt: closedAt === undefined ? '$$REMOVE' : whole(closedAt),
    reminderAt: reminderAt === undefined ? '$$REMOVE' : whole(reminderAt),
    escalations: literal(attributes.escalations.map(exact)),
  };
}

/** What an entry of `words` must look like; without a month, one of any month, which no index finds. */
export function wordPattern({ prefix, fields }: WordCondition, month = ANY_MONTH): BSONRegExp {
  // Words are letters and digits: nothing in them means something else in a pattern.
  const begin = `^${month}${prefix}`;
  if (fields.length === WORD_FIELDS.length) return new BSONRegExp(begin);
  return new BSONRegExp(`${begin}[^/]*/[a-z]*[${fields.map((field) => FIELD_LETTERS[field]).join('')}]`);
}

export function markOf(month: string, mark: Mark, value: string): string {
  return `${month}/${MARK_LETTERS[mark]}=${exact(value)}`;
}

/** The mark of all numbers that fit the pattern, where it says how they end. */
export function endingOf(pattern: TicketNumber | string): string | undefined {
  const last = pattern.split('*').at(-1) ?? '';
  return last.length < ENDING ? undefined : last.slice(-ENDING);
}

function entriesOf(ticket: Ticket): string[] {
  const month = codeOf(monthOf(ticket.createdAt));
  const lettersOf = new Map<string, string>();
  const words = ticketWords(textsOf(ticket));
  for (const field of WORD_FIELDS)
    for (const word of words[field]) lettersOf.set(word, (lettersOf.get(word) ?? '') + FIELD_LETTERS[field]);
  return [
    ...[...lettersOf].map(([word, letters]) => `${month}${word}/${letters}`),
    ...marksOf(ticket).map(([mark, value]) => markOf(month, mark, value)),
  ];
}

function marksOf(ticket: Ticket): (readonly [mark: Mark, value: string])[] {
  const attributes = ticketAttributes(ticket);
  const single: readonly (readonly [Mark, string | undefined])[] = [
    ['ending', endingOf(ticket.number)],
    ['state', attributes.state],
    ['queue', attributes.queue],
    ['createdIn', attributes.createdIn],
    ['type', attributes.type],
    ['service', attributes.service],
    ['organisation', attributes.organisation],
    ['owner', attributes.owner],
    ['responsible', attributes.responsible],
    ['requester', attributes.requester],
  ];
  return [
    ...single.flatMap(([mark, value]) => (value === undefined ? [] : [[mark, value] as const])),
    ...attributes.participants.flatMap((person): (readonly [Mark, string])[] => [
      ['people', person],
      ...(person === attributes.requester ? [] : [['inside', person] as const]),
    ]),
  ];
}

function text(value: string | undefined): Document | string {
  return value === undefined ? '$$REMOVE' : literal(exact(value));
}
