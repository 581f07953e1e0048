/**
 * Kills Sportello again and again while people ask and agents work, and shows that nothing is lost and nothing doubled
 * but in the one window that the platform leaves, and that this heals.
 *
 *     node --import ./src/node-version.mjs scripts/torture.ts [--rounds 60] [--seed 12345]
 *
 * Ends with 1 when anything happened that must never happen.
 */

import { parseArgs } from 'node:util';
import { torture } from './torture/torture.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error('--rounds and --seed must be whole numbers, --rounds at least 1.');
  process.exit(1);
}
// So that the bot goes with this process, whoever ends it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
console.log(`${rounds} rounds of SIGKILL during intake, seed ${seed}.`);
const report = await torture({
  rounds,
  seed,
  waitForLeases: true,
  onRound: (round) => {
    if (round % 10 === 0) console.log(`${round} kills …`);
  },
});
const { kills, tickets, confirmed, acknowledged, cards, copies, seconds, violations } = report;
console.log(
  [
    `${kills} kills in ${seconds.toFixed(0)} s.`,
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
process.exitCode = violations.length > 0 ? 1 : 0;
