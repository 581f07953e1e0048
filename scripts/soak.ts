/**
 * Lets Sportello work for long under an even load while Teams misbehaves, and shows that its memory stays flat, that its
 * outbox is empty at the end, and that the store holds what people did and were told.
 *
 *     npm run soak -- [--minutes 30] [--rate 50] [--seed 12345]
 *
 * Ends with 1 when anything happened that must never happen. Two minutes are enough to see it run; memory is judged from
 * ten minutes on.
 */

import { parseArgs } from 'node:util';
import { soak } from './torture/soak.ts';
import { sqliteGround } from './torture/sqlite-ground.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    rate: { type: 'string', default: '50' },
    seed: { type: 'string' },
  },
});
const [minutes, rate] = [Number(values.minutes), Number(values.rate)];
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (!(minutes > 0) || !(rate > 0) || !Number.isSafeInteger(seed)) {
  console.error('--minutes and --rate must be numbers above 0, --seed a whole number.');
  process.exit(1);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

console.log(`${minutes} min at ${rate} turns/s, seed ${seed}.`);
const report = await soak({
  ms: minutes * 60_000,
  rate,
  seed,
  ground: await sqliteGround(),
  onMinute: (line) => console.log(line),
});
console.log(
  [
    `${report.turns} turns, ${report.perSecond.toFixed(1)} in a second; ${report.faults} spells of misbehaviour.`,
    `${report.tickets} tickets, of which ${report.confirmed} had their number confirmed; ${report.acknowledged} texts acknowledged.`,
    `MiB in the four quarters: heap at least ${inMiB(report.heap)}; resident at most ${inMiB(report.resident)}.`,
    `The outbox was empty ${report.drainedS.toFixed(0)} s after the last turn.`,
  ].join('\n'),
);
if (report.violations.length === 0)
  console.log('Nothing was lost, nothing doubled, nothing is left to send.');
for (const violation of report.violations) console.error(`VIOLATED: ${violation}`);
if (report.violations.length > 0) process.exitCode = 1;

function inMiB(memory: readonly number[]): string {
  return memory.map((mib) => mib.toFixed(0)).join(', ');
}
