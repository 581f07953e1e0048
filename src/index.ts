/** Starts Sportello, and stops it gracefully. */

import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Log } from './app/ports/signals.ts';
import type { Composition } from './compose/composition.ts';
import { compose, type Running } from './compose.ts';
import { loadDesk } from './config/desk.ts';
import { formatDeskProblems } from './config/desk-problem.ts';
import { type DeskWatch, watchDesk } from './config/desk-watch.ts';
import { type BotSettings, type Environment, readEnvironment } from './config/environment.ts';
import type { Desk } from './domain/desk.ts';
import { createMovableClock } from './local/clock.ts';
import { type LocalTeams, startLocalTeams } from './local/local-teams.ts';
import { seeded, whimsBy } from './local/whims.ts';
import { mailAddressOf, scenarioOf } from './scenario.ts';
import { createCorrelation } from './signals/correlation.ts';
import { createLog } from './signals/log.ts';
import { CannotStart, localFileProblem, portProblem, unforeseen } from './start-problem.ts';
import { type OpenedStore, openStore } from './stores/open.ts';
import { UnusableStore } from './stores/unusable-store.ts';

const DEFAULT_PORT = 3978;
const USUAL_PORTS = { PORT: DEFAULT_PORT, LOCAL_TEAMS_PORT: 3979 };
const LOCAL_FILE = 'data/local-teams.db';
/** Id of the bot in local Teams, where any will do. */
const LOCAL_APP_ID = '0c5e3f1a-6f0b-4f6e-9a57-5b0e2a1d7c44';
const PAGE = fileURLToPath(new URL('./local/page/', import.meta.url));
/** Whoever stops a process kills it after ten seconds. */
const STOP_WITHIN_MS = 9_800;
/** Not in the way of whoever is there first. */
const OVERLOOK_AFTER_MS = 5_000;
const OVERLOOK_BROKE = 'the open tickets could not be gone over';
const EVERY_SECOND = '* * * * * *';
/** How often somebody in front of local Teams wants the mailbox looked into. */
const EVERY_SECOND_MS = 1_000;
const EVERY_FIVE_SECONDS = '*/5 * * * * *';

async function main(): Promise<void> {
  const read = readEnvironment(process.env);
  if (!read.ok) return refuseToStart(read.problems.join('\n'));
  const { environment } = read;
  // Before the files are loaded: what changes meanwhile is noticed.
  const { watch, attach } = await watchFor(environment.deskDirectory);
  const loaded = await loadDesk(environment.deskDirectory);
  if (!loaded.ok) return refuseToStart(formatDeskProblems(loaded.problems, environment.deskDirectory));
  const correlation = createCorrelation(randomUUID);
  const log = createLog(environment.logLevel, correlation);
  const signals = { log, correlation, metrics: environment.metrics };
  for (const fault of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(fault, (error: unknown) => {
      log.fatal({ err: error }, 'a fault that nobody took ends the process');
      process.exit(1);
    });
  const started = await start(environment, loaded.desk, signals).catch((error: unknown) => {
    log.debug({ err: error }, 'the start failed');
    return unforeseen(error);
  });
  if (typeof started === 'string') {
    refuseToStart(started);
    // What was opened before it, such as a connection to the store, would keep the process.
    process.exit();
  }
  const { bot, stop } = started;
  attach(bot, log);
  process.on('SIGHUP', () => void watch.look());
  const overlook = () => bot.overlook().catch((error: unknown) => log.error({ err: error }, OVERLOOK_BROKE));
  setTimeout(overlook, OVERLOOK_AFTER_MS).unref();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      watch.close();
      setTimeout(() => {
        log.fatal({}, 'stopping took too long');
        process.exit(1);
      }, STOP_WITHIN_MS).unref();
      stop()
        .then(() => process.exit(0))
        .catch((error: unknown) => {
          log.fatal({ err: error }, 'stopping failed');
          process.exit(1);
        });
    });
}

async function start(environment: Environment, desk: Desk, signals: Signals): Promise<Started> {
  const opened = await openStore(environment.storeUrl).catch((error: unknown) => {
    throw error instanceof UnusableStore ? new CannotStart(error.message, { cause: error }) : error;
  });
  return environment.bot
    ? startInTenant(environment, environment.bot, desk, opened, signals)
    : startLocally(environment, desk, opened, signals);
}

type Signals = Required<Pick<Composition, 'log' | 'correlation' | 'metrics'>>;

type Started = { readonly bot: Running; readonly stop: () => Promise<void> };

/** Watches the desk's files; what they change into is taken over by the bot that is attached, once it is. */
async function watchFor(
  directory: string,
): Promise<{ readonly watch: DeskWatch; readonly attach: (bot: Running, log: Log) => void }> {
  let attach: (bot: Running, log: Log) => void = () => {};
  const attached = new Promise<{ bot: Running; log: Log }>((resolve) => {
    attach = (bot, log) => resolve({ bot, log });
  });
  const watch = await watchDesk({
    directory,
    async onChange(loaded) {
      const { bot } = await attached;
      if (loaded.ok) await bot.useDesk(loaded.desk);
      else bot.keepDesk(loaded.problems);
    },
    async onFault(error) {
      const { log } = await attached;
      log.error({ err: error }, 'the desk’s files could not be read');
    },
  });
  return { watch, attach };
}

/** One sentence for each thing to mend, and nothing else. */
function refuseToStart(problems: string): void {
  console.error(`Sportello cannot start:\n${problems}`);
  process.exitCode = 1;
}

async function startInTenant(
  environment: Environment,
  settings: BotSettings,
  desk: Desk,
  opened: OpenedStore,
  signals: Signals,
): Promise<Started> {
  const port = environment.port ?? DEFAULT_PORT;
  const running = await compose({
    settings,
    ...mailOf(environment),
    desk,
    opened,
    ...signals,
    clock: { now: Date.now },
    ids: { next: randomUUID },
    port,
    host: '0.0.0.0',
    tick: EVERY_FIVE_SECONDS,
    ...(environment.publicUrl === undefined ? {} : { publicUrl: environment.publicUrl }),
    ...(environment.sharedSecret === undefined ? {} : { sharedSecret: environment.sharedSecret }),
  }).catch((error: unknown) => {
    throw portProblem(error, 'PORT', port);
  });
  console.log(`Sportello listens on port ${running.port}, path /api/messages.`);
  return { bot: running, stop: running.stop };
}

/** The same each time, so that what was seen once can be seen again. */
const WHIMS = 1;

async function startLocally(
  environment: Environment,
  desk: Desk,
  opened: OpenedStore,
  signals: Signals,
): Promise<Started> {
  const clock = createMovableClock();
  let running: Running | undefined;
  const local = await startOnFreePort('LOCAL_TEAMS_PORT', environment.localTeamsPort, (port) =>
    startLocalTeams({
      scenario: scenarioOf(desk, LOCAL_APP_ID),
      clock,
      port,
      file: LOCAL_FILE,
      pageDirectory: PAGE,
      timeZone: desk.timeZone,
      whims: whimsBy(seeded(WHIMS)),
      // Who has a mail server of their own wants to try that one.
      ...(environment.mail ? {} : { mailAddress: mailAddressOf(desk) }),
      onReset: () => opened.wipe(),
      onClockMoved: () => running?.tick(),
    }),
  ).catch((error: unknown) => {
    throw localFileProblem(error, LOCAL_FILE);
  });
  running = await startOnFreePort('PORT', environment.port, (port) =>
    compose({
      ...settingsOf(local),
      ...(environment.mail ? mailOf(environment) : { mailEveryMs: EVERY_SECOND_MS }),
      desk,
      opened,
      ...signals,
      clock,
      ids: { next: randomUUID },
      port,
      host: '127.0.0.1',
      tick: EVERY_SECOND,
    }),
  );
  local.connectBot(`http://127.0.0.1:${running.port}/api/messages`);
  console.log(`Sportello is ready to be tried: ${local.url}`);
  const bot = running;
  return {
    bot,
    async stop() {
      await bot.stop();
      await local.close();
    },
  };
}

function mailOf({ mail }: Environment): Pick<Composition, 'mail'> {
  return mail ? { mail } : {};
}

/** Local Teams is reached through the same door as the real one: settings under their standard names. */
function settingsOf(local: LocalTeams): Pick<Composition, 'settings' | 'mail'> {
  const read = readEnvironment({ ...local.settings, SERVICE_URL: local.serviceUrl });
  if (!read.ok || !read.environment.bot) throw new Error('local Teams gave settings that are not valid');
  return { settings: read.environment.bot, ...mailOf(read.environment) };
}

/** The port that was asked for, and no other; without one the usual port, or any free one where that is taken. */
async function startOnFreePort<T>(
  variable: keyof typeof USUAL_PORTS,
  asked: number | undefined,
  start: (port: number) => Promise<T>,
): Promise<T> {
  const port = asked ?? USUAL_PORTS[variable];
  try {
    return await start(port);
  } catch (error) {
    const problem = portProblem(error, variable, port);
    if (asked !== undefined || problem === error) throw problem;
    return start(0);
  }
}

await main();
