/** The files of a ticket in a dialog (T15), with addresses that the caller made. */

import type { AttachmentRef, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { formatSize } from '../../i18n/when.ts';
import { type LinkButton, linkButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  fallbackText,
  type Line,
  type Maybe,
  maybe,
  nameOf,
  said,
  subjectOf,
} from '../kit/context.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { attachmentsOf } from '../queue/queue-buttons.ts';

/** Bytes of the card for the files. */
const FILES_BYTES = 22_000;
/** What a file's frame takes in the card besides its texts. */
const FRAME_BYTES = 480;

/** One of the ticket's files, and the address under which it can be downloaded. */
export type LinkedFile = { readonly file: AttachmentRef; readonly url: string };

export type FileLine = {
  readonly name: string;
  readonly details: string;
  readonly open: LinkButton;
};

/** Data of `attachments.template.json`. */
export type AttachmentsData = {
  readonly fallbackText: string;
  readonly subject: string;
  readonly note: Maybe<Line>;
  readonly files: readonly FileLine[];
};

export const attachmentsTemplate = cardTemplate<AttachmentsData>(import.meta.dirname, 'attachments');

/** @param linked those of the ticket's files that the reader may have, oldest first; they are shown newest first */
export function attachmentsDialog(
  ticket: Ticket,
  linked: readonly LinkedFile[],
  context: CardContext,
): Outgoing {
  const title = translate(context.locale, 'attachments.title', { number: ticket.number });
  return { card: compose(attachmentsTemplate, attachmentsView(ticket, linked, context)), summary: title };
}

export function attachmentsView(
  ticket: Ticket,
  linked: readonly LinkedFile[],
  context: CardContext,
): AttachmentsData {
  const { locale } = context;
  const files: FileLine[] = [];
  let bytes = 0;
  for (const { file, url } of linked.toReversed()) {
    const line = {
      name: nameOf(file.name),
      details: [formatSize(file.size, locale), ...cameWith(file, ticket, context)].join(' · '),
      open: linkButton(translate(locale, 'action.open'), url, nameOf(file.name)),
    };
    bytes += Buffer.byteLength(JSON.stringify(line)) + FRAME_BYTES;
    if (bytes > FILES_BYTES) break;
    files.push(line);
  }
  const omitted = linked.length - files.length;
  return {
    fallbackText: fallbackText(context, ticket),
    subject: subjectOf(ticket.subject),
    note: maybe(
      linked.length === 0
        ? translate(locale, 'attachments.none')
        : omitted > 0
          ? translate(locale, 'attachments.omitted', { count: omitted })
          : '',
    ),
    files,
  };
}

/** Who sent it and when. */
function cameWith({ id, name }: AttachmentRef, ticket: Ticket, context: CardContext): string[] {
  const came = attachmentsOf(ticket).find(
    ({ attachment }) => attachment.id === id && attachment.name === name,
  );
  if (!came) return [];
  const who = nameOf(came.article.by.name);
  return [translate(context.locale, 'card.byWhen', { who, when: said(context, came.article.at) })];
}
