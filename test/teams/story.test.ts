import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, cardIn, dataOf, inputsOf, textOf, verbsOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  CLEAR,
  cardsIn,
  heardBy,
  historyOf,
  lastHeardBy,
  look,
  postsIn,
  press,
  queueCardOf,
  replying,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const NOTE = 'Nota riservata: il tesoriere aveva già segnalato';
const QUESTION = 'Su quale fornitore compare l’errore?';
const ANSWER = 'È la ditta Zanchetta di Fombio';
const CLOSING = 'Anagrafica del fornitore corretta: il mandato ora si emette';

describe('the main job, from a sentence in the chat to a closed card', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
  });
  after(() => stage.stop());

  test('I1 I2 a sentence is enough: one card proposes all that was understood', async () => {
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const [form, ...more] = heardBy(stage, 'maria');
    assert.equal(more.length, 0);
    const words = textOf(form?.cards[0]);
    for (const understood of ['Mandati di pagamento', 'Guasto', 'Servizi finanziari', 'Maria Rinaldi'])
      assert.ok(words.includes(understood), `${understood} is missing in ${words}`);
    assert.ok(!('subject' in inputsOf(form?.cards[0])), 'what was understood is not asked again');
  });

  test('I5 a generic subject is turned down at the field, with an example, and what was typed stays', async () => {
    const form = lastHeardBy(stage, 'maria');
    const answer = cardIn(
      await press(stage, 'maria', form, dataOf(form.cards[0], 'sendRequest'), { subject: 'AIUTO!!' }),
    );
    assert.equal(inputsOf(answer).subject, 'AIUTO!!');
    assert.match(textOf(answer), /non dice che cosa succede.*per esempio/);
    assert.deepEqual(await stage.store.ticketsOf(PERSON.maria, 1), []);
    await stage.settle();
  });

  test('T1 I16 sending a good one gives a number at once, in the same card', async () => {
    const form = lastHeardBy(stage, 'maria');
    const shown = await look(stage, 'maria', form);
    const answer = await press(stage, 'maria', form, dataOf(shown, 'sendRequest'), {
      subject: 'Emissione mandati: soggetto inesistente',
    });
    assert.match(wordsIn(answer), /Richiesta inviata con il numero 2026110510000019/);
    const [opened] = await stage.store.ticketsOf(PERSON.maria, 2);
    assert.ok(opened);
    ticket = opened;
    assert.equal(ticket.number, '2026110510000019');
    await stage.settle();
    const [live, ...more] = heardBy(stage, 'maria');
    assert.equal(more.length, 0, 'the form has become the confirmation');
    assert.match(live?.summary ?? '', /Ricevuta – 2026110510000019/);
  });

  test('W1 R1 R5 one card appears in the channel of the queue that the rules name, and in no other', async () => {
    card = queueCardOf(stage, ticket);
    assert.equal(ticket.queue, 'finance');
    assert.equal(ticket.routing.rule, 'finance');
    for (const queue of ['taxes', 'systems', 'contact-centre', 'raw'])
      assert.deepEqual(postsIn(stage, queue), []);
  });

  test('W3 who may not act on the card gets no buttons: agents do, the supervisor assigns, the channel sees none', async () => {
    assert.deepEqual(verbsOf(card.cards[0]), []);
    const offered = async (who: 'anna' | 'dario') =>
      buttonsOf(await look(stage, who, card)).map(({ data }) => data.form ?? data.verb);
    assert.deepEqual(await offered('anna'), [
      'watch',
      'claim',
      'reply',
      'note',
      'classify',
      'move',
      'close',
      'wait',
      'phone',
      'assign',
      'appoint',
      'changeRequester',
      'mark',
      'join',
      'split',
    ]);
    assert.deepEqual(await offered('dario'), [
      'watch',
      'note',
      'move',
      'assign',
      'appoint',
      'changeRequester',
      'mark',
      'join',
      'split',
    ]);
  });

  test('T3 two agents press claim at once: one owns it, the other is told who has it', async () => {
    const seen = { verb: 'claim', number: ticket.number, version: 1 };
    const [anna, bruno] = await Promise.all([
      press(stage, 'anna', card, seen),
      press(stage, 'bruno', card, seen),
    ]);
    assert.match(wordsIn(anna), /È in carico a te/);
    assert.match(wordsIn(bruno), /Ce l’ha in carico Anna Conti da/);
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed']);
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /Anna Conti ha preso in carico la tua richiesta/);
    assert.match(wordsOf(lastHeardBy(stage, 'dario')), /Anna Conti l’ha presa in carico/);
  });

  test('W2 an internal note, a question, a change of priority: all on the card in the channel', async () => {
    assert.match(wordsIn(await act(stage, 'anna', card, 'note', { text: NOTE })), /Nota salvata/);
    // Something for the log to speak of: the question is tried twice.
    stage.local.addFault({ method: 'POST', times: 1, effect: { kind: 'status', status: 503 } });
    const asked = await act(stage, 'anna', card, 'reply', replying(QUESTION, 'waitRequester'));
    assert.match(wordsIn(asked), /Risposta inviata a Maria Rinaldi/);
    const changed = { priority: '5', type: 'fault', service: 'payment-orders' };
    assert.match(wordsIn(await act(stage, 'anna', card, 'classify', changed)), /Modifiche salvate/);
    await stage.settle();
    ticket = await reread(stage, ticket);
    assert.equal(ticket.state.kind, 'waitingRequester');
    assert.equal(ticket.priority, 5);
    assert.equal(cardsIn(stage, 'finance').length, 1, 'the card was edited, never posted again');
  });

  test('W4 the question reaches the chat, and the answer reaches ticket, thread, owner and responsible', async () => {
    const question = lastHeardBy(stage, 'maria');
    assert.match(wordsOf(question), new RegExp(`Anna Conti ti chiede una cosa[^]*${QUESTION.slice(0, -1)}`));
    await say(stage, 'maria', ANSWER);
    await stage.settle();
    ticket = await reread(stage, ticket);
    assert.equal(ticket.state.kind, 'inProgress');
    assert.equal(ticket.articles.at(-1)?.text, ANSWER);
    const [inThread] = postsIn(stage, 'finance').filter(({ replyTo }) => replyTo === card.id);
    assert.ok(inThread && wordsOf(inThread).includes(ANSWER));
    for (const who of ['anna', 'dario'] as const)
      assert.match(wordsOf(lastHeardBy(stage, who)), /Maria Rinaldi ha scritto/);
  });

  test('T8 closing with a public text tells the requester and the responsible', async () => {
    assert.match(wordsIn(await act(stage, 'anna', card, 'close', { text: CLOSING })), /Richiesta chiusa/);
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
    assert.ok(wordsOf(lastHeardBy(stage, 'maria')).includes(CLOSING));
    assert.match(wordsOf(lastHeardBy(stage, 'dario')), /Anna Conti l’ha chiusa come risolta/);
    const left = buttonsOf(await look(stage, 'bruno', card)).map(({ data }) => data.form ?? data.verb);
    assert.deepEqual(
      left,
      ['watch', 'note', 'mark', 'join', 'split'],
      'nothing is left that would change it',
    );
  });

  test('T9 thanks leave it closed, and no agent has to come running for them', async () => {
    const before = heardBy(stage, 'anna').length;
    await say(stage, 'maria', 'grazie mille!');
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
    assert.equal(lastHeardBy(stage, 'maria').text, 'Prego!');
    assert.equal(heardBy(stage, 'anna').length, before);
  });

  test('T9 that it still does not work reopens it', async () => {
    await say(stage, 'maria', 'purtroppo non funziona ancora');
    await stage.settle();
    assert.equal((await reread(stage, ticket)).state.kind, 'open');
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /di nuovo aperta/);
    assert.equal(cardsIn(stage, 'finance').length, 1);
  });

  test('T4 an agent may assign it to a colleague who is told, or to themselves without being told', async () => {
    const before = { anna: heardBy(stage, 'anna').length, bruno: heardBy(stage, 'bruno').length };
    await act(stage, 'bruno', card, 'assign', { to: PERSON.bruno, note: 'Lo riprendo io.' });
    await act(stage, 'bruno', card, 'assign', { to: PERSON.anna, note: 'Tocca a te.' });
    await stage.settle();
    assert.equal((await reread(stage, ticket)).owner?.id, PERSON.anna);
    assert.equal(heardBy(stage, 'bruno').length, before.bruno);
    assert.equal(heardBy(stage, 'anna').length, before.anna + 2, 'it was hers before');
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /Bruno Galli ti ha assegnato una richiesta/);
  });

  test('T10 the history of the ticket opens from its card, for who may read it', async () => {
    const ask = (who: 'anna' | 'maria', at: MessageView) =>
      stage.local.dialog({
        as: PERSON[who],
        conversation: at.conversation,
        message: at.id,
        step: 'fetch',
        data: { verb: 'history', number: ticket.number },
      });
    const opened = await ask('anna', card);
    assert.equal(opened.kind, 'dialog');
    const words = opened.kind === 'dialog' ? textOf(opened.card) : '';
    for (const step of ['Richiesta aperta', 'Presa in carico', 'Nota interna', 'priorità', 'Riaperta'])
      assert.ok(words.includes(step), `${step} is missing in ${words}`);
    const refused = await ask('maria', lastHeardBy(stage, 'maria'));
    const said = refused.kind === 'dialog' ? textOf(refused.card) : '';
    assert.match(said, /Non trovo questa richiesta/, 'the history has notes and priorities in it');
  });

  test('N4 the requester never saw note or priority, whatever was sent to them and whatever they open', async () => {
    const shown = await Promise.all(
      heardBy(stage, 'maria').flatMap((message) => [
        Promise.resolve(wordsOf(message)),
        ...(message.cards.length ? [look(stage, 'maria', message).then(textOf)] : []),
      ]),
    );
    const everything = shown.join('\n');
    assert.ok(everything.includes(QUESTION), 'nothing was looked at');
    assert.doesNotMatch(everything, /riservata|priorit/i);
  });

  test('A6 the log of the whole story holds no name, subject, text, phone or address', () => {
    const log = stage.log.join('');
    assert.match(log, /a delivery will be tried again/);
    const personal = [
      ...[...stage.desk.people.values()].flatMap(({ name, email, phone }) => [name, email, phone]),
      ...['Zanchetta', 'soggetto', 'mandat', 'riservata', 'fornitore', 'AIUTO', 'grazie', 'funziona'],
    ].filter((word) => word !== undefined);
    for (const word of personal) assert.ok(!log.toLowerCase().includes(word.toLowerCase()), word);
  });
});
