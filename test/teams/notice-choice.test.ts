import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  heardBy,
  lastHeardBy,
  openTicket,
  press,
  queueCardOf,
  replying,
  say,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('what agents choose to be told of', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage.stop());

  const board = async (who: Who): Promise<MessageView> => {
    await say(stage, who, 'bacheca');
    await stage.settle();
    return lastHeardBy(stage, who);
  };
  const dataOf = (message: MessageView, title: string) =>
    buttonsOf(message.cards[0]).find((one) => one.title === title)?.data ?? assert.fail(`no ${title}`);
  const choose = async (who: Who, queues: string, kinds: string) => {
    const on = await board(who);
    const form = await press(stage, who, on, dataOf(on, 'Avvisi'), {});
    assert.match(wordsIn(form), /I miei avvisi/);
    const saved = await press(stage, who, on, { verb: 'chooseNotices', list: '' }, { queues, kinds });
    assert.match(wordsIn(saved), /Salvato/);
  };
  const told = async (who: Who, deed: () => Promise<unknown>): Promise<string> => {
    const before = heardBy(stage, who).length;
    await deed();
    await stage.settle();
    return heardBy(stage, who)
      .slice(before)
      .map((message) => wordsOf(message))
      .join('\n');
  };

  test('N1 of new tickets nobody is told who chose otherwise; of notes and answers who chose them', async () => {
    assert.match(await told('bruno', () => openTicket(stage)), /Nuova richiesta per Servizi finanziari/);
    await choose('bruno', 'finance', 'note,answer');
    const ticket = await openTicket(stage, 'luca', {
      inputs: { organisation: 'comune', phone: '0371 409 999' },
    });
    await stage.settle();
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    const note = () =>
      act(stage, 'anna', queueCardOf(stage, ticket), 'note', { text: 'Sentita la tesoreria' });
    assert.match(await told('bruno', note), /Anna Conti ha aggiunto una nota.*Sentita la tesoreria/s);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', replying('Quale codice?', 'waitRequester'));
    assert.match(await told('bruno', () => say(stage, 'luca', 'il codice è 5120')), /Luca Ferri ha scritto/);
    assert.equal(await told('bruno', () => openTicket(stage, 'anna')), '');
  });

  test('N1 A2 a queue that one does not work cannot be chosen, nor anything by who works none', async () => {
    await choose('bruno', 'finance,taxes', 'newTicket,everything');
    assert.deepEqual((await stage.store.profile(PERSON.bruno))?.notices, {
      queues: ['finance'],
      kinds: ['newTicket'],
    });
    const on = await board('dario');
    assert.ok(!buttonsOf(on.cards[0]).some(({ title }) => title === 'Avvisi'));
    const answer = await press(
      stage,
      'dario',
      on,
      { verb: 'chooseNotices', list: '' },
      { queues: 'finance', kinds: 'note' },
    );
    assert.match(wordsIn(answer), /Bacheca/);
    assert.equal((await stage.store.profile(PERSON.dario))?.notices, undefined);
  });
});
