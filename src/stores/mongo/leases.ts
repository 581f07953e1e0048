/** What a lease is in the store, and what its holder is given. */

import type { Delivery, LeasedDelivery } from '../../app/ports/delivery.ts';
import { ownerOf, type Pending, postOf, type RequestRecord } from './records.ts';
import type { Lease } from './stages.ts';

export function leaseOf({ key, lease }: LeasedDelivery): Lease {
  const [word = '', generation] = lease.split('/');
  return { key, word, generation: Number(generation) };
}

export function leasedOf({ _id, posts = [] }: RequestRecord, item: Pending): LeasedDelivery {
  const post = postOf(posts.find(({ key }) => key === item.key));
  return {
    ...(JSON.parse(item.body) as Delivery),
    owner: ownerOf(_id),
    lease: `${item.lease}/${item.generation}`,
    attempts: item.attempts,
    ...(post && { posted: post }),
  };
}
