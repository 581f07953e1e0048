/** The part of the benchmark that measures turns: Sportello beside a stock echo bot. */

import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { describeMachine } from './machine.ts';
import { type Memory, measureMemory } from './memory.ts';
import { report } from './report.ts';
import { measureShares } from './shares.ts';
import { setStage } from './stage.ts';
import { measureStartUp, type StartUp } from './start-up.ts';
import { type Plan, type Round, runRound } from './turns.ts';

type Size = {
  readonly plan: Plan;
  readonly rounds: number;
  readonly startUps: number;
  readonly memories: number;
  /** How long Sportello runs before its memory is looked at: in the full run, two ticks of the scheduler. */
  readonly settleMs: number;
  /** Turns of each kind that are profiled. */
  readonly profiled: number;
};

const FULL: Size = {
  plan: { warmUp: 10_000, turns: { 1: 400, 4: 1_200, 64: 2_500 }, seconds: 3 },
  rounds: 3,
  startUps: 7,
  memories: 2,
  settleMs: 11_000,
  profiled: 2_500,
};
const QUICK: Size = {
  plan: { warmUp: 600, turns: { 1: 150, 4: 400, 64: 800 }, seconds: 1 },
  rounds: 1,
  startUps: 2,
  memories: 1,
  settleMs: 3_000,
  profiled: 400,
};

/** @param most seconds after which no further measurement begins, so that a busy machine does not take for ever */
async function times<T>(
  say: (words: string) => void,
  count: number,
  most: number,
  what: string,
  measure: (index: number) => Promise<T>,
): Promise<T[]> {
  const measured: T[] = [];
  const until = performance.now() + most * 1000;
  for (let index = 0; index < count && (index === 0 || performance.now() < until); index++) {
    say(`${what}, ${index + 1} of ${count}`);
    measured.push(await measure(index));
  }
  return measured;
}

/**
 * @param at what the clock of the bots shows at the beginning, in milliseconds; without it a moment at which the desk works
 * @returns the report on it
 */
export async function measureTurns(
  { quick, at }: { readonly quick: boolean; readonly at: number | undefined },
  say: (words: string) => void,
): Promise<string> {
  if (!existsSync('/proc/self/schedstat'))
    throw new Error('The benchmark reads CPU time and memory from /proc, so it needs Linux.');
  const { plan, rounds, startUps, memories, settleMs, profiled } = quick ? QUICK : FULL;
  const begin = performance.now();
  const stage = await setStage(at);
  const machine = describeMachine(stage.directory);
  const startUp: StartUp[] = await times(say, startUps, 30, 'start to first page', () =>
    measureStartUp(stage.directory),
  );
  const measuredRounds: Round[] = await times(say, rounds, 240, 'turns', (index) =>
    runRound(stage, plan, `round-${index}`),
  );
  const memory: Memory[] = await times(say, memories, 25, 'memory', (index) =>
    measureMemory(stage, String(index), settleMs),
  );
  say('where the time goes');
  const shares = await measureShares(stage, profiled);
  return report({
    at: new Date(),
    seconds: (performance.now() - begin) / 1000,
    machine,
    loadAfter: loadavg()[0] ?? 0,
    plan,
    startUp,
    rounds: measuredRounds,
    memory,
    shares,
  });
}
