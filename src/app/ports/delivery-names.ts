/** What a delivery, and what it speaks of, is called wherever a name of one word is needed: in a map, or on a button. */

import type { LeasedDelivery, Owner } from './delivery.ts';

export function ownerName({ kind, id }: Owner): string {
  return `${kind}/${id}`;
}

export function deliveryName({ owner, key }: Pick<LeasedDelivery, 'owner' | 'key'>): string {
  return `${ownerName(owner)} ${key}`;
}
