/** Measures how long each call of the store takes. */

import type { Meter } from './signals.ts';
import type { Store } from './store.ts';

type Call = (...parameters: readonly unknown[]) => Promise<unknown>;

/** @param now milliseconds, never going back */
export function measured(store: Store, meter: Pick<Meter, 'storeCall'>, now: () => number): Store {
  const calls = Object.entries(store).map(([operation, call]: [string, Call]) => {
    const timed: Call = (...parameters) => {
      const begun = now();
      const result = call(...parameters);
      // Beside what the caller waits for, not in front of it.
      result.then(
        () => meter.storeCall(operation, true, now() - begun),
        () => meter.storeCall(operation, false, now() - begun),
      );
      return result;
    };
    return [operation, timed];
  });
  return Object.fromEntries(calls) as Store;
}
