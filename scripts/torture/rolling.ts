/**
 * Restarts two instances that share a store, one after the other, while people ask and agents work (A6): nobody is refused,
 * nothing is lost, and, since nobody is killed, not one card is doubled.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { startBalancer } from './balancer.ts';
import { type BotProcess, freePort, startBot } from './bot-process.ts';
import { createCrowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import { settle, settleConnector } from './healing.ts';
import { environmentOf, exampleDesk, judge, setScene } from './scene.ts';

const ASKERS = 2;
const AGENTS = 2;
/** Between one restart and the next, in milliseconds. */
const WORKS_MS = 700;
/** What whoever stops a process waits for before it kills it. */
const STOP_WITHIN_MS = 10_000;
const LAST_MS = 120_000;

export type RollingReport = {
  readonly restarts: number;
  readonly slowestStopMs: number;
  readonly tickets: number;
  readonly acknowledged: number;
  readonly cards: number;
  readonly violations: readonly string[];
};

/** @param ground closed at the end */
export async function rollingRestart({
  rounds,
  seed,
  ground,
}: {
  readonly rounds: number;
  readonly seed: number;
  readonly ground: Ground;
}): Promise<RollingReport> {
  const desk = await exampleDesk();
  const scene = await setScene({ desk, people: rounds * 80 + 40, seed, limits: false });
  const { local, people, random, ledger, wall } = scene;
  const crowd = createCrowd({ local, desk, people, wall, ledger, random });
  const ports = [await freePort(), await freePort()];
  const balancer = await startBalancer();
  balancer.use(ports);
  local.connectBot(`${balancer.url}/api/messages`);
  const start = (index: number) =>
    startBot(environmentOf(scene, ground, ports[index] ?? 0), (line) =>
      ledger.violated(`instance ${index + 1} complained: ${line}`),
    );
  let slowestStopMs = 0;
  async function restart(bots: BotProcess[], index: number): Promise<void> {
    const bot = bots[index];
    if (!bot) return;
    const begun = performance.now();
    await bot.stop();
    const [code] = (await bot.ended) as [number | null];
    const took = performance.now() - begun;
    slowestStopMs = Math.max(slowestStopMs, took);
    if (code !== 0) ledger.violated(`instance ${index + 1} ended with ${code}`);
    if (took > STOP_WITHIN_MS) ledger.violated(`instance ${index + 1} took ${took.toFixed(0)} ms to stop`);
    bots[index] = await start(index);
  }
  try {
    const bots = [await start(0), await start(1)];
    const end = new AbortController();
    const working = crowd.work(ASKERS, AGENTS, end.signal);
    for (let round = 0; round < rounds; round++)
      for (const index of [0, 1]) {
        await pause(WORKS_MS);
        await restart(bots, index);
      }
    end.abort();
    await working;
    const inTime = AbortSignal.timeout(LAST_MS);
    const left = await crowd.finish(inTime);
    if (left > 0) ledger.violated(`${left} people never got an answer`);
    await settle({ local, desk, ground, wall }, inTime);
    await settleConnector(local);
    for (const bot of bots) await bot.stop();
    const store = await judge(scene, ground);
    return {
      restarts: rounds * 2,
      slowestStopMs,
      tickets: store.tickets.size,
      acknowledged: ledger.acknowledged,
      cards: wall.cards.length,
      violations: ledger.violations,
    };
  } finally {
    balancer.close();
    await local.close();
    await ground.close();
  }
}
