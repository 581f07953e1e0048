/** What reaches the desk from Teams, and what it answers, without anything of the Bot Framework. */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { Verb } from '../../cards/kit/verbs.ts';
import type { ChannelType } from '../../domain/desk.ts';
import type { AttachmentRef, Locale, PersonId, PersonRef, TicketNumber } from '../../domain/ticket.ts';
import type { Post } from './delivery.ts';

/** Who sent it: authenticated by Teams, never taken from a card. */
export type Sender = {
  readonly person: PersonId;
  readonly name: string;
  readonly teamsId: string;
  readonly locale: Locale;
  /** True where the activity did not tell the language, so that the one above is a guess. */
  readonly localeGuessed?: boolean;
  /** The conversation it was sent in, and whether it is the person's own chat with the bot. */
  readonly conversation: string;
  readonly personal: boolean;
  /** Their own tenant, where Teams names it. */
  readonly tenant?: string;
  /** The channel it was sent in, and what kind Teams says that it is. */
  readonly channel?: { readonly id: string; readonly type?: ChannelType };
  readonly serviceUrl: string;
};

/** A file that came with a message, not yet stored. A picture that was pasted has no name. */
export type IncomingFile = Omit<AttachmentRef, 'id' | 'size' | 'name'> & {
  readonly name?: string;
  /** Opens the content. Throws when it cannot be fetched. */
  open(): Promise<AsyncIterable<Uint8Array>>;
};

/** What came with a message and can be opened by nobody here. */
export type LostFiles = {
  /** How many pictures. */
  readonly pictures: number;
  readonly names: readonly string[];
  /** How many files of which not even a name came. */
  readonly nameless: number;
};

export type InboundMessage = {
  readonly kind: 'message';
  readonly sender: Sender;
  /** Identifies the activity: a repeated delivery has the same. */
  readonly key: string;
  /** Id of the message in its conversation: what edits and deletes it names it. */
  readonly id: string;
  readonly text: string;
  readonly files: readonly IncomingFile[];
  readonly lost?: LostFiles;
  /** Activity id of the message that this one quotes. */
  readonly quotes?: string;
};

/** What a person did to a message that they had written: Teams tells the bot (msteams-docs#8418, botbuilder-js#4375). */
export type InboundEdit = Omit<InboundMessage, 'kind' | 'quotes'> & {
  readonly kind: 'edit';
  /** `restored`: the deletion was taken back. */
  readonly what: 'edited' | 'deleted' | 'restored';
};

/** A button, or a card's own refresh. Of its data only verb, what it is about and the version seen are believed. */
export type InboundAction<V extends string = Verb> = {
  readonly kind: 'action';
  readonly sender: Sender;
  readonly key: string;
  /** The card on which it was pressed, as Teams says. */
  readonly post?: Post;
  readonly verb: V;
  readonly ticket?: TicketNumber;
  readonly draft?: string;
  readonly seen?: number;
  /** The form to open, or what follows a reply: fixed words of the card, checked like any input. */
  readonly inputs: Readonly<Record<string, string>>;
  /** True when the client can be answered with a card; one that only knows cards 1.2 cannot. */
  readonly answerable: boolean;
  /** True when the client asked by itself for the person's view. */
  readonly automatic: boolean;
};

/**
 * A dialog is asked for, by a card's button or by a command of the message extension, or its form is sent. Of what it
 * carries is believed what is of an action.
 */
export type InboundDialog<V extends string = Verb> = {
  readonly kind: 'dialog';
  readonly sender: Sender;
  readonly key: string;
  readonly step: 'fetch' | 'submit';
  /** Of the button, or the id of the command. */
  readonly verb: V;
  /**
   * The card that it is opened from, as Teams says. Absent with a command, and where the form is sent: Teams names the card
   * when a dialog is fetched only (botframework-sdk#6473).
   */
  readonly post?: Post;
  readonly ticket?: TicketNumber;
  readonly draft?: string;
  readonly seen?: number;
  readonly inputs: Readonly<Record<string, string>>;
  /** The message that the command was started from. */
  readonly message?: ChosenMessage;
};

/** A message of anybody's, as the client of the person who chose it hands it over. */
export type ChosenMessage = {
  readonly id: string;
  /** Absent where no person of the tenant wrote it. */
  readonly author?: PersonRef;
  readonly text: string;
  /** Deep link into Teams. */
  readonly link?: string;
  readonly files: readonly IncomingFile[];
  /** What only Graph could fetch. */
  readonly lost?: LostFiles;
};

/** What stands in the search field of the message extension; empty where nothing has been typed yet. */
export type InboundSearch = {
  readonly kind: 'search';
  readonly sender: Sender;
  readonly key: string;
  readonly words: string;
  readonly skip: number;
  readonly count: number;
};

/** What became of the app in somebody's personal chat. */
export type InboundInstalled = {
  readonly kind: 'installed';
  readonly sender: Sender;
  readonly key: string;
  /**
   * One installation is told twice, as `added` and as `present`; only the former comes each time
   * (BotBuilder-MicrosoftTeams#286).
   */
  readonly change: 'added' | 'present' | 'removed';
};

export type TeamChange =
  /** Without a channel the whole team is meant. */
  | { readonly kind: 'botRemoved' | 'botAdded' | 'membersChanged'; readonly channel?: string }
  | { readonly kind: 'channelDeleted' | 'channelRestored'; readonly channel: string };

/** What Teams tells of a team and its channels, whoever did it. */
export type InboundTeam = {
  readonly kind: 'team';
  readonly sender: Sender;
  readonly key: string;
  /** The team's thread id. */
  readonly team: string;
  readonly change: TeamChange;
};

export type Inbound =
  | InboundMessage
  | InboundEdit
  | InboundAction<string>
  | InboundDialog<string>
  | InboundSearch
  | InboundInstalled
  | InboundTeam;

export type Answer =
  /** Nothing to say in the turn: what there is to show comes through the outbox. A dialog closes. */
  | { readonly kind: 'none' }
  /**
   * Replaces the card for this person, or is sent where there was none. `words` say the same to a client that cannot
   * be answered with a card; absent where the live card says enough.
   */
  | {
      readonly kind: 'card';
      readonly content: Outgoing;
      readonly words?: string;
      /** A client that cannot be answered with a card gets it as a message: there is no live card that says the same. */
      readonly instead?: boolean;
    }
  /**
   * Said in the conversation; the card that was pressed stays as it is, and a dialog closes. With a post the card there says
   * it, as long as there is one.
   */
  | { readonly kind: 'message'; readonly content: Outgoing; readonly post?: Post }
  /** `again`: it has not worked, and may if it is pressed again. A dialog offers that, with what was typed. */
  | { readonly kind: 'text'; readonly text: string; readonly again?: true }
  | {
      readonly kind: 'dialog';
      readonly title: string;
      readonly content: Outgoing;
      /** Where there is much to fill in. */
      readonly tall?: true;
    }
  | { readonly kind: 'results'; readonly results: readonly SearchResult[] };

/** A ticket that was found: a line or two for the list, and the card that goes into a message. */
export type SearchResult = { readonly title: string; readonly text: string; readonly content: Outgoing };
