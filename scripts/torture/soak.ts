/** A long, even load, with faults of the platform; what was promised is held against what is there at the end. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../../src/local/fault.ts';
import type { LocalTeams } from '../../src/local/local-teams.ts';
import { freePort, startBot } from './bot-process.ts';
import { createCrowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import { settle } from './healing.ts';
import type { Random } from './random.ts';
import { environmentOf, exampleDesk, judge, setScene } from './scene.ts';
import type { Wall } from './wall.ts';

/**
 * Shares of the turns in which requesters write, and agents work. All others look at cards, as most turns in an office do:
 * Teams takes 1,800 messages an hour in one channel, and what is written beyond that would only wait.
 */
const ASKING = 0.02;
const WORKING = 0.04;
const LOOKERS = 12;
/** Teams misbehaves for so long, and then behaves for twice as long. */
const SPELL_MS = 10_000;
const SAMPLE_MS = 2_000;
/** After the last turn: the longest back-off, and time to send what waited. */
const LAST_MS = 900_000;
/**
 * Memory is judged from here on, and may grow by this share from the second quarter to the last: the heap at its lowest,
 * just after garbage was collected, and the whole process at its highest, because V8 takes and gives back as it likes.
 */
const JUDGED_FROM_MS = 600_000;
const GROWTH = 0.1;

export type Soak = {
  readonly ms: number;
  /** Turns in a second. */
  readonly rate: number;
  readonly seed: number;
  /** Closed at the end. */
  readonly ground: Ground;
  readonly onMinute: (line: string) => void;
};

export type SoakReport = {
  readonly turns: number;
  readonly perSecond: number;
  readonly faults: number;
  readonly tickets: number;
  readonly confirmed: number;
  readonly acknowledged: number;
  /** Of the bot in each quarter, in MiB: the least of its heap, and the most of its resident memory. */
  readonly heap: readonly number[];
  readonly resident: readonly number[];
  readonly drainedS: number;
  readonly violations: readonly string[];
};

export async function soak({ ms, rate, seed, ground, onMinute }: Soak): Promise<SoakReport> {
  const desk = await exampleDesk();
  const askers = Math.ceil((ms / 1000) * rate * ASKING) + 10;
  const scene = await setScene({ desk, people: askers, seed, limits: true });
  const { local, people, random, ledger, wall } = scene;
  const count = { turns: 0 };
  const asking = paced(local, rate * ASKING, count);
  const working = paced(local, rate * WORKING, count);
  const isAgent = (person: string) => (desk.people.get(person)?.agentOf.length ?? 0) > 0;
  const crowd = createCrowd({
    local: {
      ...local,
      say: (said) => (isAgent(said.as) ? working : asking).say(said),
      press: (pressed) => (isAgent(pressed.as) ? working : asking).press(pressed),
    },
    ...{ desk, people, wall, ledger, random },
  });
  const port = await freePort();
  local.connectBot(`http://127.0.0.1:${port}/api/messages`);
  const bot = await startBot(
    { ...environmentOf(scene, ground, port), LOG_LEVEL: 'error', METRICS: 'on' },
    (line) => {
      // That Teams does not take messages is what the administrators are told of, and rightly.
      if (!line.includes('the administrators are told')) ledger.violated(`the bot complained: ${line}`);
    },
  );
  const samples: Memory[] = [];
  const started = performance.now();
  try {
    const end = AbortSignal.timeout(ms);
    const sampling = every(SAMPLE_MS, end, async () => void samples.push(await memoryOf(port)));
    const telling = every(60_000, end, () =>
      onMinute(`${count.turns} turns, ${samples.at(-1)?.resident.toFixed(0)} MiB`),
    );
    const misbehaving = misbehave(local, random, end);
    const looking = paced(local, rate * (1 - ASKING - WORKING), count);
    await Promise.all([
      crowd.work(2, 2, end),
      ...Array.from({ length: LOOKERS }, () => look(looking, desk.people, wall, random, end)),
      ...[sampling, telling],
    ]);
    const seconds = (performance.now() - started) / 1_000;
    const faults = await misbehaving;
    const ended = performance.now();
    const inTime = AbortSignal.timeout(LAST_MS);
    const left = await crowd.finish(inTime);
    if (left > 0) ledger.violated(`${left} people never got an answer`);
    await settle({ local, desk, ground, wall }, inTime);
    const drainedS = (performance.now() - ended) / 1_000;
    await bot.stop();
    const store = await judge(scene, ground);
    const quarters = [0, 1, 2, 3].map((quarter) => quarterOf(samples, quarter));
    const heap = quarters.map((quarter) => Math.min(...quarter.map((sample) => sample.heap)));
    const resident = quarters.map((quarter) => Math.max(...quarter.map((sample) => sample.resident)));
    for (const [what, [, second = 0, , last = 0]] of Object.entries({ heap, resident }))
      if (ms >= JUDGED_FROM_MS && last > second * (1 + GROWTH))
        ledger.violated(`memory (${what}) grew from ${second.toFixed(0)} to ${last.toFixed(0)} MiB`);
    return {
      turns: count.turns,
      perSecond: count.turns / seconds,
      faults,
      tickets: store.tickets.size,
      confirmed: ledger.confirmed,
      acknowledged: ledger.acknowledged,
      heap,
      resident,
      drainedS,
      violations: ledger.violations,
    };
  } finally {
    bot.kill();
    await local.close();
    await ground.close();
  }
}

/** Local Teams for people who write and press no more often than that, all of them together. */
function paced(local: LocalTeams, perSecond: number, count: { turns: number }): LocalTeams {
  let next = performance.now();
  const turn = async () => {
    const now = performance.now();
    next = Math.max(next, now) + 1_000 / perSecond;
    await pause(next - now);
    count.turns += 1;
  };
  return {
    ...local,
    say(said) {
      const delivered = turn().then(() => local.say(said).delivered);
      // The message itself exists only once it was this person's turn, and nobody here asks for it.
      return { delivered } as ReturnType<LocalTeams['say']>;
    },
    press: async (pressed) => {
      await turn();
      return local.press(pressed);
    },
  };
}

/** An agent looks at a card of one of their queues. */
async function look(
  local: LocalTeams,
  people: ReadonlyMap<string, { readonly id: string; readonly agentOf: readonly string[] }>,
  wall: Wall,
  random: Random,
  end: AbortSignal,
): Promise<void> {
  const agents = [...people.values()].filter(({ agentOf }) => agentOf.length > 0);
  while (!end.aborted) {
    const card = random.pick(wall.queueCards);
    const agent = random.pick(agents);
    const number = /\d{16,}/.exec(card?.summary ?? '')?.[0];
    if (!card || !agent || !number) await pause(100);
    else
      await local
        .press({
          ...{ as: agent.id, conversation: card.conversation, message: card.id },
          action: { type: 'Action.Execute', verb: 'refresh', data: { verb: 'refresh', number } },
        })
        // Not a member of that channel: looked in vain.
        .catch(() => undefined);
  }
}

/** What Teams does on a bad day. Nothing that it does in secret: a lost answer doubles a message, see `torture.ts`. */
const EFFECTS: readonly Fault['effect'][] = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, retryAfterSeconds: 3 },
  { kind: 'status', status: 500 },
  { kind: 'slow', ms: 5_000 },
  { kind: 'hang' },
];

/** @returns how many spells there were */
async function misbehave(local: LocalTeams, random: Random, end: AbortSignal): Promise<number> {
  let spells = 0;
  while (!end.aborted) {
    await pause(2 * SPELL_MS, undefined, { signal: end }).catch(() => undefined);
    const effect = random.pick(EFFECTS);
    if (end.aborted || !effect) break;
    spells += 1;
    local.addFault({ effect });
    await pause(SPELL_MS, undefined, { signal: end }).catch(() => undefined);
    local.clearFaults();
  }
  return spells;
}

async function every(ms: number, end: AbortSignal, run: () => Promise<void> | void): Promise<void> {
  while (!end.aborted) {
    await pause(ms, undefined, { signal: end }).catch(() => undefined);
    if (!end.aborted) await run();
  }
}

/** In MiB. */
type Memory = { readonly heap: number; readonly resident: number };

/** As the bot itself tells it. */
async function memoryOf(port: number): Promise<Memory> {
  const figures = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const mib = (name: string) =>
    Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(figures)?.[1] ?? Number.NaN) / 2 ** 20;
  return { heap: mib('nodejs_heap_size_used_bytes'), resident: mib('process_resident_memory_bytes') };
}

function quarterOf(samples: readonly Memory[], quarter: number): readonly Memory[] {
  const size = samples.length / 4;
  return samples.slice(Math.floor(quarter * size), Math.floor((quarter + 1) * size));
}
