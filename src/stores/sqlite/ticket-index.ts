/** Keeps what can be looked for of each ticket, in the transaction that writes the ticket. */

import { hash } from 'node:crypto';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import {
  type TicketAttributes,
  type TicketTexts,
  textsOf,
  ticketAttributes,
  ticketWords,
  WORD_FIELDS,
} from '../../domain/ticket-index.ts';
import { codeOf, monthOf } from '../months.ts';
import type { Statements } from './statements.ts';

export type TicketIndex = {
  insert(id: number, ticket: Ticket): void;
  update(id: number, ticket: Ticket): void;
};

export function createTicketIndex(sql: Statements): TicketIndex {
  return {
    insert(id, ticket) {
      const attributes = ticketAttributes(ticket);
      const texts = textsOf(ticket);
      sql.insertAttributes.run(
        ...columns(attributes),
        id,
        ticket.number,
        attributes.createdIn,
        digest(texts),
        digest(attributes.participants),
      );
      sql.insertWords.run(id, ...words(ticket, texts));
      for (const person of attributes.participants) sql.insertParticipant.run(id, person);
    },

    update(id, ticket) {
      const attributes = ticketAttributes(ticket);
      const texts = textsOf(ticket);
      const before = sql.updateAttributes.get(...columns(attributes), id);
      // Most changes leave the texts alone, which are by far the most to write, and the participants.
      const now = { texts: digest(texts), people: digest(attributes.participants) };
      const changed = { texts: before?.texts !== now.texts, people: before?.people !== now.people };
      if (changed.texts || changed.people) sql.updateDigests.run(now.texts, now.people, id);
      if (changed.texts) sql.updateWords.run(id, ...words(ticket, texts));
      if (!changed.people) return;
      const known = new Set(sql.participants.all(id).map(({ person }) => String(person)));
      for (const person of attributes.participants)
        if (!known.delete(person)) sql.insertParticipant.run(id, person);
      for (const person of known) sql.deleteParticipant.run(id, person);
    },
  };
}

type Value = string | number | null;

/** In the order of `insertAttributes` and `updateAttributes`. */
function columns(attributes: TicketAttributes): Value[] {
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
  ].map((value) => (typeof value === 'number' ? Math.ceil(value) : value));
}

/** One text a field, as the tokenizer splits it into the words again, each behind the code of the ticket’s month. */
function words({ createdAt }: Ticket, texts: TicketTexts): string[] {
  const found = ticketWords(texts);
  const month = codeOf(monthOf(createdAt));
  return WORD_FIELDS.map((field) => [...found[field]].map((word) => month + word).join(' '));
}

function digest(what: TicketTexts | readonly PersonId[]): string {
  return hash('sha256', JSON.stringify(what), 'base64url').slice(0, 16);
}
