/**
 * Where the connector is. Microsoft's guidance: the address that an activity of the conversation came with last, for it
 * may differ by region and tenant and may change ("Send proactive messages"). What nobody spoke in yet is reached at the
 * address that came last of all.
 */

import { LRUCache } from 'lru-cache';

export type ServiceAddress = {
  /**
   * @param conversation absent for what concerns none
   * @param kept what was written down of it before, where nothing was heard since the start
   */
  current(conversation?: string, kept?: string): string;
  /** An authenticated activity came from here. */
  learn(serviceUrl: string, conversation?: string): void;
  /** Nobody knows the conversation there: from now on it is looked for where activities come from. False where that is the same. */
  doubt(conversation: string, serviceUrl: string): boolean;
  /** Whether what is at this address belongs to a service that spoke to us. */
  owns(url: string): boolean;
};

const REMEMBERED = 20_000;

export function createServiceAddress(initial: string): ServiceAddress {
  let newest = initial;
  const services = new LRUCache<string, true>({ max: 100 });
  services.set(originOf(initial), true);
  const addresses = new LRUCache<string, string>({ max: REMEMBERED });
  return {
    current(conversation, kept) {
      if (conversation === undefined) return newest;
      const room = roomIn(conversation);
      const known = addresses.get(room);
      if (known !== undefined) return known;
      if (kept !== undefined) addresses.set(room, kept);
      return kept ?? newest;
    },
    learn(serviceUrl, conversation) {
      newest = serviceUrl;
      services.set(originOf(serviceUrl), true);
      if (conversation !== undefined) addresses.set(roomIn(conversation), serviceUrl);
    },
    doubt(conversation, serviceUrl) {
      if (serviceUrl === newest) return false;
      addresses.set(roomIn(conversation), newest);
      return true;
    },
    // By scheme, host and port: a file's path names the region, and need not name the tenant as the service's does.
    owns: (url) => services.has(originOf(url)),
  };
}

/** A conversation with all its threads. */
export function roomIn(conversation: string): string {
  return conversation.split(';')[0] as string;
}

function originOf(address: string): string {
  return URL.parse(address)?.origin ?? '';
}
