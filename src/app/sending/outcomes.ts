/** What becomes of an attempt to send something: when it is believed, tried again, or given up. */

import type { Instant } from '../../domain/ticket.ts';
import { APP_REMOVED, NO_CONVERSATION } from '../alerts/failures.ts';
import type { House } from '../house.ts';
import type { LeasedDelivery } from '../ports/delivery.ts';
import type { SendOutcome } from '../ports/messaging.ts';
import type { DeliveryOutcome } from '../ports/signals.ts';
import { tellForwarder } from './send-mail.ts';

/** Some deliveries tell nobody outside, and some have nothing to say any more. */
export type Outcome = Exclude<SendOutcome, { kind: 'doubtful' }> | { readonly kind: 'done' | 'nothingToSay' };

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
/** Tried this often Teams has said for two minutes that something is not there: it does not pass. */
export const BELIEVED_AFTER = 7;
/** With the longest wait between them, some 24 hours. */
const MOST_ATTEMPTS = 290;

/** What is there may be said not to be, now and then: only who says so for minutes is believed. */
export function believed(
  outcome: SendOutcome,
  { attempts }: LeasedDelivery,
): Exclude<SendOutcome, { kind: 'doubtful' }> {
  if (outcome.kind !== 'doubtful') return outcome;
  return attempts >= BELIEVED_AFTER
    ? outcome.believed
    : { kind: 'retry', reason: outcome.reason, counts: true };
}

/** The same for the figures. */
export function metered(outcome: Outcome): DeliveryOutcome {
  switch (outcome.kind) {
    case 'done':
    case 'sent':
      return 'sent';
    case 'nothingToSay':
      return outcome.kind;
    case 'retry':
      return outcome.counts ? 'retried' : 'waited';
    default:
      return 'failed';
  }
}

/** Writes down what became of an attempt, and with it what the administrators have to know. */
export async function record(house: House, delivery: LeasedDelivery, outcome: Outcome): Promise<void> {
  const { to } = delivery;
  switch (outcome.kind) {
    case 'done':
    case 'nothingToSay':
      house.troubles.settled(delivery);
      await house.store.acknowledge(delivery, undefined);
      return;
    case 'sent':
      house.troubles.settled(delivery);
      if (to.kind !== 'ticket' && to.kind !== 'address') house.troubles.reached(to);
      await house.store.acknowledge(delivery, delivery.post ? undefined : outcome.post);
      return;
    case 'retry':
      if (outcome.counts) {
        house.log.warn(
          {
            kind: delivery.kind,
            ticket: delivery.owner.id,
            reason: outcome.reason,
            attempts: delivery.attempts,
          },
          'a delivery will be tried again',
        );
        if (delivery.attempts >= MOST_ATTEMPTS) return giveUp(house, delivery, outcome.reason);
        house.troubles.triedInVain(delivery, outcome.reason, house.clock.now());
      }
      return postpone(house, delivery, outcome.afterMs, outcome.counts);
    case 'failed':
      return giveUp(house, delivery, outcome.reason);
    case 'gone':
      return giveUp(house, delivery, NO_CONVERSATION);
    case 'absent':
      return giveUp(house, delivery, APP_REMOVED);
  }
}

/** Tries it, and what was merged into it, again later. @param afterMs as long as its attempts say, where undefined */
export async function postpone(
  house: House,
  delivery: LeasedDelivery,
  afterMs: number | undefined,
  counts: boolean,
): Promise<void> {
  const at = house.clock.now() + (afterMs ?? backOff(delivery.attempts));
  await Promise.all(allOf(delivery).map((one) => house.store.postpone(one, at, counts)));
}

/** It and what was merged into it. */
export function allOf(delivery: LeasedDelivery): readonly LeasedDelivery[] {
  return [delivery, ...(delivery.merged ?? [])];
}

/** Milliseconds to wait after so many failures: doubling from a second up to five minutes. */
export function backOff(attempts: number): Instant {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts, 20), LONGEST_WAIT_MS);
}

async function giveUp(house: House, delivery: LeasedDelivery, reason: string): Promise<void> {
  house.log.error({ kind: delivery.kind, ticket: delivery.owner.id, reason }, 'a delivery failed for good');
  if (delivery.to.kind === 'address') await tellForwarder(house, delivery, reason);
  for (const one of allOf(delivery)) await house.store.fail(one, reason, house.clock.now());
  house.troubles.settled(delivery);
  house.troubles.failuresChanged();
}
