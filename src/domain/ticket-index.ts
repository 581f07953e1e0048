/**
 * What of a ticket can be looked for: its words by kind of field, its attributes, and who takes part in it. Every store
 * keeps what this says and nothing else, so that a query means the same in each.
 */

import type { Priority, TicketType } from './desk.ts';
import {
  type Article,
  type Instant,
  isClosed,
  isPublic,
  type OrganisationId,
  type PersonId,
  type QueueId,
  type ServiceId,
  type StateKind,
  type Ticket,
} from './ticket.ts';
import { wordsOf } from './words.ts';

/** Kinds of fields that words stand in. */
export const WORD_FIELDS = [
  'title',
  /** Articles that the requester may read. */
  'article',
  /** Articles that the requester may not read. */
  'internalArticle',
  /** Names of attachments, on articles of the one kind and of the other. */
  'attachment',
  'internalAttachment',
  'number',
  /** The requester’s name, and name, phone number and address of the contact. */
  'person',
  /** Answers to the extra fields of the service. */
  'answer',
] as const;
export type WordField = (typeof WORD_FIELDS)[number];

/** Fields whose words only those may find who may read internal articles. */
export const INTERNAL_FIELDS: readonly WordField[] = ['internalArticle', 'internalAttachment'];

/** Characters of a word that count, in tickets and queries alike. Indexes of databases have their limits. */
export const WORD_LENGTH = 48;

export type TicketTexts = Readonly<Record<WordField, readonly string[]>>;
export type TicketWords = Readonly<Record<WordField, ReadonlySet<string>>>;

export type TicketAttributes = {
  readonly state: StateKind;
  /** Neither closed nor merged. */
  readonly open: boolean;
  readonly priority: Priority;
  readonly locked: boolean;
  readonly queue: QueueId;
  readonly createdIn: QueueId;
  readonly type: TicketType;
  readonly service: ServiceId;
  readonly organisation?: OrganisationId;
  readonly owner?: PersonId;
  readonly responsible?: PersonId;
  readonly requester: PersonId;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  /** Absent while the ticket is open. */
  readonly closedAt?: Instant;
  /** When the reminder is due that the ticket waits for. */
  readonly reminderAt?: Instant;
  /** Escalation levels that have fired for a deadline of the open ticket that is not met yet. */
  readonly escalations: readonly string[];
  readonly participants: readonly PersonId[];
};

/** The texts whose words are found, as they stand on the ticket. */
export function textsOf(ticket: Ticket): TicketTexts {
  const readable = ticket.articles.filter(isPublic);
  const internal = ticket.articles.filter((article) => !isPublic(article));
  const { contact } = ticket;
  return {
    title: [ticket.subject],
    article: readable.map(({ text }) => text),
    internalArticle: internal.map(({ text, forwarded }) => [text, ...(forwarded?.to ?? [])].join('\n')),
    attachment: namesOfAttachments(readable),
    internalAttachment: namesOfAttachments(internal),
    number: [ticket.number],
    person: [ticket.requester.name, contact.name, contact.phone, contact.email ?? ''],
    answer: Object.values(ticket.fields),
  };
}

/** The words of those texts, each once a field. */
export function ticketWords(texts: TicketTexts): TicketWords {
  const words: Partial<Record<WordField, ReadonlySet<string>>> = {};
  for (const field of WORD_FIELDS) words[field] = new Set(texts[field].flatMap(searchWords));
  return words as TicketWords;
}

/** The words of a text as search knows them: those of `wordsOf`, cut where they are very long. */
export function searchWords(text: string): string[] {
  // By code points: half a character is no word of any database.
  return wordsOf(text).map((word) =>
    word.length > WORD_LENGTH ? [...word].slice(0, WORD_LENGTH).join('') : word,
  );
}

export function ticketAttributes(ticket: Ticket): TicketAttributes {
  const { state } = ticket;
  const open = !isClosed(state);
  const running = open ? ticket.deadlines.filter(({ metAt }) => metAt === undefined) : [];
  return {
    state: state.kind,
    open,
    priority: ticket.priority,
    locked: ticket.locked,
    queue: ticket.queue,
    createdIn: ticket.createdIn,
    type: ticket.type,
    service: ticket.service,
    ...(ticket.organisation !== undefined && { organisation: ticket.organisation }),
    ...(ticket.owner && { owner: ticket.owner.id }),
    ...(ticket.responsible && { responsible: ticket.responsible.id }),
    requester: ticket.requester.id,
    createdAt: ticket.createdAt,
    changedAt: ticket.changedAt,
    ...('at' in state && { closedAt: state.at }),
    ...(state.kind === 'waitingReminder' && { reminderAt: state.until }),
    escalations: [...new Set(running.flatMap(({ fired }) => fired))],
    participants: participantsOf(ticket),
  };
}

/** Who takes part in the ticket, and so may find it whatever queue it is in: each person once. */
export function participantsOf(ticket: Ticket): readonly PersonId[] {
  const { requester, owner, responsible, alsoRequesters = [], watchers = [] } = ticket;
  const people = [requester, owner, responsible, ...alsoRequesters, ...watchers];
  return [...new Set(people.flatMap((person) => (person ? [person.id] : [])))];
}

function namesOfAttachments(articles: readonly Article[]): string[] {
  return articles.flatMap(({ attachments }) => attachments.map(({ name }) => name));
}
