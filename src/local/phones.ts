/** Looks at each card that the bot gives away as the Teams apps on phones would, and complains where they would show none. */

import { mobileRefusal } from './mobile-parser.ts';

/** Complaints that are kept. */
const KEPT = 100;

export type Phones = {
  /** @returns why one of these cards would not be shown */
  look(...cards: readonly unknown[]): string | undefined;
  /** The same, as what goes with a card to the page. */
  seen(card: unknown): { readonly refusedByPhones?: string };
  /** What was found, each once. */
  readonly complaints: readonly string[];
};

/** @param say called once for each kind of card that phones would not show */
export function createPhones(say: (complaint: string) => void): Phones {
  const complaints = new Set<string>();
  const look = (...cards: readonly unknown[]): string | undefined => {
    for (const card of cards) {
      const reason = mobileRefusal(card);
      if (reason === undefined) continue;
      if (!complaints.has(reason) && complaints.size < KEPT) {
        complaints.add(reason);
        say(reason);
      }
      return reason;
    }
    return undefined;
  };
  return {
    look,
    seen(card) {
      const refusedByPhones = look(card);
      return refusedByPhones === undefined ? {} : { refusedByPhones };
    },
    get complaints() {
      return [...complaints];
    },
  };
}
