/** Numbers that are given out once, over all instances: the ticket counters of each day, and the order of deliveries. */

import type { Collection } from 'mongodb';
import { type Counter, isDuplicateKey } from './records.ts';

export type Counters = {
  /** Takes `count` consecutive numbers of that counter, which begins at 1. Answers the first. */
  take(name: string, count: number): Promise<number>;
};

/** Two instances may both find the counter missing; who comes second finds it there. */
const ATTEMPTS = 3;

type Waiting = {
  readonly count: number;
  readonly resolve: (first: number) => void;
  readonly reject: (reason: unknown) => void;
};

/** Those who ask while a request is on its way share the next one, in the order in which they asked. */
export function createCounters(collection: Collection<Counter>): Counters {
  const queues = new Map<string, Waiting[]>();

  async function serve(name: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0);
      const count = group.reduce((sum, waiting) => sum + waiting.count, 0);
      try {
        let first = (await increase(name, count)) - count + 1;
        for (const waiting of group) {
          waiting.resolve(first);
          first += waiting.count;
        }
      } catch (reason) {
        for (const waiting of group) waiting.reject(reason);
      }
    }
    queues.delete(name);
  }

  async function increase(name: string, by: number): Promise<number> {
    for (let attempt = 1; ; attempt++) {
      try {
        const counter = await collection.findOneAndUpdate(
          { _id: name },
          { $inc: { value: by } },
          { upsert: true, returnDocument: 'after' },
        );
        if (counter) return counter.value;
        throw new Error(`The counter ${name} was not answered by the server`);
      } catch (error) {
        if (!isDuplicateKey(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  return {
    take(name, count) {
      return new Promise((resolve, reject) => {
        const waiting = { count, resolve, reject };
        const queue = queues.get(name);
        if (queue) {
          queue.push(waiting);
          return;
        }
        const started = [waiting];
        queues.set(name, started);
        void serve(name, started);
      });
    },
  };
}
