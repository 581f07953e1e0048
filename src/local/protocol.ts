/**
 * What the page and the server of local Teams say to each other. This is not the Bot Connector protocol (that one is in
 * `connector.ts`): it is what a Teams client would keep to itself. All times are epoch milliseconds of the local clock.
 */

import type { ChannelType, CommandContext, LocalChat, LocalTeam } from './places.ts';

/** A person, team and channels that local Teams plays. Knows nothing of any particular bot. */
export type Scenario = {
  readonly tenantId: string;
  readonly bot: {
    readonly appId: string;
    readonly name: string;
    /** Commands of the message extension that the bot's manifest declares. */
    readonly commands: readonly BotCommand[];
  };
  readonly users: readonly LocalUser[];
  readonly teams: readonly LocalTeam[];
  /** Chats of several people that the bot is in. */
  readonly chats?: readonly LocalChat[];
};
export type BotCommand = {
  readonly id: string;
  readonly title: Localized;
  readonly description: Localized;
  readonly type: 'query' | 'action';
  readonly contexts: readonly CommandContext[];
  /** What a search is told. The first one is what people type into. */
  readonly parameters: readonly { readonly name: string; readonly title: Localized }[];
  /** Whether a search runs before anything has been typed. */
  readonly initialRun: boolean;
};
export type Localized = { readonly it: string; readonly en: string };
export type LocalUser = {
  /** Entra object id. */
  readonly aadObjectId: string;
  readonly name: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly userPrincipalName: string;
  /** Shown below the name in the switcher. */
  readonly role: Localized;
  /** Their own tenant, where it is another than the scenario's: they are in shared channels only. */
  readonly tenantId?: string;
  /** Invited into the tenant from outside. */
  readonly guest?: boolean;
};
export type ConversationView = {
  /** `a:…` for a personal chat with the bot, the channel id for a channel, the chat's for a chat of several. */
  readonly id: string;
  readonly kind: 'personal' | 'group' | 'channel';
  /** Of a channel. */
  readonly type?: ChannelType;
  readonly name: string;
  readonly team?: string;
  /** `aadObjectId`s of those who see it. */
  readonly members: readonly string[];
  readonly messages: readonly MessageView[];
};

export type MessageView = {
  /** Activity id; grows with time. */
  readonly id: string;
  readonly conversation: string;
  /** Root of the thread, in a channel, when this is a reply. */
  readonly replyTo?: string;
  /** `aadObjectId` of a person, `28:…` of the bot. */
  readonly from: { readonly id: string; readonly name: string; readonly bot: boolean };
  readonly at: number;
  readonly editedAt?: number;
  readonly deleted: boolean;
  /** Markdown where `textFormat` says so, otherwise as typed. */
  readonly text?: string;
  readonly textFormat: 'markdown' | 'plain';
  readonly summary?: string;
  /** Adaptive Cards as the bot sent them. */
  readonly cards: readonly unknown[];
  /** Why the Teams apps on phones would not show one of them. */
  readonly refusedByPhones?: string;
  /** The bot asked for it to be noticed: `channelData.notification.alert`. */
  readonly alert?: true;
  readonly files: readonly FileView[];
  /** `text` is the `<at>…</at>` that stands for the mention in the message's own text; `id` as in `from`. */
  readonly mentions: readonly { readonly id: string; readonly text: string }[];
  /** `by`: ids as in `from`. */
  readonly reactions: readonly { readonly type: string; readonly by: readonly string[] }[];
  /** The message this one quotes, in a personal chat. */
  readonly quotes?: string;
};

export type FileView = {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly url: string;
};

/** `GET /local/session?as=<aadObjectId>`. Without `as`: the first user. */
export type SessionView = {
  readonly me: LocalUser;
  /** `29:…`, the id under which the bot knows me: a card's `refresh.userIds` names people by it. */
  readonly teamsId: string;
  readonly users: readonly LocalUser[];
  readonly bot: Scenario['bot'];
  readonly conversations: readonly ConversationView[];
  readonly installation: Installation;
  /** Whether the bot can send e-mail, so that there is somebody outside who gets it. */
  readonly mail: boolean;
  readonly now: number;
};

/** Stands for everybody who can be reached by e-mail only, where an `aadObjectId` stands for a person: in `GET /local/events`. */
export const OUTSIDE = 'outside';

/** A mail that the bot sent outside. `GET /local/mails` lists them, the newest first. */
export type MailView = {
  readonly id: string;
  /** The one address that got it. */
  readonly to: string;
  readonly at: number;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly files: readonly FileView[];
  /** What was answered to it, the oldest first. */
  readonly answers: readonly { readonly at: number; readonly text: string }[];
};

/** `POST /local/answers`: who got a mail answers it by e-mail. Answers `MailView`. */
export type AnswerToMail = { readonly mail: string; readonly text: string };

/** One server-sent event of `GET /local/events?as=<aadObjectId>`. */
export type LiveEvent =
  /** New, edited or deleted: show `message` in place of the one with its id. */
  | { readonly type: 'message'; readonly message: MessageView }
  | { readonly type: 'typing'; readonly conversation: string; readonly name: string }
  /** The person’s chat with the bot was emptied, or their installation of the app changed: fetch the session anew. */
  | { readonly type: 'changed' }
  | { readonly type: 'clock'; readonly now: number }
  /** Came or was answered; for those outside only. */
  | { readonly type: 'mail'; readonly mail: MailView }
  | { readonly type: 'reset' };

/** `POST /local/files?as=…&name=…&contentType=…`, body: the bytes. Answers `FileView`. */

/** `POST /local/messages` */
export type PostMessage = {
  readonly as: string;
  readonly conversation: string;
  readonly text: string;
  readonly replyTo?: string;
  readonly quotes?: string;
  /** Ids of uploaded files. Images are sent inline as Teams does with a pasted picture, others as files. */
  readonly files: readonly string[];
  readonly mentionsBot: boolean;
  /** Ids of results of a search that go along as cards (`SearchResult`). */
  readonly cards: readonly string[];
  readonly locale: string;
};

/** `POST /local/searches`: what stands in the search field of a message extension. */
export type AskSearch = {
  readonly as: string;
  readonly conversation: string;
  /** Thread that the person writes in, in a channel. */
  readonly root?: string;
  readonly command: string;
  readonly text: string;
  /** True for the search that runs by itself when the command is opened. */
  readonly initial: boolean;
  readonly skip: number;
  readonly locale: string;
};

/** `POST /local/selections`: a result whose preview says that choosing it asks the bot once more. */
export type SelectResult = Pick<AskSearch, 'as' | 'conversation' | 'root' | 'command' | 'locale'> & {
  /** Id of the result. */
  readonly result: string;
};

/** One thing that was found: what the list shows of it, and the card that goes into the message. */
export type SearchResult = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly card: unknown;
  /** True where choosing it asks the bot once more, by `SelectResult`. */
  readonly asks: boolean;
};

export type SearchAnswer =
  /** `full`: as many as were asked for, so that there may be more. */
  | { readonly kind: 'results'; readonly results: readonly SearchResult[]; readonly full: boolean }
  | { readonly kind: 'message'; readonly text: string }
  /** The bot wants to be set up or signed in to first, on a page that only Teams could open. */
  | { readonly kind: 'setUp'; readonly what: 'auth' | 'config'; readonly title: string; readonly url: string }
  | ActionError;

/** `POST /local/actions`: a button of a card, or the card's own `refresh`. */
export type PressAction = {
  readonly as: string;
  readonly conversation: string;
  /** In the command box the result's id. */
  readonly message: string;
  readonly action: {
    readonly type: 'Action.Execute' | 'Action.Submit';
    readonly id?: string;
    readonly verb?: string;
    /** The action's own data with the inputs merged in, as a Teams client does. */
    readonly data: Readonly<Record<string, unknown>>;
  };
  readonly trigger: 'manual' | 'automatic';
  readonly locale: string;
};

/** What the bot made of it, as the client has to show it. */
export type ActionResult =
  | { readonly kind: 'card'; readonly card: unknown; readonly refusedByPhones?: string }
  | { readonly kind: 'message'; readonly text: string }
  /** A submit was accepted and shows nothing. */
  | { readonly kind: 'none' }
  | ActionError;

/** What Teams shows as "unable to reach app" or "something went wrong". */
export type ActionError = {
  readonly kind: 'error';
  readonly status: number;
  readonly text: string;
  /** What the bot said and Teams does not show; for the developer. */
  readonly detail?: string;
};

/**
 * `POST /local/dialogs`: `task/fetch`, `task/submit`, `composeExtension/fetchTask` and `composeExtension/submitAction`.
 * For an action command, `command` is its id, and `message` the message that it was started from; without one it was
 * started below the place to write, in the thread `root` if that is in one.
 */
export type DialogRequest = {
  readonly as: string;
  readonly conversation: string;
  readonly step: 'fetch' | 'submit';
  readonly message?: string;
  readonly command?: string;
  readonly root?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly locale: string;
};
export type DialogResult =
  | {
      readonly kind: 'dialog';
      readonly title: string;
      readonly card: unknown;
      readonly refusedByPhones?: string;
      readonly width?: string | number;
      readonly height?: string | number;
    }
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'closed' }
  /** The dialog is done, and its card goes into the place to write. */
  | { readonly kind: 'insert'; readonly results: readonly SearchResult[] }
  | ActionError;

/** `POST /local/reactions` */
export type React = {
  readonly as: string;
  readonly conversation: string;
  readonly message: string;
  readonly type: string;
  readonly remove: boolean;
};

/** `POST /local/installations`: adds the app for this person, or removes it; or blocks the bot. */
export type Install = { readonly as: string; readonly state: Installation };
export type Installation = 'installed' | 'removed' | 'blocked';

/** `POST /local/edits`: one's own message says something else now. Answers `MessageView`. */
export type EditMessage = {
  readonly as: string;
  readonly conversation: string;
  readonly message: string;
  readonly text: string;
  readonly locale: string;
};

/** `POST /local/typing`: somebody has begun to write, or goes on. */
export type Typing = { readonly as: string; readonly conversation: string };

/** `POST /local/deletions`: deletes a message, one's own or the bot's; without one, the chat with the bot. */
export type Delete = { readonly as: string; readonly conversation: string; readonly message?: string };

/** `POST /local/restorations`: takes the deletion of one's own message back. Answers `MessageView`. */
export type Restore = Required<Delete>;

/** `POST /local/clock`: moves the clock forward. Answers `{ now }`. */
export type MoveClock = { readonly advanceMs: number };

/** `POST /local/reset`: forgets everything, the bot's tickets included. */
