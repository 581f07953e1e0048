/**
 * Ends a test file that stands still in a loop, and says which. A time-out of `node:test` is a timer, and no timer fires
 * while a loop runs: the runner would wait for ever for whoever broke the rule that ends it.
 *
 *     node --import ./scripts/test-standstill.mjs --test test/some.test.ts
 *
 * JavaScript, for it is loaded twice by every file of tests, and taking types off would be most of its cost.
 */

import { writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const BEAT_MS = 1_000;
/** As long as one test may take: drawing every card with every hostile text takes 16 s without a pause on a busy machine. */
const PATIENCE_MS = 60_000;

if (!isMainThread) watch(workerData.beats, workerData.file);
// Also loaded into the runner itself, which runs no tests.
else if (process.env.NODE_TEST_CONTEXT !== undefined) {
  const beats = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beats, 0, 1), BEAT_MS).unref();
  new Worker(new URL(import.meta.url), {
    workerData: { beats, file: process.argv[1] ?? '' },
    execArgv: [],
  }).unref();
}

/**
 * Beside the tests, so that it goes on where they do not.
 *
 * @param {Int32Array} beats
 * @param {string} file
 */
function watch(beats, file) {
  let last = -1;
  let still = 0;
  setInterval(() => {
    const now = Atomics.load(beats, 0);
    still = now === last ? still + BEAT_MS : 0;
    last = now;
    if (still < PATIENCE_MS) return;
    writeSync(2, `${file} has stood still for ${PATIENCE_MS / 1_000} s: a loop in it does not end.\n`);
    process.kill(process.pid, 'SIGKILL');
  }, BEAT_MS);
}
