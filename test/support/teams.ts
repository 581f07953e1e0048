/** Sportello as it runs, with the real server and store, between a local Teams and a clock that only the test moves. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Composition } from '../../src/compose/composition.ts';
import { compose, type Running } from '../../src/compose.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { createMovableClock, type MovableClock } from '../../src/local/clock.ts';
import { type LocalTeams, type LocalTeamsOptions, startLocalTeams } from '../../src/local/local-teams.ts';
import { scenarioOf } from '../../src/scenario.ts';
import { type OpenedStore, openStore } from '../../src/stores/open.ts';
import { testDesk } from './desk.ts';
import { signalsInto } from './signals.ts';
import { MORNING } from './tickets.ts';

export type TeamsUnderTest = {
  readonly local: LocalTeams;
  readonly bot: Running;
  readonly opened: OpenedStore;
  readonly clock: MovableClock;
  readonly desk: Desk;
  /** Lines of the bot's log, as JSON. */
  readonly log: readonly string[];
  /** Base address of the bot. */
  readonly url: string;
  /** Waits until nothing is under way: answers given, outbox empty. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/** What the outbox may wait for within a test: longer waits are for the test to bring about. */
const PATIENCE_MS = 60_000;

export const APP_ID = '0c5e3f1a-6f0b-4f6e-9a57-5b0e2a1d7c44';

export async function startTeams(
  over: {
    readonly desk?: Desk;
    readonly local?: Partial<LocalTeamsOptions>;
    readonly bot?: Partial<Composition>;
  } = {},
): Promise<TeamsUnderTest> {
  const desk = over.desk ?? testDesk();
  const clock = createMovableClock(() => MORNING);
  const folder = await mkdtemp(join(tmpdir(), 'sportello-'));
  const opened = await openStore(`sqlite:${join(folder, 'sportello.db')}`);
  const log: string[] = [];
  let bot: Running | undefined;
  const local = await startLocalTeams({
    scenario: scenarioOf(desk, APP_ID),
    clock,
    port: 0,
    file: ':memory:',
    timeZone: 'Europe/Rome',
    onReset: () => opened.wipe(),
    onClockMoved: () => bot?.tick(),
    monotonicNow: () => clock.now(),
    ...over.local,
  });
  const read = readEnvironment({ ...local.settings, SERVICE_URL: local.serviceUrl });
  if (!read.ok || !read.environment.bot) throw new Error(`settings refused: ${JSON.stringify(read)}`);
  let ids = 0;
  bot = await compose({
    settings: read.environment.bot,
    ...(read.environment.mail ? { mail: read.environment.mail } : {}),
    desk,
    opened,
    clock,
    ids: { next: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}` },
    ...signalsInto(log),
    port: 0,
    host: '127.0.0.1',
    steady: { now: () => clock.now(), wait: async (ms) => clock.advance(ms) },
    ...over.bot,
  });
  const url = `http://127.0.0.1:${bot.port}`;
  local.connectBot(`${url}/api/messages`);
  const running = bot;
  return {
    local,
    bot,
    opened,
    clock,
    desk,
    log,
    url,
    async settle() {
      for (;;) {
        await local.idle();
        await running.drain();
        const next = await opened.store.nextDeliveryAt();
        if (next === undefined || next > clock.now() + PATIENCE_MS) return;
        // Time passes for whoever waits for a turn, and only then.
        if (next > clock.now()) clock.advance(next - clock.now());
      }
    },
    async stop() {
      await running.stop();
      await local.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
