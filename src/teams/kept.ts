/** What Teams answered, kept for a while: it changes rarely, and is asked for with every card. */

import { LRUCache } from 'lru-cache';

export type Kept<T> = {
  /**
   * The answer, even while it is being asked for again: nobody waits for a hang of the platform twice.
   *
   * @returns undefined while Teams cannot be asked
   */
  of(key: string): Promise<T | undefined>;
  /** It is not so any more: who wants it next waits for the new answer. */
  forget(key: string): void;
};

/** A failed look-up is tried again sooner, and at once where it may work by then. */
const KEEP_MS = 3_600_000;
const KEEP_FAILED_MS = 60_000;
const PAUSE_MS = 500;

/** More than a desk has teams and channels; beyond that there are chats of all kinds. */
const MOST = 2_000;

type Entry<T> = { value?: T; until: number; asking?: Promise<void> | undefined };

/**
 * @param ask `notNow` where it may work later, `never` where Teams refuses
 * @param refused what is known then, unless there was an answer before
 * @param now milliseconds, never going back
 */
export function createKept<T>(
  ask: (key: string) => Promise<{ readonly value: T } | 'notNow' | 'never'>,
  refused: T,
  now: () => number,
): Kept<T> {
  const entries = new LRUCache<string, Entry<T>>({ max: MOST });

  async function renew(entry: Entry<T>, key: string): Promise<void> {
    const told = await ask(key);
    entry.asking = undefined;
    if (typeof told !== 'string') entry.value = told.value;
    else if (told === 'never') entry.value ??= refused;
    const keep = typeof told !== 'string' ? KEEP_MS : entry.value === undefined ? PAUSE_MS : KEEP_FAILED_MS;
    entry.until = now() + keep;
  }

  return {
    async of(key) {
      const entry = entries.get(key) ?? { until: 0 };
      entries.set(key, entry);
      if (now() >= entry.until) entry.asking ??= renew(entry, key);
      if (entry.value === undefined) await entry.asking;
      return entry.value;
    },
    forget: (key) => void entries.delete(key),
  };
}
