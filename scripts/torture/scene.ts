/** What every trial is played on: a desk, its people in local Teams, and who keeps account of what was promised. */

import { fileURLToPath } from 'node:url';
import { loadDesk } from '../../src/config/desk.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { createMovableClock } from '../../src/local/clock.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local/local-teams.ts';
import type { LocalUser } from '../../src/local/protocol.ts';
import { scenarioOf } from '../../src/scenario.ts';
import { staff } from './crowd.ts';
import type { Ground, Snapshot } from './ground.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createRandom, type Random } from './random.ts';
import { createWall, type Wall } from './wall.ts';

const DESK = fileURLToPath(new URL('../../desk/', import.meta.url));
const APP_ID = '0c5e3f1a-6f0b-4f6e-9a57-5b0e2a1d7c44';

export type Scene = {
  readonly desk: Desk;
  readonly local: LocalTeams;
  /** Who asks, beside the desk's own people. */
  readonly people: LocalUser[];
  readonly random: Random;
  readonly ledger: Ledger;
  readonly wall: Wall;
};

export async function exampleDesk(): Promise<Desk> {
  const loaded = await loadDesk(DESK);
  if (!loaded.ok) throw new Error('The example desk has mistakes.');
  return loaded.desk;
}

/** @param parts.limits false lets the bot send as fast as it can */
export async function setScene(parts: {
  readonly desk: Desk;
  readonly people: number;
  readonly seed: number;
  readonly limits: boolean;
}): Promise<Scene> {
  const { desk } = parts;
  const people = staff(desk, parts.people);
  const scenario = scenarioOf(desk, APP_ID);
  const local = await startLocalTeams({
    scenario: { ...scenario, users: [...scenario.users, ...people] },
    clock: createMovableClock(),
    port: 0,
    file: ':memory:',
    ...(parts.limits ? {} : { limitFactor: Number.POSITIVE_INFINITY }),
  });
  const wall = createWall(local, desk);
  return { desk, local, people, random: createRandom(parts.seed), ledger: createLedger(), wall };
}

/** What a bot that plays on it finds in its environment. */
export function environmentOf({ local }: Scene, ground: Ground, port: number): Record<string, string> {
  return {
    ...local.settings,
    ...{ SERVICE_URL: local.serviceUrl, STORE_URL: ground.url, DESK_DIR: DESK },
    ...{ PORT: String(port), LOG_LEVEL: 'warn' },
  };
}

/** Holds what was promised against what is there once everybody has gone home. */
export async function judge({ ledger, wall }: Scene, ground: Ground): Promise<Snapshot> {
  const store = await ground.read();
  ledger.check(store);
  wall.check(store, ledger);
  if (store.pending.length > 0) ledger.violated(`${store.pending.length} deliveries are left in the outbox`);
  for (const failure of store.failed) ledger.violated(`a delivery failed for good: ${failure}`);
  return store;
}
