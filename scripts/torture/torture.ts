/** Kills the bot at random moments of the intake, and holds what it promised against what is there. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { loadDesk } from '../../src/config/desk.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { createMovableClock } from '../../src/local/clock.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local/local-teams.ts';
import { scenarioOf } from '../../src/scenario.ts';
import { type BotProcess, freePort, startBot } from './bot-process.ts';
import { createCrowd, staff } from './crowd.ts';
import { createLedger } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
import { endLeases, readStore } from './snapshot.ts';
import { createWall, isPointer, type Wall } from './wall.ts';

const DESK = fileURLToPath(new URL('../../desk/', import.meta.url));
const APP_ID = '0c5e3f1a-6f0b-4f6e-9a57-5b0e2a1d7c44';
const ASKERS = 5;
const AGENTS = 3;
/** Longest that a round works before the kill, in milliseconds. */
const LONGEST_ROUND_MS = 1_800;
/** How often people see each copy before it must have healed. */
const LOOKS = 3;
/** After the last kill everybody ends what they began; a lease of the killed bot alone takes a minute. */
const LAST_ROUND_MS = 240_000;

export type Torture = {
  readonly rounds: number;
  readonly seed: number;
  /** False: leases of killed bots are ended by hand at the end, so that nobody has to wait a minute for them. */
  readonly waitForLeases: boolean;
  /** Called after each kill. */
  readonly onRound?: (round: number) => void;
};

export type TortureReport = {
  readonly kills: number;
  readonly tickets: number;
  /** Tickets whose number a requester was told. */
  readonly confirmed: number;
  /** Notes and messages that were acknowledged. */
  readonly acknowledged: number;
  readonly cards: number;
  /** Cards that were posted twice, in the one window that the platform leaves. All have healed, or it is a violation. */
  readonly copies: number;
  readonly seconds: number;
  readonly violations: readonly string[];
};

export async function torture({ rounds, seed, waitForLeases, onRound }: Torture): Promise<TortureReport> {
  const started = performance.now();
  const desk = await deskOf(DESK);
  const folder = await mkdtemp(join(tmpdir(), 'sportello-torture-'));
  const path = join(folder, 'sportello.db');
  const people = staff(desk, rounds * 40 + 40);
  const scenario = scenarioOf(desk, APP_ID);
  const local = await startLocalTeams({
    scenario: { ...scenario, users: [...scenario.users, ...people] },
    clock: createMovableClock(),
    port: 0,
    file: ':memory:',
    limitFactor: Number.POSITIVE_INFINITY,
  });
  const random = createRandom(seed);
  const ledger = createLedger();
  const wall = createWall(local, desk);
  const crowd = createCrowd({ local, desk, people, wall, ledger, random });
  const port = await freePort();
  const environment = {
    ...local.settings,
    ...{ SERVICE_URL: local.serviceUrl, STORE_URL: `sqlite:${path}`, DESK_DIR: DESK },
    ...{ PORT: String(port), LOG_LEVEL: 'warn' },
  };
  local.connectBot(`http://127.0.0.1:${port}/api/messages`);
  const start = () => startBot(environment, (line) => ledger.violated(`the bot complained: ${line}`));
  try {
    for (let round = 1; round <= rounds; round++) {
      await killDuring(await start(), wall, random, (signal) => crowd.work(ASKERS, AGENTS, signal));
      await settleConnector(local);
      const store = readStore(path);
      ledger.check(store);
      wall.noteCopies(store, ledger);
      onRound?.(round);
    }
    if (!waitForLeases) endLeases(path);
    const bot = await start();
    const inTime = AbortSignal.timeout(LAST_ROUND_MS);
    const left = await crowd.finish(inTime);
    if (left > 0) ledger.violated(`${left} people never got an answer to what the bot had acknowledged`);
    await emptyOutbox(path, inTime);
    // Of two copies of one ticket that are seen at the same instant, one heals now and the other when it is seen again.
    for (let look = 0; look < LOOKS; look++) {
      await heal(local, desk, wall);
      await emptyOutbox(path, inTime);
    }
    await bot.stop();
    const store = readStore(path);
    ledger.check(store);
    wall.check(store, ledger);
    if (store.pending.length > 0)
      ledger.violated(`${store.pending.length} deliveries are left in the outbox`);
    for (const failure of store.failed) ledger.violated(`a delivery failed for good: ${failure}`);
    return {
      kills: rounds,
      tickets: store.tickets.size,
      confirmed: ledger.confirmed,
      acknowledged: ledger.acknowledged,
      cards: wall.cards.length,
      copies: wall.copies.length,
      seconds: (performance.now() - started) / 1_000,
      violations: ledger.violations,
    };
  } finally {
    await local.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function deskOf(directory: string): Promise<Desk> {
  const loaded = await loadDesk(directory);
  if (!loaded.ok) throw new Error('The example desk has mistakes.');
  return loaded.desk;
}

/** Kills the bot while `work` goes on: after some time, or at the very moment at which a card has been posted. */
async function killDuring(
  bot: BotProcess,
  wall: Wall,
  random: Random,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const end = new AbortController();
  const kill = () => {
    wall.onPost = undefined;
    bot.kill();
    end.abort();
  };
  const timer = setTimeout(kill, random.between(50, LONGEST_ROUND_MS));
  if (random.next() < 0.4) {
    let posts = random.between(1, 12);
    // The connector has the card and has not answered yet: this hits the window on purpose.
    wall.onPost = () => {
      if (--posts === 0) kill();
    };
  }
  const working = work(end.signal);
  await bot.ended;
  clearTimeout(timer);
  kill();
  await working;
}

/** What a killed process had written to its connections still arrives. */
async function settleConnector(local: LocalTeams): Promise<void> {
  await local.idle();
  for (let last = local.calls.at(-1), quiet = 0; quiet < 3; quiet++) {
    await pause(15);
    if (last !== local.calls.at(-1)) quiet = 0;
    last = local.calls.at(-1);
  }
}

async function emptyOutbox(path: string, inTime: AbortSignal): Promise<void> {
  while (readStore(path).pending.length > 0 && !inTime.aborted) await pause(200);
}

/** Has each copy seen by somebody who may see it: their client asks for their own version of it. */
async function heal(local: LocalTeams, desk: Desk, wall: Wall): Promise<void> {
  for (const copy of wall.copies.filter((card) => !isPointer(card))) {
    const queue = [...desk.queues.values()].find(({ channel }) => channel === copy.conversation);
    const agent = [...desk.people.values()].find(({ agentOf }) => queue && agentOf.includes(queue.id));
    const as = agent?.id ?? wall.personIn(copy.conversation) ?? '';
    const [card] = copy.cards as readonly { refresh?: { action: { data: Record<string, unknown> } } }[];
    const number = /\d{16,}/.exec(copy.summary ?? '')?.[0];
    const data = card?.refresh?.action.data ?? { verb: 'refresh', number };
    await local.press({
      ...{ as, conversation: copy.conversation, message: copy.id, trigger: 'automatic' },
      action: { type: 'Action.Execute', verb: 'refresh', data },
    });
  }
}
