/**
 * Several instances of Sportello on one store, by clocks that differ, in a desk where everything is due within seconds. One
 * of them is killed every second while people ask and work. Then all are started again on the next morning, when all that
 * was put off until tomorrow is due at once, and killing goes on.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { DateTime } from 'luxon';
import type { MessageView } from '../../src/local/protocol.ts';
import { startBalancer } from './balancer.ts';
import { type BotProcess, freePort, startBot } from './bot-process.ts';
import { createCrowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import { settle, settleConnector } from './healing.ts';
import { hurried } from './hurried.ts';
import { environmentOf, exampleDesk, judge, setScene } from './scene.ts';
import { checkTimed, type Timed } from './timed.ts';

const ASKERS = 3;
const AGENTS = 3;
/** How far the clocks of the first and the last instance differ, in milliseconds. */
const SKEW_MS = 60_000;
const BETWEEN_KILLS_MS = 1_000;
/** From one morning to the next, past nine o'clock. */
const NIGHT_MS = 23.5 * 3_600_000;
/** Leases of killed instances end after two and a half minutes; then all that waits goes out at the platform's pace. */
const LAST_ROUND_MS = 600_000;

export type FleetReport = {
  readonly kills: number;
  readonly tickets: number;
  readonly confirmed: number;
  readonly acknowledged: number;
  readonly timed: Readonly<Record<Timed, number>>;
  readonly cards: number;
  readonly copies: number;
  readonly seconds: number;
  readonly violations: readonly string[];
};

type Instance = { readonly port: number; readonly ahead: number; process?: BotProcess };

/** @param seconds of killing, two thirds of them on the first day */
export async function fleet(parts: {
  readonly instances: number;
  readonly seconds: number;
  readonly seed: number;
  readonly ground: Ground;
}): Promise<FleetReport> {
  const { ground, seconds } = parts;
  const started = performance.now();
  const desk = hurried(await exampleDesk());
  const scene = await setScene({ desk, people: seconds * 40 + 40, seed: parts.seed, limits: false });
  const { local, people, random, ledger, wall } = scene;
  const balancer = await startBalancer();
  local.connectBot(`${balancer.url}/api/messages`);
  const afterReply = [
    'waitRequester',
    ...['waitReminder', 'waitAutoClose'].map((then) => `${then}-tomorrow`),
  ];
  const crowd = createCrowd({ local, desk, people, wall, ledger, random, afterReply });
  const instances: Instance[] = [];
  for (let n = 0; n < parts.instances; n++)
    instances.push({ port: await freePort(), ahead: (n * SKEW_MS) / Math.max(1, parts.instances - 1) });
  balancer.use(instances.map(({ port }) => port));
  // Cards that were posted and not yet acknowledged when an instance was killed: what became a copy is among them.
  const underWay = new Set<string>();
  let dayAhead = untilThursday(desk.timeZone);
  let kills = 0;

  async function start(instance: Instance): Promise<void> {
    const environment = environmentOf(scene, ground, instance.port);
    const program = ['scripts/torture/instance.ts', String(dayAhead + instance.ahead)];
    const complain = (line: string) => ledger.violated(`an instance complained: ${line}`);
    instance.process = await startBot(environment, complain, program);
  }

  async function kill(instance: Instance): Promise<void> {
    const victim = instance.process;
    delete instance.process;
    victim?.kill();
    kills += 1;
    await victim?.ended;
    for (const { id } of wall.unknown(await ground.read())) underWay.add(id);
  }

  /** One of those that run, every second, for so long; each is started again. */
  async function killEverySecond(ms: number): Promise<void> {
    const starts: Promise<void>[] = [];
    const until = performance.now() + ms;
    for (let next = performance.now(); next < until; ) {
      next += BETWEEN_KILLS_MS;
      await pause(Math.max(0, next - performance.now()));
      const victim = random.pick(instances.filter(({ process }) => process !== undefined));
      if (!victim) continue;
      await kill(victim);
      starts.push(start(victim));
    }
    await Promise.all(starts);
  }

  async function aDay(ms: number): Promise<void> {
    const evening = new AbortController();
    const working = crowd.work(ASKERS, AGENTS, evening.signal);
    await killEverySecond(ms);
    evening.abort();
    await working;
  }

  function noteCopies(unknown: readonly MessageView[]): void {
    for (const card of unknown) {
      if (!underWay.has(card.id))
        ledger.violated(`${card.summary} in ${card.conversation} was sent twice, and by no kill`);
      wall.noteCopy(card);
    }
  }

  try {
    await Promise.all(instances.map(start));
    await aDay((seconds * 2_000) / 3);
    for (const instance of instances) await kill(instance);
    dayAhead += NIGHT_MS;
    await Promise.all(instances.map(start));
    await aDay((seconds * 1_000) / 3);

    const inTime = AbortSignal.timeout(LAST_ROUND_MS);
    const left = await crowd.finish(inTime);
    if (left > 0) ledger.violated(`${left} people never got an answer`);
    // Escalations of what was asked last are due by the slowest clock too.
    await pause(SKEW_MS);
    const onEmpty = async () => {
      await settleConnector(local);
      noteCopies(wall.unknown(await ground.read()));
    };
    await settle({ local, desk, ground, wall, onEmpty }, inTime);
    const due = Date.now() + dayAhead - BETWEEN_KILLS_MS;
    await Promise.all(instances.map(({ process }) => process?.stop()));
    const store = await judge(scene, ground);
    const timed = checkTimed(store, desk, due, ledger);
    return {
      kills,
      tickets: store.tickets.size,
      confirmed: ledger.confirmed,
      acknowledged: ledger.acknowledged,
      timed,
      cards: wall.cards.length,
      copies: wall.copies.length,
      seconds: (performance.now() - started) / 1_000,
      violations: ledger.violations,
    };
  } finally {
    for (const { process } of instances) process?.kill();
    balancer.close();
    await local.close();
    await ground.close();
  }
}

/** Milliseconds until the next Thursday, ten in the morning: offices are open then, and on the day after. */
function untilThursday(zone: string): number {
  const now = DateTime.now().setZone(zone);
  const ten = now.set({ weekday: 4, hour: 10, minute: 0, second: 0, millisecond: 0 });
  return (ten > now ? ten : ten.plus({ weeks: 1 })).toMillis() - now.toMillis();
}
