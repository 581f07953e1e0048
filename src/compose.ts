/** The only place where adapters are constructed and joined. */

import { LRUCache } from 'lru-cache';
import { lookAfter, tellAgain } from './app/alerts/alerts.ts';
import { createReadiness } from './app/alerts/readiness.ts';
import { createReloading, type Reloading } from './app/changing/reloading.ts';
import { runDue } from './app/changing/scheduler.ts';
import { openFile } from './app/door/open-file.ts';
import { createResponder } from './app/door/respond.ts';
import { createFileQuota } from './app/fairness/file-quota.ts';
import { listFile } from './app/finding/list-file.ts';
import type { House } from './app/house.ts';
import { createMailWatch } from './app/mail/mail-watch.ts';
import { createOpenDesk } from './app/open-desk.ts';
import { createClearOut } from './app/opening/clear-out.ts';
import type { Clock, Ids } from './app/ports/clock.ts';
import { type Later, within } from './app/ports/later.ts';
import { measured } from './app/ports/measured-store.ts';
import { type Correlation, type Log, NO_METER } from './app/ports/signals.ts';
import { contentOfDelivery } from './app/sending/content.ts';
import { createOutbox, type Outbox } from './app/sending/outbox.ts';
import { printTicket } from './app/showing/print.ts';
import { createTroubles, type Troubles } from './app/troubles.ts';
import { createTurns } from './app/turns.ts';
import type { BotSettings } from './config/environment.ts';
import type { MailSettings } from './config/mail-settings.ts';
import type { Desk } from './domain/desk.ts';
import type { Printing } from './domain/printing.ts';
import { createMailbox, createMailer } from './email/deferred.ts';
import { onSchedule } from './schedule.ts';
import { createCorrelation } from './signals/correlation.ts';
import { createMeter } from './signals/meter.ts';
import type { OpenedStore } from './stores/open.ts';
import { HardenedAuthentication } from './teams/authentication.ts';
import { createBot } from './teams/bot.ts';
import { type Connector, createConnector } from './teams/connector.ts';
import { createDirectory } from './teams/directory.ts';
import { download } from './teams/download.ts';
import { createHosts } from './teams/hosts.ts';
import { createLinks, linkSecret } from './teams/links.ts';
import { createMessenger } from './teams/messenger.ts';
import { outboundToken } from './teams/outbound-token.ts';
import { createPace, type Pace } from './teams/pace.ts';
import { createRunning } from './teams/running.ts';
import { startServer } from './teams/server.ts';
import { createServiceAddress } from './teams/service.ts';
import { heed, watched } from './teams/token-refused.ts';

export type Composition = {
  readonly settings: BotSettings;
  /** Without it nothing is forwarded. */
  readonly mail?: MailSettings;
  readonly desk: Desk;
  readonly opened: OpenedStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The one that the log was made with; one of its own without it. */
  readonly correlation?: Correlation;
  /** Whether `/metrics` is there, for whoever reaches the port; not without it. */
  readonly metrics?: boolean;
  readonly port: number;
  /** `127.0.0.1` where only this machine may speak to the bot. */
  readonly host: string;
  readonly publicUrl?: string;
  /** Signs links, the same for all instances; by default a secret of this process alone. */
  readonly sharedSecret?: string;
  /** How often the scheduler looks, as a cron expression with seconds; undefined: only when told to. */
  readonly tick?: string;
  /** How long after one look into the mailbox the next one follows, in milliseconds; 30 seconds by default. */
  readonly mailEveryMs?: number;
  /** How long one call of the connector may take, in milliseconds; the connector's own limit by default. */
  readonly connectorTimeoutMs?: number;
  /** The machine's timers by default. */
  readonly later?: Later;
  /** Time that passes for the platform's rate limits, and cannot be moved; real time by default. */
  readonly steady?: Steady;
};

export type Steady = {
  /** Milliseconds, never going back. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

const FORM_STAYS_OPEN_MS = 30 * 60_000;
/** Longer than it takes until everybody's card is up to date, and to read a sentence. */
const ANSWER_STAYS_MS = 60_000;

/** A working day. */
const COPY_STAYS_LIVE_MS = 8 * 3_600_000;

/** With what it takes to close, less than the ten seconds after which whoever stops a process loses patience. */
const FINISH_MS = 8_000;

const REAL_TIME: Steady = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Runs something after so many milliseconds, which keep no process alive. */
function onTimer(run: () => void, ms: number): () => void {
  const timer = setTimeout(run, ms);
  timer.unref();
  return () => clearTimeout(timer);
}

export type Running = Reloading & {
  readonly port: number;
  /** Does all that is due by the clock now, and sends it. */
  tick(): Promise<void>;
  /** Sends all that is ready. */
  drain(): Promise<void>;
  /** Finishes what runs and gives back what was not begun, within ten seconds. */
  stop(): Promise<void>;
};

export async function compose(parts: Composition): Promise<Running> {
  const { settings, opened, clock, log } = parts;
  // Tokens end by the world's time and rate limits pass by it, whatever the desk's clock says.
  const worldNow = () => Date.now();
  const { steady = REAL_TIME, later = onTimer } = parts;
  const openDesk = createOpenDesk(parts.desk);
  const currentDesk = () => openDesk.desk;
  const correlation = parts.correlation ?? createCorrelation(parts.ids.next);
  const { deskIsCurrent } = openDesk;
  const figures = parts.metrics
    ? createMeter({ backlog: () => opened.store.backlog(), now: clock.now, deskIsCurrent })
    : undefined;
  const meter = figures ?? NO_METER;
  const troubles = createTroubles();
  const turns = createTurns();
  const token = watched(outboundToken(settings, worldNow), troubles);
  troubles.ends('secretEnds', settings.appPasswordEndsAt);
  troubles.ends('certificateEnds', settings.certificate?.endsAt);
  const hosts = createHosts(settings.serviceUrl, settings.fileHosts);
  const connector = heeded(createConnector(token, hosts, parts.connectorTimeoutMs), troubles);
  const service = createServiceAddress(settings.serviceUrl);
  const { attachments } = opened;
  const store = figures ? measured(opened.store, figures, () => performance.now()) : opened.store;
  let port = parts.port;
  const links = createLinks({
    desk: currentDesk,
    publicUrl: () => parts.publicUrl?.replace(/\/$/, '') ?? `http://127.0.0.1:${port}`,
    secret: linkSecret(parts.sharedSecret),
    now: () => clock.now(),
  });
  const pace = createPace(steady.now);
  const { messenger, say } = createMessenger({
    settings,
    connector,
    pace,
    wait: steady.wait,
    service,
    desk: currentDesk,
    profile: (person) => store.profile(person),
    saveProfile: (profile) => store.saveProfile(profile),
    log,
  });
  const directory = createDirectory({
    connector: counted(connector, pace),
    ...{ service, desk: currentDesk, now: steady.now },
  });
  let outbox: Outbox | undefined;
  const house: House = {
    get desk() {
      return openDesk.desk;
    },
    get calendars() {
      return openDesk.calendars;
    },
    get vocabulary() {
      return openDesk.vocabulary;
    },
    store,
    attachments,
    fileQuota: createFileQuota(attachments, clock.now),
    clock,
    ids: parts.ids,
    messenger,
    ...(parts.mail ? { mailer: createMailer(parts.mail) } : {}),
    directory,
    links,
    log,
    meter,
    troubles,
    turns,
    openForms: new LRUCache({ max: 5_000, ttl: FORM_STAYS_OPEN_MS, ttlResolution: 1_000 }),
    answered: new LRUCache({ max: 5_000, ttl: ANSWER_STAYS_MS, ttlResolution: 1_000 }),
    openedOver: new LRUCache({ max: 5_000 }),
    met: new LRUCache({ max: 5_000 }),
    copies: new LRUCache({ max: 5_000, ttl: COPY_STAYS_LIVE_MS, ttlResolution: 1_000 }),
    // Whoever nudges does not wait: what is sent then, follow-ups included, is no part of their turn.
    nudge: turns.detached(() => outbox?.nudge()),
  };
  outbox = createOutbox(house, contentOfDelivery, later);
  const respond = createResponder(house);
  const responding = createRunning();
  const turn = createBot({
    respond: (inbound) => {
      service.learn(inbound.sender.serviceUrl, inbound.sender.conversation);
      directory.hear(inbound.sender);
      return responding.run(() => respond(inbound));
    },
    say,
    open: (url, authorize) => download({ hosts, token }, url, authorize && service.owns(url)),
    allowsTenant: (tenant) => currentDesk().tenants.includes(tenant),
    isForeign: directory.isForeign,
    ...{ correlation, meter, log, later },
  });
  const authentication = new HardenedAuthentication(settings, worldNow);
  const print = (asked: Printing) => printTicket(house, asked);
  let stopping = false;
  const signals = {
    readiness: createReadiness({
      ...{ store, token, deskIsCurrent, later, log },
      stopping: () => stopping,
      now: () => performance.now(),
    }),
    ...(figures ? { metrics: figures.expose } : {}),
  };
  const server = await startServer(
    {
      ...{ authentication, turn, links, print, signals, correlation, meter, log },
      file: (asked) => openFile(house, asked),
      list: (asked) => listFile(house, asked),
    },
    parts.port,
    parts.host,
  );
  port = server.port;

  const clearOut = createClearOut(house, () => stopping);
  const tick = () =>
    correlation.follow(async () => {
      await runDue(house, () => stopping);
      await lookAfter(house);
      await clearOut();
      house.nudge();
    });
  const schedule = parts.tick === undefined ? undefined : onSchedule(parts.tick, tick, log);
  const mailbox = parts.mail && createMailbox(parts.mail, log);
  const { mailEveryMs: everyMs } = parts;
  const mailWatch = mailbox && createMailWatch(house, mailbox, { everyMs, later, correlation });
  if (parts.tick !== undefined) mailWatch?.begin();
  // A kill may have come between an alert and its cards.
  tellAgain(house).catch((error: unknown) => log.error({ err: error }, 'alerts could not be told again'));
  house.nudge();
  return {
    port,
    async tick() {
      await tick();
      await mailWatch?.look();
      await outbox.drain();
    },
    drain: () => outbox.drain(),
    ...createReloading(house, openDesk, () => stopping, later),
    async stop() {
      stopping = true;
      await schedule?.end();
      const begun = performance.now();
      // Those answered with a word to wait are finished as well.
      const finishTurns = async () =>
        (await server.finishTurns(FINISH_MS)) || responding.finish(FINISH_MS - (performance.now() - begun));
      const [left] = await Promise.all([
        finishTurns(),
        outbox.stop(FINISH_MS),
        within(later, FINISH_MS, Promise.all([schedule?.idle(), mailWatch?.stop()])),
      ]);
      if (left > 0) log.warn({ turns: left }, 'turns were cut off: Teams sends them again');
      await server.close();
      await store.close();
    },
  };
}

function heeded(connector: Connector, troubles: Troubles): Connector {
  return {
    ...connector,
    call: async (...request) => heed(await connector.call(...request), troubles),
  };
}

/** What is looked up counts among the requests of the tenant, and waits for none of them. */
function counted(connector: Connector, pace: Pace): Connector {
  return {
    ...connector,
    call(...request) {
      pace.count();
      return connector.call(...request);
    },
  };
}
