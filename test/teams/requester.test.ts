import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { testDesk } from '../support/desk.ts';
import { buttonsOf, cardIn, dataOf, inputsOf, textOf, verbsOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  dialogIn,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openForm,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  reread,
  sendForm,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const HOUR = 3_600_000;

describe('how it ends for the requester, and the words that agents need every day', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  beforeEach(async () => {
    await stage?.stop();
    const template = (id: string, it: string, more = {}) => ({
      id,
      title: { it: id, en: id },
      text: { it, en: it },
      ...more,
    });
    stage = await setStage({
      desk: {
        ...testDesk(),
        unclaimedAfterHours: 4,
        templates: [
          template('Grazie', 'Gentile {requester}, grazie dell’attesa. {agent}', { courtesy: true }),
          template('Risolto', 'Il problema della richiesta {number} è risolto.'),
        ],
      },
    });
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  const own = () => heardBy(stage, 'maria')[0] as MessageView;

  test('W10 the requester withdraws it on their own card; those who worked it are told, and why', async () => {
    await act(stage, 'anna', card, 'claim');
    await stage.settle();
    const shown = await look(stage, 'maria', own());
    const answer = await press(stage, 'maria', own(), dataOf(shown, 'withdraw'), {
      text: 'Ho risolto da sola.',
    });
    assert.match(wordsIn(answer), /Richiesta ritirata/);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedUnsuccessfully');
    assert.match(
      wordsOf(lastHeardBy(stage, 'anna')),
      /Maria Rinaldi ha ritirato la richiesta.*Ho risolto da sola/s,
    );
    const inThread = postsIn(stage, 'finance').filter(({ replyTo }) => replyTo !== undefined);
    assert.match(inThread.map(wordsOf).join('\n'), /ha ritirato la richiesta/);
  });

  test('W10 T9 a withdrawn request reopens from the same card', async () => {
    const shown = await look(stage, 'maria', own());
    await press(stage, 'maria', own(), dataOf(shown, 'withdraw'));
    await stage.settle();
    const again = await look(stage, 'maria', own());
    await press(stage, 'maria', own(), dataOf(again, 'writeToOffice'), { text: 'Invece no, si ripresenta.' });
    assert.equal((await reread(stage, ticket)).state.kind, 'open');
  });

  test('K2 one press on the stars where the end is told; a low rating reaches the responsible, and there is no second', async () => {
    await act(stage, 'anna', card, 'close', { text: 'Fatto.' });
    await stage.settle();
    const told = lastHeardBy(stage, 'maria');
    const stars = { ...dataOf(told.cards[0], 'rate'), stars: '2' };
    const answer = await press(stage, 'maria', told, stars, { suggestion: 'Più in fretta' });
    assert.match(wordsIn(answer), /Grazie: il tuo giudizio è arrivato/);
    assert.ok(!verbsOf(cardIn(answer)).includes('rate'));
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'dario')), /Maria Rinaldi ha dato 2 stelle.*Più in fretta/s);
    const again = await press(stage, 'maria', told, { ...stars, stars: '5', version: 99 });
    assert.match(wordsIn(again), /Il tuo giudizio c’è già/);
    assert.equal((await historyOf(stage, ticket)).filter((type) => type === 'rated').length, 1);
  });

  test('W8 a courtesy reply takes one click, and is not offered twice', async () => {
    const shown = await look(stage, 'anna', card);
    assert.match(wordsIn(await press(stage, 'anna', card, dataOf(shown, 'courtesy'))), /Risposta inviata/);
    await stage.settle();
    assert.match(
      wordsOf(lastHeardBy(stage, 'maria')),
      /Gentile Maria Rinaldi, grazie dell’attesa\. Anna Conti/,
    );
    assert.ok(!verbsOf(await look(stage, 'anna', card)).includes('courtesy'));
  });

  test('W8 choosing a template fills the reply in place and keeps what was typed', async () => {
    const form = await openForm(stage, 'anna', card, 'reply');
    const chosen = { ...dataOf(form, 'useTemplate'), template: 'Risolto' };
    const typed = Object.fromEntries([
      ['text', 'Buongiorno.'],
      ['then', 'close'],
      ['minutes', '5'],
    ]);
    const filled = dialogIn(await sendForm(stage, 'anna', card, form, chosen, typed));
    const inputs = inputsOf(filled);
    assert.equal(inputs.text, `Buongiorno.\n\nIl problema della richiesta ${ticket.number} è risolto.`);
    assert.deepEqual([inputs.then, inputs.minutes], ['close', '5']);
    assert.deepEqual(await sendForm(stage, 'anna', card, filled, 'reply'), { kind: 'closed' });
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
  });

  test('D4 a request that nobody takes is brought to mind, and the supervisor can assign it there', async () => {
    await stage.pass(6 * HOUR);
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'bruno')), /Nessuno l’ha ancora presa in carico/);
    const asked = heardBy(stage, 'dario').find((one) => /Nessuno l’ha ancora presa/.test(wordsOf(one)));
    assert.ok(
      asked && buttonsOf(asked.cards[0]).some(({ data }) => data.form === 'assign'),
      textOf(asked?.cards[0]),
    );
    await stage.pass(24 * HOUR);
    await stage.settle();
    assert.equal((await historyOf(stage, ticket)).filter((type) => type === 'unclaimedReminded').length, 1);
  });
});
