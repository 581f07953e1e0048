/** What nobody goes on with ends: requests that were not sent, and files that nothing holds (A9). */

import { endedDraft, UNSENT_DRAFT_LIFE_MS } from '../../domain/draft.ts';
import { askedAt } from '../changing/notify.ts';
import type { House } from '../house.ts';
import { draftCard } from './intake.ts';

/** How often an instance looks, in milliseconds of the desk's clock. */
const EVERY_MS = 600_000;
/** Drafts, and files, of one look: a transaction that holds up nobody. */
const AT_ONCE = 50;
/** Looks of one round, so that a first one after years takes its time. */
const LOOKS = 20;

export type ClearOut = () => Promise<void>;

/**
 * Safe on several instances and after any pause: a draft ends by its version, so that it ends once, and not while it is
 * being sent; which files nothing holds is the store's to say.
 * @param ended asked between looks: true ends the round
 */
export function createClearOut(house: House, ended: () => boolean = () => false): ClearOut {
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = house.clock.now();
    // A clock that went back must not put it off.
    if (now < next && next - now <= EVERY_MS) return;
    next = now + EVERY_MS;
    try {
      const drafts = await endUnsentDrafts(house, ended);
      const files = await removeFiles(house, ended);
      if (drafts + files > 0) house.log.info({ drafts, files }, 'what nobody went on with has ended');
    } catch (error) {
      house.log.error({ err: error }, 'what nobody goes on with could not be ended');
    }
  };
}

async function endUnsentDrafts({ store, clock, nudge }: House, ended: () => boolean): Promise<number> {
  let count = 0;
  for (let look = 0; look < LOOKS && !ended(); look++) {
    const now = clock.now();
    const unsent = await store.unsentDrafts(now - UNSENT_DRAFT_LIFE_MS, AT_ONCE);
    for (const draft of unsent) {
      const next = endedDraft(draft, now);
      const deliveries = draft.arrival ? [] : askedAt(now, [draftCard(next)]);
      // Otherwise somebody goes on with it after all, or another instance has ended it.
      const { kind } = await store.commitDraft({ draft: next, expected: draft.version, deliveries });
      if (kind === 'committed') count += 1;
    }
    if (unsent.length < AT_ONCE) break;
  }
  if (count > 0) nudge();
  return count;
}

async function removeFiles({ attachments, clock }: House, ended: () => boolean): Promise<number> {
  let count = 0;
  for (let look = 0; look < LOOKS && !ended(); look++) {
    const { looked, removed } = await attachments.removeUnowned(clock.now(), AT_ONCE);
    count += removed;
    if (looked < AT_ONCE) break;
  }
  return count;
}
