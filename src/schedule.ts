/** When the scheduler looks: by node-cron, which has the last word on the machine's timers. */

import cron from 'node-cron';
import type { Log } from './app/ports/signals.ts';

export type Schedule = {
  /** Begins no tick any more. */
  end(): Promise<void>;
  /** Waits for the tick that runs. */
  idle(): Promise<void>;
};

/**
 * @param expression a cron expression with seconds, in UTC
 * @param tick what is done each time; a fault of it is logged, and the next one comes
 */
export function onSchedule(expression: string, tick: () => Promise<void>, log: Log): Schedule {
  let ticking: Promise<void> = Promise.resolve();
  const task = cron.schedule(
    expression,
    () => {
      ticking = tick().catch((error: unknown) => log.error({ err: error }, 'the scheduler broke'));
      return ticking;
    },
    // A tick that takes long is not overtaken by the next one; fixed intervals run in UTC.
    { noOverlap: true, timezone: 'UTC', logger: heldUp(log) },
  );
  return {
    async end() {
      await task.destroy();
    },
    idle: () => ticking,
  };
}

/** What node-cron has to say: that it came too late, or that a tick took longer than the time until the next. */
function heldUp(log: Log) {
  const say = (said: string | Error) =>
    log.warn({ reason: said instanceof Error ? said.message : said }, 'the scheduler was held up');
  return { info: say, warn: say, error: say, debug() {} };
}
