/** Chance that can be repeated: the same seed, the same numbers. */

export type Random = {
  /** From 0 up to, and without, 1. */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  /** One of them; undefined of none. */
  pick<T>(items: readonly T[]): T | undefined;
};

/** @param seed a whole number; only its lower 32 bits count */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // A linear congruential generator with the constants of Numerical Recipes, its better upper bits mixed down.
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 15), 2_246_822_519) >>> 0;
    return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: (items) => items[Math.floor(next() * items.length)],
  };
}
