/**
 * Alerts: what has stopped working and does not mend by itself, as the administrators are told of it. One alert for each
 * cause and subject, from when it is noticed until it is over; each administrator has one card of it.
 */

import { ALERT_CAUSES, type AlertCause } from '../../domain/alert-causes.ts';
import type { Instant } from '../../domain/ticket.ts';

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
