/** Parts of the index of words: each is one month of tickets, or some tickets of it. */

import type { Instant } from '../../domain/ticket.ts';
import { codeOf, type Month, monthOf } from '../months.ts';
import { createdWith } from './newest-first.ts';

export type Slice = {
  /** As it stands before each word. */
  readonly code: string;
  /** The only tickets of the month that count; all of them without it. */
  readonly ids?: readonly number[];
};

/**
 * @param tickets all those between two moments, or those with these ids, whose order does not matter
 * @returns the newest month first
 */
export function slicesOf(
  tickets: { readonly from: Instant; readonly to: Instant } | readonly number[],
): Slice[] {
  if ('from' in tickets) {
    const [first, last] = [monthOf(tickets.from), monthOf(tickets.to)];
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => ({ code: codeOf(last - n) }));
  }
  const months = new Map<Month, number[]>();
  for (const id of tickets) {
    const month = monthOf(createdWith(id));
    months.set(month, [...(months.get(month) ?? []), id]);
  }
  return [...months].sort(([a], [b]) => b - a).map(([month, ids]) => ({ code: codeOf(month), ids }));
}
