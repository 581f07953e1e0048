import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, cardIn, dataOf, inputsOf, textOf, wordsIn, wordsOf } from './support/cards.ts';
import {
  act,
  heardBy,
  lastHeardBy,
  look,
  openTicket,
  press,
  queueCardOf,
  reread,
  say,
  sendForm,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const DAY_MS = 86_400_000;

describe('T11 tickets that have to do with each other', () => {
  let stage: Stage;
  let maria: Ticket;
  let luca: Ticket;
  before(async () => {
    stage = await setStage();
    maria = await openTicket(stage, 'maria');
    luca = await openTicket(stage, 'luca', { inputs: { organisation: 'comune', phone: '0371 409 205' } });
    await stage.settle();
  });
  after(() => stage.stop());
  const words = async (ticket: Ticket) =>
    textOf(await look(stage, 'anna', queueCardOf(stage, await reread(stage, ticket))));

  test('T11 a number that is none, or the ticket’s own, is answered at the field', async () => {
    const card = queueCardOf(stage, luca);
    const none = await act(stage, 'anna', card, 'merge', { other: 'quella di ieri' }, 'join');
    assert.match(wordsIn(none), /Non trovo questa richiesta/);
    assert.equal(inputsOf(cardIn(none)).other, 'quella di ieri');
    const own = await act(stage, 'anna', card, 'link', { other: luca.number }, 'join');
    assert.match(wordsIn(own), /È questa stessa richiesta/);
  });

  test('T11 linked, each card names the other', async () => {
    const answer = await act(
      stage,
      'anna',
      queueCardOf(stage, luca),
      'link',
      {
        other: `n. ${maria.number} (Rinaldi)`,
      },
      'join',
    );
    assert.match(wordsIn(answer), /Collegata/);
    await stage.settle();
    assert.ok((await words(luca)).includes(maria.number));
    assert.ok((await words(maria)).includes(luca.number));
  });

  test('T11 N4 a duplicate is merged: its requester is told, and gets the news of the other', async () => {
    const answer = await act(
      stage,
      'anna',
      queueCardOf(stage, luca),
      'merge',
      {
        other: maria.number,
      },
      'join',
    );
    assert.match(wordsIn(answer), /Unita: da ora va avanti l’altra/);
    await stage.settle();
    luca = await reread(stage, luca);
    assert.deepEqual(luca.state.kind === 'merged' && luca.state.into, maria.number);
    assert.match(wordsOf(lastHeardBy(stage, 'luca')), new RegExp(`unita a un’altra[\\s\\S]*${maria.number}`));
    await act(stage, 'anna', queueCardOf(stage, maria), 'reply', { text: 'Stiamo guardando.' });
    await stage.settle();
    for (const who of ['maria', 'luca'] as const)
      assert.match(wordsOf(lastHeardBy(stage, who)), /Anna Conti ha risposto[\s\S]*Stiamo guardando\./);
  });

  test('T11 what they write on the duplicate reaches the ticket that goes on, in their name', async () => {
    await say(stage, 'luca', `${luca.number} a me succede solo con i fornitori esteri`);
    await stage.settle();
    const last = (await reread(stage, maria)).articles.at(-1);
    assert.equal(last?.by.id, PERSON.luca);
    assert.match(wordsOf(lastHeardBy(stage, 'luca')), new RegExp(`aggiunto alla richiesta ${maria.number}`));
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /Luca Ferri ha scritto/);
  });

  test('T11 an article becomes a ticket of its own, from a form that is filled in already, once', async () => {
    const card = queueCardOf(stage, maria);
    const article = (await reread(stage, maria)).articles.at(-1);
    const chosen = await act(stage, 'anna', card, 'split', { article: String(article?.id) });
    const form = cardIn(chosen);
    assert.equal(inputsOf(form).text, article?.text);
    assert.equal(inputsOf(form).subject, maria.subject);
    const inputs = { subject: 'Mandati verso fornitori esteri' };
    const twice = await Promise.all([
      sendForm(stage, 'anna', card, form, 'split', inputs),
      sendForm(stage, 'anna', card, form, 'split', inputs),
    ]);
    assert.deepEqual(twice, [{ kind: 'closed' }, { kind: 'closed' }]);
    await stage.settle();
    assert.match(textOf(await look(stage, 'anna', card)), /staccata da questa/);
    const [made, ...more] = (await stage.store.ticketsOf(PERSON.maria, 10)).filter(
      ({ subject }) => subject === 'Mandati verso fornitori esteri',
    );
    assert.ok(made && more.length === 0);
    assert.deepEqual(made.links, [{ number: maria.number, kind: 'splitFrom' }]);
    assert.deepEqual((await reread(stage, maria)).links?.at(-1), { number: made.number, kind: 'splitInto' });
    assert.ok((await words(made)).includes(`${maria.number} (da cui è stata staccata)`));
  });

  test('T9 a message after the days of reopening begins a new ticket that is linked to the old', async () => {
    await act(stage, 'anna', queueCardOf(stage, maria), 'close', { text: 'Fatto.' });
    await stage.settle();
    await stage.pass((stage.desk.reopenDays + 1) * DAY_MS);
    await stage.settle();
    const before = heardBy(stage, 'maria').length;
    await say(stage, 'maria', `${maria.number} l’errore “soggetto inesistente” sui mandati è tornato`);
    await stage.settle();
    const news = heardBy(stage, 'maria').slice(before);
    assert.ok(news.some((message) => /non si riapre/.test(wordsOf(message))));
    const form = news.find(({ cards }) =>
      buttonsOf(cards[0]).some(({ data }) => data.verb === 'sendRequest'),
    );
    assert.ok(form, 'the new request is being prepared');
    await press(stage, 'maria', form, dataOf(form.cards[0], 'sendRequest'), {
      ...inputsOf(form.cards[0]),
      subject: 'Mandati: di nuovo soggetto inesistente',
      service: 'payment-orders',
      type: 'fault',
    });
    await stage.settle();
    const [made] = await stage.store.ticketsOf(PERSON.maria, 1);
    assert.ok(made);
    assert.deepEqual(made.links, [{ number: maria.number, kind: 'continues' }]);
    assert.deepEqual((await reread(stage, maria)).links?.at(-1), {
      number: made.number,
      kind: 'continuedBy',
    });
  });
});

describe('I11 which ticket a message is about', () => {
  test('I11 a form that was not sent does not catch the answer to a later question', async () => {
    const stage = await setStage();
    try {
      const ticket = await openTicket(stage, 'maria');
      stage.clock.advance(60_000);
      await say(stage, 'maria', 'la stampante dell’ufficio 12 non stampa più');
      await stage.settle();
      const draft = await stage.store.pendingDraftOf(PERSON.maria);
      assert.ok(draft, 'a second request is being prepared');
      stage.clock.advance(60_000);
      const question = Object.fromEntries([
        ['text', 'Su quale fornitore?'],
        ['then', 'waitRequester'],
      ]);
      await act(stage, 'anna', queueCardOf(stage, ticket), 'reply', question);
      await stage.settle();
      await say(stage, 'maria', 'la ditta Zanchetta di Fombio');
      await stage.settle();
      assert.equal((await reread(stage, ticket)).articles.at(-1)?.text, 'la ditta Zanchetta di Fombio');
      assert.equal((await stage.store.draft(draft.id))?.text, draft.text);
      await say(stage, 'maria', 'da stamattina, anche dopo averla riaccesa');
      await stage.settle();
      assert.match((await stage.store.draft(draft.id))?.text ?? '', /anche dopo averla riaccesa/);
    } finally {
      await stage.stop();
    }
  });
});
