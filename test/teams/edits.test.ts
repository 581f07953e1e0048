import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { PERSON, TENANT } from '../support/desk.ts';
import { type Activity, deliver, message } from './support/activities.ts';
import { dataOf, textOf, wordsOf } from './support/cards.ts';
import {
  act,
  CLEAR,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  postsIn,
  press,
  queueCardOf,
  replying,
  reread,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const ID = '1793870100001';

describe('what people edit or delete in the chat', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.stop());

  const done = async (type: string, eventType: string, text: string | undefined, over: Activity = {}) => {
    const heard = heardBy(stage, 'maria').length;
    const activity = message(stage, 'maria', '', {
      ...{ id: ID, type, text, channelData: { tenant: { id: TENANT }, eventType } },
      ...over,
    });
    assert.equal((await deliver(stage, activity)).status, 200);
    await stage.settle();
    return heardBy(stage, 'maria').slice(heard).map(wordsOf).join('\n');
  };
  const edit = (text: string, over: Activity = {}) => done('messageUpdate', 'editMessage', text, over);
  const write = async (text: string, id = ID) => {
    await deliver(stage, message(stage, 'maria', text, { id }));
    await stage.settle();
  };
  const send = async (inputs = {}) => {
    const form = heardBy(stage, 'maria').findLast(({ cards }) => cards.length > 0);
    assert.ok(form);
    await press(stage, 'maria', form, dataOf(form.cards[0], 'sendRequest'), inputs);
    await stage.settle();
    const [ticket] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.ok(ticket);
    return ticket;
  };
  const texts = async (ticket: { readonly number: string }) =>
    (await reread(stage, ticket)).articles.map(({ text }) => text);

  test('I1 the draft follows, and the form that stood there sends what is written now', async () => {
    await write(CLEAR);
    assert.match(await edit(`${CLEAR}: è il mandato 4711`), /correzione/);
    assert.equal((await stage.store.pendingDraftOf(PERSON.maria))?.text, `${CLEAR}: è il mandato 4711`);
    assert.deepEqual(await texts(await send({ text: CLEAR })), [`${CLEAR}: è il mandato 4711`]);
  });

  test('I1 of several messages the one is corrected that was edited', async () => {
    await write(CLEAR);
    await write('è il mandato 4710', '1793870100002');
    await edit('è il mandato 4711', { id: '1793870100002' });
    assert.equal((await stage.store.pendingDraftOf(PERSON.maria))?.text, `${CLEAR}\nè il mandato 4711`);
    const ticket = await send();
    await edit('è il mandato 4712', { id: '1793870100002' });
    assert.deepEqual((await texts(ticket)).at(-1), 'è il mandato 4712');
  });

  test('T10 afterwards the ticket says that it was corrected, once, and who works it is told', async () => {
    await write(CLEAR);
    const ticket = await send();
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    const over = { timestamp: '2026-11-05T10:00:00Z' };
    assert.match(await edit('è il mandato 4711', over), new RegExp(`Correzione aggiunta.*${ticket.number}`));
    assert.equal(await edit('è il mandato 4711', over), '', 'the same, delivered again');
    await stage.restart();
    assert.equal(await edit('è il mandato 4711', over), '', 'the same, after a restart');
    assert.equal(await edit('è il mandato 4711'), '', 'another edit that changes nothing');
    assert.deepEqual(await texts(ticket), [CLEAR, 'è il mandato 4711']);
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /Maria Rinaldi ha corretto/);
    const reply = postsIn(stage, ticket.queue).findLast(({ replyTo }) => replyTo !== undefined);
    assert.match(reply ? wordsOf(reply) : '', /ha corretto[\s\S]*4711/);
    assert.match(textOf(await look(stage, 'anna', queueCardOf(stage, ticket))), /Il richiedente ha corretto/);
    await edit('è il mandato 4712', { timestamp: '2026-11-05T10:05:00Z' });
    assert.deepEqual((await texts(ticket)).length, 3);
  });

  test('T10 an edit of what came to the ticket later is told, too, and none that changes nothing', async () => {
    await write(CLEAR);
    const ticket = await send();
    await write(`${ticket.number} è il 4710`, '1793870100003');
    assert.equal(await edit(`${ticket.number} è il 4710`, { id: '1793870100003' }), '');
    await edit(`${ticket.number} è il 4711`, { id: '1793870100003' });
    assert.equal((await texts(ticket)).at(-1), `${ticket.number} è il 4711`);
    assert.equal((await texts(ticket)).length, 3);
  });

  test('T10 what is deleted stays, and the history says so; so it does of what is restored', async () => {
    await write(CLEAR);
    assert.match(await done('messageDelete', 'softDeleteMessage', undefined), /resta nella richiesta/);
    assert.equal((await stage.store.pendingDraftOf(PERSON.maria))?.text, CLEAR);
    const ticket = await send();
    assert.match(
      await done('messageDelete', 'softDeleteMessage', undefined, { timestamp: 'later' }),
      new RegExp(`resta nella richiesta ${ticket.number}`),
    );
    assert.equal(await done('messageDelete', 'softDeleteMessage', undefined, { timestamp: 'x' }), '');
    assert.deepEqual(await texts(ticket), [CLEAR]);
    assert.equal(await done('messageUpdate', 'undeleteMessage', CLEAR), '');
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'messageDeleted', 'messageDeleted']);
    const card = queueCardOf(stage, ticket);
    const opened = await stage.local.dialog({
      ...{ as: PERSON.anna, conversation: card.conversation, message: card.id, step: 'fetch' },
      data: { verb: 'history', number: ticket.number },
    });
    assert.match(textOf((opened as { card: unknown }).card), /ha cancellato in chat/);
  });

  test('T9 thanks that are edited into a complaint reopen what was closed', async () => {
    await write(CLEAR);
    const ticket = await send();
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Fatto.', 'close'));
    await stage.settle();
    await write('grazie', '1793870100004');
    stage.clock.advance(1);
    await edit('grazie, ma non funziona ancora', { id: '1793870100004' });
    assert.equal((await reread(stage, ticket)).state.kind, 'open');
  });

  test('A2 an edit of what nobody has made anything of is left alone', async () => {
    assert.equal(await edit('x'), '');
    await write('?');
    assert.equal(await edit('aiuto'), '');
    assert.equal(await done('messageUpdate', 'editMessage', undefined), '');
    assert.equal(await done('messageDelete', 'softDeleteMessage', undefined, { from: { id: '29:x' } }), '');
    assert.equal(
      await done('messageUpdate', 'editMessage', 'x', {
        conversation: { id: '19:x', conversationType: 'channel' },
      }),
      '',
    );
    assert.equal(await stage.store.pendingDraftOf(PERSON.maria), undefined);
    const id = '1793870100009';
    await write(CLEAR, id);
    assert.match(await edit('x'.repeat(20_000), { id }), /lungo 20.000 caratteri/);
    assert.equal((await stage.store.pendingDraftOf(PERSON.maria))?.text, CLEAR);
  });
});
