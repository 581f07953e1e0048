/** One short id for all that one turn logs, made when it is first needed: most turns log nothing. */

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Correlation } from '../app/ports/signals.ts';

const LENGTH = 8;

export type KnownCorrelation = Correlation & {
  /** The id of what happens now, where something does. */
  current(): string | undefined;
};

/** @param next gives random ids, of which the beginning will do */
export function createCorrelation(next: () => string): KnownCorrelation {
  const storage = new AsyncLocalStorage<{ id?: string }>();
  const idIn = (one: { id?: string }) => {
    one.id ??= next().slice(0, LENGTH);
    return one.id;
  };
  return {
    follow: (run) => storage.run({}, run),
    id: () => idIn(storage.getStore() ?? {}),
    current() {
      const one = storage.getStore();
      return one && idIn(one);
    },
  };
}
