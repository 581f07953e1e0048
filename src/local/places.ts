/** The teams, channels and chats of a scenario. Knows nothing of any particular bot. */

/** `meeting`: it goes along with one. */
export type LocalChat = {
  /** `19:…@thread.v2`; `19:meeting_…@thread.v2` for a meeting. */
  readonly id: string;
  readonly name: string;
  readonly meeting?: boolean;
  readonly members: readonly string[];
};
/**
 * A private channel has some of the team's members, a shared one whoever was invited; to both the app has to be added by
 * itself (Microsoft: “Apps for shared and private channels”).
 */
export type ChannelType = 'standard' | 'private' | 'shared';
export type LocalTeam = {
  /** Thread id of the team, `19:…@thread.tacv2`. */
  readonly id: string;
  readonly groupId: string;
  readonly name: string;
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    /** Standard without it. */
    readonly type?: ChannelType;
    /** `aadObjectId`s of those who see it: of a standard channel, who has not hidden it. */
    readonly members: readonly string[];
  }[];
};

/** Where a client offers a command: below the place to write, in the command box, and in the menu of a message. */
export type CommandContext = 'compose' | 'commandBox' | 'message';
/**
 * Stands for a conversation where something is asked from the command box, and is in none: what was found is looked at and
 * worked on right there, or copied, and not sent (Microsoft: “Define message extension search commands”).
 */
export const COMMAND_BOX = 'commandBox';
