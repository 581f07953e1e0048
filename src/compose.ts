/** The only place where adapters are constructed and joined. */

import { lookAfter, tellAgain } from './app/alerts/alerts.ts';
import { createReadiness } from './app/alerts/readiness.ts';
import { createReloading, type Reloading } from './app/changing/reloading.ts';
import { runDue } from './app/changing/scheduler.ts';
import { openFile } from './app/door/open-file.ts';
import { createResponder } from './app/door/respond.ts';
import { listFile } from './app/finding/list-file.ts';
import type { House } from './app/house.ts';
import { createMailWatch } from './app/mail/mail-watch.ts';
import { createOpenDesk } from './app/open-desk.ts';
import { createClearOut } from './app/opening/clear-out.ts';
import { type Later, within } from './app/ports/later.ts';
import { measured } from './app/ports/measured-store.ts';
import { type Correlation, NO_METER } from './app/ports/signals.ts';
import { contentOfDelivery } from './app/sending/content.ts';
import { createOutbox, type Outbox } from './app/sending/outbox.ts';
import { printTicket } from './app/showing/print.ts';
import { createTroubles } from './app/troubles.ts';
import { createTurns } from './app/turns.ts';
import { type Composition, worldNow } from './compose/composition.ts';
import { houseOf } from './compose/house.ts';
import { reachTeams } from './compose/teams.ts';
import { createMailbox } from './email/deferred.ts';
import { onSchedule } from './schedule.ts';
import { createCorrelation } from './signals/correlation.ts';
import { createMeter } from './signals/meter.ts';
import { HardenedAuthentication } from './teams/authentication.ts';
import { createBot } from './teams/bot.ts';
import { download } from './teams/download.ts';
import { createLinks, linkSecret } from './teams/links.ts';
import { createRunning } from './teams/running.ts';
import { startServer } from './teams/server.ts';

/** With what it takes to close, less than the ten seconds after which whoever stops a process loses patience. */
const FINISH_MS = 8_000;

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

/** @throws where the port is taken */
export async function compose(parts: Composition): Promise<Running> {
  const { opened, clock, log, later = onTimer } = parts;
  const openDesk = createOpenDesk(parts.desk);
  const currentDesk = () => openDesk.desk;
  const { deskIsCurrent } = openDesk;
  const correlation = parts.correlation ?? createCorrelation(parts.ids.next);
  const figures = parts.metrics
    ? createMeter({ backlog: () => opened.store.backlog(), now: clock.now, deskIsCurrent })
    : undefined;
  const meter = figures ?? NO_METER;
  const store = figures ? measured(opened.store, figures, () => performance.now()) : opened.store;
  const troubles = createTroubles();
  const turns = createTurns();
  let port = parts.port;
  const links = createLinks({
    desk: currentDesk,
    publicUrl: () => parts.publicUrl?.replace(/\/$/, '') ?? `http://127.0.0.1:${port}`,
    secret: linkSecret(parts.sharedSecret),
    now: () => clock.now(),
  });
  const teams = reachTeams(parts, store, troubles, currentDesk);
  const { messenger, directory } = teams;
  let outbox: Outbox | undefined;
  const house = houseOf(parts, openDesk, {
    ...{ store, attachments: opened.attachments, messenger, directory, links, meter, troubles, turns },
    // Whoever nudges does not wait: what is sent then, follow-ups included, is no part of their turn.
    nudge: turns.detached(() => outbox?.nudge()),
  });
  outbox = createOutbox(house, contentOfDelivery, later);
  let stopping = false;
  const isStopping = () => stopping;
  const responding = createRunning();
  const server = await startServer(
    {
      authentication: new HardenedAuthentication(parts.settings, worldNow),
      turn: turnOf(house, teams, responding, { correlation, later }),
      ...{ links, correlation, meter, log },
      signals: {
        readiness: createReadiness({
          ...{ store, token: teams.token, deskIsCurrent, later, log },
          stopping: isStopping,
          now: () => performance.now(),
        }),
        ...(figures ? { metrics: figures.expose } : {}),
      },
      print: (asked) => printTicket(house, asked),
      file: (asked) => openFile(house, asked),
      list: (asked) => listFile(house, asked),
    },
    parts.port,
    parts.host,
  );
  port = server.port;
  const rounds = beginRounds(parts, house, { correlation, later, isStopping });
  // A kill may have come between an alert and its cards.
  tellAgain(house).catch((error: unknown) => log.error({ err: error }, 'alerts could not be told again'));
  house.nudge();
  return {
    port,
    async tick() {
      await rounds.tick();
      await rounds.look();
      await outbox.drain();
    },
    drain: () => outbox.drain(),
    ...createReloading(house, openDesk, isStopping, later),
    async stop() {
      stopping = true;
      await rounds.end();
      const begun = performance.now();
      // Those answered with a word to wait are finished as well.
      const finishTurns = async () =>
        (await server.finishTurns(FINISH_MS)) || responding.finish(FINISH_MS - (performance.now() - begun));
      const [left] = await Promise.all([
        finishTurns(),
        outbox.stop(FINISH_MS),
        within(later, FINISH_MS, rounds.ended()),
      ]);
      if (left > 0) log.warn({ turns: left }, 'turns were cut off: Teams sends them again');
      await server.close();
      await store.close();
    },
  };
}

type Surroundings = { readonly correlation: Correlation; readonly later: Later };

/** From an activity that was let in to its answer. */
function turnOf(
  house: House,
  { hosts, token, service, directory, say }: ReturnType<typeof reachTeams>,
  responding: ReturnType<typeof createRunning>,
  { correlation, later }: Surroundings,
) {
  const respond = createResponder(house);
  return createBot({
    respond: (inbound) => {
      service.learn(inbound.sender.serviceUrl, inbound.sender.conversation);
      directory.hear(inbound.sender);
      return responding.run(() => respond(inbound));
    },
    say,
    open: (url, authorize) => download({ hosts, token }, url, authorize && service.owns(url)),
    allowsTenant: (tenant) => house.desk.tenants.includes(tenant),
    isForeign: directory.isForeign,
    ...{ correlation, meter: house.meter, log: house.log, later },
  });
}

/** What happens by itself again and again: what is due by the clock, and looking into the mailbox. */
function beginRounds(
  { tick: schedule, mail, mailEveryMs: everyMs, log }: Composition,
  house: House,
  { correlation, later, isStopping }: Surroundings & { readonly isStopping: () => boolean },
) {
  const clearOut = createClearOut(house, isStopping);
  const tick = () =>
    correlation.follow(async () => {
      await runDue(house, isStopping);
      await lookAfter(house);
      await clearOut();
      house.nudge();
    });
  const scheduled = schedule === undefined ? undefined : onSchedule(schedule, tick, log);
  const mailbox = mail && createMailbox(mail, log);
  const mailWatch = mailbox && createMailWatch(house, mailbox, { everyMs, later, correlation });
  if (schedule !== undefined) mailWatch?.begin();
  return {
    tick,
    look: async () => mailWatch?.look(),
    /** No further round begins. */
    end: async () => scheduled?.end(),
    /** What had begun is over. */
    ended: () => Promise.all([scheduled?.idle(), mailWatch?.stop()]),
  };
}
