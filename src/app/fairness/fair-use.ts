/**
 * How much one person, or one sender of e-mail, may ask of the desk (A9): so many things in a time, some of them at once.
 * Each instance counts what it gets for itself, and forgets with a restart: it keeps a flood from others, it is no account.
 */

import { LRUCache } from 'lru-cache';
import type { Instant } from '../../domain/ticket.ts';

/** How many are remembered; who has not been heard for longest starts anew. */
const REMEMBERED = 10_000;
/** Whoever has asked for too much is heard again once this part of what they may ask at once is theirs again. */
const REGAINED = 1 / 4;

export type Allowance =
  | { readonly kind: 'granted' }
  /** `first`: of this spell, so that it is worth saying. */
  | { readonly kind: 'refused'; readonly againInMs: number; readonly first: boolean };

/** @param most how much in `withinMs`, and at once; undefined: without a limit */
export type FairUse = (who: string, most: number | undefined) => Allowance;

/** An account of what is known only once it was taken, such as bytes: how much is left is asked before. */
export type Quota = {
  left(who: string, most: number): number;
  take(who: string, amount: number, most: number): void;
};

/** @param withinMs the time in which an empty account fills */
export function createQuota(now: () => Instant, withinMs: number): Quota {
  const accounts = new LRUCache<string, Account>({ max: REMEMBERED });
  const left = (who: string, most: number) => refilled(accounts.get(who), most, now(), withinMs);
  return {
    left,
    // Two at once may find room for both: the second is then owed.
    take: (who, amount, most) => void accounts.set(who, { left: left(who, most) - amount, at: now() }),
  };
}

/** What is left after the time that has passed; a clock that went back gives nothing and takes nothing. */
function refilled(account: Account | undefined, most: number, at: Instant, withinMs: number): number {
  if (!account) return most;
  return Math.min(account.left + (Math.max(at - account.at, 0) * most) / withinMs, most);
}

type Account = { readonly left: number; readonly at: Instant; readonly closedUntil?: Instant };

/** @param withinMs the time in which an empty account fills */
export function createFairUse(now: () => Instant, withinMs: number): FairUse {
  const accounts = new LRUCache<string, Account>({ max: REMEMBERED });
  return (who, most) => {
    if (most === undefined) return { kind: 'granted' };
    const at = now();
    const account = accounts.get(who);
    const closedUntil = account?.closedUntil;
    const full = refilled(account, most, at, withinMs);
    if (closedUntil !== undefined && at < closedUntil && closedUntil - at <= withinMs) {
      accounts.set(who, { left: full, at, closedUntil });
      return { kind: 'refused', againInMs: closedUntil - at, first: false };
    }
    if (full >= 1) {
      accounts.set(who, { left: full - 1, at });
      return { kind: 'granted' };
    }
    const againInMs = Math.ceil(withinMs * REGAINED);
    accounts.set(who, { left: full, at, closedUntil: at + againInMs });
    return { kind: 'refused', againInMs, first: true };
  };
}
