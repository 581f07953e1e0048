import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Desk } from '../../src/domain/desk.ts';
import { testDesk } from '../support/desk.ts';
import { wordsOf } from './support/cards.ts';
import {
  act,
  cardsIn,
  heardBy,
  historyOf,
  lastHeardBy,
  openTicket,
  queueCardOf,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('another desk takes the place of the one in use', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.stop());

  const without = (queue: string): Desk => {
    const desk = testDesk();
    return { ...desk, queues: new Map([...desk.queues].filter(([id]) => id !== queue)) };
  };
  async function use(desk: Desk): Promise<void> {
    await stage.bot.useDesk(desk);
    await stage.pass(1_000);
    await stage.settle();
  }

  test('A5 names, rights and words are those of the new desk from the next turn on', async () => {
    const ticket = await openTicket(stage);
    const desk = testDesk();
    const people = [...desk.people].map(([id, person]) => [id, { ...person, agentOf: ['taxes'] }] as const);
    await use({ ...desk, people: new Map(people) });
    const refused = await act(stage, 'anna', queueCardOf(stage, ticket), 'claim').catch((error) =>
      String(error),
    );
    assert.doesNotMatch(JSON.stringify(refused), /Presa in carico da te/);
    assert.equal((await reread(stage, ticket)).owner, undefined);
  });

  test('A5 open tickets of a queue that has vanished are worked where what fits nowhere is', async () => {
    const ticket = await openTicket(stage);
    const old = queueCardOf(stage, ticket);
    await act(stage, 'anna', old, 'claim');
    await stage.settle();
    await use(without('finance'));
    const moved = await reread(stage, ticket);
    assert.deepEqual([moved.queue, moved.owner], ['raw', undefined]);
    const card = queueCardOf(stage, moved);
    await act(stage, 'carla', card, 'claim');
    await stage.settle();
    assert.equal((await reread(stage, ticket)).owner?.name, 'Carla Monti');
    const left = cardsIn(stage, 'finance').find(({ id }) => id === old.id);
    assert.match(left ? wordsOf(left) : '', /Spostata a Da smistare/);
    assert.deepEqual(await stage.store.failedDeliveries(10), []);
    assert.equal((await historyOf(stage, ticket)).filter((type) => type === 'moved').length, 1);
  });

  test('A5 T9 one that was closed there and is reopened later is too', async () => {
    const ticket = await openTicket(stage);
    const card = queueCardOf(stage, ticket);
    await act(stage, 'anna', card, 'claim');
    await act(stage, 'anna', card, 'close', { text: 'Fatto.', outcome: 'solved' });
    await stage.settle();
    await use(without('finance'));
    assert.equal((await reread(stage, ticket)).queue, 'finance', 'closed, it stays where it was');
    await say(stage, 'maria', `${ticket.number} purtroppo non funziona ancora`);
    await stage.pass(1_000);
    await stage.settle();
    const reopened = await reread(stage, ticket);
    assert.deepEqual([reopened.queue, reopened.state.kind], ['raw', 'open']);
    assert.equal(cardsIn(stage, 'raw').length, 1);
  });

  test('A5 a queue that gets another channel has its new cards there', async () => {
    const desk = testDesk();
    const finance = desk.queues.get('finance');
    const taxes = desk.queues.get('taxes');
    assert.ok(finance && taxes);
    await use({
      ...desk,
      queues: new Map([...desk.queues, ['finance', { ...finance, channel: taxes.channel }]]),
    });
    const ticket = await openTicket(stage);
    assert.equal(ticket.queue, 'finance');
    assert.equal(cardsIn(stage, 'finance').length, 0);
    assert.equal(cardsIn(stage, 'taxes').length, 1);
  });

  test('A5 files with a mistake leave the desk at work, and the probe says so without crying wolf', async () => {
    stage.bot.keepDesk([{ file: 'queues.yaml', line: 14, message: 'broken.' }]);
    const probe = await fetch(`${stage.url}/readyz`);
    const state = (await probe.json()) as Record<string, unknown>;
    assert.deepEqual([probe.status, state.desk], [200, 'outdated']);
    await openTicket(stage);
    await use(testDesk());
    const again = (await (await fetch(`${stage.url}/readyz`)).json()) as Record<string, unknown>;
    assert.equal(again.desk, 'ok');
  });

  test('A5 a mistake is told to the administrators once, with its place, and so is that it is mended', async () => {
    const mistake = [{ file: 'queues.yaml', line: 14, message: 'unknown calendar “uffici”.' }];
    stage.bot.keepDesk(mistake);
    for (let n = 0; n < 5; n++) {
      await stage.pass(60_000);
      await stage.settle();
    }
    const told = heardBy(stage, 'elena');
    assert.equal(told.length, 1);
    assert.match(
      wordsOf(lastHeardBy(stage, 'elena')),
      /queues\.yaml:14.*unknown calendar “uffici”.*desk di prima/s,
    );
    await use(testDesk());
    await stage.pass(300_000);
    await stage.settle();
    assert.equal(heardBy(stage, 'elena').length, 1);
    assert.match(wordsOf(lastHeardBy(stage, 'elena')), /Risolto/);
    stage.bot.keepDesk([{ file: 'rules.yaml', message: 'another one.' }]);
    await stage.pass(1_000);
    await stage.settle();
    assert.equal(heardBy(stage, 'elena').length, 2, 'another mistake is another card');
  });
});
