import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRunning } from '../../src/teams/running.ts';
import { deliver, message } from './support/activities.ts';
import { dataOf } from './support/cards.ts';
import { cardsIn, heardBy, look, openTicket, press, queueCardOf, reread } from './support/people.ts';
import { setStage } from './support/stage.ts';

test('A6 while it stops it is not ready and takes no new turn, but the one that runs is finished and answered', async () => {
  const stage = await setStage();
  try {
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    const claim = dataOf(await look(stage, 'anna', card), 'claim');
    // The turn hangs in the store until the test lets it go on.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let begun = () => {};
    const inside = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { ticket: read } = stage.store;
    (stage.store as { ticket: unknown }).ticket = async (number: string) => {
      begun();
      await held;
      return read(number);
    };
    const running = press(stage, 'anna', card, claim);
    await inside;
    const stopped = stage.bot.stop();
    await new Promise((resolve) => setImmediate(resolve));
    const probe = await fetch(`${stage.url}/readyz`);
    assert.equal(probe.status, 503);
    assert.match(await probe.text(), /"stopping":true/);
    const late = await fetch(`${stage.url}/api/messages`, { method: 'POST', body: '{}' });
    assert.deepEqual([late.status, late.headers.get('retry-after')], [503, '1']);
    assert.equal(late.headers.get('connection'), 'close');
    letGo();
    assert.equal((await running).kind, 'card');
    await stopped;
    await assert.rejects(fetch(`${stage.url}/readyz`), 'the door is closed');
    await stage.restart();
    assert.equal((await reread(stage, ticket)).owner?.name, 'Anna Conti');
  } finally {
    await stage.stop();
  }
});

test('A6 A3 what one instance leaves as it stops another one does, once', async () => {
  const stage = await setStage();
  try {
    const heir = await stage.another();
    const first = stage.bot;
    // Committed, and nothing of it sent: the connector answers nobody.
    stage.local.addFault({ effect: { kind: 'status', status: 503 } });
    await deliver(
      stage,
      message(stage, 'maria', 'non riesco a emettere i mandati, esce soggetto inesistente'),
    );
    await first.stop();
    stage.local.clearFaults();
    stage.clock.advance(5_000);
    await heir.bot.drain();
    assert.equal(heardBy(stage, 'maria').length, 1);
    assert.equal(cardsIn(stage, 'finance').length, 0);
  } finally {
    await stage.stop();
  }
});

test('A6 whoever waits for what runs waits for it, and not for ever', async () => {
  const running = createRunning();
  let end = () => {};
  const work = running.run(
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  assert.equal(await running.finish(1), 1);
  assert.equal(running.ended, true);
  const finished = running.finish(60_000);
  end();
  assert.equal(await finished, 0);
  await work;
  assert.equal(await createRunning().finish(60_000), 0);
});
