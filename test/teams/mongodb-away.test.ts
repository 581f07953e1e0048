/** MongoDB dies under a bot that works: what people see, what administrators see, and that it goes on by itself. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../src/stores/open.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { type LossyProxy, startProxy } from '../support/proxy.ts';
import { dataOf } from './support/cards.ts';
import { cardsIn, heardBy, look, openTicket, press, queueCardOf, reread, say } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

/** What is asked of the store meanwhile fails so soon; in earnest it waits for fifteen seconds. */
const OPTIONS = 'directConnection=true&retryWrites=false&serverSelectionTimeoutMS=200';
const APOLOGY = /Qualcosa è andato storto.* codice: (\w+)/;

await onMongoDB(({ newBackend }) => {
  /** Sportello on a database of its own behind a proxy. */
  async function onStage(body: (stage: Stage, proxy: LossyProxy) => Promise<void>): Promise<void> {
    const backend = await newBackend();
    const target = /^mongodb:\/\/(?:[^@]*@)?([^/,?]+)/.exec(backend.url)?.[1];
    assert.ok(target, 'MONGODB_URL names a host');
    const proxy = await startProxy(target);
    const url = backend.url.replace(target, proxy.address);
    const open = () => openStore(`${url}${url.includes('?') ? '&' : '?'}${OPTIONS}`);
    try {
      const stage = await setStage({ open, bot: { metrics: true } });
      try {
        await body(stage, proxy);
      } finally {
        proxy.revive();
        await stage.stop();
      }
    } finally {
      await proxy.close();
      await backend.dispose();
    }
  }

  const probe = async ({ url }: Stage) => {
    const response = await fetch(`${url}/readyz`);
    return { status: response.status, ...((await response.json()) as { store: string; ready: boolean }) };
  };

  test('A3 A6 while MongoDB is dead each person is told so with a code, nothing is changed, and it goes on when it lives again', () =>
    onStage(async (stage, proxy) => {
      const ticket = await openTicket(stage);
      const card = queueCardOf(stage, ticket);
      const heard = heardBy(stage, 'maria').length;
      // Committed and not sent: Teams does not take it before the store dies.
      await stage.withFault({ effect: { kind: 'status', status: 503 } }, async () => {
        await say(stage, 'maria', `${ticket.number} succede anche alla collega`);
        await stage.quiet();
      });

      const claim = dataOf(await look(stage, 'anna', card), 'claim');
      proxy.die();
      const pressed = JSON.stringify(await press(stage, 'anna', card, claim));
      await say(stage, 'maria', `${ticket.number} c’è qualcuno?`);
      const told = [pressed, heardBy(stage, 'maria').at(-1)?.text ?? ''].map(
        (text) => APOLOGY.exec(text)?.[1],
      );
      assert.ok(told[0] && told[1], `${pressed} ${heardBy(stage, 'maria').at(-1)?.text}`);
      const faults = stage.log
        .map((line) => JSON.parse(line) as { msg: string; correlation: string; err?: { stack: string } })
        .filter(({ msg }) => msg === 'a turn broke');
      assert.deepEqual(
        faults.map(({ correlation }) => correlation),
        told,
        'administrators find the codes',
      );
      assert.match(faults[1]?.err?.stack ?? '', /node_modules\/mongodb\//, 'and where it broke');
      assert.deepEqual(
        [
          (await probe(stage)).status,
          (await probe(stage)).store,
          (await fetch(`${stage.url}/healthz`)).status,
        ],
        [503, 'failing', 200],
      );
      const figures = await (await fetch(`${stage.url}/metrics`)).text();
      assert.match(figures, /^sportello_turn_seconds_count\{kind="action",outcome="fault"\} 1$/m);
      assert.match(figures, /^sportello_store_seconds_count\{operation="ticket",outcome="error"\} [1-9]/m);
      assert.match(figures, /^sportello_outbox_deliveries Nan$/m, 'what nobody knows is no number');
      // Timed things fail and are due at the next look.
      await assert.rejects(stage.bot.tick());

      proxy.revive();
      while (!(await probe(stage)).ready);
      const before = await reread(stage, ticket);
      assert.equal(before.owner, undefined, 'what people were told had failed has failed');
      assert.equal(before.articles.length, ticket.articles.length + 1);
      assert.match(JSON.stringify(await press(stage, 'anna', card, claim)), /Anna Conti/);
      await say(stage, 'maria', `${ticket.number} ora va?`);
      await stage.settle();
      const after = await reread(stage, ticket);
      assert.equal(after.owner?.name, 'Anna Conti');
      assert.equal(after.articles.length, before.articles.length + 1);
      assert.equal(await stage.store.nextDeliveryAt(), undefined, 'what waited has been sent');
      assert.equal(cardsIn(stage, 'finance').length, 1);
      assert.ok(heardBy(stage, 'maria').length > heard + 1);
    }));

  test('N3 what Teams took while MongoDB died is written down when it lives again, and not sent twice', () =>
    onStage(async (stage, proxy) => {
      const ticket = await openTicket(stage);
      await stage.withFault({ effect: { kind: 'status', status: 503 } }, async () => {
        await say(stage, 'maria', `${ticket.number} succede anche alla collega`);
        await stage.quiet();
      });
      const heard = stage.local.calls.length;
      proxy.loseAnswerTo('findAndModify');
      await stage.settle();
      assert.equal(proxy.lost(), 1);
      assert.equal(await stage.store.nextDeliveryAt(), undefined);
      assert.ok(stage.local.calls.length > heard);
      assert.equal(cardsIn(stage, 'finance').length, 1);
    }));
});
