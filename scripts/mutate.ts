/**
 * Breaks the sources on purpose, one small change at a time, and says which of the changes no test notices.
 *
 *     npm run mutate -- src/domain/deadlines.ts src/domain/decisions [--tests test/teams/story.test.ts] [--concurrency 2] [--least 90]
 *
 * Ends with 1 when a file's score is below `--least` percent. Stryker changes the files in a copy of the project; the tests
 * run by `mutate/test-runner.ts`. What survives, and why, is told in docs/mutation.md.
 */

import { existsSync, globSync, mkdirSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { testsReaching } from './mutate/reaching.ts';
import { reportOf } from './mutate/report.ts';
import type { RunnerOptions } from './mutate/test-runner.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', multiple: true },
    concurrency: { type: 'string', default: '1' },
    least: { type: 'string', default: '0' },
  },
});
const [concurrency, least] = [Number(values.concurrency), Number(values.least)];
if (!(Number.isInteger(concurrency) && concurrency > 0) || !(least >= 0 && least <= 100))
  stop('--concurrency is a whole number from 1, --least a percentage.');

const asked = positionals.length > 0 ? positionals : ['src/domain', 'src/app'];
const missing = asked.find((path) => !existsSync(path));
if (missing !== undefined)
  stop(`There is no ${missing}; name files or folders such as src/domain/deadlines.ts.`);
const mutate = asked.flatMap((path) =>
  statSync(path).isDirectory() ? globSync(`${path}/**/*.ts`) : [path.replaceAll('\\', '/')],
);
const tests = values.tests?.flatMap((pattern) => globSync(pattern)) ?? testsReaching(mutate);
if (tests.length === 0) stop('No test reaches these files; name some with --tests.');
console.log(`${mutate.length} files, ${tests.length} files of tests that reach them.`);

mkdirSync('out', { recursive: true });
const results = await new Stryker({
  mutate,
  testRunner: 'kept',
  plugins: [new URL('./mutate/test-runner.ts', import.meta.url).href],
  coverageAnalysis: 'perTest',
  concurrency,
  timeoutMS: 4_000,
  dryRunTimeoutMinutes: 15,
  tempDirName: 'out/mutate',
  ignorePatterns: [
    '/*',
    '!/src',
    '!/test',
    '!/scripts',
    '!/desk',
    '!/appPackage',
    '!/package.json',
    '!/docs',
  ],
  // Node takes the types off as they are; comments in their place would only move lines.
  disableTypeChecks: false,
  reporters: ['progress'],
  warnings: false,
  ...({ keptTests: tests } satisfies RunnerOptions),
}).runMutationTest();

const report = reportOf(results);
console.log(report.text);
if (report.lowest < least) process.exitCode = 1;

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
