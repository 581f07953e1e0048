/** Sends one delivery, and notes what became of it. */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { DeliveryKind } from '../../domain/delivery-kind.ts';
import type { Instant } from '../../domain/ticket.ts';
import { awayFrom } from '../alerts/app-away.ts';
import { followUp } from '../changing/follow-up.ts';
import { queueCardKey } from '../changing/notify.ts';
import { createFairness } from '../fairness/fairness.ts';
import type { House } from '../house.ts';
import type { Destination, LeasedDelivery } from '../ports/delivery.ts';
import type { SendOutcome } from '../ports/messaging.ts';
import { isTold } from '../ports/posts.ts';
import {
  allOf,
  BELIEVED_AFTER,
  backOff,
  believed,
  metered,
  type Outcome,
  postpone,
  record,
} from './outcomes.ts';
import { sendMail } from './send-mail.ts';

/** What a delivery says, from the state as it is now; undefined when there is nothing to say any more. */
export type ContentOf = (house: House, delivery: LeasedDelivery) => Promise<Outgoing | 'notYet' | undefined>;

export type Deliver = {
  /** Tries it once. @param until when its lease ends */
  attempt(delivery: LeasedDelivery, until: Instant): Promise<void>;
  /** Until when it must not be tried; undefined where it may be now. */
  waitsUntil(delivery: LeasedDelivery): Instant | undefined;
  /** Puts it off until then, without counting that. */
  putOff(delivery: LeasedDelivery, until: Instant): Promise<void>;
  /** Waits for what Teams may still say about what it was silent on. */
  listened(): Promise<void>;
};

/** What tells somebody something: it is noticed also by whoever is looking at something else. */
const NOTICED: ReadonlySet<DeliveryKind> = new Set(['personalNotice', 'requesterNotice', 'alertCard']);

/** A delivery that failed this often no longer keeps the others of its room waiting. */
const HOLDS_ITS_ROOM = 3;
/**
 * @param pause waits so many milliseconds
 * @param stopped true when nothing may be waited for any more
 */
export function createDeliver(
  house: House,
  contentOf: ContentOf,
  pause: (ms: number) => Promise<void>,
  stopped: () => boolean,
): Deliver {
  /** Rooms in which nothing may be said before this moment, so that what was asked for first is said first. */
  const held = new Map<string, Instant>();
  /** What Teams took without a word, or did not take: it keeps its lease until that is known. */
  const silent = new Set<Promise<void>>();
  const fairness = createFairness();

  async function attempt(delivery: LeasedDelivery): Promise<Outcome> {
    const { to } = delivery;
    if (to.kind === 'ticket') {
      await followUp(house, delivery);
      return { kind: 'done' };
    }
    if (to.kind === 'address') return sendMail(house, delivery, to.address);
    const away = to.kind === 'person' ? undefined : await awayFrom(house, to.queue);
    if (away !== undefined) return { kind: 'failed', reason: away };
    const content = await contentOf(house, delivery);
    if (!content) return { kind: 'nothingToSay' };
    return content === 'notYet'
      ? { kind: 'retry', reason: 'Teams does not say who is in the channel', counts: true }
      : send(house, delivery, to, content);
  }

  /**
   * Whoever forgot that something was sent would send it again: what the store does not take now it is offered again,
   * for as long as the lease keeps everybody else from sending it.
   */
  async function note(
    delivery: LeasedDelivery,
    until: Instant,
    write: () => Promise<unknown>,
  ): Promise<void> {
    for (let refusals = 0; ; refusals++) {
      try {
        await write();
        return;
      } catch (error) {
        const wait = backOff(refusals);
        if (stopped() || house.clock.now() + wait >= until) throw error;
        house.log.warn(
          { err: error, kind: delivery.kind, ticket: delivery.owner.id },
          'the store did not take what became of a delivery, and is asked again',
        );
        await pause(wait);
      }
    }
  }

  /** Nothing else is said in its room meanwhile, and nobody waits for it. */
  function listenOn(delivery: LeasedDelivery, until: Instant, late: Promise<SendOutcome>): void {
    const room = roomOf(delivery);
    held.set(room, until);
    const hearing = late
      .then(async (told) => {
        held.delete(room);
        const outcome = believed(told, delivery);
        house.meter.delivery(delivery.kind, metered(outcome));
        await note(delivery, until, () => record(house, delivery, outcome));
        house.nudge();
      })
      .catch((error: unknown) =>
        house.log.error({ err: error, kind: delivery.kind }, 'what Teams said late could not be noted'),
      )
      .finally(() => silent.delete(hearing));
    silent.add(hearing);
  }

  const listened = async () => {
    while (silent.size > 0) await Promise.all(silent);
  };

  const waitsUntil = (delivery: LeasedDelivery): Instant | undefined => {
    const room = roomOf(delivery);
    const now = house.clock.now();
    const at = Math.max(held.get(room) ?? now, fairness.readyAt(delivery, room, now));
    return at > now ? at : undefined;
  };

  const putOff = async (delivery: LeasedDelivery, at: Instant) => {
    await Promise.all(allOf(delivery).map((one) => house.store.postpone(one, at, false)));
    house.meter.delivery(delivery.kind, 'waited');
  };

  const tryOnce = async (delivery: LeasedDelivery, until: Instant) => {
    const room = roomOf(delivery);
    const now = house.clock.now();
    const at = waitsUntil(delivery);
    if (at !== undefined) return putOff(delivery, at);
    held.delete(room);
    let outcome: Outcome;
    try {
      outcome = await attempt(delivery);
    } catch (error) {
      house.meter.delivery(delivery.kind, 'broke');
      house.log.error({ err: error, kind: delivery.kind, ticket: delivery.owner.id }, 'a delivery broke');
      await postpone(house, delivery, undefined, true);
      return;
    }
    if (outcome.kind !== 'nothingToSay' && outcome.kind !== 'done') {
      const ourTurn = outcome.kind === 'retry' && !outcome.counts;
      if (!ourTurn) fairness.tried(delivery, room, now);
    }
    if (outcome.kind === 'retry' && outcome.late !== undefined) {
      const { kind } = delivery;
      house.log.warn({ kind, ticket: delivery.owner.id, reason: outcome.reason }, 'Teams is silent');
      listenOn(delivery, until, outcome.late);
      return;
    }
    house.meter.delivery(delivery.kind, metered(outcome));
    if (outcome.kind === 'retry' && delivery.attempts < HOLDS_ITS_ROOM)
      held.set(room, house.clock.now() + (outcome.afterMs ?? backOff(delivery.attempts)));
    house.log.trace(
      { kind: delivery.kind, ticket: delivery.owner.id, outcome: outcome.kind },
      'a delivery was tried',
    );
    await note(delivery, until, () => record(house, delivery, outcome));
  };
  return { attempt: tryOnce, waitsUntil, putOff, listened };
}

/**
 * One conversation at a time, in order: a thread waits for the card that it hangs from. All mail is one: a mail server
 * that hangs must not keep Teams waiting.
 */
export function roomOf({ to }: LeasedDelivery): string {
  if (to.kind === 'ticket') return to.ticket;
  if (to.kind === 'address') return 'mail';
  return to.kind === 'person' ? to.person : to.queue;
}

async function send(
  house: House,
  delivery: LeasedDelivery,
  to: Destination,
  content: Outgoing,
): Promise<Outcome> {
  const { messenger, store } = house;
  const existing = delivery.post ?? (delivery.live ? delivery.posted : undefined);
  // Whoever looks at it sees it as it is now, and tells where it stands: a second card would be one too many.
  if (existing && !isTold(existing)) return { kind: 'nothingToSay' };
  if (existing) {
    const edited = believed(await messenger.edit(to, existing, content), delivery);
    // Somebody deleted the card; a live card comes back, a copy that is gone needs no pointer.
    if (edited.kind !== 'gone') return edited;
    if (delivery.post) return { kind: 'sent', post: delivery.post };
  }
  if (to.kind !== 'thread') {
    const noticed = NOTICED.has(delivery.kind) ? { ...content, alert: true } : content;
    return believed(await messenger.post(to, noticed), delivery);
  }
  const root = (await store.posts(delivery.owner))[queueCardKey(to.queue)];
  if (root && isTold(root)) return believed(await messenger.post(to, content, root), delivery);
  // Nobody has looked at the card, so that its thread cannot be named: it is said beside it.
  if (root && delivery.attempts >= BELIEVED_AFTER)
    return believed(await messenger.post({ kind: 'channel', queue: to.queue }, content), delivery);
  return { kind: 'retry', reason: 'the card of the thread has not been posted', counts: true };
}
