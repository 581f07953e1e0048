/** Asks `/healthz` again and again, in a process of its own, so that nothing but the bot and the machine delays the answer. */

import { Agent, get } from 'node:http';
import { type Pause, watchLoop } from './loop-watch.ts';

export type Asked = {
  readonly kind: 'slow';
  /** When it was answered, by the machine's clock. */
  readonly at: number;
  readonly ms: number;
  /** For how long this process itself was kept waiting meanwhile, in milliseconds. */
  readonly paused: number;
};
export type AskedAll = { readonly kind: 'asked'; readonly answers: number; readonly slowest: number };

/** Answers that took longer are told of. */
const SLOW_MS = 100;
const EVERY_MS = 15;

const url = process.argv[2] ?? '';
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const pauses: Pause[] = [];
watchLoop((pause) => pauses.push(pause));
let answers = 0;
let slowest = 0;

async function ask(): Promise<number> {
  const begun = performance.now();
  await new Promise<void>((resolve, reject) => {
    const asked = get(url, { agent }, (response) => {
      response.resume();
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.once('end', resolve);
    }).once('error', (error) => {
      // The connection was closed while nothing was asked, because this process was kept waiting: asked again on a new one.
      if (asked.reusedSocket) ask().then(() => resolve(), reject);
      else reject(error);
    });
  });
  return performance.now() - begun;
}

process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.({ kind: 'asked', answers, slowest } satisfies AskedAll));
for (;;) {
  pauses.length = 0;
  const ms = await ask();
  answers++;
  slowest = Math.max(slowest, ms);
  const paused = pauses.reduce((sum, pause) => sum + pause.ms, 0);
  if (ms > SLOW_MS) process.send?.({ kind: 'slow', at: Date.now(), ms, paused } satisfies Asked);
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
}
