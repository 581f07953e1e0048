/**
 * `npm run bench`: measures Sportello and its stores, and writes docs/benchmarks.md.
 *
 * `--only turns` and `--only store` measure one part and leave the other’s section of the page as it is. `--quick` measures
 * less and prints its report instead of writing it. The turns are measured at a moment at which every office of the example
 * desk works, now or the next one; `--at 2026-12-01T09:30+01:00` names another. For the stores, `--sizes 10000,100000` says how many tickets, and
 * `--mongo-sizes` others for MongoDB, whose server is that of `MONGODB_URL`, or one that is started for it as
 * `torture/mongo-server.ts` describes.
 *
 * Everything runs on loopback, in processes of its own that end with this one.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PARTS, type Part, withSection } from './page.ts';
import { measureStores } from './part-store.ts';
import { measureTurns } from './part-turns.ts';
import { ROOT } from './sportello.ts';

const PAGE = join(ROOT, 'docs/benchmarks.md');

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    at: { type: 'string' },
    sizes: { type: 'string' },
    'mongo-sizes': { type: 'string' },
  },
});
const parts = PARTS.filter((part) => values.only === undefined || values.only === part);
if (parts.length === 0) refuse(`--only takes one of ${PARTS.join(', ')}.`);
const at = momentOf(values.at);
const sizes = sizesOf(values.sizes);
const mongoSizes = sizesOf(values['mongo-sizes']);

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

function sizesOf(text: string | undefined): readonly number[] | undefined {
  const sizes = text?.split(',').map(Number);
  if (sizes?.some((size) => !Number.isInteger(size) || size < 1))
    refuse('--sizes and --mongo-sizes take numbers of tickets, separated by commas, such as 10000,100000.');
  return sizes;
}

function momentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) refuse('--at takes a date and time with its offset, such as 2026-12-01T09:30+01:00.');
  return at;
}

function say(words: string): void {
  console.error(`${new Date().toISOString().slice(11, 19)} ${words}`);
}

function measure(part: Part): Promise<string> {
  return part === 'turns'
    ? measureTurns({ quick: values.quick, at }, say)
    : measureStores({ quick: values.quick, sizes, mongoSizes }, say);
}

const [part, ...others] = parts;
if (part === undefined || others.length > 0) {
  // Each in a process of its own: what one leaves in memory, or running, is no business of the other.
  for (const each of parts) {
    const args = [...process.execArgv, ...process.argv.slice(1), '--only', each];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (status !== 0) process.exit(1);
  }
} else {
  const report = await measure(part);
  if (values.quick) console.log(report);
  else writeFileSync(PAGE, withSection(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '', part, report));
}
process.exit(0);
