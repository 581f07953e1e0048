/** Sends what was committed: leased, in order, with back-off, until the platform has it or never will (N3). */

import type { Instant } from '../../domain/ticket.ts';
import { lookAfter } from '../alerts/alerts.ts';
import type { House } from '../house.ts';
import type { LeasedDelivery } from '../ports/delivery.ts';
import { deliveryName, ownerName } from '../ports/delivery-names.ts';
import { type Later, within } from '../ports/later.ts';
import { type ContentOf, createDeliver, roomOf } from './deliver.ts';

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
/** A mail server may look through what it gets for a while: what it takes after that is sent once more. */
const SLOWEST_MAIL_MS = 50_000;
const AT_ONCE = 64;
/** Conversations served side by side. */
const LANES = 8;
/** After a fault of the store. */
const WAIT_MS = 1_000;
/** A timer cannot wait for longer than 24 days, and fires at once where it should. */
const LONGEST_SLEEP_MS = 3_600_000;
/** Long past for everybody, however their clocks differ. */
const FOR_ANYBODY: Instant = 0;

export function createOutbox(house: House, contentOf: ContentOf, later: Later): Outbox {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let callOff: (() => void) | undefined;

  const deliver = createDeliver(
    house,
    contentOf,
    (ms) => new Promise((resolve) => later(resolve, ms)),
    () => stopped,
  );

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
        await sendAll(merge(await gather(leased, most, now, until)), until);
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

  /** Where more waits than was leased, the rest of what can be merged lies behind what others wait for. */
  async function gather(
    leased: readonly LeasedDelivery[],
    most: number,
    now: Instant,
    until: Instant,
  ): Promise<readonly LeasedDelivery[]> {
    if (leased.length < most) return leased;
    const owners = new Map(
      leased.flatMap(({ owner, merges }) =>
        merges === undefined ? [] : [[ownerName(owner), owner] as const],
      ),
    );
    const rest: LeasedDelivery[] = [];
    for (const owner of owners.values()) rest.push(...(await house.store.leaseOthers(owner, now, until)));
    return [...leased, ...rest];
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
        if (stopped) await deliver.putOff(delivery, FOR_ANYBODY);
        else if (house.clock.now() + slowest(delivery) < until) await deliver.attempt(delivery, until);
        else await deliver.putOff(delivery, house.clock.now());
      } finally {
        cards.find(({ card }) => card === delivery)?.resolve();
      }
    };
    // What must wait is put off side by side: the store writes that down in one go.
    const inOrder = async (room: readonly LeasedDelivery[]) => {
      const puttingOff: Promise<void>[] = [];
      for (const delivery of room) {
        const at = stopped ? FOR_ANYBODY : deliver.waitsUntil(delivery);
        if (at === undefined) await inTurn(delivery);
        else
          puttingOff.push(
            deliver
              .putOff(delivery, at)
              .finally(() => cards.find(({ card }) => card === delivery)?.resolve()),
          );
      }
      await Promise.all(puttingOff);
    };
    const lane = async () => {
      for (let room = queue.shift(); room; room = queue.shift()) await inOrder(room);
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
          callOff = later(() => outbox.nudge(), WAIT_MS);
        })
        .finally(() => {
          running = undefined;
          if (again) outbox.nudge();
        });
    },
    async drain() {
      outbox.nudge();
      for (;;) {
        while (running !== undefined) await running;
        await deliver.listened();
        if (running === undefined) return;
      }
    },
    async stop(withinMs) {
      stopped = true;
      callOff?.();
      if (running !== undefined) await within(later, withinMs, running);
      await within(later, withinMs, deliver.listened());
    },
  };
  return outbox;
}

/** Notices of one ticket to the same reader that can be one are one, in the place of the first. */
function merge(leased: readonly LeasedDelivery[]): LeasedDelivery[] {
  const groups = new Map<string, LeasedDelivery[]>();
  for (const delivery of leased) {
    const { owner, to, merges } = delivery;
    // What has failed before goes its own way: it may be what fails.
    const group =
      merges === undefined || delivery.attempts > 0
        ? deliveryName(delivery)
        : JSON.stringify([owner, to, merges]);
    const others = groups.get(group);
    if (others) others.push(delivery);
    else groups.set(group, [delivery]);
  }
  return [...groups.values()].map((group) => {
    const last = group.at(-1) as LeasedDelivery;
    return group.length === 1 ? last : { ...last, merged: group.slice(0, -1) };
  });
}

function slowest({ to }: LeasedDelivery): number {
  return to.kind === 'address' ? SLOWEST_MAIL_MS : SLOWEST_MS;
}

/** Leads to its ticket's card (N2), so it waits for that to stand in the channel where both are new. */
function isNotice({ kind }: LeasedDelivery): boolean {
  return kind === 'personalNotice';
}

function isNewCard({ kind, posted }: LeasedDelivery): boolean {
  return kind === 'queueCard' && !posted;
}
