/**
 * Sportello through its real server between local Teams and a clock that only the test moves, on a store that outlives
 * the bot: it can be restarted, and a second one can run beside it.
 */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../../src/app/ports/store.ts';
import type { Composition } from '../../../src/compose/composition.ts';
import { compose, type Running } from '../../../src/compose.ts';
import { readEnvironment } from '../../../src/config/environment.ts';
import type { Desk } from '../../../src/domain/desk.ts';
import { createMovableClock, type MovableClock } from '../../../src/local/clock.ts';
import type { Fault } from '../../../src/local/fault.ts';
import { type LocalTeams, type LocalTeamsOptions, startLocalTeams } from '../../../src/local/local-teams.ts';
import { scenarioOf } from '../../../src/scenario.ts';
import { openStore } from '../../../src/stores/open.ts';
import { testDesk } from '../../support/desk.ts';
import { signalsInto } from '../../support/signals.ts';
import { APP_ID } from '../../support/teams.ts';
import { MORNING } from '../../support/tickets.ts';
import { assertImpersonal, noting, type Typed } from './impersonal.ts';

export type Stage = {
  readonly local: LocalTeams;
  readonly clock: MovableClock;
  readonly desk: Desk;
  /** Lines of the bot's log, as JSON. */
  readonly log: readonly string[];
  /** The store of the bot that runs now. */
  readonly store: Store;
  readonly bot: Running;
  /** Base address of the bot. */
  readonly url: string;
  /** Stops the bot and starts it anew on the same store: nothing that it kept in memory is left. */
  restart(): Promise<void>;
  /** One more bot on the same store, until the stage is struck. Teams does not speak to it by itself. */
  another(): Promise<Instance>;
  /** Waits until answers are given and the outbox is empty; lets as much time pass as it asks for, a minute at once at most. */
  settle(): Promise<void>;
  /** Waits until answers are given and all that is ready has been tried; no time passes. */
  quiet(): Promise<void>;
  /** Moves everybody's clock, and has the bot do what is due. */
  pass(ms: number): Promise<void>;
  /** Makes the connector misbehave while `during` runs, and settles nothing. */
  withFault<T>(fault: Fault, during: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

export type Instance = { readonly bot: Running; readonly store: Store; readonly url: string };

/** Longer waits of the outbox are for the test to bring about. */
const PATIENCE_MS = 60_000;

export async function setStage(
  over: {
    readonly desk?: Desk;
    readonly local?: Partial<LocalTeamsOptions>;
    readonly bot?: Partial<Composition>;
    /** In place of `openStore`, on the same address. */
    readonly open?: typeof openStore;
    /** Set beside what local Teams sets. */
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<Stage> {
  const desk = over.desk ?? testDesk();
  const clock = createMovableClock(() => MORNING);
  const folder = await mkdtemp(join(tmpdir(), 'sportello-'));
  const log: string[] = [];
  const instances: Instance[] = [];
  let ids = 0;
  const typed: Typed = new Set();
  const local = noting(
    await startLocalTeams({
      scenario: scenarioOf(desk, APP_ID),
      clock,
      port: 0,
      file: ':memory:',
      timeZone: 'Europe/Rome',
      // The limits pass by the same clock, so that waiting for them costs no time.
      monotonicNow: () => clock.now(),
      ...over.local,
    }),
    typed,
  );

  async function start(): Promise<Instance> {
    const read = readEnvironment({ ...local.settings, SERVICE_URL: local.serviceUrl, ...over.environment });
    assert.ok(read.ok && read.environment.bot, JSON.stringify(read));
    const opened = await (over.open ?? openStore)(`sqlite:${join(folder, 'sportello.db')}`);
    const bot = await compose({
      settings: read.environment.bot,
      desk,
      opened,
      clock,
      ids: { next: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}` },
      ...signalsInto(log),
      port: 0,
      host: '127.0.0.1',
      steady: { now: () => clock.now(), wait: async (ms) => clock.advance(Math.max(ms, 1)) },
      ...over.bot,
    });
    const instance = { bot, store: opened.store, url: `http://127.0.0.1:${bot.port}` };
    instances.push(instance);
    return instance;
  }

  let now = await start();
  const connect = () => local.connectBot(`${now.url}/api/messages`);
  connect();
  const quiet = async () => {
    await local.idle();
    // All of them: what another one is just sending must not see its lease end.
    for (const { bot } of instances) await bot.drain();
  };

  return {
    local,
    clock,
    desk,
    log,
    get store() {
      return now.store;
    },
    get bot() {
      return now.bot;
    },
    get url() {
      return now.url;
    },
    async restart() {
      instances.splice(instances.indexOf(now), 1);
      await now.bot.stop();
      now = await start();
      connect();
    },
    another: start,
    quiet,
    async settle() {
      for (;;) {
        await quiet();
        const next = await now.store.nextDeliveryAt();
        if (next === undefined || next > clock.now() + PATIENCE_MS) return;
        if (next > clock.now()) clock.advance(next - clock.now());
      }
    },
    async pass(ms) {
      await local.moveClock(ms);
      await Promise.all(instances.map(({ bot }) => bot.tick()));
    },
    async withFault(fault, during) {
      local.addFault(fault);
      try {
        return await during();
      } finally {
        local.clearFaults();
      }
    },
    async stop() {
      for (const { bot } of instances) await bot.stop();
      await local.close();
      await rm(folder, { recursive: true, force: true });
      assertImpersonal(log, desk, typed);
      assert.deepEqual(local.complaints, [], 'every card is shown on phones, too');
    },
  };
}
