/**
 * Runs things about the same ticket, or of the same person, one after the other in this process, so that a crowd does not
 * race itself.
 */

import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * @throws when it is asked for inside a turn of the same key: that would wait for its own end. What is only begun inside
 *   a turn and goes on after it is handed over by `detached`.
 */
export type Turns = (<T>(key: string, run: () => Promise<T>) => Promise<T>) & {
  /** Makes of a function one that belongs to no turn, wherever it is called: for what a turn starts and does not await. */
  detached(run: () => void): () => void;
};

type Held = { readonly key: string; readonly outer: Held | undefined; ended: boolean };

/** Other processes still race, and the store's version guard decides; this only spares its losers their rounds. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  const held = new AsyncLocalStorage<Held | undefined>();

  const turns = async <T>(key: string, run: () => Promise<T>): Promise<T> => {
    const outer = held.getStore();
    for (let one = outer; one; one = one.outer)
      if (one.key === key && !one.ended)
        throw new Error(
          'A turn was asked for inside a turn of the same key: it would wait for itself for ever.',
        );
    const turn: Held = { key, outer, ended: false };
    const inTurn = () => held.run(turn, run);
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(inTurn, inTurn);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      turn.ended = true;
      if (last.get(key) === mine) last.delete(key);
    }
  };
  return Object.assign(turns, { detached: (run: () => void) => () => held.run(undefined, run) });
}
