/**
 * Alerts: what has stopped working and does not mend by itself, as the administrators are told of it. One alert for each
 * cause and subject, from when it is noticed until it is over; each administrator has one card of it.
 */

import type { Instant } from '../domain/ticket.ts';

/** Why something does not work. `alert-view.ts` says what to do about each. */
export const ALERT_CAUSES = [
  /** The subject, a person, cannot be written to: they do not have the app, or have blocked it. */
  'personWithoutApp',
  /** The bot is not in a team that holds queues’ channels; the subject is its id, and empty for the desk’s own. */
  'teamWithoutBot',
  /** The app is in the team and was not added to the private or shared channel of the subject, a queue. */
  'channelWithoutBot',
  /** The channel of the subject, a queue, is not there. */
  'channelGone',
  /** The channel of the subject, a queue, is not of the kind that it was, or that the desk's files say. */
  'channelTypeChanged',
  /** Nobody can be given a view of their own in the channel of the subject, a queue: its members are not known. */
  'membersUnknown',
  /** The desk has no queue of this name, and something was to be said in its channel. */
  'queueGone',
  /** Teams refused messages to the subject for another reason. */
  'deliveryRefused',
  /** The mail server would not take e-mail for addresses outside; which, is among what failed. */
  'mailRefused',
  /** Mail cannot be sent, or the mailbox not be read; the subject is `SMTP` or `IMAP`. */
  'mailDown',
  /** A mail broke what read it; the subject is its place in the mailbox. */
  'mailBroken',
  /** Messages have been tried in vain for a while. */
  'outboxStuck',
  /** The bot’s credentials are not accepted; the subject is the login server’s code. */
  'tokenRefused',
  /** The client secret ends; the subject is the day, and how many days before it was said. */
  'secretEnds',
  /** The certificate that the bot signs in with ends; the subject as above. */
  'certificateEnds',
  /** The desk's files hold a mistake, so that the desk before stays in use; the subject is the place, `file:line`. */
  'deskMistaken',
] as const;
export type AlertCause = (typeof ALERT_CAUSES)[number];

/** What is wrong at the moment, before anybody was told. */
export type Condition = {
  readonly cause: AlertCause;
  /** Id of a person or queue, a code or a day; empty where the cause has one subject only. */
  readonly subject: string;
  /** What the card says of it: counts, codes, days. */
  readonly params: Readonly<Record<string, string>>;
};

export type Alert = {
  /** `cause/subject`. */
  readonly id: string;
  readonly since: Instant;
  /** When some instance last found it so. */
  readonly seenAt: Instant;
  readonly params: Readonly<Record<string, string>>;
};

/** The part of the store that remembers which alerts are open, over restarts and for all instances. */
export interface Alerting {
  /** Opens the alert, or notes that it still holds; `since` stays, `seenAt` never goes back. Answers it as it is then. */
  keepAlert(id: string, at: Instant, params: Condition['params']): Promise<Alert>;
  /** Ends the alert that was opened then. False when it is not open any more. */
  endAlert(id: string, since: Instant): Promise<boolean>;
  /** In the order of their ids. */
  openAlerts(): Promise<readonly Alert[]>;
}

export function alertId({ cause, subject }: Pick<Condition, 'cause' | 'subject'>): string {
  return `${cause}/${subject}`;
}

/** @returns undefined where it is no alert that this version knows */
export function readAlertId(id: string): Pick<Condition, 'cause' | 'subject'> | undefined {
  const slash = id.indexOf('/');
  const cause = ALERT_CAUSES.find((known) => known === id.slice(0, slash));
  return cause && { cause, subject: id.slice(slash + 1) };
}

/** Attempts after which a mail is set aside. */
export const MAIL_ATTEMPTS = 3;

/** Whether the administrators are told of it: that a mail broke an attempt or two may mean nothing. */
export function isTold({ id, params }: Pick<Alert, 'id' | 'params'>): boolean {
  return readAlertId(id)?.cause !== 'mailBroken' || Number(params.attempts) >= MAIL_ATTEMPTS;
}
