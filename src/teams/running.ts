/** What runs now, so that a stop can wait for it. */

export type Running = {
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Whether `finish` has been called: nothing more should begin. */
  readonly ended: boolean;
  /** Waits until nothing runs. @returns how many still run after so many milliseconds */
  finish(withinMs: number): Promise<number>;
};

export function createRunning(): Running {
  let running = 0;
  let ended = false;
  let onIdle = () => {};
  return {
    async run(work) {
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        if (running === 0) onIdle();
      }
    },
    get ended() {
      return ended;
    },
    async finish(withinMs) {
      ended = true;
      if (running === 0) return 0;
      await new Promise<void>((resolve) => {
        const enough = setTimeout(resolve, withinMs);
        onIdle = () => {
          clearTimeout(enough);
          resolve();
        };
      });
      return running;
    },
  };
}
