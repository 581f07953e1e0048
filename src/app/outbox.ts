/** Sends what was committed: leased, in order, with back-off, until the platform has it or never will (N3). */

import type { Instant } from '../domain/ticket.ts';
import { lookAfter } from './alerts.ts';
import { NO_CONVERSATION } from './failures.ts';
import { followUp } from './follow-up.ts';
import type { House } from './house.ts';
import { queueCardKey } from './notify.ts';
import type { Destination, LeasedDelivery, Outgoing, SendOutcome } from './ports.ts';
import type { DeliveryOutcome } from './signals.ts';

/** What a delivery says, from the state as it is now; undefined when there is nothing to say any more. */
export type ContentOf = (house: House, delivery: LeasedDelivery) => Promise<Outgoing | 'notYet' | undefined>;

export type Outbox = {
  /** Sends soon. Cheap: many calls become one run. */
  nudge(): void;
  /** Sends all that is ready and waits for it. */
  drain(): Promise<void>;
  /**
   * Ends after what is under way, and gives back what was leased and not begun. What still hangs after so many
   * milliseconds keeps its lease: it may have arrived, so nobody must send it again at once.
   */
  stop(withinMs: number): Promise<void>;
};

const LEASE_MS = 60_000;
/** Who is in the channel, a new conversation, the post: three calls that may hang for ten seconds each. */
const SLOWEST_MS = 30_000;
const AT_ONCE = 64;
/** Conversations served side by side. */
const LANES = 8;
/** A delivery that failed this often no longer keeps the others of its room waiting. */
const HOLDS_ITS_ROOM = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 300_000;
/** A timer cannot wait for longer than 24 days, and fires at once where it should. */
const LONGEST_SLEEP_MS = 3_600_000;
/** Long past for everybody, however their clocks differ. */
const FOR_ANYBODY: Instant = 0;
/** With the longest wait between them, some 24 hours. */
const MOST_ATTEMPTS = 290;

/** @param later runs something after so many milliseconds; returns how to call it off */
export function createOutbox(
  house: House,
  contentOf: ContentOf,
  later: (run: () => void, ms: number) => () => void,
): Outbox {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let callOff: (() => void) | undefined;

  /** Rooms in which nothing may be said before this moment, so that what was asked for first is said first. */
  const held = new Map<string, Instant>();

  async function run(): Promise<void> {
    callOff?.();
    do {
      again = false;
      for (;;) {
        // What the platform does not take stays untouched: leasing it to put it back would be all that is done.
        const most = Math.min(await house.messenger.places(), AT_ONCE);
        if (stopped) return;
        const now = house.clock.now();
        const until = now + LEASE_MS;
        const leased = await house.store.leaseDeliveries(now, until, most);
        if (leased.length === 0) break;
        await sendAll(leased, until);
        if (stopped) return;
      }
      if (house.troubles.takeNews()) await lookAfter(house);
    } while (again && !stopped);
    const next = await house.store.nextDeliveryAt();
    if (next !== undefined && !stopped)
      callOff = later(
        () => outbox.nudge(),
        Math.min(Math.max(next - house.clock.now(), 10), LONGEST_SLEEP_MS),
      );
  }

  async function sendAll(leased: readonly LeasedDelivery[], until: Instant): Promise<void> {
    const rooms = new Map<string, LeasedDelivery[]>();
    for (const delivery of leased) {
      const room = roomOf(delivery);
      const waiting = rooms.get(room);
      if (waiting) waiting.push(delivery);
      else rooms.set(room, [delivery]);
    }
    // Those last that wait for cards of other rooms, so that none of these is left behind them.
    const queue = [...rooms.values()].sort((a, b) => Number(a.some(isNotice)) - Number(b.some(isNotice)));
    const cards = leased.filter(isNewCard).map((card) => ({ card, ...Promise.withResolvers<void>() }));
    const inTurn = async (delivery: LeasedDelivery) => {
      try {
        if (isNotice(delivery)) {
          const own = cards.filter(({ card }) => card.owner.id === delivery.owner.id);
          await Promise.all(own.map(({ promise }) => promise));
        }
        // A lease must not end under its holder, or another instance sends the same: what came too late goes back.
        if (stopped) await house.store.postpone(delivery, FOR_ANYBODY, false);
        else if (house.clock.now() + SLOWEST_MS < until) await deliver(house, contentOf, held, delivery);
        else await house.store.postpone(delivery, house.clock.now(), false);
      } finally {
        cards.find(({ card }) => card === delivery)?.resolve();
      }
    };
    const lane = async () => {
      for (let room = queue.shift(); room; room = queue.shift())
        for (const delivery of room) await inTurn(delivery);
    };
    await Promise.all(Array.from({ length: Math.min(LANES, queue.length) }, lane));
  }

  const outbox: Outbox = {
    nudge() {
      if (stopped) return;
      if (running !== undefined) {
        again = true;
        return;
      }
      running = new Promise<void>((resolve) => setImmediate(resolve))
        .then(run)
        .catch((error: unknown) => {
          house.log.error({ err: error }, 'the outbox stopped and will try again');
          callOff = later(() => outbox.nudge(), FIRST_WAIT_MS);
        })
        .finally(() => {
          running = undefined;
          if (again) outbox.nudge();
        });
    },
    async drain() {
      outbox.nudge();
      while (running !== undefined) await running;
    },
    async stop(withinMs) {
      stopped = true;
      callOff?.();
      let callOffWaiting = () => {};
      const enough = new Promise<void>((resolve) => {
        callOffWaiting = later(resolve, withinMs);
      });
      await Promise.race([running, enough]);
      callOffWaiting();
    },
  };
  return outbox;
}

/** One conversation at a time, in order: a thread waits for the card that it hangs from. */
function roomOf({ to }: LeasedDelivery): string {
  if (to.kind === 'ticket') return to.ticket;
  return to.kind === 'person' ? to.person : to.queue;
}

/** Leads to its ticket's card (N2), so it waits for that to stand in the channel where both are new. */
function isNotice({ kind }: LeasedDelivery): boolean {
  return kind === 'personalNotice';
}

function isNewCard({ kind, posted }: LeasedDelivery): boolean {
  return kind === 'queueCard' && !posted;
}

async function deliver(
  house: House,
  contentOf: ContentOf,
  held: Map<string, Instant>,
  delivery: LeasedDelivery,
): Promise<void> {
  const room = roomOf(delivery);
  const until = held.get(room);
  if (until !== undefined && until > house.clock.now()) {
    await house.store.postpone(delivery, until, false);
    house.meter.delivery(delivery.kind, 'waited');
    return;
  }
  held.delete(room);
  try {
    const { to } = delivery;
    if (to.kind === 'ticket') {
      await followUp(house, delivery);
      await house.store.acknowledge(delivery, undefined);
      house.meter.delivery(delivery.kind, 'sent');
      return;
    }
    const content = await contentOf(house, delivery);
    if (!content) {
      await house.store.acknowledge(delivery, undefined);
      house.meter.delivery(delivery.kind, 'nothingToSay');
      return;
    }
    const outcome: SendOutcome =
      content === 'notYet'
        ? { kind: 'retry', reason: 'Teams does not say who is in the channel', counts: true }
        : await send(house, delivery, to, content);
    if (outcome.kind === 'retry' && delivery.attempts < HOLDS_ITS_ROOM)
      held.set(room, house.clock.now() + (outcome.afterMs ?? backOff(delivery.attempts)));
    house.meter.delivery(delivery.kind, metered(outcome));
    house.log.trace(
      { kind: delivery.kind, ticket: delivery.owner.id, outcome: outcome.kind },
      'a delivery was tried',
    );
    await record(house, delivery, outcome);
  } catch (error) {
    house.meter.delivery(delivery.kind, 'broke');
    house.log.error({ err: error, kind: delivery.kind, ticket: delivery.owner.id }, 'a delivery broke');
    await postpone(house, delivery, undefined, true);
  }
}

async function send(
  house: House,
  delivery: LeasedDelivery,
  to: Destination,
  content: Outgoing,
): Promise<SendOutcome> {
  const { messenger, store } = house;
  const existing = delivery.post ?? (delivery.live ? delivery.posted : undefined);
  if (existing) {
    const edited = await messenger.edit(to, existing, content);
    // Somebody deleted the card; a live card comes back, a copy that is gone needs no pointer.
    if (edited.kind !== 'gone') return edited;
    if (delivery.post) return { kind: 'sent', post: delivery.post };
  }
  if (to.kind !== 'thread') return messenger.post(to, content);
  const root = (await store.posts(delivery.owner))[queueCardKey(to.queue)];
  return root
    ? messenger.post(to, content, root)
    : { kind: 'retry', reason: 'the card of the thread has not been posted', counts: true };
}

function metered(outcome: SendOutcome): DeliveryOutcome {
  if (outcome.kind === 'retry') return outcome.counts ? 'retried' : 'waited';
  return outcome.kind === 'sent' ? 'sent' : 'failed';
}

async function record(house: House, delivery: LeasedDelivery, outcome: SendOutcome): Promise<void> {
  switch (outcome.kind) {
    case 'sent':
      house.troubles.settled(delivery);
      if (delivery.to.kind !== 'ticket') house.troubles.reached(delivery.to);
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
  }
}

function postpone(
  house: House,
  delivery: LeasedDelivery,
  afterMs: number | undefined,
  counts: boolean,
): Promise<void> {
  const wait = afterMs ?? backOff(delivery.attempts);
  return house.store.postpone(delivery, house.clock.now() + wait, counts);
}

/** Milliseconds to wait after so many failures: doubling from a second up to five minutes. */
export function backOff(attempts: number): Instant {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.min(attempts, 20), LONGEST_WAIT_MS);
}

async function giveUp(house: House, delivery: LeasedDelivery, reason: string): Promise<void> {
  house.log.error({ kind: delivery.kind, ticket: delivery.owner.id, reason }, 'a delivery failed for good');
  await house.store.fail(delivery, reason, house.clock.now());
  house.troubles.settled(delivery);
  house.troubles.failuresChanged();
}
