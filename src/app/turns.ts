/**
 * Runs things about the same ticket, or of the same person, one after the other in this process, so that a crowd does not
 * race itself.
 */

export type Turns = <T>(key: string, run: () => Promise<T>) => Promise<T>;

/** Other processes still race, and the store's version guard decides; this only spares its losers their rounds. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return async (key, run) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(run, run);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
