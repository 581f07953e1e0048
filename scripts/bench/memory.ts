/** Memory with many open tickets, beside what importing the chosen packages takes. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/stores/open.ts';
import { residentMiB } from './cpu.ts';
import { prefillTickets } from './prefill.ts';
import { end, messageOf, startPart } from './processes.ts';
import { startSportello } from './sportello.ts';
import type { Stage } from './stage.ts';

export const OPEN_TICKETS = 10_000;
/** MiB. */
export type Memory = { readonly imports: number; readonly empty: number; readonly full: number };

export async function measureMemory(stage: Stage, name: string, settleMs: number): Promise<Memory> {
  const bare = startPart('imports.ts');
  await messageOf(bare);
  await sleep(1_000);
  const imports = residentMiB(bare.pid ?? 0);
  await end(bare);

  const storeUrl = `sqlite:${join(stage.directory, `open-${name}.db`)}`;
  const empty = `sqlite:${join(stage.directory, `empty-${name}.db`)}`;
  const { store } = await openStore(storeUrl);
  await prefillTickets(store, stage.open, OPEN_TICKETS);
  await store.close();
  return {
    imports,
    empty: await settled(stage, empty, settleMs),
    full: await settled(stage, storeUrl, settleMs),
  };
}

async function settled(stage: Stage, storeUrl: string, settleMs: number): Promise<number> {
  const { process: bot, pid } = await startSportello(stage.environment, storeUrl, stage.directory);
  await sleep(settleMs);
  const resident = residentMiB(pid);
  await end(bot);
  return resident;
}
