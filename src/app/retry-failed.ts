/** Sends again what was given up, where the way is open now. */

import type { House } from './house.ts';
import type { Destination } from './ports/delivery.ts';

/** How many failed deliveries are looked through: nobody reads more one by one. */
export const LOOKED_AT = 500;

/** Sends again what had been given up for such a destination: the way there is open now. */
export async function retryTo(house: House, isOpen: (to: Destination) => boolean): Promise<number> {
  let retried = 0;
  for (const { owner, key, to } of await house.store.failedDeliveries(LOOKED_AT))
    if (
      to.kind !== 'ticket' &&
      to.kind !== 'address' &&
      isOpen(to) &&
      (await house.store.retryFailed(owner, key))
    )
      retried++;
  if (retried === 0) return 0;
  house.troubles.failuresChanged();
  house.nudge();
  return retried;
}
