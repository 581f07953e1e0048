/** What is said of a store that is marked as a copy. */

import { UnusableStore } from '../unusable-store.ts';

/** Follows the name of the store. */
export const UNFINISHED_COPY =
  'is a copy that was begun and not finished. Run store:copy or store:restore again until it says that it is complete.';

/**
 * @param mark of the target: whose copy it is
 * @throws UnusableStore when it must not be made a copy of that source
 */
export function checkTarget(
  target: string,
  source: string,
  mark: { readonly source: string } | undefined,
  isEmpty: boolean,
): void {
  if (mark ? mark.source === source : isEmpty) return;
  throw new UnusableStore(
    mark
      ? `${target} is a copy of ${mark.source}, not of ${source}. Let --to name an empty store.`
      : `${target} holds a desk already, and nothing of it was changed. Let --to name an empty store.`,
  );
}
