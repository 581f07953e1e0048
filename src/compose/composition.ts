/** What a bot is made of. */

import type { Clock, Ids } from '../app/ports/clock.ts';
import type { Later } from '../app/ports/later.ts';
import type { Correlation, Log } from '../app/ports/signals.ts';
import type { BotSettings } from '../config/environment.ts';
import type { MailSettings } from '../config/mail-settings.ts';
import type { Desk } from '../domain/desk.ts';
import type { OpenedStore } from '../stores/open.ts';

export type Composition = {
  readonly settings: BotSettings;
  /** Without it nothing is forwarded. */
  readonly mail?: MailSettings;
  readonly desk: Desk;
  readonly opened: OpenedStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The one that the log was made with; one of its own without it. */
  readonly correlation?: Correlation;
  /** Whether `/metrics` is there, for whoever reaches the port; not without it. */
  readonly metrics?: boolean;
  readonly port: number;
  /** `127.0.0.1` where only this machine may speak to the bot. */
  readonly host: string;
  readonly publicUrl?: string;
  /** Signs links, the same for all instances; by default a secret of this process alone. */
  readonly sharedSecret?: string;
  /** How often the scheduler looks, as a cron expression with seconds; undefined: only when told to. */
  readonly tick?: string;
  /** How long after one look into the mailbox the next one follows, in milliseconds; 30 seconds by default. */
  readonly mailEveryMs?: number;
  /** How long one call of the connector may take, in milliseconds; the connector's own limit by default. */
  readonly connectorTimeoutMs?: number;
  /** The machine's timers by default. */
  readonly later?: Later;
  /** Time that passes for the platform's rate limits, and cannot be moved; real time by default. */
  readonly steady?: Steady;
};

export type Steady = {
  /** Milliseconds, never going back. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

/** Tokens end by the world's time and rate limits pass by it, whatever the desk's clock says. */
export function worldNow(): number {
  return Date.now();
}
