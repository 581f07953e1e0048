/**
 * A3 with MongoDB: the server, the writer, or both are killed at random moments, and started again; nothing acknowledged
 * is lost and nothing is there by halves.
 *
 *     MONGODB_SERVER=<starter> TORTURE_ROUNDS=100 node --test test/torture/mongodb-kills.test.ts
 *
 * The starter is a program as `scripts/torture/mongo-server.ts` describes it. `TORTURE_SEED` repeats a run, as far as chance
 * was ours.
 */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type MongoServer, startMongoServer } from '../../scripts/torture/mongo-server.ts';
import { openStore } from '../../src/stores/open.ts';
import { wholeVersion } from '../contract/whole-ticket.ts';
import { MORNING, ticketNumber } from '../support/tickets.ts';

const WRITER = fileURLToPath(new URL('../contract/torture-writer.ts', import.meta.url));
const STARTER = process.env.MONGODB_SERVER;
const ROUNDS = Number(process.env.TORTURE_ROUNDS ?? 10);
const SEED = Number(process.env.TORTURE_SEED ?? Date.now() % 1_000_000);
const YEAR_MS = 365 * 86_400_000;

type Victims = { readonly writer: boolean; readonly server: readonly number[] };
/** What was acknowledged: counters given, and by counter the highest version. */
type Acknowledged = { readonly counters: number[]; readonly versions: Map<number, number> };

/** Starts a writer, kills the victims at some moment after its first commits, and adds what it had said to `known`. */
async function writeAndKill(
  server: MongoServer,
  url: string,
  lines: number,
  delay: number,
  victims: Victims,
  known: Acknowledged,
) {
  const writer: ChildProcess = spawn(process.execPath, [WRITER, url], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.ok(writer.stdout);
  const exit = once(writer, 'exit');
  let seen = 0;
  let killed: Promise<void> | undefined;
  const kill = async () => {
    await setTimeout(delay);
    if (victims.writer) writer.kill('SIGKILL');
    server.kill(victims.server);
    // A writer that outlives its server fails at its next write, which is no acknowledgement.
    await setTimeout(victims.writer ? 0 : 300);
    writer.kill('SIGKILL');
  };
  for await (const line of createInterface({ input: writer.stdout })) {
    const [what, counter, version] = line.split(' ');
    if (what === 'counter') known.counters.push(Number(counter));
    else known.versions.set(Number(counter), Number(version));
    seen += 1;
    if (seen === lines) killed = kill();
  }
  await exit;
  assert.ok(killed, 'the writer ended before anything was killed');
  await killed;
}

/** Checks every ticket from this counter on; answers the next counter to check. */
async function check(url: string, from: number, known: Acknowledged): Promise<number> {
  const { store } = await openStore(url);
  try {
    // For so long that the next rounds see what is new alone.
    const leased = await store.leaseDeliveries(MORNING, MORNING + YEAR_MS, 1_000_000);
    const keys = new Set(leased.map(({ owner, key }) => `${owner.id} ${key}`));
    const end = Math.max(...known.counters) + 5;
    for (let counter = from; counter < end; counter++) {
      const version = await wholeVersion(store, counter, keys);
      const acknowledged = known.versions.get(counter) ?? 0;
      assert.ok(version >= acknowledged, `ticket ${counter} lost version ${acknowledged}: has ${version}`);
    }
    return end;
  } finally {
    await store.close();
  }
}

/** Checks at the end that what earlier rounds had acknowledged has survived the later kills. */
async function checkAll(url: string, known: Acknowledged): Promise<void> {
  const { store } = await openStore(url);
  try {
    for (const [counter, version] of known.versions) {
      const there = (await store.ticket(ticketNumber(counter)))?.version ?? 0;
      assert.ok(there >= version, `ticket ${counter} lost version ${version} in a later round`);
      assert.equal((await store.history(ticketNumber(counter))).length, there);
    }
    assert.equal(new Set(known.counters).size, known.counters.length, 'no counter was given twice');
  } finally {
    await store.close();
  }
}

const skip = STARTER ? false : 'MONGODB_SERVER names no program that starts a server';
test(`A3 ${ROUNDS} kills of server and writer, seed ${SEED}`, { skip, timeout: 3_600_000 }, async (t) => {
  let state = SEED;
  const chance = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const known: Acknowledged = { counters: [], versions: new Map() };
  const kills = { writer: 0, server: 0 };
  const server = await startMongoServer(String(STARTER));
  const url = `${server.url}/torture`;
  try {
    let next = 1;
    for (let round = 1; round <= ROUNDS; round++) {
      const [first, second] = [chance(2) === 0, chance(2) === 0];
      const chosen = server.pids().filter((_, index) => (index === 0 ? first : second));
      const victims = { writer: chosen.length === 0 || chance(2) === 0, server: chosen };
      kills.writer += victims.writer ? 1 : 0;
      kills.server += chosen.length > 0 ? 1 : 0;
      await writeAndKill(server, url, 1 + chance(120), chance(30), victims, known);
      if (chosen.length > 0) await server.restart();
      next = await check(url, next, known);
    }
    await checkAll(url, known);
    t.diagnostic(
      `${known.versions.size} tickets acknowledged, none lost; killed the server ${kills.server} times, the writer ${kills.writer} times`,
    );
  } finally {
    await server.close();
  }
});
