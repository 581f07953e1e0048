/**
 * Under which addresses a bot reaches the connector. Activities carry one with region and tenant, which may change
 * ("Send proactive messages": keep the one that came last; BotFramework-Services#349: another region's answers 404). The
 * address without a region is the global one, which is always there.
 */

const FIRST_REGION = 'emea';

export type ServiceAddress = {
  /** What activities carry now, with a slash at its end. */
  current(): string;
  /** From now on activities carry this region's address, and the one before answers 404. */
  move(region: string): void;
  /** The path below the service address; `undefined` where it begins with no address of now. */
  below(segments: readonly string[]): readonly string[] | undefined;
};

export function createServiceAddress(url: string, tenantId: string): ServiceAddress {
  let region = FIRST_REGION;
  return {
    current: () => `${url}/${region}/${tenantId}/`,
    move(next) {
      if (!/^[a-z]{2,10}$/.test(next))
        throw new RangeError('A region is a word of small letters, such as amer');
      region = next;
    },
    below(segments) {
      if (segments[0] === 'v3') return segments;
      return segments[0] === region && segments[1] === tenantId ? segments.slice(2) : undefined;
    },
  };
}
