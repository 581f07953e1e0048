/** Keeps what can be looked for of each ticket, in the transaction that writes the ticket. */

import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import {
  searchWords,
  type TicketAttributes,
  type TicketTexts,
  textsOf,
  ticketAttributes,
  WORD_FIELDS,
  WORD_LENGTH,
} from '../../domain/ticket-index.ts';
import { folded } from '../../domain/words.ts';
import { codeOf, monthOf } from '../months.ts';
import { createChanges, type Value } from './changed-columns.ts';
import { ATTRIBUTES, type Statements } from './statements.ts';

export type TicketIndex = {
  insert(id: number, ticket: Ticket): void;
  /** @param before values of `ATTRIBUTES` */
  update(id: number, before: readonly unknown[], ticket: Ticket): void;
  /**
   * Writes what the others have left for the end of the transaction: the words. FTS5 keeps them in memory until COMMIT,
   * when those of the whole group become one part of its index. But it writes them out at every savepoint, that is at many a
   * statement of another table, and whenever an id is lower than the last.
   */
  finish(): void;
  /** The transaction was rolled back: there is nothing left to write. */
  forget(): void;
};

/** Places in `ATTRIBUTES`. */
const TEXTS = ATTRIBUTES.indexOf('texts');
const PEOPLE = ATTRIBUTES.indexOf('people');

export function createTicketIndex(database: DatabaseSync, sql: Statements): TicketIndex {
  const changes = createChanges(database, 'attributes', ATTRIBUTES);
  /** Tickets whose words are to be written, by id, as they stand last. */
  const left = new Map<
    number,
    { readonly ticket: Ticket; readonly texts: TicketTexts; readonly isNew: boolean }
  >();

  return {
    insert(id, ticket) {
      const attributes = ticketAttributes(ticket);
      const texts = textsOf(ticket);
      sql.insertAttributes.run(...columns(attributes, texts), id, ticket.number, attributes.createdIn);
      for (const person of attributes.participants) sql.insertParticipant.run(id, person);
      left.set(id, { ticket, texts, isNew: true });
    },

    update(id, before, ticket) {
      const attributes = ticketAttributes(ticket);
      const texts = textsOf(ticket);
      const now = columns(attributes, texts);
      changes.write(id, before, now);
      // Most changes leave the texts alone, which are by far the most to write, and the participants.
      if (before[TEXTS] !== now[TEXTS]) left.set(id, { ticket, texts, isNew: left.get(id)?.isNew ?? false });
      if (before[PEOPLE] === now[PEOPLE]) return;
      const known = new Set(sql.participants.all(id).map(({ person }) => String(person)));
      for (const person of attributes.participants)
        if (!known.delete(person)) sql.insertParticipant.run(id, person);
      for (const person of known) sql.deleteParticipant.run(id, person);
    },

    finish() {
      for (const [id, { ticket, texts, isNew }] of [...left].sort(([a], [b]) => a - b))
        (isNew ? sql.insertWords : sql.updateWords).run(id, ...words(ticket, texts));
      left.clear();
    },

    forget: () => left.clear(),
  };
}

/** In the order of `ATTRIBUTES`. */
function columns(attributes: TicketAttributes, texts: TicketTexts): Value[] {
  const { escalations } = attributes;
  return [
    attributes.state,
    Number(attributes.open),
    attributes.priority,
    Number(attributes.locked),
    attributes.queue,
    attributes.type,
    attributes.service,
    attributes.organisation ?? null,
    attributes.owner ?? null,
    attributes.responsible ?? null,
    attributes.requester,
    attributes.changedAt,
    attributes.closedAt ?? null,
    attributes.reminderAt ?? null,
    escalations.length === 0 ? null : JSON.stringify(escalations),
    digest(texts),
    digest(attributes.participants),
  ].map((value) => (typeof value === 'number' ? Math.ceil(value) : value));
}

/** One text a field, as the tokenizer splits it into the words again, each behind the code of the ticket’s month. */
function words({ createdAt }: Ticket, texts: TicketTexts): string[] {
  const month = codeOf(monthOf(createdAt));
  return WORD_FIELDS.map((field) => texts[field].map((text) => coded(text, month)).join(' '));
}

/** What the tokenizer splits as `searchWords` does, and the dashes, quotes and dots of typography. */
const PLAIN = /^[\t\n\r\x20-\x7e]*$/;
const PUNCTUATION = /[\u2010-\u2027]/g;
/** What counts of a word, and the rest of it. */
const PLAIN_WORD = new RegExp(`([a-z0-9]{1,${WORD_LENGTH}})[a-z0-9]*`, 'g');

function coded(text: string, month: string): string {
  const plain = folded(text).replace(PUNCTUATION, ' ');
  // Taking most texts word by word would cost several times as much.
  if (PLAIN.test(plain)) return plain.replace(PLAIN_WORD, `${month}$1`);
  return searchWords(text)
    .map((word) => month + word)
    .join(' ');
}

function digest(what: TicketTexts | readonly PersonId[]): string {
  return hash('sha256', JSON.stringify(what), 'base64url').slice(0, 16);
}
