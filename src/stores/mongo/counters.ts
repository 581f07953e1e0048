/** Numbers that are given out once, over all instances: the ticket counters of each day, and the order of deliveries. */

import type { Collection } from 'mongodb';
import { insertOnce, untilDone } from './faults.ts';
import type { Counter } from './records.ts';

export type Counters = {
  /** Takes `count` consecutive numbers of that counter, which begins at 1. Answers the first. */
  take(name: string, count: number): Promise<number>;
};

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
    for (;;) {
      const counter = await untilDone(() =>
        collection.findOneAndUpdate({ _id: name }, { $inc: { value: by } }, { returnDocument: 'after' }),
      );
      if (counter) return counter.value;
      // Not by an upsert: of several at once DocumentDB answers each with what it meant to insert.
      await insertOnce(() => collection.insertOne({ _id: name, value: 0 }));
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
