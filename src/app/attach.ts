/** Keeps the files that came with a message (T15), before anything refers to them. */

import { ATTACHMENT_LIMIT } from '../domain/limits.ts';
import type { AttachmentRef } from '../domain/ticket.ts';
import type { House } from './house.ts';
import type { IncomingFile } from './ports.ts';

export type Kept = {
  readonly attachments: readonly AttachmentRef[];
  /** Names of files that were too large, and of those that could not be fetched. */
  readonly tooLarge: readonly string[];
  readonly unreadable: readonly string[];
};

/** Stores each file once, streaming. A file that cannot be kept does not keep the message from arriving. */
export async function keepFiles(house: House, files: readonly IncomingFile[]): Promise<Kept> {
  const attachments: AttachmentRef[] = [];
  const tooLarge: string[] = [];
  const unreadable: string[] = [];
  for (const { name, contentType, open } of files) {
    try {
      const stored = await house.attachments.put(await open(), ATTACHMENT_LIMIT);
      if (stored === 'tooLarge') tooLarge.push(name);
      else attachments.push({ ...stored, name, contentType });
    } catch (error) {
      house.log.warn({ err: error }, 'a file could not be fetched');
      unreadable.push(name);
    }
  }
  return { attachments, tooLarge, unreadable };
}
