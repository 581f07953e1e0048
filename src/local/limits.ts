/** The platform's rate limits, as sliding windows over real time: the local clock may jump, the limits must not. */

export type Window = { readonly count: number; readonly ms: number };

/** Microsoft's figures for one bot, per conversation or per app in a tenant. */
export const LIMITS = {
  /** Messages and updates in one conversation; a channel is one conversation with all its threads. */
  send: [
    { count: 7, ms: 1_000 },
    { count: 8, ms: 2_000 },
    { count: 60, ms: 30_000 },
    { count: 1_800, ms: 3_600_000 },
  ],
  /** Reading the members of one conversation. */
  members: [
    { count: 14, ms: 1_000 },
    { count: 120, ms: 30_000 },
  ],
  /** All requests of one app in one tenant. */
  app: [{ count: 50, ms: 1_000 }],
} as const satisfies Record<string, readonly Window[]>;

export type LimitKind = keyof typeof LIMITS;

export type Limits = {
  /** Counts one request and returns `undefined`, or refuses it, uncounted, with the seconds to wait (1 or more). */
  admit(kind: LimitKind, key: string): number | undefined;
  clear(): void;
};

/**
 * @param monotonicNow milliseconds that never go back
 * @param factor multiplies every count; `Infinity` lifts the limits (meant for benchmarks of the bot alone)
 */
export function createLimits(monotonicNow: () => number = () => performance.now(), factor = 1): Limits {
  if (!(factor > 0)) throw new RangeError('The limits can be scaled by a positive factor only');
  const scaled = (windows: readonly Window[]) =>
    windows.map(({ count, ms }) => ({ count: Math.max(1, Math.floor(count * factor)), ms }));
  const windows = { send: scaled(LIMITS.send), members: scaled(LIMITS.members), app: scaled(LIMITS.app) };
  /** Moments of the admitted requests, oldest first; no more than the widest window can ask for. */
  const admitted = new Map<string, number[]>();

  return {
    admit(kind, key) {
      if (factor === Number.POSITIVE_INFINITY) return undefined;
      const now = monotonicNow();
      const id = `${kind}\n${key}`;
      const times = admitted.get(id) ?? [];
      let wait = 0;
      for (const { count, ms } of windows[kind]) {
        const oldest = times[times.length - count];
        if (oldest !== undefined) wait = Math.max(wait, oldest + ms - now);
      }
      if (wait > 0) return Math.max(1, Math.ceil(wait / 1_000));
      times.push(now);
      const most = Math.max(...windows[kind].map(({ count }) => count));
      if (times.length > most) times.splice(0, times.length - most);
      admitted.set(id, times);
      return undefined;
    },
    clear: () => admitted.clear(),
  };
}
