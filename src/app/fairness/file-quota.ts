/** How many files, and how many bytes, the desk takes from one person, or one sender of e-mail, in a day (A9). */

import type { FairUseLimits } from '../../domain/desk.ts';
import { ATTACHMENT_LIMIT } from '../../domain/limits.ts';
import type { Instant } from '../../domain/ticket.ts';
import type { AttachmentStore } from '../ports/store.ts';
import { createQuota } from './fair-use.ts';

const DAY_MS = 24 * 3_600_000;
const MEGABYTE = 1024 * 1024;

export type FileQuota = {
  /**
   * Stores a file where there is room for it.
   * @param limits absent: without a limit
   * @returns `overQuota` where nothing was stored because this person has sent too much
   */
  put(
    who: string,
    content: AsyncIterable<Uint8Array>,
    limits: FairUseLimits | undefined,
  ): Promise<{ readonly id: string; readonly size: number } | 'tooLarge' | 'overQuota'>;
};

export function createFileQuota(attachments: AttachmentStore, now: () => Instant): FileQuota {
  const files = createQuota(now, DAY_MS);
  const bytes = createQuota(now, DAY_MS);
  return {
    async put(who, content, limits) {
      if (!limits) return attachments.put(content, ATTACHMENT_LIMIT, now());
      const { filesPerDay } = limits;
      const bytesPerDay = limits.megabytesPerDay * MEGABYTE;
      const room = Math.floor(bytes.left(who, bytesPerDay));
      if (room < 1 || files.left(who, filesPerDay) < 1) return 'overQuota';
      const stored = await attachments.put(content, Math.min(room, ATTACHMENT_LIMIT), now());
      if (stored === 'tooLarge') return room < ATTACHMENT_LIMIT ? 'overQuota' : 'tooLarge';
      files.take(who, 1, filesPerDay);
      bytes.take(who, stored.size, bytesPerDay);
      return stored;
    },
  };
}
