/** The tickets of a desk as it is after years: the same ones in every run and in both stores. */

import type { TicketCommit } from '../../src/app/ports/store.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { replay } from '../../src/domain/evolve.ts';
import { dayOf, ticketNumber } from '../../src/domain/number.ts';
import type { PersonRef } from '../../src/domain/ticket.ts';
import { createRandom, type Random } from '../torture/random.ts';
import { createTexts } from './store-texts.ts';

/** As many in a small store as in a large one: what is closed must not cost. */
export const OPEN_TICKETS = 3_000;
export const WEEK_MS = 7 * 86_400_000;
export const QUEUES = Array.from({ length: 20 }, (_, n) => `coda-${n + 1}`);
/** Where the row of tickets ends: 21 November 2026, 12:00 UTC. */
export const END = Date.UTC(2026, 10, 21, 12);
/** A large desk: nearly a thousand a day. */
const INTERVAL_MS = 90_000;
const TYPES = ['fault', 'informationRequest', 'operationalSupport', 'paymentProblem', 'other'] as const;

const texts = createTexts();

export function person(n: number, letter = 'a'): PersonRef {
  const id = `${letter}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  return { id, name: `${texts.word(400 + (n % 900))} ${texts.word(1_400 + (n % 3_001))}` };
}

export const agent = (n: number) => person(n, 'b');

/** The commit that writes the nth of `size` tickets, oldest first. The last ones are open. */
export function ticketCommit(n: number, size: number): TicketCommit {
  const random = createRandom(n + 1);
  const at = END - (size - n) * INTERVAL_MS;
  const number = ticketNumber(dayOf(at, 'Europe/Rome'), '10', (n % 99_999) + 1);
  const events = historyOf(random, n, number, at, size - n <= OPEN_TICKETS);
  const ticket = replay(events);
  const open = ticket.state.kind !== 'closedSuccessfully';
  return {
    ticket,
    expected: 0,
    events,
    deliveries: [],
    ...(open && { dueAt: END + random.between(-3_600_000, 14 * 86_400_000) }),
  };
}

function historyOf(random: Random, n: number, number: string, at: number, open: boolean): TicketEvent[] {
  const requester = person(random.between(0, 9_999));
  const owner = agent(random.between(0, 199));
  const queue = QUEUES[Math.floor(random.next() ** 2 * QUEUES.length)] ?? '';
  const service = `servizio-${random.between(1, 60)}`;
  const attached = random.next() < 0.3;
  const opened: TicketEvent = {
    type: 'opened',
    at,
    by: requester,
    via: 'chat',
    number,
    draft: `bozza-${n}`,
    request: {
      requester,
      locale: 'it',
      organisation: `ente-${Math.floor(random.next() ** 2 * 120)}`,
      contact: {
        name: requester.name,
        phone: `0999 ${random.between(100_000, 999_999)}`,
        email: `${requester.name.replace(' ', '.')}@ente.example.it`,
        availability: [{ from: 540, to: 780 }],
      },
      subject: texts.subject(random, random.between(4, 8)),
      text: texts.text(random, random.between(120, 220)),
      type: random.pick(TYPES) ?? 'other',
      service,
      fields: { pratica: `${random.between(1, 9_999)}/${random.between(2023, 2026)}` },
      chargeAccepted: false,
      attachments: attached
        ? [
            {
              id: number.padEnd(64, 'a'),
              name: `${texts.subject(random, 2)}.pdf`,
              contentType: 'application/pdf',
              size: 80_000,
            },
          ]
        : [],
    },
    routing: {
      queue,
      responsible: agent(random.between(200, 219)),
      ...(random.next() < 0.1 && { priority: random.pick([1, 2, 4, 5] as const) ?? 3 }),
      reason: { rule: queue, because: [{ condition: 'service', value: service }] },
    },
    deadlines: [
      { kind: 'firstResponse', allowedMs: 172_800_000 },
      { kind: 'solution', allowedMs: 864_000_000 },
    ],
  };
  const by = { by: owner, via: 'queueChannel' } as const;
  const note = texts.text(random, random.between(40, 90));
  const reply = texts.text(random, random.between(40, 110));
  const all: TicketEvent[] = [
    opened,
    { type: 'claimed', at: at + 600_000, ...by },
    { type: 'noted', at: at + 900_000, ...by, text: note, attachments: [] },
    { type: 'closedSuccessfully', at: at + random.between(1, 72) * 3_600_000, ...by, text: reply },
  ];
  // Of the open ones a third is new, a third claimed, a third under way.
  return open ? all.slice(0, 1 + (n % 3)) : all;
}
