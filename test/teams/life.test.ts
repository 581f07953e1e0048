import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { cardIn, inputsOf, textOf, verbsOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  openTicket,
  queueCardOf,
  reread,
  say,
  sendForm,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const DAY_MS = 86_400_000;

describe('a ticket waits, is called about, and ends', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
    await act(stage, 'anna', card, 'claim');
    await stage.settle();
  });
  after(() => stage.stop());

  /** Opens the form of that name and presses the button with that verb. */
  const fill = (who: Who, form: string, verb: string, inputs: Record<string, string>) =>
    act(stage, who, card, verb, inputs, form);
  const replying = (text: string, next: string) =>
    Object.fromEntries([
      ['text', text],
      ['then', next],
    ]);
  const saidTo = (who: Who) => heardBy(stage, who).map(wordsOf).join('\n---\n');

  test('T7 D4 it waits until tomorrow, and who set it is reminded then, once', async () => {
    assert.match(wordsIn(await fill('anna', 'wait', 'wait', { until: 'tomorrow' })), /In attesa/);
    assert.match(textOf(await look(stage, 'anna', card)), /In attesa fino a ven 6 nov 09:00/);
    await stage.pass(DAY_MS);
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /È il momento che avevi scelto/);
    await stage.pass(DAY_MS);
    await stage.settle();
    assert.equal((await historyOf(stage, ticket)).filter((type) => type === 'reminded').length, 1);
    assert.match(wordsIn(await act(stage, 'anna', card, 'resume')), /Ripresa/);
  });

  test('T7 a day of one’s own counts more than the list, and a past one is refused at its field', async () => {
    const past = await fill('anna', 'wait', 'wait', {
      until: 'tomorrow',
      date: '2020-01-01',
      note: 'Perito',
    });
    assert.match(wordsIn(past), /Scegli un momento futuro/);
    assert.equal(inputsOf(cardIn(past)).note, 'Perito');
    await fill('anna', 'wait', 'wait', { until: 'tomorrow', date: '2026-12-01', time: '14:30' });
    const { state } = await reread(stage, ticket);
    assert.ok(state.kind === 'waitingReminder');
    assert.equal(new Date(state.until).toISOString(), '2026-12-01T13:30:00.000Z');
  });

  test('T7 N4 a reply lets it close by itself: the requester knows when, and nobody has to do anything', async () => {
    await act(stage, 'anna', card, 'reply', replying('Ora dovrebbe andare.', 'waitAutoClose-threeDays'));
    await stage.settle();
    const told = wordsOf(lastHeardBy(stage, 'maria'));
    assert.match(told, /si chiude da sola mar 10 nov 09:00.*Ora dovrebbe andare.*basta rispondere/s);
    await stage.pass(6 * DAY_MS);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /La tua richiesta è risolta/);
  });

  test('T7 the requester’s answer keeps it open', async () => {
    await act(stage, 'anna', card, 'reply', replying('Ora dovrebbe andare.', 'waitAutoClose-threeDays'));
    await stage.settle();
    await say(stage, 'maria', `${ticket.number} non va ancora`);
    await stage.settle();
    await stage.pass(6 * DAY_MS);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'inProgress');
  });

  test('T8 closed without a solution, it asks the responsible why, and keeps the answer', async () => {
    await act(stage, 'anna', card, 'close', { text: 'Il fornitore non risponde.', outcome: 'unsolved' });
    await stage.settle();
    assert.match(saidTo('maria'), /chiusa senza soluzione.*Il fornitore non risponde/s);
    const asked = lastHeardBy(stage, 'dario');
    assert.match(wordsOf(asked), /Perché non si è potuta risolvere\?/);
    const answer = await act(stage, 'dario', asked, 'review', { text: 'Contratto scaduto.' });
    assert.match(wordsIn(answer), /Riesame salvato/);
    assert.deepEqual(verbsOf(cardIn(answer)), ['board']);
    assert.equal((await reread(stage, ticket)).review, 'done');
    await stage.settle();
    assert.ok(!saidTo('maria').includes('Contratto'));
  });

  test('T8 closing without a word asks once more, says that it is for exceptions, and tells the requester nothing', async () => {
    const before = heardBy(stage, 'maria').length;
    const asked = cardIn(
      await act(stage, 'anna', card, 'close', { text: 'Aperta due volte.', silent: 'true' }),
    );
    assert.match(textOf(asked), /Il richiedente non saprà che è chiusa/);
    assert.equal(inputsOf(asked).text, 'Aperta due volte.');
    assert.equal((await reread(stage, ticket)).state.kind, 'inProgress');
    await sendForm(stage, 'anna', card, asked, 'close');
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
    assert.equal(heardBy(stage, 'maria').length, before);
    assert.ok(!saidTo('maria').includes('Aperta due volte'));
  });

  test('W2 T13 a call is noted in three clicks, and stays among colleagues', async () => {
    const noted = await fill('anna', 'phone', 'phoneReceived', { text: 'Chiede quando.', minutes: '7' });
    assert.match(wordsIn(noted), /Telefonata annotata/);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).articles.at(-1)?.minutes, 7);
    await fill('anna', 'note', 'note', { text: 'Verificato.', minutes: '8' });
    assert.match(textOf(await look(stage, 'anna', card)), /Tempo di lavoro\n15 min/);
    assert.ok(!saidTo('maria').includes('Chiede quando'));
  });

  test('T14 N4 after the second call that nobody answers it closes, and the requester knows how to reopen it', async () => {
    assert.match(wordsIn(await fill('anna', 'phone', 'contactFailed', {})), /Tentativo annotato\./);
    assert.match(wordsIn(await fill('anna', 'phone', 'contactFailed', {})), /la richiesta è chiusa/);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedUnsuccessfully');
    assert.match(
      wordsOf(lastHeardBy(stage, 'maria')),
      /Ti abbiamo cercato al telefono.*Per riaprirla scrivi/s,
    );
    assert.match(wordsOf(lastHeardBy(stage, 'dario')), /non risponde al telefono/);
    await say(stage, 'maria', `${ticket.number} eccomi, chiamatemi dopo le 15`);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'open');
  });
});
