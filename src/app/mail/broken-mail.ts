/**
 * Mails that broke what read them. After three attempts one is set aside and the administrators are told, so that those
 * behind it go on; the count is an alert’s, and so outlives a restart and holds for all instances.
 */

import { endAlert, tell } from '../alerts/alerts.ts';
import type { House } from '../house.ts';
import { type Alert, alertId, isTold, MAIL_ATTEMPTS, readAlertId } from '../ports/alerting.ts';
import { type BrokenAttempt, isMailBroke, type MailsAside } from '../ports/mail.ts';

/** What is not the mail’s fault, such as a store that is away, counts once in so long: it passes, or is the mail’s after all. */
const OTHER_FAULT_MS = 10 * 60_000;

export function mailsAside(house: House): MailsAside {
  return {
    async among(there) {
      const known = (await house.store.openAlerts()).filter(isOfMail);
      for (const alert of known) if (!there.has(placeOf(alert))) await endAlert(house, alert);
      return new Set(known.filter((alert) => isTold(alert) && there.has(placeOf(alert))).map(placeOf));
    },
    async broke(attempt) {
      const { store, clock, log } = house;
      const now = clock.now();
      const id = alertId({ cause: 'mailBroken', subject: attempt.place });
      const known = (await store.openAlerts()).find((alert) => alert.id === id);
      const before = Number(known?.params.attempts ?? 0);
      if (known && !isMailBroke(attempt.error) && now - known.seenAt < OTHER_FAULT_MS) return;
      const alert = await store.keepAlert(id, now, {
        attempts: String(before + 1),
        reason: reasonOf(attempt),
      });
      if (!isTold(alert) || before >= MAIL_ATTEMPTS) return;
      log.error({ uid: attempt.uid }, 'a mail is set aside after three attempts');
      await tell(house, alert);
    },
  };
}

function isOfMail({ id }: Alert): boolean {
  return readAlertId(id)?.cause === 'mailBroken';
}

function placeOf({ id }: Alert): string {
  return readAlertId(id)?.subject ?? '';
}

function reasonOf({ uid, from, error }: BrokenAttempt): string {
  const why = isMailBroke(error) ? error.message : error instanceof Error ? error.name : 'unknown';
  return [why, `UID ${uid}`, ...(from === undefined ? [] : [from])].join(' · ');
}
