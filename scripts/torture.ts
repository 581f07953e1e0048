/**
 * Kills Sportello again and again while people ask and agents work, on SQLite and on MongoDB, whose server dies too, and
 * shows that nothing is lost and nothing doubled but in the one window that the platform leaves, and that this heals.
 *
 *     node --import ./src/node-version.mjs scripts/torture.ts [--rounds 60] [--seed 12345] [--store sqlite|mongodb]
 *     … scripts/torture.ts --rolling [--rounds 20] [--store sqlite|mongodb]
 *     … scripts/torture.ts --instances 4 [--seconds 60] [--seed 12345]
 *
 * With `--instances` so many share one MongoDB, by clocks that differ by up to a minute, and one of them is killed every
 * second: see `torture/fleet.ts`.
 *
 * With `--rolling` nobody is killed: two instances are restarted one after the other, see `torture/rolling.ts`.
 *
 * For MongoDB it needs a program that starts a server which can be killed, see `torture/mongo-server.ts`: the one that
 * `MONGODB_SERVER` names, or else `../shared/mongodb/with-mongodb`. Ends with 1 when anything happened that must never
 * happen.
 */

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fleet } from './torture/fleet.ts';
import type { Ground } from './torture/ground.ts';
import { mongoGround } from './torture/mongo-ground.ts';
import { rollingRestart } from './torture/rolling.ts';
import { sqliteGround } from './torture/sqlite-ground.ts';
import { type TortureReport, torture } from './torture/torture.ts';

const BESIDE = '../shared/mongodb/with-mongodb';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    seed: { type: 'string' },
    store: { type: 'string' },
    instances: { type: 'string' },
    rolling: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '60' },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed))
  refuse('--rounds and --seed must be whole numbers, --rounds at least 1.');
if (values.store !== undefined && !['sqlite', 'mongodb'].includes(values.store))
  refuse('--store must be sqlite or mongodb; without it both are tortured.');
const instances = values.instances === undefined ? undefined : Number(values.instances);
const seconds = Number(values.seconds);
if (![instances ?? 1, seconds].every((count) => Number.isSafeInteger(count) && count > 0))
  refuse('--instances and --seconds must be whole numbers, at least 1.');
const starter = process.env.MONGODB_SERVER ?? (existsSync(BESIDE) ? BESIDE : undefined);
if ((values.store === 'mongodb' || instances !== undefined) && starter === undefined)
  refuse('MONGODB_SERVER names no program that starts a MongoDB server.');

// So that the bot goes with this process, whoever ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
if (instances !== undefined) await runFleet(instances, await mongoGround(starter ?? ''));
else await runBoth();

async function runBoth(): Promise<void> {
  const run = values.rolling ? runRolling : runKills;
  if (values.store !== 'mongodb') await run('SQLite', await sqliteGround());
  if (values.store !== 'sqlite' && starter !== undefined) await run('MongoDB', await mongoGround(starter));
  if (values.store === undefined && starter === undefined)
    console.log('LEFT OUT: MongoDB, because MONGODB_SERVER names no program that starts a server.');
}

async function runFleet(count: number, ground: Ground): Promise<void> {
  console.log(`${count} instances on one MongoDB, one killed every second for ${seconds} s, seed ${seed}.`);
  const report = await fleet({ instances: count, seconds, seed, ground });
  const { kills, tickets, confirmed, acknowledged, cards, copies, timed, violations } = report;
  console.log(
    [
      `${kills} kills in ${report.seconds.toFixed(0)} s.`,
      `${tickets} tickets, of which ${confirmed} had their number confirmed; ${acknowledged} texts acknowledged.`,
      `${Object.entries(timed)
        .map(([type, n]) => `${n} ${type}`)
        .join(', ')}.`,
      `${cards} cards in Teams, of which ${copies} are copies made between post and stored id.`,
    ].join('\n'),
  );
  if (violations.length === 0)
    console.log(
      'Everything that was due has happened once, and every notification was sent once; each copy has healed.',
    );
  for (const violation of violations) console.error(`VIOLATED: ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

async function runRolling(name: string, ground: Ground): Promise<void> {
  console.log(`${name}: two instances restarted ${rounds} times each while people work, seed ${seed}.`);
  const { violations, ...report } = await rollingRestart({ rounds, seed, ground });
  const { restarts, slowestStopMs, tickets, acknowledged, cards } = report;
  console.log(
    [
      `${restarts} restarts, the slowest stop took ${slowestStopMs.toFixed(0)} ms.`,
      `${tickets} tickets, ${acknowledged} texts acknowledged, ${cards} cards in Teams.`,
    ].join('\n'),
  );
  for (const violation of violations) console.error(`VIOLATED: ${violation}`);
  if (violations.length > 0) process.exitCode = 1;
}

async function runKills(name: string, ground: Ground): Promise<void> {
  console.log(`${name}: ${rounds} rounds of SIGKILL during intake, seed ${seed}.`);
  const report = await torture({
    rounds,
    seed,
    ground,
    waitForLeases: true,
    onRound: (round) => {
      if (round % 10 === 0) console.log(`${round} rounds …`);
    },
  });
  tell(report);
  if (report.violations.length > 0) process.exitCode = 1;
}

function tell({ kills, serverKills, seconds, violations, ...report }: TortureReport): void {
  const { tickets, confirmed, acknowledged, cards, copies } = report;
  const server = serverKills === 0 ? '' : ` and ${serverKills} of its store’s server`;
  console.log(
    [
      `${kills} kills of the bot${server} in ${seconds.toFixed(0)} s.`,
      `${tickets} tickets, of which ${confirmed} had their number confirmed to the requester.`,
      `${acknowledged} notes and messages that were acknowledged.`,
      `${cards} cards in Teams, of which ${copies} are copies made between post and stored id.`,
    ].join('\n'),
  );
  if (violations.length === 0)
    console.log(
      'Nothing is lost: each confirmed number is there with its whole history, each acknowledged text is there once.\n' +
        'Nothing is doubled: one ticket for each form, one card for each ticket; each copy has become a pointer.',
    );
  for (const violation of violations) console.error(`VIOLATED: ${violation}`);
}
