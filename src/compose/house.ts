/** What use cases work with, and what this instance remembers for them. */

import { LRUCache } from 'lru-cache';
import { createFileQuota } from '../app/fairness/file-quota.ts';
import type { House } from '../app/house.ts';
import type { OpenDesk } from '../app/open-desk.ts';
import { createMailer } from '../email/deferred.ts';
import type { Composition } from './composition.ts';

const FORM_STAYS_OPEN_MS = 30 * 60_000;
/** Longer than it takes until everybody's card is up to date, and to read a sentence. */
const ANSWER_STAYS_MS = 60_000;

/** A working day. */
const COPY_STAYS_LIVE_MS = 8 * 3_600_000;

type Given = Pick<
  House,
  'store' | 'attachments' | 'messenger' | 'directory' | 'links' | 'meter' | 'troubles' | 'turns' | 'nudge'
>;

/** @param openDesk is asked each time: another desk can take its place while the bot is at work */
export function houseOf({ clock, ids, log, mail }: Composition, openDesk: OpenDesk, given: Given): House {
  return {
    get desk() {
      return openDesk.desk;
    },
    get calendars() {
      return openDesk.calendars;
    },
    get vocabulary() {
      return openDesk.vocabulary;
    },
    ...given,
    fileQuota: createFileQuota(given.attachments, clock.now),
    ...{ clock, ids, log },
    ...(mail ? { mailer: createMailer(mail) } : {}),
    openForms: new LRUCache({ max: 5_000, ttl: FORM_STAYS_OPEN_MS, ttlResolution: 1_000 }),
    answered: new LRUCache({ max: 5_000, ttl: ANSWER_STAYS_MS, ttlResolution: 1_000 }),
    openedOver: new LRUCache({ max: 5_000 }),
    met: new LRUCache({ max: 5_000 }),
    copies: new LRUCache({ max: 5_000, ttl: COPY_STAYS_LIVE_MS, ttlResolution: 1_000 }),
  };
}
