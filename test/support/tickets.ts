/** Builders of valid tickets, events, drafts and deliveries. Everything can be overridden; nothing is random. */

import type { Delivery } from '../../src/app/ports/delivery.ts';
import type { DraftCommit, TicketCommit } from '../../src/app/ports/store.ts';
import type { Draft } from '../../src/domain/draft.ts';
import type { EventOf, TicketEvent } from '../../src/domain/events.ts';
import type { Instant, Request, RoutingOutcome, Ticket, TicketNumber } from '../../src/domain/ticket.ts';
import { PERSON } from './desk.ts';

/** Thursday 5 November 2026, 10:00 in Rome. */
export const MORNING: Instant = Date.UTC(2026, 10, 5, 9);

/** The number of the day's nth ticket, with the check digit of T1. */
export function ticketNumber(counter: number, day = '20261105'): TicketNumber {
  const digits = `${day}10${String(counter).padStart(5, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (1 + (index % 2)), 0);
  const check = 10 - (sum % 10);
  return `${digits}${check === 10 ? 1 : check}`;
}

export function aRequest(over: Partial<Request> = {}): Request {
  return {
    requester: { id: PERSON.maria, name: 'Maria Rinaldi' },
    locale: 'it',
    organisation: 'comune',
    contact: { name: 'Maria Rinaldi', phone: '0371 409 204', availability: [{ from: 540, to: 780 }] },
    subject: 'Emissione mandati: soggetto inesistente',
    text: 'Non riesco a emettere i mandati, esce “soggetto inesistente”.\nDa stamattina, perché?',
    type: 'fault',
    service: 'payment-orders',
    fields: { order: '1234/2026' },
    chargeAccepted: false,
    attachments: [],
    ...over,
  };
}

export function aRouting(over: Partial<RoutingOutcome> = {}): RoutingOutcome {
  return {
    queue: 'finance',
    responsible: { id: PERSON.dario, name: 'Dario Serra' },
    reason: { rule: 'finance', because: [{ condition: 'service', value: 'payment-orders' }] },
    ...over,
  };
}

/** A new ticket as it stands after its first event. `counter` gives number and draft. */
export function aTicket(counter: number, over: Partial<Ticket> = {}): Ticket {
  const { attachments, text, requester, ...request } = aRequest();
  const { queue, responsible, reason } = aRouting();
  return {
    ...request,
    requester,
    number: ticketNumber(counter),
    version: 1,
    draft: `draft-${counter}`,
    createdAt: MORNING,
    changedAt: MORNING,
    state: { kind: 'new' },
    locked: false,
    queue,
    createdIn: queue,
    ...(responsible && { responsible }),
    priority: 3,
    routing: reason,
    articles: [{ id: 1, kind: 'request', at: MORNING, by: requester, text, attachments }],
    deadlines: [{ kind: 'solution', allowedMs: 86_400_000, usedMs: 0, runningSince: MORNING, fired: [] }],
    ...over,
  };
}

/** The event that opened `ticket`. */
export function openedEvent(ticket: Ticket): EventOf<'opened'> {
  return {
    type: 'opened',
    at: ticket.createdAt,
    by: ticket.requester,
    via: 'chat',
    number: ticket.number,
    draft: ticket.draft,
    request: aRequest({ requester: ticket.requester }),
    routing: aRouting({ queue: ticket.queue }),
    deadlines: ticket.deadlines.map(({ kind, allowedMs }) => ({ kind, allowedMs })),
  };
}

export function notedEvent(text: string, at: Instant = MORNING): EventOf<'noted'> {
  return {
    type: 'noted',
    at,
    by: { id: PERSON.anna, name: 'Anna Conti' },
    via: 'queueChannel',
    text,
    attachments: [],
  };
}

/** The commit that creates the day's nth ticket. */
export function opening(counter: number, over: Partial<TicketCommit> = {}): TicketCommit {
  const ticket = over.ticket ?? aTicket(counter);
  return { ticket, expected: 0, events: [openedEvent(ticket)], deliveries: [], ...over };
}

/** The commit that adds `events` (a note, by default) to the ticket as it stands. */
export function change(ticket: Ticket, over: Partial<TicketCommit> = {}): TicketCommit {
  const events: readonly TicketEvent[] = over.events ?? [notedEvent('Sentito l’ufficio.')];
  return {
    ticket: { ...ticket, version: ticket.version + events.length },
    expected: ticket.version,
    deliveries: [],
    ...over,
    events,
  };
}

export function aDraft(id: string, over: Partial<Draft> = {}): Draft {
  return {
    id,
    version: 1,
    createdAt: MORNING,
    requester: { id: PERSON.maria, name: 'Maria Rinaldi' },
    locale: 'it',
    organisations: ['comune'],
    text: 'non riesco a emettere i mandati',
    attachments: [],
    proposal: { service: 'payment-orders', type: 'fault' },
    inputs: {},
    editing: false,
    checked: false,
    candidates: [],
    withdrawn: false,
    ...over,
  };
}

/** The commit that creates the draft, or writes it over its earlier version. */
export function drafting(draft: Draft, over: Partial<DraftCommit> = {}): DraftCommit {
  return { draft, expected: draft.version - 1, deliveries: [], ...over };
}

/** The ticket's card in its queue's channel: edited in place for as long as the ticket is there. */
export function queueCard(over: Partial<Delivery> = {}): Delivery {
  return {
    key: 'queueCard',
    kind: 'queueCard',
    to: { kind: 'channel', queue: 'finance' },
    live: true,
    ...over,
  };
}

/** A notice to the requester about the nth event. */
export function notice(event: number, over: Partial<Delivery> = {}): Delivery {
  return {
    key: `requesterNotice:${event}`,
    kind: 'requesterNotice',
    to: { kind: 'person', person: PERSON.maria },
    event,
    live: false,
    ...over,
  };
}
