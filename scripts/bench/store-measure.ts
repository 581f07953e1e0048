/** What one store does with so many tickets. */

import type { Store, TicketCommit } from '../../src/app/ports/store.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { TicketQuery } from '../../src/domain/ticket-query.ts';
import { createRandom, type Random } from '../torture/random.ts';
import { residentMiB } from './cpu.ts';
import { quantile } from './figures.ts';
import type { CountCost } from './mongo-counts.ts';
import type { StoreBackend } from './store-backends.ts';
import { createTexts } from './store-texts.ts';
import { agent, END, OPEN_TICKETS, QUEUES, ticketCommit, WEEK_MS } from './store-tickets.ts';

/** One kind of question or write. */
export const OPERATIONS = [
  'queue page of 25',
  'due look-up of 50',
  'get an open ticket',
  'get any ticket',
  'counts by queue and state',
  'count of the last 7 days: created',
  'count of the last 7 days: closed',
  'search of one word',
  'search of two words',
  'search of one word in one’s own queues',
  'search of a beginning of three letters',
  'search of a rare word',
  'number wildcard 10*dddd',
  'tickets of an owner',
  'insert',
  'guarded replace, 1 writer',
  'claim',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export type StoreFigures = {
  readonly store: StoreBackend['name'];
  readonly size: number;
  /** Milliseconds of each operation, ascending. */
  readonly times: Readonly<Record<Operation, readonly number[]>>;
  /** Guarded replaces a second from 8 writers at once. */
  readonly replacesPerSecond: number;
  /** Where the time of counts goes, of the store that is asked. */
  readonly countCosts: readonly CountCost[];
  readonly fillSeconds: number;
  readonly bytes: number;
  /** Resident memory of this process after the measurements, MiB. */
  readonly memoryMiB: number;
};

/** Of each kind: as many as fit in so many seconds, but at least and at most so many. */
const SECONDS = 4;
const LEAST = 15;
const MOST = 300;
const WARM_UP = 10;
const WRITERS = 8;

const texts = createTexts();

export async function measureStore(
  backend: StoreBackend,
  size: number,
  say: (words: string) => void,
): Promise<StoreFigures> {
  const name = `n${size}`;
  say(`${backend.name}: writing ${size} tickets`);
  const begin = performance.now();
  await backend.fill(name, size, (n) => ticketCommit(n, size));
  const fillSeconds = (performance.now() - begin) / 1000;
  const store = await backend.open(name);
  try {
    say(`${backend.name}: measuring with ${size} tickets`);
    const times: Partial<Record<Operation, readonly number[]>> = {};
    const operations = operationsOn(store, size);
    for (const operation of OPERATIONS) {
      times[operation] = await timesOf(operations[operation]);
      say(`  ${operation}: ${quantile(times[operation], 0.5).toFixed(2)} ms`);
    }
    const replacesPerSecond = await replaces(store, size);
    const countCosts = (await backend.countCosts?.(name)) ?? [];
    const bytes = await backend.bytes(name);
    return {
      store: backend.name,
      size,
      times: times as Record<Operation, readonly number[]>,
      replacesPerSecond,
      countCosts,
      fillSeconds,
      bytes,
      memoryMiB: residentMiB(process.pid),
    };
  } finally {
    await store.close();
    await backend.remove(name);
  }
}

/** Makes what the operation needs, which is not measured, and answers the operation. */
type Prepare = (random: Random) => () => Promise<unknown>;

async function timesOf(prepare: Prepare): Promise<number[]> {
  const random = createRandom(7);
  for (let n = 0; n < WARM_UP; n++) await prepare(random)();
  const times: number[] = [];
  const until = performance.now() + SECONDS * 1000;
  while (times.length < LEAST || (times.length < MOST && performance.now() < until)) {
    const operation = prepare(random);
    const begin = performance.now();
    await operation();
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b);
}

function operationsOn(store: Store, size: number): Record<Operation, Prepare> {
  const numberOf = (n: number) => ticketCommit(n, size).ticket.number;
  const find = (query: TicketQuery) => () => store.find(query);
  const get = (number: string) => () => store.ticket(number);
  // Words that people look for: what tickets are about, not “di” and “che”.
  const word = (random: Random) => texts.word(random.between(60, 1_200));
  const changes = changesOf(store, size);
  let born = 0;
  return {
    'queue page of 25': (random) => find({ queues: [random.pick(QUEUES) ?? ''], open: true }),
    'due look-up of 50': () => () => store.due(END, 50),
    'get an open ticket': (random) => get(numberOf(size - random.between(1, Math.min(OPEN_TICKETS, size)))),
    'get any ticket': (random) => get(numberOf(random.between(0, size - 1))),
    'counts by queue and state': () => () => store.countOpen(),
    'count of the last 7 days: created': () => () =>
      store.count({ created: { from: END - WEEK_MS } }, 10_000),
    'count of the last 7 days: closed': () => () => store.count({ closed: { from: END - WEEK_MS } }, 10_000),
    'search of one word': (random) => find({ text: word(random) }),
    'search of two words': (random) => find({ text: `${word(random)} ${word(random)}` }),
    'search of one word in one’s own queues': (random) =>
      find({
        text: word(random),
        visibleTo: { queues: [random.pick(QUEUES) ?? ''], person: agent(random.between(0, 199)).id },
      }),
    'search of a beginning of three letters': (random) => find({ text: word(random).slice(0, 3) }),
    'search of a rare word': (random) => find({ text: texts.word(random.between(20_000, 29_999)) }),
    'number wildcard 10*dddd': (random) => find({ number: `10*${random.between(1_000, 9_999)}` }),
    'tickets of an owner': (random) => find({ owner: agent(random.between(0, 199)).id }),
    insert: () => {
      born += 1;
      const commit = newTicket(size, born);
      return () => store.commitTicket(commit);
    },
    'guarded replace, 1 writer': () => changes('noted'),
    claim: () => changes('claimed'),
  };
}

/** A ticket that is not among the first `size`. */
function newTicket(size: number, n: number): TicketCommit {
  const commit = ticketCommit(size - 3, size);
  const number = `20270101${String(10_000_000 + n)}`;
  const draft = `nuova-${n}`;
  const [opened] = commit.events;
  if (opened?.type !== 'opened') throw new Error('a history begins with its opening');
  const event = { ...opened, number, draft };
  const ticket = { ...evolve(undefined, event), number, draft };
  return { ticket, expected: 0, events: [event], deliveries: [] };
}

/** Changes of open tickets, one after the other, each as it stands after the last. */
function changesOf(store: Store, size: number) {
  const tickets = new Map<number, Ticket>();
  let turn = 0;
  return (type: 'noted' | 'claimed'): (() => Promise<void>) => {
    turn += 1;
    const index = size - 1 - (turn % Math.min(OPEN_TICKETS, size));
    const ticket = tickets.get(index) ?? ticketCommit(index, size).ticket;
    const envelope = { at: END + turn, by: agent(turn % 200), via: 'queueChannel' } as const;
    const text = `Sentito il fornitore, ${texts.word(turn % 3_000)} da verificare.`;
    const event = type === 'claimed' ? { ...envelope, type } : { ...envelope, type, text, attachments: [] };
    const next = evolve(ticket, event);
    tickets.set(index, next);
    return () => written(store, next, ticket.version, event);
  };
}

/** Claims a second while 8 writers claim for some seconds, each tickets of its own, deciding on what they read. */
async function replaces(store: Store, size: number): Promise<number> {
  const begin = performance.now();
  const until = begin + SECONDS * 1000;
  const counts = await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const numbers = Array.from(
        { length: 40 },
        (_, n) => ticketCommit(size - 1 - (n * WRITERS + writer), size).ticket.number,
      );
      let count = 0;
      for (; performance.now() < until; count++) {
        const ticket = await store.ticket(numbers[count % numbers.length] ?? '');
        if (!ticket) throw new Error('a ticket of the benchmark is missing');
        const by = agent(count % 200);
        const event = { type: 'claimed', at: END + count, by, via: 'queueChannel' } as const;
        await written(store, evolve(ticket, event), ticket.version, event);
      }
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begin) / 1000);
}

async function written(store: Store, ticket: Ticket, expected: number, event: TicketEvent): Promise<void> {
  const { kind } = await store.commitTicket({ ticket, expected, events: [event], deliveries: [] });
  if (kind !== 'committed') throw new Error(`a write of the benchmark was answered ${kind}`);
}
