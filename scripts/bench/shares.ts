/** Profiles one Sportello under the three business turns, on a store in memory where there is one. */

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { end } from './processes.ts';
import { memoryDirectory, type Share, sharesOf } from './profile.ts';
import { startSportello } from './sportello.ts';
import type { Stage } from './stage.ts';
import { DONE, KINDS, type Kind, prepare } from './turns.ts';

/** Microseconds between samples. */
const INTERVAL_US = 200;
const CLIENTS = 64;
const MOST_S = 15;

export type Shares = Readonly<Record<Kind, readonly Share[]>>;

/** @param turns of each kind; a quarter more come before as warm-up */
export async function measureShares(stage: Stage, turns: number): Promise<Shares> {
  const warmUp = Math.ceil(turns / 4);
  const directory = mkdtempSync(join(memoryDirectory() ?? stage.directory, 'sportello-profile-'));
  try {
    const storeUrl = `sqlite:${join(directory, 'store.db')}`;
    const work = await prepare(stage, storeUrl, turns + warmUp);
    const flags = ['--cpu-prof', '--cpu-prof-dir', directory, '--cpu-prof-interval', String(INTERVAL_US)];
    const bot = await startSportello(stage.environment, storeUrl, directory, flags);
    const spans = new Map<Kind, { from: number; to: number; turns: number }>();
    const target = { url: bot.url, pid: bot.pid, clients: CLIENTS, most: MOST_S };
    for (const of of KINDS) {
      const bodies = work.next(of, warmUp + turns);
      const warm = await stage.load({
        ...target,
        answerHas: DONE[of],
        bodies: bodies.slice(0, warmUp),
        warmUp,
      });
      const from = microseconds();
      const rest = bodies.slice(warm.warmUp, warm.warmUp + turns);
      const measured = await stage.load({ ...target, answerHas: DONE[of], bodies: rest, warmUp: 0 });
      spans.set(of, { from, to: microseconds(), turns: measured.turns });
      work.done(of, warm.warmUp + measured.turns);
    }
    await end(bot.process, 60_000);
    const shares = (of: Kind) => {
      const { from, to, turns } = spans.get(of) ?? { from: 0, to: 0, turns: 0 };
      return sharesOf(directory, from, to, turns);
    };
    return { intake: shares('intake'), claim: shares('claim'), note: shares('note') };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The clock of V8's profiles. */
function microseconds(): number {
  return Number(process.hrtime.bigint() / 1000n);
}
