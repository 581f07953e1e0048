/** What reaches the desk from Teams, and what it answers, without anything of the Bot Framework. */

import type { AttachmentRef, Locale, PersonId, TicketNumber } from '../domain/ticket.ts';
import type { Outgoing, Post } from './ports.ts';

/** Who sent it: authenticated by Teams, never taken from a card. */
export type Sender = {
  readonly person: PersonId;
  readonly name: string;
  readonly teamsId: string;
  readonly locale: Locale;
  /** The conversation it was sent in, and whether it is the person's own chat with the bot. */
  readonly conversation: string;
  readonly personal: boolean;
  readonly serviceUrl: string;
};

/** A file that came with a message, not yet stored. A picture that was pasted has no name. */
export type IncomingFile = Omit<AttachmentRef, 'id' | 'size' | 'name'> & {
  readonly name?: string;
  /** Opens the content. Throws when it cannot be fetched. */
  open(): Promise<AsyncIterable<Uint8Array>>;
};

export type InboundMessage = {
  readonly kind: 'message';
  readonly sender: Sender;
  /** Identifies the activity: a repeated delivery has the same. */
  readonly key: string;
  readonly text: string;
  readonly files: readonly IncomingFile[];
  /** Activity id of the message that this one quotes. */
  readonly quotes?: string;
};

/** A button, or a card's own refresh. Of its data only verb, what it is about and the version seen are believed. */
export type InboundAction = {
  readonly kind: 'action';
  readonly sender: Sender;
  readonly key: string;
  /** The card on which it was pressed, as Teams says. */
  readonly post?: Post;
  readonly verb: string;
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

export type InboundDialog = {
  readonly kind: 'dialog';
  readonly sender: Sender;
  readonly key: string;
  readonly verb: string;
  readonly ticket?: TicketNumber;
};

export type InboundInstalled = { readonly kind: 'installed'; readonly sender: Sender; readonly key: string };

export type Inbound = InboundMessage | InboundAction | InboundDialog | InboundInstalled;

export type Answer =
  /** Nothing to say in the turn: what there is to show comes through the outbox. */
  | { readonly kind: 'none' }
  /**
   * Replaces the card for this person, or is sent where there was none. `words` say the same to a client that cannot
   * be answered with a card; absent where the live card says enough.
   */
  | { readonly kind: 'card'; readonly content: Outgoing; readonly words?: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'dialog'; readonly title: string; readonly content: Outgoing };
