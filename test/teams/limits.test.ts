import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Desk, Person } from '../../src/domain/desk.ts';
import { PERSON, testDesk } from '../support/desk.ts';
import { textOf, wordsOf } from './support/cards.ts';
import { editsOf, sendsTo } from './support/connector.ts';
import {
  act,
  CLEAR,
  cardsIn,
  channelOf,
  chatOf,
  heardBy,
  historyOf,
  look,
  openTicket,
  press,
  queueCardOf,
  replying,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('under the platform’s limits', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  test('N3 edits of one card are merged: twenty notes make a handful of calls, and the last one shows', async () => {
    const ticket = await openTicket(stage);
    stage.clock.advance(60_000);
    const card = queueCardOf(stage, ticket);
    const before = editsOf(stage, card).length;
    for (let version = 1; version <= 20; version++)
      await press(stage, 'anna', card, {
        ...{ verb: 'note', number: ticket.number, version, text: `Nota numero ${version}` },
      });
    await stage.settle();
    assert.equal((await historyOf(stage, ticket)).length, 21);
    const edits = editsOf(stage, card).slice(before);
    assert.ok(edits.length <= 9, `${edits.length} edits`);
    assert.ok(edits.every(({ status }) => status === 200));
    assert.match(textOf(await look(stage, 'anna', card)), /Nota numero 20/);
  });

  test('N3 what one person is told comes in order, through limits and failures', async () => {
    const ticket = await openTicket(stage);
    stage.clock.advance(60_000);
    const card = queueCardOf(stage, ticket);
    stage.local.addFault({
      ...{ method: 'POST', path: encodeURIComponent(chatOf(stage, 'maria')), times: 2 },
      effect: { kind: 'status', status: 503 },
    });
    for (let index = 1; index <= 12; index++)
      await act(stage, 'anna', card, 'reply', replying(`Passo ${String(index).padStart(2, '0')}`, 'stay'));
    await stage.settle();
    const told = heardBy(stage, 'maria')
      .filter(({ summary }) => summary?.includes('ha risposto'))
      .map((message) => /Passo \d\d/.exec(wordsOf(message))?.[0]);
    assert.equal(told.length, 12);
    assert.deepEqual(told, [...told].sort());
  });
});

/** The test desk with thirty more requesters. */
function busyDesk(): Desk {
  const desk = testDesk();
  const maria = desk.people.get(PERSON.maria) as Person;
  const more = Array.from({ length: 30 }, (_, index): Person => {
    const id = `66666666-0000-4000-8000-${String(index).padStart(12, '0')}`;
    return {
      ...maria,
      id,
      key: `r${index}`,
      name: `Richiedente ${index}`,
      email: `r${index}@comune.example.it`,
    };
  });
  return {
    ...desk,
    people: new Map([...desk.people, ...more.map((person) => [person.id, person] as const)]),
  };
}

test('N3 a burst of thirty tickets, claimed and answered at once, never meets a limit of the platform', async (t) => {
  const stage = await setStage({ desk: busyDesk() });
  t.after(() => stage.stop());
  const start = stage.clock.now();
  const crowd = [...stage.desk.people.values()].filter(({ key }) => /^r\d/.test(key));
  const chats = crowd.map(({ id }) => ({ as: id, conversation: stage.local.personalChat(id) }));
  await Promise.all(chats.map((chat) => stage.local.say({ ...chat, text: CLEAR }).delivered));
  await stage.settle();
  await Promise.all(
    chats.map(async (chat) => {
      const draft = await stage.store.pendingDraftOf(chat.as);
      const message = stage.local.messagesOf(chat.conversation, chat.as).at(-1)?.id ?? '';
      const data = { draft: draft?.id, version: draft?.version };
      await stage.local.press({
        ...{ ...chat, message },
        action: { type: 'Action.Execute', verb: 'sendRequest', data },
      });
    }),
  );
  await stage.settle();
  const cards = cardsIn(stage, 'finance');
  assert.equal(cards.length, 30);
  await Promise.all(
    cards.map((card) => {
      const number = /\d{16}/.exec(card.summary ?? '')?.[0] ?? '';
      const data = { verb: 'reply', number, version: 1, ...replying('Ci pensiamo noi.', 'close') };
      return press(stage, 'anna', card, data);
    }),
  );
  await stage.settle();
  const refused = stage.local.calls.filter(({ status }) => status !== 200 && status !== 201);
  assert.deepEqual(
    refused.map(({ method, path, status }) => [method, path, status]),
    [],
  );
  assert.ok(sendsTo(stage, channelOf(stage, 'finance')).length >= 60);
  assert.ok(stage.clock.now() - start > 12_000, 'eight messages in two seconds is the most');
  for (const { as, conversation } of chats) {
    const told = stage.local.messagesOf(conversation, as).filter(({ from }) => from.bot);
    assert.equal(told.length, 2, 'the request’s card, and that it is solved');
  }
});
