/** Keeps the files that came with a message (T15), before anything refers to them. */

import { nameOf } from '../../cards/kit/context.ts';
import { fileName } from '../../domain/file-names.ts';
import { ATTACHMENT_LIMIT } from '../../domain/limits.ts';
import type { AttachmentRef, Locale } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { formatForFileName, formatSize } from '../../i18n/when.ts';
import type { House } from '../house.ts';
import type { IncomingFile, LostFiles, Sender } from '../ports/inbound.ts';
import { lookInto } from './file-types.ts';

/** Names of lost files that one sentence tells. */
const NAMES_SAID = 5;

export type Kept = {
  readonly attachments: readonly AttachmentRef[];
  /** Names of files that were too large, and of those that could not be fetched. */
  readonly tooLarge: readonly string[];
  readonly unreadable: readonly string[];
  /** Names of those that were not taken because this person has sent too many in a day (A9). */
  readonly overQuota: readonly string[];
};

/**
 * Stores each file once, streaming, under a name and a type that can be believed. Pictures without a name get one that tells
 * them apart, by when they came. A file that cannot be kept does not keep the message from arriving.
 */
export async function keepFiles(
  house: House,
  files: readonly IncomingFile[],
  { person, locale }: Pick<Sender, 'person' | 'locale'>,
): Promise<Kept> {
  const attachments: AttachmentRef[] = [];
  const tooLarge: string[] = [];
  const unreadable: string[] = [];
  const overQuota: string[] = [];
  let pictures = 0;
  for (const { name: given = '', contentType: claimed, open } of files) {
    const place = given === '' ? ++pictures : 0;
    const named = (type: string) => fileName(given, type, nameless(house, type, place, locale));
    try {
      const { contentType, content } = await lookInto(await open(), claimed);
      const stored = await house.fileQuota.put(person, content, house.desk.fairUse);
      if (stored === 'tooLarge') tooLarge.push(named(contentType));
      else if (stored === 'overQuota') overQuota.push(named(contentType));
      else attachments.push({ ...stored, name: named(contentType), contentType });
    } catch (error) {
      house.log.warn({ err: error }, 'a file could not be fetched');
      unreadable.push(named(claimed === 'image/*' ? 'image/png' : claimed));
    }
  }
  if (overQuota.length > 0)
    house.log.warn({ files: overQuota.length }, 'somebody sends more files than is fair');
  return { attachments, tooLarge, unreadable, overQuota };
}

/** “immagine 2026-11-21 10.31.07”; the second one of the same message ends in “(2)”. */
function nameless({ clock, desk }: House, contentType: string, place: number, locale: Locale): string {
  const when = formatForFileName(clock.now(), desk.timeZone);
  const key = contentType.startsWith('image/') ? 'attachments.picture' : 'attachments.file';
  return `${translate(locale, key, { when })}${place > 1 ? ` (${place})` : ''}`;
}

/** What to tell whoever sent files that were not kept, or that never came. */
export function complaintAbout(
  { tooLarge, unreadable, overQuota }: Omit<Kept, 'attachments'>,
  lost: LostFiles | undefined,
  locale: Locale,
): string | undefined {
  const limit = formatSize(ATTACHMENT_LIMIT, locale);
  const lines = [
    ...tooLarge.map((name) => translate(locale, 'chat.attachmentTooLarge', { name, limit })),
    ...unreadable.map((name) => translate(locale, 'chat.attachmentFailed', { name })),
    ...(overQuota.length > 0 ? [translate(locale, 'chat.filesOverQuota', named(overQuota))] : []),
    ...lostWords(lost, locale),
  ];
  return lines.length ? lines.join('\n') : undefined;
}

/** The first names, and how many there are beside them. */
function named(names: readonly string[]): { readonly names: string; readonly more: number } {
  const said = names.slice(0, NAMES_SAID);
  return { names: said.map((name) => nameOf(name)).join(', '), more: names.length - said.length };
}

/** One sentence for all pictures, one for all files. */
export function lostWords(lost: LostFiles | undefined, locale: Locale): string[] {
  if (!lost) return [];
  const { pictures, nameless: count } = lost;
  const names = lost.names.slice(0, NAMES_SAID).map((name) => nameOf(fileName(name, '', '?')));
  const more = lost.names.length - names.length + count;
  return [
    ...(pictures > 0 ? [translate(locale, 'chat.picturesLost', { count: pictures })] : []),
    ...(names.length > 0 ? [translate(locale, 'chat.filesLost', { names: names.join(', '), more })] : []),
    ...(names.length === 0 && count > 0 ? [translate(locale, 'chat.namelessLost', { count })] : []),
  ];
}
