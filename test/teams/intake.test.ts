import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
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
  openTicket,
  press,
  queueCardOf,
  replying,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const DAY_MS = 86_400_000;
const PEC = 'la PEC dell’ufficio non riceve più messaggi';
const LUCA = { organisation: 'comune', phone: '0371 409 999' };

describe('from a sentence to a request', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  const formOf = (who: 'maria' | 'luca' | 'bruno'): MessageView => {
    const form = heardBy(stage, who).find(({ cards }) => cards.length > 0);
    assert.ok(form);
    return form;
  };
  const send = async (who: 'maria' | 'luca' | 'bruno', inputs: Record<string, string> = {}) => {
    const form = formOf(who);
    const answer = await press(stage, who, form, dataOf(await look(stage, who, form), 'sendRequest'), inputs);
    await stage.settle();
    return cardIn(answer);
  };

  test('I7 who serves two organisations must say for which; who serves one is not asked', async () => {
    await say(stage, 'luca', PEC);
    await stage.settle();
    assert.equal(inputsOf(formOf('luca').cards[0]).organisation, '');
    const refused = await send('luca', { phone: LUCA.phone });
    assert.match(textOf(refused), /Scegli una voce dall’elenco/);
    await send('luca', LUCA);
    const [made] = await stage.store.ticketsOf(PERSON.luca, 1);
    assert.equal(made?.organisation, 'comune');
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    assert.ok(!('organisation' in inputsOf(formOf('maria').cards[0])));
  });

  test('I6 a phone number is always there, and is remembered for the next time', async () => {
    await say(stage, 'bruno', PEC);
    await stage.settle();
    assert.match(textOf(await send('bruno', { phone: 'interno' })), /Non sembra un numero di telefono/);
    await send('bruno', { phone: '0371 409 312' });
    const [ticket] = await stage.store.ticketsOf(PERSON.bruno, 1);
    assert.equal(ticket?.contact.phone, '0371 409 312');
    await say(stage, 'bruno', 'altra richiesta: la fattura elettronica risulta scartata dallo SDI');
    await stage.settle();
    assert.ok(!('phone' in inputsOf(lastHeardBy(stage, 'bruno').cards[0])));
  });

  test('I4 what is charged says so, goes nowhere without consent, and the consent is on the history', async () => {
    await say(stage, 'luca', 'vorrei un corso di formazione sui mandati di pagamento');
    await stage.settle();
    const asked = textOf(await send('luca', { ...LUCA, organisation: 'unione' }));
    assert.match(asked, /Unione Terre d’Adda non ha un contratto: l’intervento è a pagamento/);
    assert.match(asked, /Senza il consenso la richiesta non può partire/);
    assert.deepEqual(await stage.store.ticketsOf(PERSON.luca, 1), []);
    await send('luca', { acceptCharge: 'true' });
    const [made] = await stage.store.ticketsOf(PERSON.luca, 1);
    assert.ok(made?.chargeAccepted);
    const opened = await stage.local.dialog({
      ...{ as: PERSON.anna, conversation: '19:finance@thread.tacv2', step: 'fetch' },
      data: { verb: 'history', number: made.number },
    });
    assert.match(JSON.stringify(opened), /ha accettato il pagamento/);
  });

  test('I4 the same for an organisation with the contract is not charged', async () => {
    await say(stage, 'luca', 'vorrei un corso di formazione sui mandati di pagamento');
    await stage.settle();
    await send('luca', LUCA);
    const [made] = await stage.store.ticketsOf(PERSON.luca, 1);
    assert.equal(made?.chargeAccepted, false);
  });

  test('I3 the extra fields of a service are asked, the required ones insisted upon', async () => {
    await say(stage, 'bruno', 'la stampante non stampa');
    await stage.settle();
    assert.ok('field.inventory' in inputsOf(formOf('bruno').cards[0]));
    const refused = await send('bruno', { phone: '0371 409 312' });
    assert.match(textOf(refused), /Questo dato serve/);
    await send('bruno', { 'field.inventory': 'INV-204' });
    const [made] = await stage.store.ticketsOf(PERSON.bruno, 1);
    assert.deepEqual(made?.fields, { inventory: 'INV-204' });
    const card = made && queueCardOf(stage, made);
    assert.match(textOf(card && (await look(stage, 'carla', card))), /INV-204/);
  });

  test('I2 what the bot proposed can be changed before sending, and nothing typed is lost on the way', async () => {
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const edit = dataOf(formOf('maria').cards[0], 'editRequest');
    const editing = cardIn(await press(stage, 'maria', formOf('maria'), edit));
    assert.equal(inputsOf(editing).service, 'payment-orders');
    await stage.settle();
    const inputs = { ...inputsOf(editing), subject: 'AIUTO', service: 'invoices', availability: '9-11' };
    const refused = await press(stage, 'maria', formOf('maria'), dataOf(editing, 'sendRequest'), inputs);
    const { subject, service, availability } = inputsOf(cardIn(refused));
    assert.deepEqual([subject, service, availability], ['AIUTO', 'invoices', '9-11']);
    await stage.settle();
    await send('maria', { subject: 'Fattura bloccata: soggetto inesistente' });
    const [made] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.equal(made?.service, 'invoices');
    assert.deepEqual(made?.contact.availability, [{ from: 540, to: 660 }]);
  });

  test('I1 a draft that is given up leaves nothing, and the next sentence begins anew', async () => {
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const data = dataOf(formOf('maria').cards[0], 'withdrawDraft');
    const given = await press(stage, 'maria', formOf('maria'), data);
    assert.match(wordsIn(given), /Richiesta annullata/);
    await stage.settle();
    const late = await press(stage, 'maria', formOf('maria'), { ...data, verb: 'sendRequest' });
    assert.match(wordsIn(late), /Richiesta annullata/);
    assert.deepEqual(await stage.store.ticketsOf(PERSON.maria, 1), []);
    await say(stage, 'maria', PEC);
    await stage.settle();
    assert.equal(heardBy(stage, 'maria').length, 2);
  });

  test('W4 a message in a channel is answered there with where to write, and makes no request', async () => {
    const { delivered } = stage.local.say({
      ...{ as: PERSON.anna, conversation: '19:finance@thread.tacv2', mentionsBot: true },
      text: 'non riesco a emettere i mandati',
    });
    await delivered;
    await stage.settle();
    const answer = stage.local.messagesOf('19:finance@thread.tacv2', PERSON.anna).at(-1);
    assert.match(answer?.text ?? '', /scrivimi nella chat personale/);
    assert.ok(answer?.replyTo, 'in the thread of the message');
    assert.equal(await stage.store.pendingDraftOf(PERSON.anna), undefined);
  });

  test('K6 who asks for help is told how it works', async () => {
    await say(stage, 'maria', 'aiuto');
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /Come funziona/);
    await stage.local.uninstall(PERSON.luca);
    await stage.local.install(PERSON.luca);
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'luca')), /Ciao Luca Ferri, qui si chiede aiuto/);
  });

  test('K6 an English requester gets English throughout, while the channel stays Italian', async () => {
    const ticket = await openTicket(stage, 'maria', {
      text: 'the payment orders cannot be sent to the treasury',
      locale: 'en-GB',
    });
    const card = queueCardOf(stage, ticket);
    await act(stage, 'anna', card, 'reply', replying('Which supplier?', 'waitRequester'));
    await stage.settle();
    const english = heardBy(stage, 'maria').map(wordsOf).join('\n');
    assert.match(english, /Anna Conti/);
    assert.doesNotMatch(english, /richiesta|ufficio|inviata|Servizio\b/i);
    assert.match(english, /Request sent.*Anna Conti has a question for you/s);
    assert.match(textOf(queueCardOf(stage, ticket).cards[0]), /Mandati di pagamento/);
    assert.match(wordsOf(lastHeardBy(stage, 'dario')), /l’ha presa in carico/);
    const inEnglish = { verb: 'claim', number: ticket.number, version: 1 };
    const answer = await press(stage, 'bruno', card, inEnglish, {}, { locale: 'en-US' });
    assert.match(wordsIn(answer), /has been with Anna Conti|Anna Conti has had it|Anna Conti/);
    assert.doesNotMatch(wordsIn(answer), /È in carico|Servizio|Richiedente/);
  });

  describe('what a further message is about', () => {
    test('I11 two tickets that it may be about: the person is asked which, and only once', async () => {
      const first = await openTicket(stage);
      const second = await openTicket(stage, 'maria', { text: `altro problema: ${PEC}` });
      await say(stage, 'maria', 'ci sono novità?');
      await stage.settle();
      const question = lastHeardBy(stage, 'maria');
      const choices = buttonsOf(question.cards[0]).filter(({ data }) => data.verb === 'addToTicket');
      assert.deepEqual(choices.map(({ data }) => data.number).sort(), [first.number, second.number].sort());
      const chosen = choices.find(({ data }) => data.number === first.number);
      assert.ok(chosen);
      const answers = await Promise.all([1, 2].map(() => press(stage, 'maria', question, chosen.data)));
      for (const answer of answers) assert.match(wordsIn(answer), /Messaggio aggiunto alla richiesta/);
      assert.deepEqual(await historyOf(stage, first), ['opened', 'requesterWrote']);
      assert.deepEqual(await historyOf(stage, second), ['opened']);
      await stage.settle();
      assert.match(
        wordsOf(lastHeardBy(stage, 'maria')),
        new RegExp(`aggiunto alla richiesta ${first.number}`),
      );
      const forged = { ...chosen.data, number: second.number };
      await press(stage, 'maria', question, forged);
      assert.deepEqual(await historyOf(stage, second), ['opened'], 'one message, one ticket');
    });

    test('I11 or it is something new after all', async () => {
      await openTicket(stage);
      await openTicket(stage, 'maria', { text: `altro problema: ${PEC}` });
      await say(stage, 'maria', 'ci sono novità?');
      await stage.settle();
      const question = lastHeardBy(stage, 'maria');
      const form = await press(stage, 'maria', question, dataOf(question.cards[0], 'newRequest'));
      assert.ok(verbsOf(cardIn(form)).includes('sendRequest'));
    });

    test('A2 the question offers only one’s own tickets, and a card cannot name another', async () => {
      const others = await openTicket(stage, 'luca', { text: PEC, inputs: LUCA });
      await openTicket(stage);
      await openTicket(stage, 'maria', { text: `altro problema: ${PEC}` });
      await say(stage, 'maria', 'ci sono novità?');
      await stage.settle();
      const question = lastHeardBy(stage, 'maria');
      const forged = { ...dataOf(question.cards[0], 'addToTicket'), number: others.number };
      assert.match(wordsIn(await press(stage, 'maria', question, forged)), /Non trovo questa richiesta/);
      assert.deepEqual(await historyOf(stage, others), ['opened']);
    });

    test('W4 a number in the message, or a quoted card, says which', async () => {
      const first = await openTicket(stage);
      const second = await openTicket(stage, 'maria', { text: `altro problema: ${PEC}` });
      await say(stage, 'maria', `per la ${first.number}: succede anche a Carla`);
      assert.equal((await reread(stage, first)).version, 2);
      const quotes =
        heardBy(stage, 'maria').find(({ summary }) => summary?.includes(second.number))?.id ?? '';
      await say(stage, 'maria', 'succede anche al protocollo', { quotes });
      assert.equal((await reread(stage, second)).version, 2);
    });

    test('I1 a second sentence belongs to the draft, and improves the proposal', async () => {
      await say(stage, 'maria', 'non funziona niente');
      await stage.settle();
      await say(stage, 'maria', 'quando emetto i mandati esce soggetto inesistente');
      await stage.settle();
      const draft = await stage.store.pendingDraftOf(PERSON.maria);
      assert.equal(draft?.proposal.service, 'payment-orders');
      assert.equal(heardBy(stage, 'maria').filter(({ cards }) => cards.length).length, 1);
    });

    test('T9 closed for too long: the next message starts a new request', async () => {
      const ticket = await openTicket(stage);
      await act(stage, 'anna', queueCardOf(stage, ticket), 'close', { text: 'Risolto.' });
      await stage.settle();
      const live = heardBy(stage, 'maria')[0] as MessageView;
      const write = { verb: 'writeToOffice', number: ticket.number, version: 3, text: 'Dà ancora errore.' };
      stage.clock.advance(14 * DAY_MS + 1);
      assert.match(wordsIn(await press(stage, 'maria', live, write)), /più di 14 giorni e non si riapre/);
      await say(stage, 'maria', 'i mandati danno ancora errore: soggetto inesistente');
      await stage.settle();
      assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
      assert.ok(await stage.store.pendingDraftOf(PERSON.maria));
      assert.ok(verbsOf(lastHeardBy(stage, 'maria').cards[0]).includes('sendRequest'));
    });

    test('T9 on the last day it still reopens', async () => {
      const ticket = await openTicket(stage);
      await act(stage, 'anna', queueCardOf(stage, ticket), 'close', { text: 'Risolto.' });
      await stage.settle();
      stage.clock.advance(14 * DAY_MS - 3_600_000);
      await say(stage, 'maria', 'i mandati danno ancora errore: soggetto inesistente');
      assert.equal((await reread(stage, ticket)).state.kind, 'open');
    });
  });

  test('R2 what no rule knows goes to the raw queue, and the administrators are told once', async () => {
    const ticket = await openTicket(stage, 'maria', { text: 'il cedolino di ottobre non si apre' });
    assert.equal(ticket.queue, 'raw');
    assert.equal(ticket.routing.rule, undefined);
    assert.equal(cardsIn(stage, 'raw').length, 1);
    const told = heardBy(stage, 'elena');
    assert.equal(told.length, 1);
    assert.match(wordsOf(told[0] as MessageView), /Richiesta senza ufficio.*Da smistare/s);
    await stage.restart();
    await stage.settle();
    assert.equal(heardBy(stage, 'elena').length, 1);
  });

  test('R4 the responsible and all agents of the queue are told in person, once, of a request that nobody holds', async () => {
    const ticket = await openTicket(stage);
    assert.equal(ticket.owner, undefined);
    for (const who of ['dario', 'anna', 'bruno'] as const) {
      const [told, ...more] = heardBy(stage, who);
      assert.deepEqual(more, [], who);
      assert.match(wordsOf(told as MessageView), /Nuova richiesta per Servizi finanziari/, who);
      assert.match(textOf(await look(stage, who, told as MessageView)), /Nuova richiesta per/, who);
    }
    for (const who of ['elena', 'carla'] as const) assert.deepEqual(heardBy(stage, who), [], who);
  });
});
