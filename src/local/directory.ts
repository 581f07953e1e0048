/** Who and what there is in the scenario, by every id under which a bot or a client may ask for it. */

import { createHash } from 'node:crypto';
import type { LocalChat, LocalTeam } from './places.ts';
import type { LocalUser, Scenario } from './protocol.ts';

export type LocalChannel = LocalTeam['channels'][number];

/** Where a message can stand. `root` is the thread, where the id that was asked for named one. */
export type Place =
  | { readonly kind: 'personal'; readonly id: string; readonly user: LocalUser }
  | { readonly kind: 'group'; readonly id: string; readonly chat: LocalChat }
  | {
      readonly kind: 'channel';
      readonly id: string;
      readonly team: LocalTeam;
      readonly channel: LocalChannel;
      readonly root?: string;
    };

export type Directory = {
  readonly scenario: Scenario;
  readonly users: readonly LocalUser[];
  /** `28:<app id>`. */
  readonly botId: string;
  user(aadObjectId: string): LocalUser | undefined;
  /** By Entra object id or by `29:…` id. */
  person(id: string): LocalUser | undefined;
  /** `29:…`: the id under which this bot, and no other, knows the person. */
  teamsId(user: LocalUser): string;
  /** `a:…`: the personal chat of this person with the bot. Always the same. */
  personalChat(user: LocalUser): string;
  /** Where the person's command box is: no conversation that a bot could write to. */
  commandBox(user: LocalUser): Place;
  /** Understands `<channel>;messageid=<root>`. Does not look whether the root exists. */
  place(conversationId: string): Place | undefined;
  team(id: string): LocalTeam | undefined;
  /** Everybody in at least one channel of the team; in a shared one there are others as well. */
  teamMembers(team: LocalTeam): readonly LocalUser[];
  /** The people who see what stands in this place. */
  members(place: Place): readonly LocalUser[];
};

/** Throws when the scenario contradicts itself. */
export function createDirectory(scenario: Scenario): Directory {
  const users = new Map(scenario.users.map((user) => [user.aadObjectId.toLowerCase(), user]));
  if (users.size !== scenario.users.length) throw new Error('Scenario: two users have the same aadObjectId');
  if (users.size === 0) throw new Error('Scenario: there must be at least one user');

  const opaque = (purpose: string, user: LocalUser) =>
    createHash('sha256')
      .update(`${purpose}\n${scenario.tenantId}\n${scenario.bot.appId}\n${user.aadObjectId.toLowerCase()}`)
      .digest('base64url');
  const teamsId = (user: LocalUser) => `29:1${opaque('user', user)}`;
  const personalChat = (user: LocalUser) => `a:1${opaque('chat', user)}`;

  const byTeamsId = new Map(scenario.users.map((user) => [teamsId(user), user]));
  const byChat = new Map(scenario.users.map((user) => [personalChat(user), user]));
  const channels = new Map<string, { readonly team: LocalTeam; readonly channel: LocalChannel }>();
  for (const team of scenario.teams) {
    for (const channel of team.channels) {
      if (channels.has(channel.id)) throw new Error(`Scenario: two channels have the id ${channel.id}`);
      for (const member of channel.members) {
        if (!users.has(member.toLowerCase())) {
          throw new Error(
            `Scenario: channel ${channel.name} names the member ${member}, who is not among the users`,
          );
        }
      }
      channels.set(channel.id, { team, channel });
    }
  }

  const chats = new Map((scenario.chats ?? []).map((chat) => [chat.id, chat]));
  const resolve = (ids: readonly string[]) => {
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    return scenario.users.filter((user) => wanted.has(user.aadObjectId.toLowerCase()));
  };
  const user = (id: string) => users.get(id.toLowerCase());

  return {
    scenario,
    users: scenario.users,
    botId: `28:${scenario.bot.appId}`,
    user,
    person: (id) => byTeamsId.get(id) ?? user(id),
    teamsId,
    personalChat,
    // Documents name no id for it. Like the chat of two people it is personal, and not the bot's.
    commandBox: (user) => ({
      kind: 'personal',
      id: `19:${user.aadObjectId}_${scenario.bot.appId}@unq.gbl.spaces`,
      user,
    }),
    place(conversationId) {
      const chat = byChat.get(conversationId);
      if (chat !== undefined) return { kind: 'personal', id: conversationId, user: chat };
      const group = chats.get(conversationId);
      if (group !== undefined) return { kind: 'group', id: conversationId, chat: group };
      const [id = '', root] = conversationId.split(';messageid=');
      const channel = channels.get(id);
      if (channel === undefined) return undefined;
      return { kind: 'channel', id, ...channel, ...(root === undefined ? {} : { root }) };
    },
    team: (id) => scenario.teams.find((team) => team.id === id || team.groupId === id),
    teamMembers: (team) =>
      resolve(team.channels.flatMap(({ type, members }) => (type === 'shared' ? [] : members))),
    members(place) {
      switch (place.kind) {
        case 'personal':
          // Nobody of another tenant has the app for themselves.
          return place.user.tenantId === undefined ? [place.user] : [];
        case 'group':
          return resolve(place.chat.members);
        case 'channel':
          return resolve(place.channel.members);
      }
    },
  };
}
