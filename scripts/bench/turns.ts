/** One round: the echo, then Sportello on a fresh store, one turn after the other and as many at a time as asked. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/stores/open.ts';
import { channelActivity, messageActivity, sendRequestActivity } from './activities.ts';
import { cpuMs, residentMiB } from './cpu.ts';
import type { Job, Measured } from './load.ts';
import { prefillDrafts, prefillTickets } from './prefill.ts';
import { end, messageOf, startPart } from './processes.ts';
import { startSportello } from './sportello.ts';
import type { Stage } from './stage.ts';

export const KINDS = ['intake', 'claim', 'note'] as const;
export type Kind = (typeof KINDS)[number];
export const CLIENTS = [1, 4, 64] as const;
export type Clients = (typeof CLIENTS)[number];

/** How much is measured. */
export type Plan = {
  readonly warmUp: number;
  /** Turns by number of clients. */
  readonly turns: Readonly<Record<Clients, number>>;
  /** How long activities keep arriving at a fixed rate. */
  readonly seconds: number;
};

export type Cell = { readonly of: Kind | 'echo'; readonly clients: Clients; readonly measured: Measured };
/** Turns that arrive at a fixed rate. */
export type Steady = { readonly of: Kind; readonly perSecond: number; readonly measured: Measured };
export type Round = {
  readonly cells: readonly Cell[];
  readonly steady: readonly Steady[];
  /** What goes on in Sportello after the last answer: cards that the rate limits of Teams held back. */
  readonly after: {
    readonly seconds: number;
    readonly cards: number;
    readonly cpuMs: number;
    readonly left: number;
  };
  /** Of Sportello after all of these turns. */
  readonly residentMiB: number;
};

const AFTER_S = 3;
/** Seconds after which a warm-up, and a measurement, is enough however slow the machine is. */
const WARM_UP_S = 12;
const CELL_S = 5;
/** Turns not measured before each measurement: connections open, and what came before goes out of the caches. */
const AGAIN = 50;
/** Clients of the warm-up. */
const BUSY: Clients = 64;
/** What the card says on which a turn was done: a refusal is a card, too. */
export const DONE: Readonly<Record<Kind, string>> = {
  intake: 'Richiesta inviata con il numero',
  claim: 'in carico a te',
  note: 'Nota salvata',
};
/** Connections that a fixed rate may use at most. */
const CONNECTIONS = 64;

export async function runRound(stage: Stage, plan: Plan, name: string): Promise<Round> {
  const echo = await measureEcho(stage, plan);
  const busiest = echo.at(-1)?.measured;
  if (!busiest) throw new Error('the echo was not measured');
  const rate = ratePerCore(busiest);
  const sportello = await measureSportello(stage, plan, name, rate);
  return { ...sportello, cells: [...echo, ...sportello.cells] };
}

/** Turns that one core could do in a second: by the CPU time they took, whoever else used the machine meanwhile. */
export function ratePerCore({ turns, cpuMs }: Measured): number {
  return (turns * 1000) / cpuMs;
}

async function measureEcho(stage: Stage, plan: Plan): Promise<Cell[]> {
  const echo = startPart('echo-bot.ts', { env: stage.environment });
  const { port } = await messageOf<{ port: number }>(echo);
  const target = { url: `http://127.0.0.1:${port}/api/messages`, pid: echo.pid ?? 0, answerHas: '' };
  const text = 'non riesco a emettere i mandati, esce soggetto inesistente';
  const before = await stage.calls();
  const messages = (count: number) => Array.from({ length: count }, () => messageActivity(stage.place, text));
  const warm = { ...target, bodies: messages(plan.warmUp), warmUp: plan.warmUp };
  let sent = (await stage.load({ ...warm, clients: BUSY, most: WARM_UP_S })).warmUp;
  const cells: Cell[] = [];
  for (const clients of CLIENTS) {
    const bodies = messages(AGAIN + plan.turns[clients]);
    const measured = await stage.load({ ...target, bodies, warmUp: AGAIN, clients, most: CELL_S });
    sent += measured.warmUp + measured.turns;
    cells.push({ of: 'echo', clients, measured });
  }
  const answered = (await stage.calls()) - before;
  if (answered !== sent) throw new Error(`the echo answered ${answered} of ${sent} messages`);
  await end(echo);
  return cells;
}

async function measureSportello(stage: Stage, plan: Plan, name: string, echoRate: number): Promise<Round> {
  const path = join(stage.directory, `${name}.db`);
  const most =
    plan.warmUp +
    AGAIN * CLIENTS.length +
    sum(Object.values(plan.turns)) +
    Math.ceil(echoRate * plan.seconds * 2) +
    10;
  const work = await prepare(stage, `sqlite:${path}`, most);
  const {
    process: bot,
    pid,
    url,
  } = await startSportello(stage.environment, `sqlite:${path}`, stage.directory);
  const run = async (
    of: Kind,
    turns: number,
    how: Pick<Job, 'warmUp' | 'clients' | 'most' | 'perSecond'>,
  ) => {
    const bodies = work.next(of, how.warmUp + turns);
    const measured = await stage.load({ url, pid, answerHas: DONE[of], bodies, ...how });
    work.done(of, measured.warmUp + measured.turns);
    return measured;
  };
  for (const of of KINDS) await run(of, 0, { warmUp: plan.warmUp, clients: BUSY, most: WARM_UP_S });
  const cells: Cell[] = [];
  for (const clients of CLIENTS)
    for (const of of KINDS) {
      const measured = await run(of, plan.turns[clients], { warmUp: AGAIN, clients, most: CELL_S });
      cells.push({ of, clients, measured });
    }
  const steady: Steady[] = [];
  for (const of of KINDS)
    for (const perSecond of steadyRates(cells, of, echoRate)) {
      const how = { warmUp: 0, clients: CONNECTIONS, most: plan.seconds, perSecond };
      steady.push({ of, perSecond, measured: await run(of, Math.round(perSecond * plan.seconds), how) });
    }
  const after = await measureAfter(stage, pid);
  const resident = residentMiB(pid);
  await end(bot);
  const left = count(path, 'deliveries');
  const changes = count(path, 'events') - work.tickets;
  const answered = sum(KINDS.map(work.count));
  if (changes !== answered)
    throw new Error(`${answered} turns were answered, but ${changes} are in the store`);
  return { cells, steady, after: { ...after, left }, residentMiB: resident };
}

/** Half of twice the echo's rate, which is what is wanted; and half of what it can do, where that is less. */
function steadyRates(cells: readonly Cell[], of: Kind, echoRate: number): number[] {
  const own = cells.find((cell) => cell.of === of && cell.clients === 64)?.measured;
  const half = own ? own.turns / own.seconds / 2 : echoRate;
  return half < echoRate ? [echoRate, half] : [echoRate];
}

/** Fills a store and hands out the turns that can be done on it, each once. */
export async function prepare(stage: Stage, storeUrl: string, most: number) {
  const { place, open } = stage;
  const { store } = await openStore(storeUrl);
  const drafts = await prefillDrafts(store, open, most);
  const tickets = await prefillTickets(store, open, most);
  await store.close();
  const counts: Record<Kind, number> = { intake: 0, claim: 0, note: 0 };
  const bodyOf = (of: Kind, index: number): string => {
    const draft = drafts[index];
    const ticket = tickets[index];
    if (!draft || !ticket) throw new Error(`the benchmark prepared too little for ${of}`);
    switch (of) {
      case 'intake':
        return sendRequestActivity(place, draft);
      case 'claim':
        return channelActivity(place, ticket, 'claim', { version: 1 });
      case 'note':
        return channelActivity(place, ticket, 'note', { version: index < counts.claim ? 2 : 1, text: NOTE });
    }
  };
  return {
    tickets: tickets.length,
    next: (of: Kind, turns: number): string[] =>
      Array.from({ length: turns }, (_, index) => bodyOf(of, counts[of] + index)),
    done(of: Kind, turns: number): void {
      counts[of] += turns;
    },
    /** Turns done so far. */
    count: (of: Kind): number => counts[of],
  };
}

const NOTE = 'Sentito il tesoriere: l’anagrafica del beneficiario va allineata prima di rimandare il flusso.';

async function measureAfter(stage: Stage, pid: number) {
  const [calls, cpu, begin] = [await stage.calls(), cpuMs(pid), performance.now()];
  await sleep(AFTER_S * 1000);
  return {
    seconds: (performance.now() - begin) / 1000,
    cards: (await stage.calls()) - calls,
    cpuMs: cpuMs(pid) - cpu,
  };
}

function count(path: string, table: 'deliveries' | 'events'): number {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n);
  } finally {
    database.close();
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
