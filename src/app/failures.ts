/** Deliveries that will never arrive, as the notices about them speak of them (N3). */

import type { House } from './house.ts';
import type { FailedDelivery } from './ports.ts';

/** How many failed deliveries are looked through for the one that a notice is about. */
const LOOKED_AT = 200;

/**
 * @param about key of the delivery that failed
 * @param owner number of its ticket, or id of its draft
 * @returns undefined when it has been delivered after all, or long ago
 */
export async function failureOf(
  house: House,
  about: string | undefined,
  owner: string,
): Promise<FailedDelivery | undefined> {
  const failures = await house.store.failedDeliveries(LOOKED_AT);
  return failures.find((failed) => failed.key === about && failed.owner.id === owner);
}
