/** A store that takes five seconds for each write: what people see, what administrators see, and that nothing happens twice. */

import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { Store } from '../../src/app/ports/store.ts';
import { type OpenedStore, openStore } from '../../src/stores/open.ts';
import { ANSWER_WITHIN_MS } from '../../src/teams/bot.ts';
import { dataOf, wordsOf } from './support/cards.ts';
import {
  act,
  cardsIn,
  heardBy,
  historyOf,
  look,
  openTicket,
  press,
  queueCardOf,
  replying,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const SLOW_MS = 5_000;
const WRITES: readonly (keyof Store)[] = [
  'nextCounter',
  'commitTicket',
  'commitDraft',
  'leaseDeliveries',
  'acknowledge',
  'postpone',
  'fail',
  'enqueue',
  'saveProfile',
  'keepFormDraft',
  'forgetFormDraft',
];

let stage: Stage;
afterEach(() => stage.stop());

type Call = (...parameters: readonly unknown[]) => Promise<unknown>;

/** The store with something to wait for before each of these calls. */
function slowed(
  opened: OpenedStore,
  calls: readonly (keyof Store)[],
  before: () => Promise<void>,
): OpenedStore {
  const slow = calls.map((name) => {
    const call = opened.store[name] as Call;
    const waits: Call = async (...parameters) => {
      await before();
      return call(...parameters);
    };
    return [name, waits];
  });
  return { ...opened, store: { ...opened.store, ...Object.fromEntries(slow) } as Store };
}

test('A3 N3 with five seconds for each write all is told once and sent once, also beside a second instance', async () => {
  stage = await setStage({
    open: async (url) => slowed(await openStore(url), WRITES, async () => void stage?.clock.advance(SLOW_MS)),
  });
  const { bot } = await stage.another();
  const ticket = await openTicket(stage);
  const card = queueCardOf(stage, ticket);
  await act(stage, 'anna', card, 'claim');
  await act(stage, 'anna', card, 'reply', replying('Ci siamo.', 'waitRequester'));
  await say(stage, 'maria', 'Grazie, aspetto');
  await Promise.all([stage.bot.drain(), bot.drain()]);
  await stage.settle();
  assert.equal(await stage.store.nextDeliveryAt(), undefined, 'the outbox is empty');
  assert.equal(cardsIn(stage, 'finance').length, 1);
  assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/);
  for (const who of ['anna', 'dario', 'maria'] as const) {
    const told = heardBy(stage, who).map((message) => wordsOf(message) || message.text);
    assert.equal(new Set(told).size, told.length, `${who} is told nothing twice`);
  }
});

/** A store whose commits wait until they are let go, and when the first of them has begun. */
async function heldStage(): Promise<{
  stage: Stage;
  hold: () => void;
  letGo: () => void;
  begun: Promise<void>;
}> {
  let letGo = () => {};
  let held: Promise<void> = Promise.resolve();
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let holding = false;
  stage = await setStage({
    bot: {
      later(run, ms) {
        // Teams' patience is at its end as soon as the store holds the turn up, and not before.
        const timer = holding && ms === ANSWER_WITHIN_MS ? setTimeout(run) : setTimeout(run, ms).unref();
        return () => clearTimeout(timer);
      },
    },
    open: async (url) =>
      slowed(await openStore(url), ['commitTicket'], async () => {
        if (holding) begin();
        await held;
      }),
  });
  return {
    stage,
    begun,
    hold() {
      holding = true;
      held = new Promise((resolve) => {
        letGo = resolve;
      });
    },
    letGo: () => letGo(),
  };
}

test('A3 whoever presses a button on a slow store is told in time to wait, and pressing again does it once', async () => {
  const { hold, letGo, begun } = await heldStage();
  const ticket = await openTicket(stage);
  const card = queueCardOf(stage, ticket);
  const claim = dataOf(await look(stage, 'anna', card), 'claim');
  hold();
  for (let time = 0; time < 2; time++)
    assert.match(JSON.stringify(await press(stage, 'anna', card, claim)), /Ci vuole più del solito/);
  assert.match(
    JSON.stringify(await press(stage, 'bruno', card, claim, {}, { locale: 'en-GB' })),
    /takes longer than usual/,
  );
  await begun;
  assert.equal((await reread(stage, ticket)).owner, undefined, 'nobody is promised anything yet');
  const late = stage.log.filter((line) => line.includes('a turn takes long'));
  assert.equal(late.length, 3);
  assert.match(late[0] ?? '', /"level":"warn".*"correlation":/);
  letGo();
  await stage.settle();
  assert.equal((await reread(stage, ticket)).owner?.name, 'Anna Conti');
  assert.deepEqual((await historyOf(stage, ticket)).filter((type) => type === 'claimed').length, 1);
  assert.match(wordsOf(queueCardOf(stage, ticket)), /Anna Conti/, 'the card says it by itself');
  assert.match(JSON.stringify(await press(stage, 'anna', card, claim)), /Anna Conti/);
});

test('A6 a turn whose person was told to wait is finished before the bot stops', async () => {
  const { hold, letGo, begun } = await heldStage();
  const ticket = await openTicket(stage);
  const card = queueCardOf(stage, ticket);
  const claim = dataOf(await look(stage, 'anna', card), 'claim');
  hold();
  assert.match(JSON.stringify(await press(stage, 'anna', card, claim)), /Ci vuole più del solito/);
  await begun;
  const { url } = stage;
  const restarted = stage.restart();
  // As long as it works on, it is there: not ready, and not gone.
  for (let time = 0; time < 50; time++) assert.equal((await fetch(`${url}/readyz`)).status, 503);
  letGo();
  await restarted;
  assert.equal((await reread(stage, ticket)).owner?.name, 'Anna Conti');
});
