/** The files of a ticket in a dialog (T15), with addresses that the caller made. */

import type { Outgoing } from '../app/ports.ts';
import type { AttachmentRef, Ticket } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { formatSize } from '../i18n/when.ts';
import { type CardContext, fallbackText, nameOf, said } from './context.ts';
import { attachmentsOf } from './queue-buttons.ts';
import { compose } from './render.ts';

/** Bytes of the card for the files. */
const FILES_BYTES = 22_000;
/** What a file's frame takes in the card besides its texts. */
const FRAME_BYTES = 480;

export type AttachmentsInput = {
  readonly ticket: Ticket;
  /** Address under which the file can be downloaded. */
  readonly link: (attachment: AttachmentRef) => string;
};

export type FileLine = {
  readonly name: string;
  readonly details: string;
  readonly open: string;
  readonly url: string;
};

/** Data of `attachments.template.json`. */
export type AttachmentsData = {
  readonly fallbackText: string;
  readonly title: string;
  readonly note: string;
  readonly files: readonly FileLine[];
};

export function attachmentsDialog(input: AttachmentsInput, context: CardContext): Outgoing {
  const data = attachmentsView(input, context);
  return { card: compose('attachments', data), summary: data.title };
}

/** Newest first. */
export function attachmentsView({ ticket, link }: AttachmentsInput, context: CardContext): AttachmentsData {
  const { locale } = context;
  const all = attachmentsOf(ticket).toReversed();
  const files: FileLine[] = [];
  let bytes = 0;
  for (const { article, attachment } of all) {
    const who = nameOf(article.by.name);
    const when = translate(locale, 'card.byWhen', { who, when: said(context, article.at) });
    const file = {
      name: nameOf(attachment.name),
      details: `${formatSize(attachment.size, locale)} · ${when}`,
      open: translate(locale, 'action.open'),
      url: link(attachment),
    };
    bytes += Buffer.byteLength(JSON.stringify(file)) + FRAME_BYTES;
    if (bytes > FILES_BYTES) break;
    files.push(file);
  }
  const omitted = all.length - files.length;
  return {
    fallbackText: fallbackText(context, ticket),
    title: translate(locale, 'attachments.title', { number: ticket.number }),
    note:
      all.length === 0
        ? translate(locale, 'attachments.none')
        : omitted > 0
          ? translate(locale, 'attachments.omitted', { count: omitted })
          : '',
    files,
  };
}
