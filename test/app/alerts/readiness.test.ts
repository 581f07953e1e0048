import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReadiness, type ReadinessParts } from '../../../src/app/alerts/readiness.ts';
import { signalsInto } from '../../support/signals.ts';

/** A bot all of whose parts are well, and time that only the test lets pass. */
function wellBot(over: Partial<ReadinessParts> = {}) {
  const state = { now: 0, late: [] as (() => void)[], lines: [] as string[] };
  const readiness = createReadiness({
    store: { nextDeliveryAt: async () => undefined },
    token: async () => 'token',
    deskIsCurrent: () => true,
    stopping: () => false,
    now: () => state.now,
    later: (run) => {
      state.late.push(run);
      return () => {};
    },
    log: signalsInto(state.lines).log,
    ...over,
  });
  return { state, readiness };
}

test('A6 it is ready while store and token answer, and an outdated desk is still a desk', async () => {
  const { readiness } = wellBot({ deskIsCurrent: () => false });
  assert.deepEqual(await readiness(), {
    ...{ ready: true, store: 'ok', desk: 'outdated', token: 'ok', stopping: false },
  });
});

test('A6 it is not ready while it is being stopped, from one moment to the next', async () => {
  let stopping = false;
  const { readiness } = wellBot({ stopping: () => stopping });
  assert.equal((await readiness()).ready, true);
  stopping = true;
  assert.equal((await readiness()).ready, false);
});

test('A6 a store that hangs makes it not ready, and no probe waits for it for long', async () => {
  const { state, readiness } = wellBot({ store: { nextDeliveryAt: () => new Promise(() => {}) } });
  const answer = readiness();
  await new Promise((resolve) => setImmediate(resolve));
  for (const run of state.late) run();
  assert.deepEqual([(await answer).ready, (await answer).store], [false, 'failing']);
});

test('A6 a refused token makes it not ready, is asked for again half a minute later and no sooner, and is logged without the answer', async () => {
  let asked = 0;
  let refused = true;
  const { state, readiness } = wellBot({
    token: async () => {
      asked += 1;
      if (refused) throw new Error('the login server refused the bot: "invalid secret of Maria"');
    },
  });
  for (state.now = 0; state.now < 30_000; state.now += 1_000) assert.equal((await readiness()).ready, false);
  assert.equal(asked, 1);
  assert.doesNotMatch(state.lines.join(), /Maria/);
  refused = false;
  assert.equal((await readiness()).ready, true);
  assert.equal(asked, 2);
});

test('A6 many probes at once ask the store once', async () => {
  let asked = 0;
  const { state, readiness } = wellBot({ store: { nextDeliveryAt: async () => void asked++ } as never });
  await Promise.all(Array.from({ length: 50 }, readiness));
  assert.equal(asked, 1);
  state.now += 1_000;
  await readiness();
  assert.equal(asked, 2);
});
