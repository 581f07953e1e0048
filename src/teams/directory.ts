/** What Teams tells about people and channels: names, addresses, who is where, and what kind of channel it is. */

import type { Directory } from '../app/ports/directory.ts';
import type { Sender } from '../app/ports/inbound.ts';
import { type ChannelType, type Desk, type Queue, teamOf } from '../domain/desk.ts';
import { createChannelTypes } from './channel-types.ts';
import type { Connector } from './connector.ts';
import { createRosters, type Present, type Roster, type RosterMember } from './rosters.ts';
import type { ServiceAddress } from './service.ts';

type Speaker = Pick<Sender, 'channel' | 'conversation' | 'personal' | 'person' | 'tenant'>;

export type TeamsDirectory = Directory & {
  /** Takes note of what an authenticated activity says of the channel it comes from. */
  hear(sender: Pick<Sender, 'channel'>): void;
  /**
   * Whether they come from another tenant than those of the desk. In a shared channel, and in a chat of several, the activity
   * names its tenant and not that of the person (Microsoft: “Apps for shared and private channels”), so its roster is
   * asked.
   */
  isForeign(sender: Speaker): Promise<boolean>;
};

/** @param now milliseconds, never going back */
export function createDirectory(parts: {
  readonly connector: Connector;
  readonly service: ServiceAddress;
  readonly desk: () => Desk;
  readonly now: () => number;
}): TeamsDirectory {
  const { connector, service, desk, now } = parts;
  const rosters = createRosters(connector, service, now);
  const types = createChannelTypes(connector, service, now);

  /** What Teams says goes before what the desk's files say: they may be older. */
  const typeOf = (queue: Queue) => types.known(queue.channel)?.type ?? queue.channelType;

  /** By channel id the roster of a standard channel may be partial, and the team's is no private channel's. */
  const placeOf = (queue: Queue, type: ChannelType | undefined) =>
    (type ?? 'standard') === 'standard' ? teamOf(desk(), queue).id : queue.channel;

  async function rosterOf(queue: Queue): Promise<Roster | undefined> {
    const assumed = placeOf(queue, typeOf(queue));
    // Side by side, so that a platform that hangs is waited for once.
    const [, roster] = await Promise.all([
      types.ask(teamOf(desk(), queue).id, queue.channel),
      rosters.of(assumed),
    ]);
    const place = placeOf(queue, typeOf(queue));
    return place === assumed ? roster : rosters.of(place);
  }

  const isOurs = ({ tenant }: Present) => tenant === undefined || desk().tenants.includes(tenant);

  return {
    async lookUp(conversation, teamsId) {
      const reply = await connector.call(
        'GET',
        service.current(conversation),
        `v3/conversations/${encodeURIComponent(conversation)}/members/${encodeURIComponent(teamsId)}`,
      );
      if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
      const { name, email, userPrincipalName } = (reply.body ?? {}) as RosterMember;
      const address = typeof email === 'string' && email ? email : userPrincipalName;
      return {
        name: typeof name === 'string' ? name : '',
        ...(typeof address === 'string' && address ? { email: address } : {}),
      };
    },
    async channelIds(id, people) {
      const queue = desk().queues.get(id);
      if (!queue) return [];
      const roster = await rosterOf(queue);
      return (
        roster &&
        people.flatMap((person) => {
          const present = roster.get(person);
          return present && isOurs(present) ? [present.teamsId] : [];
        })
      );
    },
    channelType(id) {
      const queue = desk().queues.get(id);
      return queue && typeOf(queue);
    },
    unexpectedChannels() {
      return [...desk().queues.values()].flatMap(({ id, channel, channelType }) => {
        const known = types.known(channel);
        const expected = channelType ?? known?.before;
        return known && expected && known.type !== expected
          ? [{ queue: id, expected, actual: known.type }]
          : [];
      });
    },
    forget: (place) => rosters.forget(place),
    hear({ channel }) {
      if (channel?.type) types.hear(channel.id, channel.type);
    },
    async isForeign({ channel, conversation, personal, person, tenant }) {
      if (tenant && !desk().tenants.includes(tenant)) return true;
      if (personal) return false;
      const shared = channel && (channel.type ?? types.known(channel.id)?.type) === 'shared';
      // Chats of several may have people of other tenants, too; standard and private channels have none.
      if (channel && !shared) return false;
      const present = (await rosters.of(channel?.id ?? conversation))?.get(person);
      if (present?.tenant !== undefined) return !isOurs(present);
      // Of whom nothing can be learnt in a shared channel, only the desk's own people are known. Where the bot is not in a
      // chat nothing can be learnt of anybody, and the message extension works there all the same.
      return shared === true && !desk().people.has(person);
    },
  };
}
