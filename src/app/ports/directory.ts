/** What the use cases need to know of people and channels from Teams. */

import type { ChannelType } from '../../domain/desk.ts';
import type { PersonId, QueueId } from '../../domain/ticket.ts';

/** What Teams knows of people and of who is where. Never throws: what cannot be had is absent. */
export interface Directory {
  /** Name and e-mail of a person, asked of the conversation they wrote in. */
  lookUp(conversation: string, teamsId: string): Promise<{ name: string; email?: string } | undefined>;
  /** `29:…` ids of those of these people who are in the queue's channel; undefined while Teams cannot be asked. */
  channelIds(queue: QueueId, people: readonly PersonId[]): Promise<readonly string[] | undefined>;
  /** What the queue's channel is: as Teams says, else as the desk's files do; undefined where neither does. */
  channelType(queue: QueueId): ChannelType | undefined;
  /** Channels that are not what the desk's files say, or, where they say nothing, not what they were. */
  unexpectedChannels(): readonly UnexpectedChannel[];
  /** Who is in this team or channel has changed. */
  forget(place: string): void;
}

export type UnexpectedChannel = {
  readonly queue: QueueId;
  readonly expected: ChannelType;
  readonly actual: ChannelType;
};
