import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { DialogResult, MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardIn, dataOf, dialogsOf, inputsOf, textOf, verbsOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  CLEAR,
  cardsIn,
  chatOf,
  historyOf,
  lastHeardBy,
  look,
  press,
  queueCardOf,
  say,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const CALL = {
  requester: 'Maria Rinaldi',
  type: 'fault',
  queue: 'systems',
  subject: 'La stampante dell’ufficio 12 non stampa',
  text: 'Da stamattina lampeggia e non esce niente.',
};
const ADA = 'Ada Neri ada.neri@ditta.example';

describe('a request by phone', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  const ask = async (who: Who, text: string, files: readonly string[] = []): Promise<MessageView> => {
    await say(stage, who, text, { files });
    await stage.settle();
    return lastHeardBy(stage, who);
  };
  const dialog = (who: Who, step: 'fetch' | 'submit', data: Readonly<Record<string, unknown>> = {}) =>
    stage.local.dialog({
      as: PERSON[who],
      conversation: chatOf(stage, who),
      command: 'phoneRequest',
      step,
      data,
      locale: 'it-IT',
    });
  const formIn = (answer: DialogResult): Readonly<Record<string, unknown>> => {
    assert.equal(answer.kind, 'dialog', JSON.stringify(answer).slice(0, 400));
    return (answer as { card: Readonly<Record<string, unknown>> }).card;
  };
  const send = (who: Who, form: unknown, inputs: Record<string, string>, title = 'Apri la richiesta') => {
    const { actions = [] } = form as { actions?: { title: string; data: Record<string, unknown> }[] };
    const sending = actions.find((one) => one.title === title);
    assert.ok(sending, textOf(form));
    return dialog(who, 'submit', { ...inputsOf(form), ...inputs, ...sending.data });
  };
  const opened = async (words: string): Promise<Ticket> => {
    const ticket = await stage.store.ticket(/\d{16}/.exec(words)?.[0] ?? '');
    assert.ok(ticket, words);
    await stage.settle();
    return ticket;
  };

  test('I14 I16 N4 the command word: five fields, and the caller has the request in their chat', async () => {
    await say(stage, 'maria', 'grazie mille');
    const form = await ask('carla', 'telefonata');
    assert.match(textOf(form.cards[0]), /Chi chiama/);
    assert.deepEqual(Object.keys(inputsOf(form.cards[0])), [
      'requester',
      'phone',
      'type',
      'queue',
      'subject',
      'text',
    ]);
    const done = cardIn(await press(stage, 'carla', form, dataOf(form.cards[0], 'sendRequest'), CALL));
    assert.match(textOf(done), /Maria Rinaldi la trova nella chat con Sportello/);
    const ticket = await opened(textOf(done));
    assert.equal(ticket.requester.id, PERSON.maria);
    assert.equal(ticket.articles[0]?.kind, 'phoneRequest');
    const [event] = await stage.store.history(ticket.number);
    assert.deepEqual([event?.by?.id, event?.via], [PERSON.carla, 'phone']);
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /La stampante dell’ufficio 12[\s\S]*Ricevuta/);
    assert.ok(wordsOf(lastHeardBy(stage, 'maria')).includes(ticket.number));
    assert.match(textOf(await look(stage, 'carla', queueCardOf(stage, ticket))), /nessun servizio/);
    await press(stage, 'carla', form, dataOf(done, 'openTicket'));
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'carla')), /La stampante/);
  });

  test('I14 I1 T15 what is written after the word, and sent along, stands in the form', async () => {
    const bytes = Buffer.from('89504e470d0a1a0a0000', 'hex');
    const picture = stage.local.upload({ name: 'elenco.pdf', contentType: 'application/pdf', bytes });
    const form = await ask('carla', `Telefonata: ${CLEAR}`, [picture.id]);
    const values = inputsOf(form.cards[0]);
    assert.deepEqual([values.queue, values.type], ['finance', 'fault']);
    assert.match(String(values.subject), /mandati/i);
    assert.match(textOf(form.cards[0]), /elenco\.pdf/);
    const done = await press(stage, 'carla', form, dataOf(form.cards[0], 'sendRequest'), {
      ...values,
      requester: 'maria.rinaldi@comune.example.it',
    });
    const ticket = await opened(wordsIn(done));
    assert.deepEqual(
      ticket.articles[0]?.attachments.map(({ name }) => name),
      ['elenco.pdf'],
    );
    assert.equal(ticket.queue, 'finance');
    assert.ok(!verbsOf(cardIn(done)).includes('openTicket'), 'the office’s card is not for the first level');
  });

  test('I14 W5 the dashboard and the message extension open the same form as a dialog', async () => {
    const board = await ask('carla', 'bacheca');
    const data = dialogsOf(board.cards[0]).find(({ verb }) => verb === 'phoneRequest');
    assert.ok(data);
    const fetched = await stage.local.dialog({
      as: PERSON.carla,
      conversation: board.conversation,
      message: board.id,
      step: 'fetch',
      data,
      locale: 'it-IT',
    });
    assert.match(textOf(formIn(fetched)), /Chi chiama/);

    const form = formIn(await dialog('carla', 'fetch'));
    const answer = await send('carla', form, { ...CALL, requester: ADA });
    assert.equal(answer.kind, 'message');
    const ticket = await opened((answer as { text: string }).text);
    assert.match((answer as { text: string }).text, /Ada Neri non ha Sportello in Teams: detta il numero/);
    assert.equal(ticket.requester.id, 'mail:ada.neri@ditta.example');
    const card = textOf(await look(stage, 'carla', queueCardOf(stage, ticket)));
    assert.match(card, /Ada Neri/);
    assert.match(card, /non è in Teams/);
    assert.match(card, /ada\.neri@ditta\.example/);
    await press(
      stage,
      'carla',
      queueCardOf(stage, ticket),
      dataOf(await look(stage, 'carla', queueCardOf(stage, ticket)), 'claim'),
    );
    await stage.settle();
    assert.deepEqual(await stage.store.failedDeliveries(5), [], 'nobody is written to in vain');
  });

  test('I14 who is known to the bot by their address is found, though in no file of the desk', async () => {
    const stranger = '55555555-0000-4000-8000-000000000001';
    await stage.store.saveProfile({
      person: stranger,
      name: 'Ida Bo',
      email: 'Ida.Bo@comune.example.it',
      locale: 'it',
    });
    const form = formIn(await dialog('carla', 'fetch'));
    const answer = await send('carla', form, { ...CALL, requester: 'ida.bo@comune.example.it' });
    const ticket = await opened((answer as { text: string }).text);
    assert.deepEqual(ticket.requester, { id: stranger, name: 'Ida Bo' });
    assert.equal(ticket.organisation, 'comune', 'by the domain of the address');
  });

  test('I14 I5 what is wrong is said at the field, and what was typed stays, through “Altri dati” too', async () => {
    const form = formIn(await dialog('carla', 'fetch'));
    const wrong = formIn(await send('carla', form, { ...CALL, requester: 'Bo', subject: 'AIUTO!!' }));
    assert.match(textOf(wrong), /In rubrica non c’è/);
    assert.match(textOf(wrong), /da correggere/);
    assert.equal(inputsOf(wrong).subject, 'AIUTO!!');
    const whole = formIn(await send('carla', wrong, { subject: CALL.subject }, 'Altri dati'));
    const shown = inputsOf(whole);
    assert.deepEqual(
      [shown.subject, shown.text, shown.next, shown.priority],
      [CALL.subject, CALL.text, 'new', '3'],
    );
    const past = await send('carla', whole, {
      requester: 'Maria Rinaldi',
      queue: 'contact-centre',
      next: 'wait',
      date: '2020-01-01',
    });
    assert.match(textOf(formIn(past)), /Scegli un momento futuro/);
    const elsewhere = await send('carla', formIn(past), { queue: 'finance', next: 'claim' });
    assert.match(textOf(formIn(elsewhere)), /La lavora chi fa parte di Servizi finanziari/);
    assert.equal((await stage.store.ticketsOf(PERSON.maria, 5)).length, 0, 'nothing has been opened');
    const closed = await send('carla', formIn(elsewhere), {
      queue: 'contact-centre',
      next: 'close',
      answer: 'Spenta e riaccesa: ora stampa.',
      minutes: '7',
      priority: '2',
    });
    const ticket = await opened((closed as { text: string }).text);
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed', 'closedSuccessfully']);
    assert.deepEqual([ticket.priority, ticket.articles[0]?.minutes], [2, 7]);
  });

  test('I14 A1 only the first level takes calls: others get no form, and no button', async () => {
    assert.match(wordsOf(await ask('anna', 'telefonata')), /le apre solo Primo livello/);
    const refused = await dialog('maria', 'fetch');
    assert.match(textOf(formIn(refused)), /le apre solo Primo livello/);
    const offered = dialogsOf((await ask('anna', 'bacheca')).cards[0]).map(({ verb }) => verb);
    assert.ok(!offered.includes('phoneRequest'));
    // A requester who writes of a call asks for help.
    const form = await ask('maria', 'telefonata: la linea dell’ufficio tributi cade di continuo');
    assert.ok(verbsOf(form.cards[0]).includes('editRequest'));
    assert.ok(!textOf(form.cards[0]).includes('Chi chiama'));
    const theirs = formIn(await dialog('carla', 'fetch'));
    assert.match(JSON.stringify(await send('anna', theirs, CALL)), /non è più in preparazione/);
  });

  test('I14 A3 one form is one request, however often it is sent, and a form given up is none', async () => {
    const form = await ask('carla', 'telefonata');
    const data = dataOf(form.cards[0], 'sendRequest');
    const answers = await Promise.all([1, 2, 3].map(() => press(stage, 'carla', form, data, CALL)));
    await stage.restart();
    answers.push(await press(stage, 'carla', form, data, CALL));
    assert.equal(new Set(answers.map((answer) => /\d{16}/.exec(wordsIn(answer))?.[0])).size, 1);
    await stage.settle();
    assert.equal(cardsIn(stage, 'systems').length, 1);
    assert.equal((await stage.store.ticketsOf(PERSON.maria, 5)).length, 1);
    const another = await ask('carla', 'nuova telefonata');
    const gone = await press(stage, 'carla', another, dataOf(another.cards[0], 'withdrawDraft'));
    assert.match(wordsIn(gone), /Telefonata annullata/);
    assert.match(
      wordsIn(await press(stage, 'carla', another, dataOf(another.cards[0], 'sendRequest'), CALL)),
      /Telefonata annullata/,
    );
    assert.equal((await stage.store.ticketsOf(PERSON.maria, 5)).length, 1);
  });
});
