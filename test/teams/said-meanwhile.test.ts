/** What people send while a form or a card stands in front of them: nothing lost, nothing double, nothing emptied. */

import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { cardIn, dataOf, dialogsOf, inputsOf, textOf, wordsOf } from './support/cards.ts';
import { editsOf } from './support/connector.ts';
import {
  act,
  CLEAR,
  heardBy,
  lastHeardBy,
  look,
  openTicket,
  press,
  queueCardOf,
  reread,
  say,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const PNG = Buffer.from('iVBORw0KGgo=', 'base64');
const MORE = 'succede con tutti i fornitori esteri';

describe('what is sent while the form of a request is being filled in', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  const form = (): MessageView => {
    const found = heardBy(stage, 'maria').find(({ cards }) => cards.length > 0);
    assert.ok(found);
    return found;
  };
  const made = async () => {
    const tickets = await stage.store.ticketsOf(PERSON.maria, 10);
    assert.equal(tickets.length, 1);
    return tickets[0]?.articles.map(({ text, attachments }) => [text, attachments.length]);
  };
  const begin = async () => {
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const edit = dataOf(form().cards[0], 'editRequest');
    const filling = cardIn(await press(stage, 'maria', form(), edit));
    await stage.settle();
    return { send: dataOf(filling, 'sendRequest'), inputs: inputsOf(filling) };
  };
  const meanwhile = async () => {
    const id = stage.local.upload({ name: 'errore.png', contentType: 'image/png', bytes: PNG }).id;
    await say(stage, 'maria', MORE, { files: [id] });
    await stage.settle();
    assert.match(lastHeardBy(stage, 'maria').text ?? '', /parte con il resto quando la invii/);
  };

  test('W3 I1 the form is not edited, and a sentence and a picture are in the request once', async () => {
    const { send, inputs } = await begin();
    await meanwhile();
    assert.deepEqual(editsOf(stage, form()), [], 'an edit would empty what is being typed');
    const typed = { ...inputs, text: 'Da stamattina i mandati non escono.' };
    for (let click = 0; click < 2; click++) await press(stage, 'maria', form(), send, typed);
    await press(stage, 'maria', form(), send, { ...typed, text: 'Ancora più tardi.' });
    await stage.settle();
    assert.deepEqual(await made(), [[`Da stamattina i mandati non escono.\n${MORE}`, 1]]);
  });

  test('W3 A3 the same where it is sent at the same moment', async () => {
    const { send, inputs } = await begin();
    const typed = { ...inputs, text: 'I mandati non escono.' };
    await Promise.all([say(stage, 'maria', MORE), press(stage, 'maria', form(), send, typed)]);
    await stage.settle();
    const all = (await made())?.map(([text]) => text).join('\n') ?? '';
    assert.equal(all.split(MORE).length, 2, all);
    assert.ok(all.includes('I mandati non escono.'));
  });

  test('W3 I5 the same after something in it was turned down, whichever card is pressed then', async () => {
    const { send, inputs } = await begin();
    await meanwhile();
    const bad = { ...inputs, text: 'Non escono.', subject: 'AIUTO' };
    const refused = cardIn(await press(stage, 'maria', form(), send, bad));
    assert.equal(inputsOf(refused).text, `Non escono.\n${MORE}`, 'joined where it can be seen');
    await say(stage, 'maria', 'ora anche con gli italiani');
    await stage.settle();
    assert.deepEqual(editsOf(stage, form()), []);
    const again = { ...inputsOf(refused), subject: 'Mandati: soggetto inesistente' };
    await press(stage, 'maria', form(), dataOf(refused, 'sendRequest'), again);
    await stage.settle();
    assert.deepEqual(await made(), [[`Non escono.\n${MORE}\nora anche con gli italiani`, 1]]);
  });

  test('I1 I19 what it tells of a field that was left empty is shown before it is sent', async () => {
    await say(stage, 'maria', 'ho un problema');
    await stage.settle();
    const send = dataOf(form().cards[0], 'sendRequest');
    const inputs = inputsOf(form().cards[0]);
    assert.equal(inputs.service, '');
    await say(stage, 'maria', CLEAR);
    await stage.settle();
    const shown = cardIn(await press(stage, 'maria', form(), send, { ...inputs, 'field.order': '4711' }));
    assert.match(textOf(shown), /Ho completato la scheda con quello che hai scritto/);
    assert.equal(inputsOf(shown).service, 'payment-orders');
    assert.equal((await stage.store.ticketsOf(PERSON.maria, 1)).length, 0);
    await press(stage, 'maria', form(), dataOf(shown, 'sendRequest'), inputsOf(shown));
    await stage.settle();
    assert.equal((await made())?.length, 1);
  });

  test('I10 I11 all of it goes to the request that it turns out to be about', async () => {
    const ticket = await openTicket(stage);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    await stage.settle();
    const id = stage.local.upload({ name: 'a.png', contentType: 'image/png', bytes: PNG }).id;
    await say(stage, 'maria', 'ci sono novità?');
    await stage.settle();
    const before = await reread(stage, ticket);
    const question = heardBy(stage, 'maria').find((one) => /Di quale richiesta/.test(wordsOf(one)));
    if (!question) return assert.match(JSON.stringify(before.articles.at(-1)), /ci sono novità/);
    await say(stage, 'maria', MORE, { files: [id] });
    await stage.settle();
    const add = dataOf(await look(stage, 'maria', question), 'addToTicket');
    for (let click = 0; click < 2; click++) await press(stage, 'maria', question, add);
    await stage.settle();
    const last = (await reread(stage, ticket)).articles.slice(before.articles.length);
    assert.deepEqual(
      last.map(({ text, attachments }) => [text, attachments.length]),
      [[`ci sono novità?\n${MORE}`, 1]],
    );
  });
  test('I11 nothing is “added” while nobody has said to which request', async () => {
    await openTicket(stage);
    const inputs = { 'field.inventory': '4711' };
    await openTicket(stage, 'maria', { text: 'la stampante dell’ufficio 12 non stampa più', inputs });
    await say(stage, 'maria', 'il problema persiste');
    await stage.settle();
    const question = heardBy(stage, 'maria').find((one) => /Di quale richiesta/.test(wordsOf(one)));
    assert.ok(question, 'the bot asks which of both is meant');
    const id = stage.local.upload({ name: 'a.png', contentType: 'image/png', bytes: PNG }).id;
    for (const said of [() => say(stage, 'maria', MORE), () => say(stage, 'maria', '', { files: [id] })]) {
      await said();
      await stage.settle();
      assert.match(wordsOf(lastHeardBy(stage, 'maria')), /scegli lì a quale richiesta/);
    }
    const kept = await stage.store.pendingDraftOf(PERSON.maria);
    assert.equal(kept?.text, `il problema persiste\n${MORE}`);
    assert.equal(kept?.attachments.length, 1);
    await press(stage, 'maria', question, dataOf(await look(stage, 'maria', question), 'newRequest'));
    await say(stage, 'maria', 'da stamattina, in due uffici');
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'maria')), /Aggiunto alla richiesta che stiamo preparando/);
  });
});

describe('what a requester types about their request', () => {
  let stage: Stage;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
  });
  after(() => stage.stop());

  const open = async (at: MessageView, verb: string) => {
    const data = dialogsOf(await look(stage, 'maria', at)).find((one) => one.verb === verb);
    assert.ok(data, `no dialog ${verb}`);
    const { conversation, id: message } = at;
    const dialog = (step: 'fetch' | 'submit', sent: Record<string, unknown>) =>
      stage.local.dialog({ as: PERSON.maria, conversation, message, step, data: sent });
    const opened = await dialog('fetch', data);
    assert.equal(opened.kind, 'dialog');
    const card =
      opened.kind === 'dialog' ? (opened.card as { actions: { data: object }[] }) : { actions: [] };
    return (typed: object, button = 0) => dialog('submit', { ...card.actions[button]?.data, ...typed });
  };

  test('W10 K2 stands in dialogs: write, answer, withdraw, reopen, rate; wrong at the field, done in words', async () => {
    const ticket = await openTicket(stage);
    await stage.settle();
    const own = heardBy(stage, 'maria')[0] as MessageView;
    assert.deepEqual(inputsOf(own.cards[0]), {});
    const write = await open(own, 'writeToOffice');
    const wrong = await write({ text: '   ' });
    assert.equal(wrong.kind, 'dialog');
    assert.match(wrong.kind === 'dialog' ? textOf(wrong.card) : '', /Manca il testo/);
    await act(stage, 'anna', queueCardOf(stage, ticket), 'claim');
    for (let click = 0; click < 2; click++)
      assert.deepEqual(await write({ text: 'È il 1234' }), { kind: 'closed' });
    await stage.settle();
    const texts = async () => (await reread(stage, ticket)).articles.slice(1).map(({ text }) => text);
    assert.deepEqual(await texts(), ['È il 1234'], 'also where the card has changed under it, and once');
    const says = async (at: MessageView, words: RegExp) =>
      assert.match(textOf(await look(stage, 'maria', at)), words);
    await says(own, /Messaggio inviato all’ufficio/);
    const taken = lastHeardBy(stage, 'maria');
    assert.notEqual(taken.id, own.id);
    assert.doesNotMatch(textOf(await look(stage, 'maria', taken)), /inviato/, 'where it was opened, only');

    const withdraw = await open(own, 'withdraw');
    assert.equal((await withdraw({ text: 'Risolto da sola' })).kind, 'closed');
    await stage.settle();
    await says(own, /Richiesta ritirata/);
    const reopen = await open(own, 'writeToOffice');
    assert.equal((await reopen({ text: 'Invece no' })).kind, 'closed');
    assert.equal((await reread(stage, ticket)).state.kind, 'open');
    await act(stage, 'anna', queueCardOf(stage, ticket), 'close', { text: 'Fatto.' });
    await stage.settle();
    const told = lastHeardBy(stage, 'maria');
    const rate = await open(told, 'comment');
    assert.equal((await rate({ suggestion: 'Più in fretta' }, 1)).kind, 'closed');
    await stage.settle();
    await says(told, /il tuo giudizio è arrivato/);
    assert.deepEqual((await reread(stage, ticket)).rating?.stars, 2);
  });

  test('A1 W10 a dialog about somebody else’s request shows nothing', async () => {
    const ticket = await openTicket(stage);
    for (const step of ['fetch', 'submit'] as const)
      for (const verb of ['writeToOffice', 'withdraw', 'rate', 'comment']) {
        const data = { verb, number: ticket.number, version: ticket.version, text: 'x', stars: '1' };
        const conversation = stage.local.personalChat(PERSON.bruno);
        const answer = await stage.local.dialog({ as: PERSON.bruno, conversation, step, data });
        assert.ok(!JSON.stringify(answer).includes(ticket.subject) && answer.kind !== 'closed', verb);
      }
    assert.equal((await reread(stage, ticket)).version, ticket.version);
  });
});
