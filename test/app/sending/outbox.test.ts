import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { House } from '../../../src/app/house.ts';
import type { Delivery, LeasedDelivery } from '../../../src/app/ports/delivery.ts';
import type { Messenger, SendOutcome } from '../../../src/app/ports/messaging.ts';
import { createOutbox, type Outbox } from '../../../src/app/sending/outbox.ts';
import type { Outgoing } from '../../../src/cards/kit/card.ts';
import { PERSON } from '../../support/desk.ts';
import { notice, queueCard } from '../../support/tickets.ts';
import { type Building, build } from '../support/house.ts';

const MINUTE_MS = 60_000;
/** The longest that a timer can wait for; beyond it fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What a delivery says here: its own key. */
const contentOf = async (_: House, { key }: LeasedDelivery): Promise<Outgoing> => ({
  card: {},
  summary: key,
});

describe('the outbox', () => {
  let building: Building;
  let outboxes: Outbox[];
  beforeEach(async () => {
    building = await build();
    outboxes = [];
  });
  afterEach(async () => {
    for (const outbox of outboxes) await outbox.stop(8_000);
    await building.demolish();
  });

  const sleeps: number[] = [];
  const outboxOf = (house: House): Outbox => {
    const outbox = createOutbox(house, contentOf, (_, ms) => {
      sleeps.push(ms);
      return () => {};
    });
    outboxes.push(outbox);
    return outbox;
  };
  const enqueue = async (house: House, ...deliveries: Delivery[]) => {
    for (const delivery of deliveries) await house.store.enqueue({ kind: 'ticket', id: 'T' }, delivery);
  };
  /** A way to Teams that writes down what it sends, after doing what `post` does. */
  const recording = (
    sent: string[],
    post: (summary: string) => Promise<SendOutcome | undefined>,
  ): Partial<Messenger> => ({
    async post(_, { summary }) {
      const outcome = await post(summary);
      if (outcome) return outcome;
      sent.push(summary);
      return { kind: 'sent', post: { conversation: 'c', activity: `${sent.length}` } };
    },
  });

  test('N3 D6 a lease that ends under its holder on a slow platform lets nothing be sent twice', async () => {
    const sent: string[] = [];
    // Each call takes ten seconds; meanwhile the other instance looks for work, too.
    const slow = recording(sent, async () => {
      building.clock.advance(10_000);
      await new Promise((resolve) => setImmediate(resolve));
      return undefined;
    });
    const [one, other] = [
      await building.house({ messenger: slow }),
      await building.house({ messenger: slow }),
    ];
    await enqueue(one, ...Array.from({ length: 20 }, (_, index) => notice(index + 1)));
    const [first, second] = [outboxOf(one), outboxOf(other)];
    const busy = first.drain();
    for (let round = 0; round < 60; round++) {
      await second.drain();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await busy;
    building.clock.advance(MINUTE_MS);
    await first.drain();
    await second.drain();
    assert.equal(sent.length, new Set(sent).size, sent.join());
    assert.equal(sent.length, 20);
  });

  test('N3 D6 nothing is begun under a lease that could end before Teams has answered', async () => {
    const begunWith: number[] = [];
    let until = 0;
    const slow = recording([], async () => {
      begunWith.push(until - building.clock.now());
      building.clock.advance(20_000);
      return undefined;
    });
    const plain = await building.house({ messenger: slow });
    const house: House = {
      ...plain,
      store: {
        ...plain.store,
        leaseDeliveries: (now, end, most) => {
          until = end;
          return plain.store.leaseDeliveries(now, end, most);
        },
      },
    };
    await enqueue(house, ...Array.from({ length: 5 }, (_, index) => notice(index + 1)));
    const outbox = outboxOf(house);
    for (let round = 0; round < 5; round++) await outbox.drain();
    assert.equal(begunWith.length, 5);
    // Who is in the channel, a new conversation, the post: ten seconds each.
    for (const left of begunWith) assert.ok(left > 30_000, `${left} ms were left`);
  });

  test('N3 being told to slow down is no failure: however often, the message is not given up', async () => {
    const sent: string[] = [];
    let slowed = 400;
    const house = await building.house({
      messenger: recording(sent, async () =>
        slowed-- > 0 ? { kind: 'retry', reason: '429', counts: false, afterMs: 5_000 } : undefined,
      ),
    });
    await enqueue(house, notice(1));
    const outbox = outboxOf(house);
    for (let round = 0; round < 1_000 && sent.length === 0; round++) {
      await outbox.drain();
      building.clock.advance(5_000);
      if (round !== 10) continue;
      const now = building.clock.now();
      const [waiting] = await house.store.leaseDeliveries(now, now + 1, 1);
      assert.equal(waiting?.attempts, 0);
    }
    assert.deepEqual(sent, ['requesterNotice:1']);
    assert.ok(!building.log.some((line) => line.includes('will be tried again')), 'no warning for each');
    assert.deepEqual(await house.store.failedDeliveries(1), []);
  });

  test('N3 what was asked for first in a conversation is said first, whatever fails in between', async () => {
    const sent: string[] = [];
    let failures = 2;
    const messenger = recording(sent, async (summary) =>
      summary.endsWith(':1') && failures-- > 0 ? { kind: 'retry', reason: '503', counts: true } : undefined,
    );
    const house = await building.house({ messenger });
    const outbox = outboxOf(house);
    await enqueue(house, notice(1), notice(2));
    await outbox.drain();
    // Asked for while the first one waits: it must not overtake.
    await enqueue(house, notice(3), notice(4, { to: { kind: 'person', person: PERSON.luca } }));
    await outbox.drain();
    assert.deepEqual(sent, ['requesterNotice:4'], 'another conversation goes on');
    for (let round = 0; round < 5; round++) {
      building.clock.advance(2_000);
      await outbox.drain();
    }
    assert.deepEqual(sent.slice(1), ['requesterNotice:1', 'requesterNotice:2', 'requesterNotice:3']);
  });

  test('N2 who is told of a new ticket is told once its card stands, to which the notice leads', async () => {
    const sent: string[] = [];
    // Teams takes its time over the channel, and is quick in chats.
    const slow = recording(sent, async (summary) => {
      for (let turn = 0; turn < 20 && summary === 'queueCard'; turn++)
        await new Promise((resolve) => setImmediate(resolve));
      return undefined;
    });
    const house = await building.house({ messenger: slow });
    // More people than are served side by side; and whoever asked waits for no channel.
    const told = Array.from({ length: 12 }, (_, index) =>
      notice(index + 2, { kind: 'personalNotice', to: { kind: 'person', person: `P${index}` } }),
    );
    await enqueue(house, ...told, notice(1), queueCard());
    await outboxOf(house).drain();
    assert.deepEqual(sent.slice(0, 2), ['requesterNotice:1', 'queueCard']);
    assert.equal(sent.length, 14);
  });

  test('N3 a delivery that fails again and again does not hold up its conversation for ever', async () => {
    const sent: string[] = [];
    const messenger = recording(sent, async (summary) =>
      summary.endsWith(':1') ? { kind: 'retry', reason: '500', counts: true } : undefined,
    );
    const house = await building.house({ messenger });
    const outbox = outboxOf(house);
    await enqueue(house, notice(1), notice(2));
    for (let round = 0; round < 20; round++) {
      building.clock.advance(1_000);
      await outbox.drain();
    }
    assert.deepEqual(sent, ['requesterNotice:2']);
  });

  test('N3 a delivery that always fails is given up after about a day, and told', async () => {
    const sent: string[] = [];
    const messenger = recording(sent, async (summary) =>
      summary.startsWith('alert:') ? undefined : { kind: 'retry', reason: '500', counts: true },
    );
    const house = await building.house({ messenger });
    const outbox = outboxOf(house);
    const start = building.clock.now();
    await enqueue(house, notice(1));
    let rounds = 0;
    while ((await house.store.failedDeliveries(1)).length === 0 && rounds++ < 1_000) {
      const next = (await house.store.nextDeliveryAt()) ?? 0;
      if (next > building.clock.now()) building.clock.advance(next - building.clock.now());
      await outbox.drain();
    }
    const hours = (building.clock.now() - start) / 3_600_000;
    assert.ok(hours > 20 && hours < 28, `${hours} hours`);
    await outbox.drain();
    // That it does not leave, after a quarter of an hour; and that it never will.
    assert.deepEqual(sent, [`alert:${PERSON.elena}`, `alert:${PERSON.elena}`]);
    assert.deepEqual(
      (await house.store.openAlerts()).map(({ id, params }) => [id, params]),
      [[`deliveryRefused/${PERSON.maria}`, { reason: '500', count: '1' }]],
    );
  });

  test('A6 when it stops, what was leased and not begun is given back, and what has begun is finished', async () => {
    const sent: string[] = [];
    let stopped: Promise<void> | undefined;
    const messenger = recording(sent, async () => {
      stopped ??= first.stop(60_000);
      await new Promise((resolve) => setImmediate(resolve));
      return undefined;
    });
    const house = await building.house({ messenger });
    const heir = await building.house({ messenger: recording(sent, async () => undefined) });
    const first = outboxOf(house);
    await enqueue(house, notice(1), notice(2), notice(3));
    await first.drain();
    await stopped;
    assert.deepEqual(sent, ['requesterNotice:1']);
    await outboxOf(heir).drain();
    assert.deepEqual(sent, ['requesterNotice:1', 'requesterNotice:2', 'requesterNotice:3'], 'at once');
  });

  test('A6 what hangs when it stops is not waited for, and not given back: it may have arrived', async () => {
    let hanging = () => {};
    const messenger = recording([], async () => {
      const now = new Promise<undefined>(() => {});
      hanging();
      return now;
    });
    const house = await building.house({ messenger });
    const outbox = createOutbox(house, contentOf, (run) => {
      run();
      return () => {};
    });
    await enqueue(house, notice(1));
    const begun = new Promise<void>((resolve) => {
      hanging = resolve;
    });
    outbox.nudge();
    await begun;
    await outbox.stop(1);
    assert.deepEqual(
      await house.store.leaseDeliveries(building.clock.now(), building.clock.now() + 1, 10),
      [],
    );
  });

  test('N3 the longest Retry-After makes no timer that fires at once', async () => {
    const messenger = recording([], async () => ({
      ...{ kind: 'retry', reason: '429', counts: false },
      afterMs: 60 * 86_400_000,
    }));
    const house = await building.house({ messenger });
    sleeps.length = 0;
    await enqueue(house, notice(1));
    await outboxOf(house).drain();
    assert.ok(sleeps.length > 0);
    for (const ms of sleeps) assert.ok(ms <= LONGEST_TIMER_MS, `${ms}`);
  });

  test('W4 a reply in a thread is not posted before the card that it hangs from', async () => {
    const sent: string[] = [];
    const roots: (string | undefined)[] = [];
    const house = await building.house({
      messenger: {
        async post(_, { summary }, thread) {
          sent.push(summary);
          roots.push(thread?.activity);
          return { kind: 'sent', post: { conversation: 'c', activity: `activity of ${summary}` } };
        },
      },
    });
    const outbox = outboxOf(house);
    const reply = notice(2, {
      key: 'thread:2',
      kind: 'threadNotice',
      to: { kind: 'thread', queue: 'finance' },
    });
    await enqueue(house, reply);
    for (let round = 0; round < 5; round++) {
      await outbox.drain();
      building.clock.advance(60_000);
    }
    assert.deepEqual(sent, []);
    await enqueue(house, queueCard({ key: 'card:finance' }));
    for (let round = 0; round < 5; round++) {
      await outbox.drain();
      building.clock.advance(60_000);
    }
    assert.deepEqual(sent, ['card:finance', 'thread:2']);
    assert.deepEqual(roots, [undefined, 'activity of card:finance']);
  });

  test('N3 a card whose content cannot be made is tried again, and holds up nobody', async () => {
    const sent: string[] = [];
    const house = await building.house({ messenger: recording(sent, async () => undefined) });
    let broken = true;
    const outbox = createOutbox(
      house,
      async (_, { key }) => {
        if (broken && key.endsWith(':1')) throw new Error('this card breaks');
        return { card: {}, summary: key };
      },
      () => () => {},
    );
    outboxes.push(outbox);
    await enqueue(house, notice(1), notice(2));
    await outbox.drain();
    assert.deepEqual(sent, ['requesterNotice:2']);
    broken = false;
    building.clock.advance(2_000);
    await outbox.drain();
    assert.deepEqual(sent, ['requesterNotice:2', 'requesterNotice:1']);
  });

  /** The house on a store that cannot be written to for a while after something was sent. */
  const forgetful = (house: House, refusals: number): House => {
    let left = refusals;
    return {
      ...house,
      store: {
        ...house.store,
        acknowledge: (delivery, post) =>
          left-- > 0
            ? Promise.reject(new Error('the store is away'))
            : house.store.acknowledge(delivery, post),
      },
    };
  };
  /** Waits by moving the clock. */
  const waiting = (run: () => void, ms: number) => {
    building.clock.advance(ms);
    run();
    return () => {};
  };

  test('A3 N3 what was sent is noted when the store can be written to again, and is not sent twice', async () => {
    const sent: string[] = [];
    const house = await building.house({ messenger: recording(sent, async () => undefined) });
    await enqueue(house, notice(1));
    const outbox = createOutbox(forgetful(house, 4), contentOf, waiting);
    outboxes.push(outbox);
    await outbox.drain();
    assert.deepEqual(sent, ['requesterNotice:1']);
    building.clock.advance(3 * MINUTE_MS);
    await outboxOf(house).drain();
    assert.deepEqual(sent, ['requesterNotice:1']);
    assert.equal(await house.store.nextDeliveryAt(), undefined);
  });

  test('A3 N3 what the store did not note keeps its lease: nobody may send it again before that has ended', async () => {
    const sent: string[] = [];
    const house = await building.house({ messenger: recording(sent, async () => undefined) });
    await enqueue(house, notice(1));
    const waits: number[] = [];
    const outbox = createOutbox(forgetful(house, 99), contentOf, (run, ms) => {
      waits.push(ms);
      // The last is for beginning anew after a fault.
      return waits.length > 5 ? () => {} : waiting(run, ms);
    });
    outboxes.push(outbox);
    await outbox.drain();
    assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 1_000]);
    await outboxOf(house).drain();
    assert.deepEqual(sent, ['requesterNotice:1']);
    building.clock.advance(MINUTE_MS);
    await outboxOf(house).drain();
    assert.deepEqual(sent, ['requesterNotice:1', 'requesterNotice:1'], 'it may not have arrived');
  });
});
