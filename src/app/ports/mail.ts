/** E-mail as the use cases see it: what goes out by SMTP, and what is in the desk’s mailbox. Adapters are in `src/email/`. */

import type { AttachmentRef } from '../../domain/ticket.ts';

export type MailFile = Pick<AttachmentRef, 'name' | 'contentType'> & {
  /** @throws when it is not there */
  open(): Promise<AsyncIterable<Uint8Array>>;
};

export type OutgoingMail = {
  /** Left part of its Message-ID: the same on each attempt, so that whoever gets it twice can tell. */
  readonly id: string;
  /** Name of the desk, before its address. */
  readonly sender: string;
  /** Everybody whom it names as recipient. */
  readonly to: readonly string[];
  /** The one of them to whom it goes now. */
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  /** Message-ID of the mail that it answers. */
  readonly answers?: string;
  readonly files: readonly MailFile[];
};

/** What keeps mail from leaving or coming, whosever it is. `refused`: the server does not accept the desk’s credentials. */
export type MailOutage = { readonly refused: boolean };

/** Reasons are the server’s words without any address. */
export type MailOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'retry'; readonly reason: string; readonly outage?: MailOutage }
  /** The server will never take it. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Sends e-mail. Never throws for what a mail server answers. */
export interface Mailer {
  send(mail: OutgoingMail): Promise<MailOutcome>;
}

/** A file in a mail. Its content can be read once, and only while it is handed over. */
export type ArrivedFile = {
  readonly name?: string;
  readonly contentType: string;
  readonly content: AsyncIterable<Uint8Array>;
};

/** A mail server’s report on what it could not deliver. */
export type MailReport = {
  /** Message-IDs that it speaks of. */
  readonly about: readonly string[];
  /** Whom it could not reach; empty where it does not say. */
  readonly addresses: readonly string[];
  readonly reason: string;
};

/** A mail as its head shows it. */
export type ArrivedMail = {
  /** Its Message-ID, or what stands for one: the same whenever it is looked at. */
  readonly id: string;
  readonly from?: { readonly name: string; readonly address: string };
  readonly subject: string;
  /** Message-IDs of what it answers. */
  readonly answers: readonly string[];
  /** Sent by a program, or by this desk itself: no part of a conversation. */
  readonly automatic: boolean;
  /** Reads the report that it is; undefined where it is none, or speaks of no failure. */
  report(): Promise<MailReport | undefined>;
  /** Reads it whole, one file after the other. `unreadable`: it is no mail that anybody could read. */
  read(keep: (file: ArrivedFile) => Promise<void>): Promise<{ readonly text: string } | 'unreadable'>;
};

export type Looked =
  | { readonly kind: 'looked' }
  | { readonly kind: 'away'; readonly reason: string; readonly outage: MailOutage };

/** A mail stopped what read it: it took too long or too much, or broke it. */
export type MailBroke = Error & { readonly mailBroke: true };

export function isMailBroke(error: unknown): error is MailBroke {
  return error instanceof Error && 'mailBroke' in error;
}

/** What is remembered of mails that broke an attempt, by their place in the mailbox. */
export type MailsAside = {
  /** @param there all places where something is unread. @returns those that are not tried any more */
  among(there: ReadonlySet<string>): Promise<ReadonlySet<string>>;
  broke(attempt: BrokenAttempt): Promise<void>;
};

export type BrokenAttempt = {
  readonly place: string;
  /** The number by which the mailbox knows it. */
  readonly uid: number;
  /** Its sender, as far as the mail could be read. */
  readonly from?: string;
  readonly error: unknown;
};

/** The desk’s mailbox. Never throws for what the server answers. */
export interface Mailbox {
  /**
   * Hands over what is unread, the oldest first. What is `taken` is marked as read, and only then: after a kill it is
   * handed over again. What is `left` stays unread, and is not handed over again by this instance.
   * What comes `later` is handed over again in a while, and those behind it before that.
   * @param take may throw: then it is handed over again the next time, unless it was set aside by then
   * @param ended asked between mails: true ends it
   */
  look(
    take: (mail: ArrivedMail) => Promise<'taken' | 'left' | 'later'>,
    ended: () => boolean,
    aside: MailsAside,
  ): Promise<Looked>;
}
