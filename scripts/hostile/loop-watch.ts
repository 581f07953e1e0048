/**
 * Measures, inside the bot, how long its event loop does not turn, and how long this thread worked meanwhile: on a machine
 * with others on it a pause may be theirs.
 */

export type Pause = {
  /** When it ended, by the machine's clock. */
  readonly at: number;
  /** How long it lasted, and for how much of that this thread had the processor; in milliseconds. */
  readonly ms: number;
  readonly worked: number;
};

const EVERY_MS = 5;
/** Shorter ones are of no interest. */
const NOTED_MS = 25;

/** @param note called for every pause, after it */
export function watchLoop(note: (pause: Pause) => void): void {
  let last = performance.now();
  let cpu = process.threadCpuUsage();
  setInterval(() => {
    const now = performance.now();
    const used = process.threadCpuUsage(cpu);
    const ms = now - last - EVERY_MS;
    if (ms > NOTED_MS) note({ at: Date.now(), ms, worked: (used.user + used.system) / 1_000 });
    last = now;
    cpu = process.threadCpuUsage();
  }, EVERY_MS).unref();
}
