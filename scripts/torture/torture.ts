/**
 * Kills the bot, and the server of its store where it has one, at random moments of the intake, and holds what was
 * promised against what is there.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { type BotProcess, freePort, startBot } from './bot-process.ts';
import { createCrowd } from './crowd.ts';
import type { Ground, GroundServer } from './ground.ts';
import { settle, settleConnector } from './healing.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { environmentOf, exampleDesk, judge, setScene } from './scene.ts';
import type { Wall } from './wall.ts';

const ASKERS = 5;
const AGENTS = 3;
/** Longest that a round works before the kill, in milliseconds. */
const LONGEST_ROUND_MS = 1_800;
/** After the last kill everybody ends what they began; a lease of the killed bot alone takes a minute. */
const LAST_ROUND_MS = 400_000;

export type Torture = {
  readonly rounds: number;
  readonly seed: number;
  /** Closed at the end. */
  readonly ground: Ground;
  /** False: leases of killed bots are ended by hand at the end, so that nobody has to wait a minute for them. */
  readonly waitForLeases: boolean;
  /** Called after each kill. */
  readonly onRound?: (round: number) => void;
};

export type TortureReport = {
  /** Of the bot: one in each round. */
  readonly kills: number;
  /** Of the store's server, or a part of it. */
  readonly serverKills: number;
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

export async function torture({
  rounds,
  seed,
  ground,
  waitForLeases,
  onRound,
}: Torture): Promise<TortureReport> {
  const started = performance.now();
  const desk = await exampleDesk();
  const scene = await setScene({ desk, people: rounds * 40 + 40, seed, limits: false });
  const { local, people, random, ledger, wall } = scene;
  const crowd = createCrowd({ local, desk, people, wall, ledger, random });
  const port = await freePort();
  const environment = environmentOf(scene, ground, port);
  local.connectBot(`http://127.0.0.1:${port}/api/messages`);
  let serverKills = 0;
  let suffers = false;
  // Without its store a bot complains, and should.
  const start = () =>
    startBot(environment, (line) => {
      if (!suffers) ledger.violated(`the bot complained: ${line}`);
    });
  try {
    for (let round = 1; round <= rounds; round++) {
      const bot = await start();
      const plan = planOf(ground, random);
      suffers = plan.pids.length > 0;
      await killDuring({ bot, plan, wall, random, ledger }, (signal) => crowd.work(ASKERS, AGENTS, signal));
      if (suffers) serverKills += 1;
      if (suffers && !plan.outlives) await plan.server?.restart();
      await settleConnector(local);
      const store = await ground.read();
      ledger.check(store);
      wall.noteCopies(store, ledger, suffers ? 2 : 1);
      suffers = false;
      onRound?.(round);
    }
    if (!waitForLeases) await ground.endLeases();
    const bot = await start();
    const inTime = AbortSignal.timeout(LAST_ROUND_MS);
    const left = await crowd.finish(inTime);
    if (left > 0) ledger.violated(`${left} people never got an answer to what the bot had acknowledged`);
    await settle({ local, desk, ground, wall }, inTime);
    await bot.stop();
    const store = await judge(scene, ground);
    return {
      kills: rounds,
      serverKills,
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
    await ground.close();
  }
}

/** What dies in a round. */
type Plan = {
  readonly server: GroundServer | undefined;
  /** Those processes of the store's server that are killed. */
  readonly pids: readonly number[];
  /** The bot lives on while the server is started again, and is killed later. */
  readonly outlives: boolean;
};

function planOf({ server }: Ground, random: Random): Plan {
  const pids = server && random.next() < 0.6 ? server.pids().filter(() => random.next() < 0.6) : [];
  return { server, pids, outlives: pids.length > 0 && random.next() < 0.5 };
}

/** Kills while `work` goes on: after some time, or at the very moment at which a card has been posted. */
async function killDuring(
  parts: {
    readonly bot: BotProcess;
    readonly plan: Plan;
    readonly wall: Wall;
    readonly random: Random;
    readonly ledger: Ledger;
  },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const { bot, wall, random, ledger } = parts;
  const { server, pids, outlives } = parts.plan;
  const end = new AbortController();
  let killing: Promise<void> | undefined;
  const killAll = async () => {
    wall.onPost = undefined;
    server?.kill(pids);
    if (outlives) {
      await server?.restart();
      await pause(random.between(0, LONGEST_ROUND_MS));
    }
    bot.kill();
    end.abort();
  };
  const kill = () => {
    killing ??= killAll();
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
  if (!end.signal.aborted) ledger.violated('the bot ended before it was killed');
  kill();
  await Promise.all([killing, working]);
}
