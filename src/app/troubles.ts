/** What this instance has noticed by itself of what does not work, until the administrators are told. Kept in memory. */

import type { AlertCause } from '../domain/alert-causes.ts';
import type { Instant, QueueId } from '../domain/ticket.ts';
import { DAY_MS } from '../domain/units.ts';
import type { Condition } from './ports/alerting.ts';
import type { Destination, LeasedDelivery } from './ports/delivery.ts';
import { deliveryName } from './ports/delivery-names.ts';

/** A delivery tried this often has waited for some quarter of an hour, see `backOff`. */
const STUCK_ATTEMPTS = 10;
/** A delivery that was not tried again for so long is another instance's business by now. */
const FORGOTTEN_MS = 20 * 60_000;
/** Days before the end of a secret or certificate on which it is said. */
const SAID_BEFORE_DAYS = [30, 7] as const;

/** Sending, and the mailbox. */
export type MailService = 'SMTP' | 'IMAP';
/** Failed this often in a row, it does not pass by itself. */
const MAIL_FAILURES = 3;

/** What ends at a moment that is known beforehand. */
export type Ending = Extract<AlertCause, 'secretEnds' | 'certificateEnds'>;

export type Troubles = {
  /** Deliveries were given up, sent again or discarded. */
  failuresChanged(): void;
  /** An attempt failed, and another will follow. */
  triedInVain(delivery: LeasedDelivery, reason: string, at: Instant): void;
  /** The delivery is no longer tried. */
  settled(delivery: LeasedDelivery): void;
  /** Teams took something for this destination. */
  reached(to: Destination): void;
  /** @param code what the login server or the connector said, without anything secret */
  tokenRefused(code: string): void;
  tokenAccepted(): void;
  /** @param refused whether the desk's credentials were; otherwise it may pass, and is told where it does not */
  mailFails(which: MailService, reason: string, refused: boolean): void;
  mailWorks(which: MailService): void;
  /** @param at undefined where it is not known any more */
  ends(what: Ending, at: Instant | undefined): void;
  /** @param mistake the first one in the desk's files; undefined where there is none any more */
  deskMistaken(mistake: { readonly place: string; readonly reason: string } | undefined): void;

  /** A card was made for this queue's channel on which nobody could be named. */
  membersMissing(queue: QueueId): void;
  membersFound(queue: QueueId): void;
  withoutMembers(): ReadonlySet<QueueId>;

  /** What is wrong now. */
  conditions(now: Instant): readonly Condition[];
  /** True once after something has changed that `conditions` or the failed deliveries show. */
  takeNews(): boolean;
  /** Queues in whose channels something arrived since this was asked last. */
  takeReached(): ReadonlySet<string>;
};

export function createTroubles(): Troubles {
  let news = true;
  let refused: string | undefined;
  let mistaken: { readonly place: string; readonly reason: string } | undefined;
  const stuck = new Map<string, { readonly at: Instant; readonly reason: string }>();
  const mail = new Map<MailService, { readonly failures: number; readonly reason: string }>();
  const endings = new Map<Ending, Instant>();
  const withoutMembers = new Set<QueueId>();
  let reachedQueues = new Set<string>();

  const setToken = (code: string | undefined) => {
    // Which code it is can change by the attempt: being refused is the news.
    if ((code === undefined) !== (refused === undefined)) news = true;
    refused = code;
  };

  return {
    failuresChanged() {
      news = true;
    },
    triedInVain(delivery, reason, at) {
      if (delivery.attempts + 1 < STUCK_ATTEMPTS) return;
      if (stuck.size === 0) news = true;
      stuck.set(deliveryName(delivery), { at, reason });
    },
    settled(delivery) {
      if (stuck.delete(deliveryName(delivery)) && stuck.size === 0) news = true;
    },
    reached(to) {
      if (to.kind !== 'person') reachedQueues.add(to.queue);
    },
    tokenRefused: setToken,
    tokenAccepted: () => setToken(undefined),
    mailFails(which, reason, certain) {
      const failures = (mail.get(which)?.failures ?? 0) + (certain ? MAIL_FAILURES : 1);
      mail.set(which, { failures, reason });
      if (failures >= MAIL_FAILURES) news = true;
    },
    mailWorks(which) {
      if (mail.delete(which)) news = true;
    },
    ends(what, at) {
      if (at === undefined) endings.delete(what);
      else endings.set(what, at);
      news = true;
    },
    deskMistaken(mistake) {
      mistaken = mistake;
      news = true;
    },

    membersMissing(queue) {
      if (!withoutMembers.has(queue)) news = true;
      withoutMembers.add(queue);
    },
    membersFound(queue) {
      withoutMembers.delete(queue);
    },
    withoutMembers: () => new Set(withoutMembers),

    conditions(now) {
      for (const [key, { at }] of stuck) if (Math.abs(now - at) > FORGOTTEN_MS) stuck.delete(key);
      const [waiting] = stuck.values();
      return [
        ...(waiting
          ? [{ cause: 'outboxStuck', subject: '', params: { reason: waiting.reason } } as const]
          : []),
        ...(refused === undefined
          ? []
          : [{ cause: 'tokenRefused', subject: '', params: { reason: refused } } as const]),
        ...[...mail].flatMap(([subject, { failures, reason }]) =>
          failures < MAIL_FAILURES ? [] : [{ cause: 'mailDown', subject, params: { reason } } as const],
        ),
        ...(mistaken
          ? [{ cause: 'deskMistaken', subject: mistaken.place, params: { reason: mistaken.reason } } as const]
          : []),
        ...[...endings].flatMap(([cause, at]) => endingConditions(cause, at, now)),
      ];
    },
    takeNews() {
      const taken = news;
      news = false;
      return taken;
    },
    takeReached() {
      const taken = reachedQueues;
      reachedQueues = new Set();
      return taken;
    },
  };
}

function endingConditions(cause: Ending, at: Instant, now: Instant): Condition[] {
  const day = new Date(at).toISOString().slice(0, 10);
  const left = Math.max(Math.ceil((at - now) / DAY_MS), 0);
  return SAID_BEFORE_DAYS.filter((days) => left <= days).map((days) => ({
    cause,
    subject: `${day} ${days}`,
    params: { at: String(at), days: String(left) },
  }));
}
