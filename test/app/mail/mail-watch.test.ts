import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { createMailWatch } from '../../../src/app/mail/mail-watch.ts';
import type { Mailbox } from '../../../src/app/ports/mail.ts';
import { type Building, build } from '../support/house.ts';

describe('looking into the mailbox', () => {
  let building: Building;
  beforeEach(async () => {
    building = await build();
  });
  afterEach(() => building.demolish());

  /** A mailbox whose looks end when the test says so. */
  async function watched() {
    const looks: (() => void)[] = [];
    const mailbox: Mailbox = {
      look: () => new Promise((resolve) => looks.push(() => resolve({ kind: 'looked' }))),
    };
    const waits: (() => void)[] = [];
    const later = (run: () => void) => {
      waits.push(run);
      return () => {};
    };
    const correlation = { follow: <T>(run: () => T) => run(), id: () => 'id' };
    const watch = createMailWatch(await building.house(), mailbox, { later, correlation });
    return { watch, looks, waits };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  test('W9 whoever asks during a look gets one more: what has just come may have been missed', async () => {
    const { watch, looks } = await watched();
    void watch.look();
    await turn();
    let done = false;
    const asked = Promise.all([watch.look(), watch.look()]).then(() => {
      done = true;
    });
    looks[0]?.();
    await turn();
    assert.equal(looks.length, 2, 'one for both');
    assert.equal(done, false);
    looks[1]?.();
    await asked;
    assert.equal(looks.length, 2);
  });

  test('W9 no look follows once it is stopped, and stopping waits for the one under way', async () => {
    const { watch, looks, waits } = await watched();
    watch.begin();
    assert.equal(looks.length, 0, 'not while the program starts');
    waits[0]?.();
    await turn();
    void watch.look();
    let stopped = false;
    const stopping = watch.stop().then(() => {
      stopped = true;
    });
    await turn();
    assert.equal(stopped, false);
    looks[0]?.();
    await stopping;
    await turn();
    assert.equal(looks.length, 1);
    assert.equal(waits.length, 1);
  });
});
