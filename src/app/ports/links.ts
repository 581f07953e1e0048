/** Addresses that people open in a browser, and what each of them asks for. */

import type { Printing } from '../../domain/printing.ts';
import type { AttachmentRef, Locale, PersonId, QueueId, TicketNumber } from '../../domain/ticket.ts';
import type { Post } from './delivery.ts';

export interface Links {
  /** Deep link to a message in a channel. */
  toPost(queue: QueueId, post: Post): string;
  /** Address under which this attachment can be downloaded for the next minutes, as far as its person may then. */
  toAttachment(asked: FileAsked): string;
  /** Address under which the ticket can be printed for the next hour, as far as its person may then. */
  toPrint(asked: Printing): string;
  /** Address under which the list can be fetched as a file for the next minutes; it holds what this person may see then. */
  toList(listing: Listing): string;
}

/** One file of a ticket, and whose rights are asked when it is opened. */
export type FileAsked = {
  readonly ticket: TicketNumber;
  readonly file: Pick<AttachmentRef, 'id' | 'name' | 'contentType'>;
  readonly person: PersonId;
};

/** A list of tickets as a file: what it asks for, as `domain/asked.ts` writes it, for whom, and in which language. */
export type Listing = { readonly asked: string; readonly person: PersonId; readonly locale: Locale };
