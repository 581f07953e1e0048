import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, dialogsOf, textOf, wordsIn, wordsOf } from './support/cards.ts';
import { act, heardBy, lastHeardBy, look, openTicket, press, queueCardOf, say } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const NOTE = 'La tesoreria risponde solo il giovedì';

describe('following a ticket, and what is read first on it', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    await stage.settle();
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  const pressOn = async (who: 'anna' | 'bruno', verb: string) => {
    const found = buttonsOf(await look(stage, who, card)).find(({ data }) => data.verb === verb);
    assert.ok(found, `${who} has no ${verb}`);
    return press(stage, who, card, found.data);
  };

  test('T12 one click, and who follows is told what the owner is told', async () => {
    await act(stage, 'anna', card, 'claim');
    const before = heardBy(stage, 'bruno').length;
    assert.match(wordsIn(await pressOn('bruno', 'watch')), /riceverai gli stessi avvisi del gestore/);
    await stage.settle();
    assert.equal(heardBy(stage, 'bruno').length, before, 'nobody is told what they did themselves');
    await say(stage, 'maria', `${ticket.number} è il mandato 1234`);
    await stage.settle();
    for (const who of ['anna', 'bruno'] as const)
      assert.match(wordsOf(lastHeardBy(stage, who)), /Maria Rinaldi ha scritto[\s\S]*è il mandato 1234/);
  });

  test('T12 with one more click they hear no more of it', async () => {
    assert.match(wordsIn(await pressOn('bruno', 'unwatch')), /Non la segui più/);
    const before = heardBy(stage, 'bruno').length;
    await say(stage, 'maria', `${ticket.number} anzi il 1235`);
    await stage.settle();
    assert.equal(heardBy(stage, 'bruno').length, before);
  });

  test('T18 a note marked as important is read first, on the card and in the history', async () => {
    await act(stage, 'anna', card, 'note', { text: NOTE });
    await say(stage, 'maria', `${ticket.number} grazie, aspetto`);
    await stage.settle();
    const seen = await look(stage, 'anna', card);
    assert.ok(!textOf(seen).includes(NOTE), 'the latest communication is another');
    const noted = (await stage.store.ticket(ticket.number))?.articles.find(({ text }) => text === NOTE);
    const marked = await act(stage, 'anna', card, 'mark', { article: `+${noted?.id}` });
    assert.match(wordsIn(marked), /★ Importante · Nota interna[\s\S]*La tesoreria risponde solo/);
    const data = dialogsOf(await look(stage, 'anna', card)).find(({ verb }) => verb === 'history');
    const history = await stage.local.dialog({
      ...{ as: PERSON.anna, conversation: card.conversation, message: card.id, step: 'fetch' },
      data: { ...data },
    });
    assert.equal(history.kind, 'dialog');
    const words = history.kind === 'dialog' ? textOf(history.card) : '';
    assert.ok(words.indexOf(NOTE) < words.indexOf('aspetto') && words.includes('★ Nota interna'));
  });

  test('T18 a choice that the list does not have is answered at the field', async () => {
    const answer = await act(stage, 'anna', card, 'mark', { article: '+99' });
    assert.match(wordsIn(answer), /Questa comunicazione non c’è/);
  });
});
