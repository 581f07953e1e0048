/**
 * What can be looked for of a ticket, as fields of its document.
 *
 * Each word stands once in `words`, with the letters of the kinds of fields that it was found in: `fattura/at`. A look-up in
 * any field needs the beginning only, and one in some of the fields is answered from the same index.
 */

import type { Document } from 'mongodb';
import type { Ticket } from '../../domain/ticket.ts';
import {
  textsOf,
  ticketAttributes,
  ticketWords,
  WORD_FIELDS,
  type WordField,
} from '../../domain/ticket-index.ts';
import type { WordCondition } from '../../domain/ticket-query.ts';
import { exact, whole } from './records.ts';
import { literal } from './stages.ts';

const LETTERS: Readonly<Record<WordField, string>> = {
  title: 't',
  article: 'a',
  internalArticle: 'i',
  attachment: 'f',
  internalAttachment: 'g',
  number: 'n',
  person: 'p',
  answer: 'v',
};

/** As values of a `$set` stage; what the ticket has not is removed. */
export function indexFields(ticket: Ticket): Document {
  const { createdAt: _, requester: _requester, ...attributes } = ticketAttributes(ticket);
  const { owner, responsible, organisation, closedAt, reminderAt } = attributes;
  return {
    words: literal(wordEntries(ticket)),
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

/** What an entry of `words` must look like. */
export function wordPattern({ prefix, fields }: WordCondition): RegExp {
  // Words are letters and digits: nothing in them means something else in a pattern.
  const everywhere = fields.length === WORD_FIELDS.length;
  return new RegExp(
    `^${prefix}${everywhere ? '' : `[^/]*/[a-z]*[${fields.map((field) => LETTERS[field]).join('')}]`}`,
  );
}

function wordEntries(ticket: Ticket): string[] {
  const fieldsOf = new Map<string, string>();
  const words = ticketWords(textsOf(ticket));
  for (const field of WORD_FIELDS)
    for (const word of words[field]) fieldsOf.set(word, (fieldsOf.get(word) ?? '') + LETTERS[field]);
  return [...fieldsOf].map(([word, letters]) => `${word}/${letters}`);
}

function text(value: string | undefined): Document | string {
  return value === undefined ? '$$REMOVE' : literal(exact(value));
}
