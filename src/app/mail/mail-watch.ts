/** Looks into the desk’s mailbox again and again (W9). */

import { createFairUse } from '../fairness/fair-use.ts';
import type { House } from '../house.ts';
import type { Later } from '../ports/later.ts';
import type { Mailbox } from '../ports/mail.ts';
import type { Correlation } from '../ports/signals.ts';
import { mailsAside } from './broken-mail.ts';
import { takeMail } from './take-mail.ts';

const HOUR_MS = 3_600_000;

type Turning = {
  /** How long after one look the next one follows, in milliseconds; 30 seconds by default. */
  readonly everyMs?: number | undefined;
  readonly later: Later;
  readonly correlation: Correlation;
};

export type MailWatch = {
  /** Looks now, or once more after the look that is under way, which may have missed what has just come. */
  look(): Promise<void>;
  /** Looks now and then, but not at once, until it is stopped. */
  begin(): void;
  /** No further look; resolves when the one that is under way has ended. */
  stop(): Promise<void>;
};

/** Several instances may look at once: what both take has one effect, by the mail’s id. */
export function createMailWatch(
  house: House,
  mailbox: Mailbox,
  { everyMs = 30_000, later, correlation }: Turning,
): MailWatch {
  const aside = mailsAside(house);
  const fairUse = createFairUse(house.clock.now, HOUR_MS);
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let callOff = () => {};

  async function look(): Promise<void> {
    const looked = await mailbox.look(
      async (mail) => {
        const { kind } = fairUse(mail.from?.address.toLowerCase() ?? '', house.desk.fairUse?.mailsPerHour);
        return kind === 'granted' ? takeMail(house, mail) : 'later';
      },
      () => stopped,
      aside,
    );
    if (looked.kind === 'looked') house.troubles.mailWorks('IMAP');
    else {
      house.log.warn({ reason: looked.reason }, 'the mailbox could not be looked into');
      house.troubles.mailFails('IMAP', looked.reason, looked.outage.refused);
    }
  }

  async function whileAsked(): Promise<void> {
    while (again && !stopped) {
      again = false;
      await correlation
        .follow(look)
        .catch((error: unknown) => house.log.error({ err: error }, 'looking into the mailbox broke'));
    }
  }

  const watch: MailWatch = {
    look() {
      if (stopped) return Promise.resolve();
      again = true;
      running ??= whileAsked().finally(() => {
        running = undefined;
        if (again) void watch.look();
      });
      return running;
    },
    begin() {
      if (stopped) return;
      callOff = later(() => void watch.look().then(() => watch.begin()), everyMs);
    },
    async stop() {
      stopped = true;
      callOff();
      await running;
    },
  };
  return watch;
}
