/** What Teams does only now and then, so that a bot meets it in local Teams as well. */

import type { Fault } from './fault.ts';

const RATES = {
  /** An update of a message that is there answers 404, and the next one works (msteams-docs#6139, #9425). */
  passingNotFound: 1 / 1_000,
  /** A message is posted, and the answer is 202 without a body (bot-docs#2263). */
  emptyAnswer: 1 / 1_000,
  /** The id of a message in a chat comes with `;messageid=` as well, as those of channels do. */
  longId: 1 / 200,
  /** What is sent to somebody who removed the app is accepted, and nobody sees it (BotBuilder-MicrosoftTeams#286). */
  unseen: 1 / 2,
  /** The locale of an invoke stands in its `clientInfo` alone (as in the tests of microsoft/Agents-for-python). */
  localeInClientInfo: 1 / 3,
  /** An invoke says nowhere what language its client speaks. */
  noLocale: 1 / 5,
} as const;

export type Whim = keyof typeof RATES;

/** Whether it happens this time. */
export type Whims = (what: Whim) => boolean;

export const NO_WHIMS: Whims = () => false;

/** @param chance numbers from 0 up to 1, for example of `seeded` */
export function whimsBy(chance: () => number): Whims {
  return (what) => chance() < RATES[what];
}

/** Numbers from 0 up to 1 that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const NOT_FOUND = { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' } as const;

/** What a whim does to this call of the connector, before it is looked at. */
export function whimsicalEffect(whims: Whims, method: string, path: string): Fault['effect'] | undefined {
  if (method === 'PUT' && /\/activities\/[^/]+$/.test(path))
    return whims('passingNotFound') ? NOT_FOUND : undefined;
  const posts = method === 'POST' && /\/activities(\/[^/]+)?$/.test(path);
  if (!posts) return undefined;
  if (whims('emptyAnswer')) return { kind: 'emptyAnswer' };
  // In channels they always do where a thread is begun.
  return path.includes('thread') || !whims('longId') ? undefined : { kind: 'longId' };
}
