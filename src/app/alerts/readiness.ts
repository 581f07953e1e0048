/** Whether the bot can do its work now (A6): its store answers, it has a desk, and a token to speak with. */

import { LATE, type Later, within } from '../ports/later.ts';
import type { Log } from '../ports/signals.ts';
import type { Store } from '../ports/store.ts';

export type Readiness = {
  readonly ready: boolean;
  readonly store: 'ok' | 'failing';
  /** `outdated`: the files have been changed into something that cannot be used; the desk before is still at work. */
  readonly desk: 'ok' | 'outdated';
  readonly token: 'ok' | 'failing';
  readonly stopping: boolean;
};

/** Longer than this no probe waits. */
const PATIENCE_MS = 2_000;
/** What one probe was told, the next ones are told as well for so long: nobody can wear out the store by asking. */
const KEEP_MS = 1_000;
/** A token that was refused is not asked for again at once: the login server may be what suffers. */
const TOKEN_AGAIN_MS = 30_000;

export type ReadinessParts = {
  readonly store: Pick<Store, 'nextDeliveryAt'>;
  /** Resolves with a token, as a rule one that is kept. */
  readonly token: () => Promise<unknown>;
  readonly deskIsCurrent: () => boolean;
  readonly stopping: () => boolean;
  /** Milliseconds, never going back. */
  readonly now: () => number;
  readonly later: Later;
  readonly log: Log;
};

/** @returns asks anew, or answers what it knows from a moment ago; never throws */
export function createReadiness(parts: ReadinessParts): () => Promise<Readiness> {
  const { store, now, log } = parts;
  let known: { checked: Promise<Pick<Readiness, 'store' | 'token'>>; at: number } | undefined;
  let refusedAt = Number.NEGATIVE_INFINITY;
  let wasReady: boolean | undefined;

  async function probe(work: Promise<unknown>, what: 'store' | 'token'): Promise<'ok' | 'failing'> {
    try {
      if ((await within(parts.later, PATIENCE_MS, work)) === LATE)
        throw new Error(`no answer within ${PATIENCE_MS} ms`);
      return 'ok';
    } catch (error) {
      log.warn({ err: error, what }, 'what the bot needs does not answer');
      return 'failing';
    }
  }

  async function token(): Promise<'ok' | 'failing'> {
    if (now() - refusedAt < TOKEN_AGAIN_MS) return 'failing';
    const state = await probe(parts.token(), 'token');
    if (state === 'failing') refusedAt = now();
    return state;
  }

  async function check(): Promise<Pick<Readiness, 'store' | 'token'>> {
    const [stored, spoken] = await Promise.all([probe(store.nextDeliveryAt(), 'store'), token()]);
    return { store: stored, token: spoken };
  }

  return async () => {
    if (!known || now() - known.at >= KEEP_MS) known = { checked: check(), at: now() };
    const checked = await known.checked;
    const stopping = parts.stopping();
    const ready = checked.store === 'ok' && checked.token === 'ok' && !stopping;
    if (ready !== wasReady) log.info({ ready, ...checked, stopping }, 'readiness has changed');
    wasReady = ready;
    return { ready, ...checked, desk: parts.deskIsCurrent() ? 'ok' : 'outdated', stopping };
  };
}
