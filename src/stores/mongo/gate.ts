/** Lets operations in until the store is closed, and lets those that are in come to their end. */

export type Gate = {
  /** @throws Error when the store is closed */
  pass<T>(operation: () => Promise<T>): Promise<T>;
  /** Lets nothing in any more, and waits for what is. False when it was shut before. */
  shut(): Promise<boolean>;
};

export function createGate(): Gate {
  const inside = new Set<Promise<unknown>>();
  let open = true;

  return {
    async pass(operation) {
      if (!open) throw new Error('The store is closed');
      const running = operation();
      inside.add(running);
      try {
        return await running;
      } finally {
        inside.delete(running);
      }
    },

    async shut() {
      const first = open;
      open = false;
      await Promise.allSettled(inside);
      return first;
    },
  };
}
