/** Keeps the files that came with a message (T15), before anything refers to them. */

import { ATTACHMENT_LIMIT } from '../domain/limits.ts';
import type { AttachmentRef, Locale } from '../domain/ticket.ts';
import { translate } from '../i18n/translate.ts';
import { formatForFileName } from '../i18n/when.ts';
import type { House } from './house.ts';
import type { IncomingFile } from './inbound.ts';

export type Kept = {
  readonly attachments: readonly AttachmentRef[];
  /** Names of files that were too large, and of those that could not be fetched. */
  readonly tooLarge: readonly string[];
  readonly unreadable: readonly string[];
};

/**
 * Stores each file once, streaming. Pictures without a name get one that tells them apart, by when they came. A file that cannot be kept does not keep the message from arriving.
 */
export async function keepFiles(house: House, files: readonly IncomingFile[], locale: Locale): Promise<Kept> {
  const attachments: AttachmentRef[] = [];
  const tooLarge: string[] = [];
  const unreadable: string[] = [];
  let nameless = 0;
  for (const { name: given, contentType, open } of files) {
    const name = given ?? pictureName(house, contentType, ++nameless, locale);
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

/** “immagine 2026-11-21 10.31.07.png”; the second one of the same message ends in “(2)”. */
function pictureName({ clock, desk }: House, contentType: string, place: number, locale: Locale): string {
  const when = formatForFileName(clock.now(), desk.timeZone);
  // Teams says no more than `image/*` of what was pasted, which is a PNG then.
  const [, extension = 'png'] = /^image\/(\w+)/.exec(contentType) ?? [];
  return `${translate(locale, 'attachments.picture', { when })}${place > 1 ? ` (${place})` : ''}.${extension}`;
}
