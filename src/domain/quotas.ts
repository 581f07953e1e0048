/** How much one request holds of what comes from its requester and from outside (A9): more is no request any more. */

import type { Draft } from './draft.ts';
import { TEXT_LIMIT } from './limits.ts';
import type { Refusal } from './refusals.ts';
import type { AttachmentRef, Ticket } from './ticket.ts';

/** All texts of a ticket, in UTF-16 units: a hundred of the longest. A store must be able to keep them in one document. */
export const TICKET_TEXTS_LIMIT = 100 * TEXT_LIMIT;
/** All its files, and their bytes. */
export const TICKET_FILES_LIMIT = 200;
export const TICKET_BYTES_LIMIT = 1024 ** 3;
/** What is said to a request in preparation: it can be sent with one text at the limit, so that there is room to shorten. */
export const DRAFT_TEXTS_LIMIT = 3 * TEXT_LIMIT;
export const DRAFT_FILES_LIMIT = 50;

type Said = { readonly text: string; readonly attachments: readonly Pick<AttachmentRef, 'size'>[] };

/** Whether the requester, or somebody outside, can add this. What the desk itself writes always has room. */
export function checkRoom({ articles }: Pick<Ticket, 'articles'>, said: Said): Refusal | undefined {
  let texts = said.text.length;
  const files = [...said.attachments];
  for (const { text, attachments } of articles) {
    texts += text.length;
    for (const file of attachments) files.push(file);
  }
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const full = texts > TICKET_TEXTS_LIMIT || files.length > TICKET_FILES_LIMIT || bytes > TICKET_BYTES_LIMIT;
  return full ? { code: 'ticketFull' } : undefined;
}

export function hasRoom({ text, attachments }: Pick<Draft, 'text' | 'attachments'>, said: Said): boolean {
  return (
    text.length + said.text.length <= DRAFT_TEXTS_LIMIT &&
    attachments.length + said.attachments.length <= DRAFT_FILES_LIMIT
  );
}
