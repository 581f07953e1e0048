/** What Teams tells of a team and its channels. */

import type { Sender, TeamChange } from '../app/ports/inbound.ts';
import { channelTypeOf } from './channel-types.ts';
import { optional } from './json.ts';

type Member = { readonly id: string };
type Maybe<T> = T | null | undefined;
type Named = Maybe<{ readonly id?: Maybe<string> }>;

type InChannel = {
  readonly conversation: { readonly id: string; readonly conversationType?: Maybe<string> };
  readonly channelData?: Maybe<{
    readonly eventType?: Maybe<string>;
    readonly team?: Named;
    readonly channel?: Maybe<{ readonly id?: Maybe<string>; readonly type?: Maybe<string> }>;
  }>;
};

type TeamUpdate = InChannel & {
  readonly type: string;
  readonly action?: Maybe<string>;
  readonly recipient: Member;
  readonly membersAdded?: Maybe<readonly Member[]>;
  readonly membersRemoved?: Maybe<readonly Member[]>;
};

export type ToldOfTeam = { readonly team: string; readonly change: TeamChange };

/**
 * Teams says so in `channelData.eventType` (Microsoft: “Conversation events in your Teams bot”). In a private or shared
 * channel the bot itself is a member that comes and goes: `channelMemberAdded`, `channelMemberRemoved` (teams.net#100).
 */
export function teamChange(update: TeamUpdate): ToldOfTeam | undefined {
  const { type, channelData, membersAdded, membersRemoved, recipient } = update;
  const team = channelData?.team?.id;
  if (!team) return undefined;
  const channel = channelData.channel?.id ?? undefined;
  if (type === 'installationUpdate') return installation(update, team);
  if (type !== 'conversationUpdate') return undefined;
  const changed = (kind: 'botAdded' | 'botRemoved' | 'membersChanged', where?: string): ToldOfTeam => ({
    team,
    change: { kind, ...optional('channel', where) },
  });
  const isBot = ({ id: member }: Member) => member === recipient.id;
  switch (channelData.eventType) {
    case 'teamMemberRemoved':
      return changed(membersRemoved?.some(isBot) ? 'botRemoved' : 'membersChanged');
    case 'teamMemberAdded':
      return changed(membersAdded?.some(isBot) ? 'botAdded' : 'membersChanged');
    case 'channelMemberRemoved':
      return channel === undefined
        ? undefined
        : changed(membersRemoved?.some(isBot) ? 'botRemoved' : 'membersChanged', channel);
    case 'channelMemberAdded':
      return channel === undefined
        ? undefined
        : changed(membersAdded?.some(isBot) ? 'botAdded' : 'membersChanged', channel);
    case 'channelShared':
    case 'channelUnshared':
      return channel === undefined ? undefined : changed('membersChanged', channel);
    // With its team the bot is gone from all its channels.
    case 'teamDeleted':
    case 'teamHardDeleted':
      return changed('botRemoved');
    case 'teamRestored':
      return changed('botAdded');
    case 'channelDeleted':
    case 'channelRestored':
      return channel ? { team, change: { kind: channelData.eventType, channel } } : undefined;
    default:
      return undefined;
  }
}

/**
 * The app was installed or taken away. Of a team it names a channel as well, the one that was chosen on the way; only that
 * of a private or shared channel is about the channel itself.
 */
function installation({ action, channelData }: TeamUpdate, team: string): ToldOfTeam | undefined {
  const kind = action?.startsWith('add')
    ? 'botAdded'
    : action?.startsWith('remove')
      ? 'botRemoved'
      : undefined;
  if (!kind) return undefined;
  const { id, type } = channelData?.channel ?? {};
  const own = id && (channelTypeOf(type) ?? 'standard') !== 'standard' ? id : undefined;
  return { team, change: { kind, ...optional('channel', own) } };
}

/** The channel that an activity comes from, and its kind where Teams says it. */
export function channelOf({ conversation, channelData }: InChannel): Pick<Sender, 'channel'> {
  const { id, type } = channelData?.channel ?? {};
  const named =
    id ?? (conversation.conversationType === 'channel' ? conversation.id.split(';')[0] : undefined);
  return named ? { channel: { id: named, ...optional('type', channelTypeOf(type)) } } : {};
}
