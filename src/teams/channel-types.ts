/**
 * Whether a channel is standard, private or shared, as Teams says: in the activities that come from it, and in the list of
 * its team's channels.
 */

import { CHANNEL_TYPES, type ChannelType } from '../domain/desk.ts';
import type { Connector } from './connector.ts';
import { isRecord } from './json.ts';
import { createKept } from './kept.ts';
import { isPassing } from './rosters.ts';
import type { ServiceAddress } from './service.ts';

export type ChannelTypes = {
  /** As Teams said last, and what it said first; undefined where it has not said anything. */
  known(channel: string): { readonly type: ChannelType; readonly before: ChannelType } | undefined;
  /** The same, once its team's channels have been asked for. */
  ask(team: string, channel: string): Promise<ChannelType | undefined>;
  /** Teams says so. */
  hear(channel: string, type: ChannelType): void;
};

export function channelTypeOf(word: unknown): ChannelType | undefined {
  return typeof word === 'string' ? CHANNEL_TYPES.find((type) => type === word.toLowerCase()) : undefined;
}

export function createChannelTypes(
  connector: Connector,
  service: ServiceAddress,
  now: () => number,
): ChannelTypes {
  const types = new Map<string, { readonly type: ChannelType; readonly before: ChannelType }>();
  const hear = (channel: string, type: ChannelType) =>
    void types.set(channel, { type, before: types.get(channel)?.before ?? type });
  const lists = createKept<true>(
    async (team) => {
      const path = `v3/teams/${encodeURIComponent(team)}/conversations`;
      const reply = await connector.call('GET', service.current(), path);
      if (reply.kind !== 'answer' || reply.status !== 200) return isPassing(reply) ? 'notNow' : 'never';
      const { conversations } = (isRecord(reply.body) ? reply.body : {}) as { conversations?: unknown };
      for (const channel of Array.isArray(conversations) ? conversations : []) {
        const type = isRecord(channel) ? channelTypeOf(channel.type) : undefined;
        if (type && typeof channel.id === 'string') hear(channel.id, type);
      }
      return { value: true };
    },
    true,
    now,
  );
  return {
    known: (channel) => types.get(channel),
    async ask(team, channel) {
      await lists.of(team);
      return types.get(channel)?.type;
    },
    hear,
  };
}
