/**
 * What one person brings about must not keep the others waiting (A9): how much of a conversation is theirs at once, and
 * how often the same is said. Kept in memory: after a restart everybody begins anew.
 */

import type { Instant, PersonId } from '../../domain/ticket.ts';
import type { LeasedDelivery } from '../ports/delivery.ts';
import { deliveryName, ownerName } from '../ports/delivery-names.ts';

type Window = { readonly ms: number; readonly most: number };

/** Of the 60 messages in 30 seconds, and 1,800 in an hour, that Teams takes in one conversation: what one person may use. */
const AT_ONCE: Window = { ms: 10_000, most: 12 };
const SHARE: readonly Window[] = [AT_ONCE, { ms: 3_600_000, most: 1_200 }];
/** Notices of one ticket that become one where they wait: the first two come at once. */
const NOTICES: readonly Window[] = [{ ms: 20_000, most: 2 }];
/** Edits of one card. What its people see when they press or look is fresh in any case. */
const EDITS: readonly Window[] = [{ ms: 10_000, most: 5 }];
const LONGEST_MS = 3_600_000;
const FLOWS = 5_000;

export type Fairness = {
  /** From when on it may be sent; not later than now where it may be at once. */
  readyAt(delivery: LeasedDelivery, room: string, now: Instant): Instant;
  /** It was tried. */
  tried(delivery: LeasedDelivery, room: string, now: Instant): void;
};

export function createFairness(): Fairness {
  const flows = new Map<string, Instant[]>();
  /** Who waits is told its moment once, or each of many would be leased and put off again and again. */
  const lines = new Map<string, { readonly at: Instant; readonly count: number }>();
  const waiting = new Set<string>();

  const sentIn = (flow: string, now: Instant): Instant[] => {
    // A clock that was set back must keep nobody waiting for its future.
    const times = (flows.get(flow) ?? []).filter((at) => at <= now && at > now - LONGEST_MS);
    if (times.length > 0) flows.set(flow, times);
    else flows.delete(flow);
    return times;
  };

  const freeAt = (delivery: LeasedDelivery, room: string, now: Instant): Instant =>
    Math.max(
      now,
      ...flowsOf(delivery, room).flatMap(([flow, windows]) => {
        const times = sentIn(flow, now);
        return windows.map(({ ms, most }) => {
          const oldest = times.at(-most);
          return oldest === undefined ? now : oldest + ms;
        });
      }),
    );

  return {
    readyAt(delivery, room, now) {
      const at = freeAt(delivery, room, now);
      const { from, merges } = delivery;
      // What can become one waits for the same moment, and what has waited keeps its place.
      if (at <= now || from === undefined || merges !== undefined || waiting.has(deliveryName(delivery)))
        return at;
      waiting.add(deliveryName(delivery));
      const flow = shareOf(room, from);
      const line = lines.get(flow);
      const place =
        line === undefined || line.at < at
          ? { at, count: 1 }
          : line.count < AT_ONCE.most
            ? { at: line.at, count: line.count + 1 }
            : { at: line.at + AT_ONCE.ms, count: 1 };
      lines.set(flow, place);
      return place.at;
    },
    tried(delivery, room, now) {
      waiting.delete(deliveryName(delivery));
      for (const [flow] of flowsOf(delivery, room)) flows.set(flow, [...sentIn(flow, now), now]);
      if (flows.size <= FLOWS) return;
      for (const flow of flows.keys()) sentIn(flow, now);
      for (const [flow, { at }] of lines) if (at <= now) lines.delete(flow);
    },
  };
}

function shareOf(room: string, from: PersonId): string {
  return `${room} ${from}`;
}

function flowsOf(delivery: LeasedDelivery, room: string): [flow: string, windows: readonly Window[]][] {
  const { owner, live, posted, from, merges } = delivery;
  const flows: [string, readonly Window[]][] = [];
  if (from !== undefined) flows.push([shareOf(room, from), SHARE]);
  if (merges !== undefined) flows.push([`${room} ${ownerName(owner)} ${merges}`, NOTICES]);
  if (live && posted) flows.push([deliveryName(delivery), EDITS]);
  return flows;
}
