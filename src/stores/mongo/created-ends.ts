/**
 * When the first and the last ticket were created, as far as a search must know: no ticket lies outside, but some of what is
 * inside may be empty. Written before the ticket that goes beyond them, so hardly more than once a day.
 */

import type { Collection } from 'mongodb';
import type { Instant } from '../../domain/ticket.ts';
import { DAY_MS } from '../../domain/units.ts';
import { insertOnce, untilDone } from './faults.ts';
import { type Counter, FIRST_CREATED, LAST_CREATED, whole } from './records.ts';

export type CreatedEnds = {
  /** Makes sure that a ticket created then lies inside. */
  include(createdAt: Instant): Promise<void>;
  /** From the first moment on, and before the other; undefined while there is no ticket. */
  read(): Promise<{ readonly from: Instant; readonly before: Instant } | undefined>;
};

export function createCreatedEnds(counters: Collection<Counter>): CreatedEnds {
  // What this instance knows to be written; others may have gone further.
  let known: { readonly from: Instant; readonly before: Instant } | undefined;

  async function move(_id: string, operator: '$min' | '$max', value: number): Promise<void> {
    const update = () => untilDone(() => counters.updateOne({ _id }, { [operator]: { value } }));
    if ((await update()).matchedCount > 0) return;
    await insertOnce(() => counters.insertOne({ _id, value }));
    await update();
  }

  return {
    async include(createdAt) {
      const day = Math.floor(whole(createdAt) / DAY_MS) * DAY_MS;
      if (known && known.from <= day && day < known.before) return;
      await move(FIRST_CREATED, '$min', day);
      await move(LAST_CREATED, '$max', day + DAY_MS);
      const from = Math.min(day, known?.from ?? day);
      known = { from, before: Math.max(day + DAY_MS, known?.before ?? 0) };
    },

    async read() {
      const ends = await counters.find({ _id: { $in: [FIRST_CREATED, LAST_CREATED] } }).toArray();
      const from = ends.find(({ _id }) => _id === FIRST_CREATED);
      const before = ends.find(({ _id }) => _id === LAST_CREATED);
      return from && before && { from: from.value, before: before.value };
    },
  };
}
