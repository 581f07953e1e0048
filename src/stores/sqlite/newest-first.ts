/**
 * Ids of tickets grow with the moment of creation, and within a moment with the order of writing. So the newest are found by
 * walking back along any index, full-text search included: SQLite ends each of them with the id.
 */

import type { Instant } from '../../domain/ticket.ts';
import type { Statements } from './statements.ts';

/** Ids of one millisecond. With more, integers of JavaScript would not last for centuries; with fewer, nor would a second. */
const A_MILLISECOND = 1_024;

export type NewestFirst = {
  /** The id for a ticket created then that is about to be written. */
  next(createdAt: Instant): number;
};

export function createNewestFirst(sql: Statements): NewestFirst {
  return {
    next(createdAt) {
      // Where a millisecond has no id left, what follows borrows from the next.
      for (let first = firstId(createdAt); ; first += A_MILLISECOND) {
        const last = sql.lastIdBetween.get(first, first + A_MILLISECOND - 1)?.id ?? null;
        if (last === null) return first;
        if (Number(last) < first + A_MILLISECOND - 1) return Number(last) + 1;
      }
    },
  };
}

/** The lowest id that a ticket created then, or later, may have. */
export function firstId(createdAt: Instant): number {
  return Math.ceil(createdAt) * A_MILLISECOND;
}

/** When the ticket with that id was created. */
export function createdWith(id: number): Instant {
  return Math.floor(id / A_MILLISECOND);
}

/** Above all others. */
export const LAST_ID = Number.MAX_SAFE_INTEGER;
