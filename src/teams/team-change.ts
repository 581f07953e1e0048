/** What Teams tells of a team and its channels. */

import type { TeamChange } from '../app/inbound.ts';

type Member = { readonly id: string };
type Named = { readonly id?: string | null | undefined } | null | undefined;

type TeamUpdate = {
  readonly type: string;
  readonly recipient: Member;
  readonly membersAdded?: readonly Member[] | null | undefined;
  readonly membersRemoved?: readonly Member[] | null | undefined;
  readonly channelData?:
    | { readonly eventType?: string | null | undefined; readonly team?: Named; readonly channel?: Named }
    | null
    | undefined;
};

/** Teams says so in `channelData.eventType` (Microsoft: “Conversation events in your Teams bot”). */
export function teamChange({
  type,
  channelData,
  membersAdded,
  membersRemoved,
  recipient,
}: TeamUpdate): { readonly team: string; readonly change: TeamChange } | undefined {
  const team = channelData?.team?.id;
  if (type !== 'conversationUpdate' || !team) return undefined;
  const isBot = ({ id: member }: { readonly id: string }) => member === recipient.id;
  const channel = channelData.channel?.id;
  switch (channelData.eventType) {
    case 'teamMemberRemoved':
      return membersRemoved?.some(isBot) ? { team, change: { kind: 'botRemoved' } } : undefined;
    case 'teamMemberAdded':
      return membersAdded?.some(isBot) ? { team, change: { kind: 'botAdded' } } : undefined;
    case 'channelDeleted':
    case 'channelRestored':
      return channel ? { team, change: { kind: channelData.eventType, channel } } : undefined;
    default:
      return undefined;
  }
}
