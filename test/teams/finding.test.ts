import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { ActionResult, MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { opening } from '../support/tickets.ts';
import {
  buttonsOf,
  cardIn,
  dataOf,
  inputsOf,
  linksOf,
  textOf,
  verbsOf,
  wordsIn,
  wordsOf,
} from './support/cards.ts';
import {
  act,
  click as clickOn,
  heardBy,
  lastHeardBy,
  look,
  openForm,
  openTicket,
  press,
  queueCardOf,
  reread,
  say,
  sendForm,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const NOTE = 'Riservato: parlarne con il tesoriere';
const DAY_MS = 86_400_000;

describe('finding tickets in the chat', () => {
  let stage: Stage;
  let first: Ticket;
  let second: Ticket;
  before(async () => {
    stage = await setStage();
    first = await openTicket(stage);
    second = await openTicket(stage, 'luca', { inputs: { organisation: 'comune', phone: '0371 409 999' } });
    await openTicket(stage, 'anna');
    await act(stage, 'anna', queueCardOf(stage, first), 'claim');
    await act(stage, 'anna', queueCardOf(stage, first), 'note', { text: NOTE });
    await stage.settle();
  });
  after(() => stage.stop());

  const ask = async (who: Who, text: string): Promise<MessageView> => {
    await say(stage, who, text);
    await stage.settle();
    return lastHeardBy(stage, who);
  };
  const click = (
    who: Who,
    on: MessageView,
    card: unknown,
    title: string | RegExp,
    inputs = {},
  ): Promise<ActionResult> => clickOn(stage, who, on, card, title, inputs);
  const numbersOn = (card: unknown) =>
    buttonsOf(card).flatMap(({ data }) => (data.verb === 'openTicket' ? [String(data.number)] : []));

  test('W5 each number of the dashboard leads to the list that it counts', async () => {
    const board = await ask('anna', 'bacheca');
    let looked = 0;
    for (const tab of ['Nelle mie code', 'In carico a me', 'Ne rispondo io', 'Tutte']) {
      const tabs = buttonsOf(board.cards[0]).find(({ title }) => title === tab);
      const card = tabs ? cardIn(await press(stage, 'anna', board, tabs.data)) : board.cards[0];
      for (const { title, data } of buttonsOf(card)) {
        const counted = /(?:: |^)(\d+)(?: arrivat[ae]| chius[ae])?$/.exec(title)?.[1];
        if (data.verb !== 'list' || counted === undefined) continue;
        const list = cardIn(await press(stage, 'anna', board, data));
        assert.equal(numbersOn(list).length, Number(counted), `${tab}: ${title}`);
        looked++;
      }
    }
    assert.ok(looked >= 15, `only ${looked} numbers lead anywhere`);
    assert.match(textOf(board.cards[0]), /Nuove[\s\S]*Per coda[\s\S]*Servizi finanziari/);
  });

  test('W5 T3 what I have locked is counted and listed, and tickets of other offices are not', async () => {
    const board = await ask('anna', 'dashboard');
    const list = cardIn(await click('anna', board, board.cards[0], 'Bloccate da me: 1'));
    assert.deepEqual(numbersOn(list), [first.number]);
    assert.ok(!textOf((await ask('carla', 'bacheca')).cards[0]).includes('Servizi finanziari'));
  });

  test('W5 a dashboard or list is asked for in the personal chat by whoever has one: requesters get their own', async () => {
    const card = (await ask('maria', 'bacheca')).cards[0];
    assert.match(textOf(card), /Le mie richieste · 1/);
    assert.deepEqual(numbersOn(card), [first.number]);
    assert.ok(!/Priorità|Servizi finanziari · Anna/.test(textOf(card)));
  });

  test('W1 W5 a line opens the ticket’s card, which works like the one in the channel and stays live', async () => {
    const list = await ask('anna', 'cerca mandati');
    const before = heardBy(stage, 'anna').length;
    const open = buttonsOf(list.cards[0]).find(({ data }) => data.number === first.number);
    assert.ok(open);
    for (let click = 0; click < 2; click++)
      assert.deepEqual(await press(stage, 'anna', list, open.data), {
        kind: 'message',
        text: 'Lo trovi qui sotto.',
      });
    await stage.settle();
    assert.equal(heardBy(stage, 'anna').length, before + 1, 'a double click opens one card');
    const copy = lastHeardBy(stage, 'anna');
    assert.ok(verbsOf(await look(stage, 'anna', copy)).includes('release'), 'its owner’s buttons');
    assert.match(
      wordsIn(await act(stage, 'anna', copy, 'note', { text: 'Scritta dalla chat' })),
      /Nota salvata/,
    );
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /Scritta dalla chat/, 'no pointer: it is no orphan');
    await act(stage, 'anna', queueCardOf(stage, first), 'note', { text: 'Scritta dal canale' });
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /Scritta dal canale/, 'edited with the ticket');
    assert.match(textOf(await look(stage, 'anna', queueCardOf(stage, first))), /Scritta dal canale/);
  });

  test('T5 W5 who moves a ticket away from the card in their chat is told where it went', async () => {
    await ask('bruno', second.number);
    const copy = lastHeardBy(stage, 'bruno');
    await act(stage, 'bruno', copy, 'claim');
    await stage.settle();
    const form = await openForm(stage, 'bruno', copy, 'move');
    const moved = await sendForm(stage, 'bruno', copy, form, { ...dataOf(form, 'move'), queue: 'taxes' });
    assert.deepEqual(moved, { kind: 'closed' });
    await stage.settle();
    assert.match(wordsOf(lastHeardBy(stage, 'bruno')), /Spostata a Tributi/);
    assert.deepEqual(verbsOf(lastHeardBy(stage, 'bruno').cards[0]), []);
    const back = await ask('carla', `#${second.number}`);
    await act(stage, 'carla', back, 'move', { queue: 'finance', note: '' });
    await stage.settle();
    assert.equal((await reread(stage, second)).queue, 'finance');
  });

  test('W6 A1 a number opens only what the person may see, and a part of one searches', async () => {
    assert.match(wordsOf(await ask('maria', first.number)), /Emissione|mandati/i);
    assert.match(wordsOf(await ask('maria', `#${second.number}`)), /Non trovo questa richiesta/);
    assert.match(wordsOf(await ask('carla', first.number)), /Non trovo questa richiesta/);
    const pattern = `10*${first.number.slice(-4)}`;
    assert.deepEqual(numbersOn((await ask('anna', pattern)).cards[0]), [first.number]);
    assert.deepEqual(numbersOn((await ask('maria', `cerca ${pattern}`)).cards[0]), [first.number]);
  });

  test('W6 A1 words of a note are found by the office, and never by who asked', async () => {
    assert.deepEqual(numbersOn((await ask('bruno', 'cerca tesoriere')).cards[0]), [first.number]);
    for (const who of ['maria', 'carla'] as const)
      assert.deepEqual(numbersOn((await ask(who, 'cerca tesoriere')).cards[0]), [], who);
  });

  test('W6 the form combines attributes, keeps what was typed, and names what it did not understand', async () => {
    const form = await ask('dario', 'cerca');
    const opened = cardIn(await click('dario', form, form.cards[0], 'Cerca'));
    const whole = cardIn(await click('dario', form, opened, 'Altri criteri', { words: 'mandati' }));
    assert.equal(inputsOf(whole).words, 'mandati');
    const send = (inputs: Record<string, string>) =>
      click('dario', form, whole, 'Cerca', { words: 'mandati', ...inputs });
    assert.match(wordsIn(await send({ createdFrom: '31/02/2026' })), /Scrivi la data così: 05\/11\/2026/);
    const found = cardIn(
      await send({ owner: PERSON.anna, state: 'working', createdFrom: '5/11/2026', person: 'rinaldi' }),
    );
    assert.deepEqual(numbersOn(found), [first.number]);
    assert.match(textOf(found), /Stato: Aperta, anche in lavorazione[\s\S]*|Gestore: Anna Conti/);
    assert.deepEqual(numbersOn(cardIn(await send({ owner: PERSON.bruno }))), []);
    assert.deepEqual(numbersOn(cardIn(await send({ createdTo: '04/11/2026' }))), []);
    assert.match(wordsIn(await send({ digits: 'abc' })), /Scrivi cifre/);
  });

  test('W6 A2 what is found stands on the card that was searched from, and on none that says something else', async () => {
    const form = await ask('bruno', 'cerca');
    const dialog = cardIn(await click('bruno', form, form.cards[0], 'Cerca'));
    const before = heardBy(stage, 'bruno').length;
    const inputs = { words: 'mandati', owner: PERSON.anna };
    for (let time = 0; time < 2; time++) {
      const found = cardIn(await click('bruno', form, dialog, 'Cerca', inputs));
      assert.deepEqual(numbersOn(found), [first.number], 'a double click finds the same');
    }
    assert.equal(heardBy(stage, 'bruno').length, before, 'nothing was said below');
    const help = await ask('bruno', 'aiuto');
    const anew = cardIn(await click('bruno', help, help.cards[0], 'Cerca'));
    await click('bruno', help, anew, 'Cerca', inputs);
    assert.deepEqual(numbersOn(lastHeardBy(stage, 'bruno').cards[0]), [first.number]);
    assert.match(wordsOf(heardBy(stage, 'bruno').at(-2) as MessageView), /Come funziona/, 'the help stays');
    const copy = await ask('bruno', first.number);
    await click('bruno', copy, dialog, 'Cerca', { ...inputs, card: copy.id });
    await stage.settle();
    const [standing] = heardBy(stage, 'bruno').filter(({ id }) => id === copy.id);
    assert.ok(verbsOf(standing?.cards[0]).includes('refresh') || !numbersOn(standing?.cards[0]).length);
    assert.match(wordsOf(lastHeardBy(stage, 'bruno')), /Parole: “mandati”/, 'below it instead');
  });

  test('W6 a card drawn before its form became a dialog offers the dialog', async () => {
    const list = await ask('dario', 'cerca mandati');
    const asked = { list: 'scope=all&words=mandati' };
    const opener = cardIn(await press(stage, 'dario', list, { verb: 'searchForm', ...asked }));
    assert.equal(inputsOf(cardIn(await click('dario', list, opener, 'Cerca'))).words, 'mandati');
    const again = await press(stage, 'dario', list, { verb: 'saveSearch', name: 'Vecchia', ...asked });
    assert.match(wordsIn(again), /premi di nuovo/);
    assert.deepEqual(await stage.store.savedSearches(PERSON.dario), []);
  });

  test('W6 a search is kept under a name, runs from the dashboard, and is deleted', async () => {
    const list = await ask('dario', 'cerca mandati');
    const naming = cardIn(await click('dario', list, list.cards[0], 'Salva la ricerca'));
    assert.match(
      wordsIn(await click('dario', list, naming, 'Salva la ricerca', { name: '  ' })),
      /Scrivi un nome/,
    );
    await click('dario', list, naming, 'Salva la ricerca', { name: 'I mandati' });
    const board = await ask('dario', 'bacheca');
    const kept = cardIn(await click('dario', board, board.cards[0], 'I mandati'));
    assert.match(textOf(kept), /I mandati · \d/);
    assert.ok(numbersOn(kept).includes(first.number));
    assert.match(
      wordsIn(await click('dario', board, kept, 'Elimina la ricerca')),
      /Non hai ricerche salvate/,
    );
    assert.ok(!textOf((await ask('dario', 'bacheca')).cards[0]).includes('I mandati'));
  });

  test('W6 A2 the file opens in an Italian spreadsheet, for a quarter of an hour, and for nobody else', async () => {
    const [link] = linksOf((await ask('anna', 'cerca mandati')).cards[0]);
    const url = new URL(String(link));
    const response = await fetch(url);
    assert.match(response.headers.get('content-type') ?? '', /^text\/csv/);
    assert.match(response.headers.get('content-disposition') ?? '', /attachment; filename="richieste.csv"/);
    const bytes = Buffer.from(await response.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'it says that it is Unicode');
    const lines = bytes.toString().split('\r\n');
    assert.match(lines[0] ?? '', /Numero;Oggetto;Stato;Coda;/);
    assert.match(lines.find((line) => line.includes(first.number)) ?? '', /;05\/11\/2026 \d\d:\d\d;/);
    for (const [field, value] of [
      ['person', PERSON.elena],
      ['asked', 'scope=all'],
      ['until', '9999999999999'],
    ] as const) {
      const forged = new URL(url);
      forged.searchParams.set(field, value);
      assert.equal((await fetch(forged)).status, 404, field);
    }
    const [own] = linksOf((await ask('maria', 'le mie richieste')).cards[0]);
    const theirs = await (await fetch(String(own))).text();
    assert.ok(theirs.includes(first.number) && !/Priorità|Minuti/.test(theirs));
    stage.clock.advance(16 * 60_000);
    assert.equal((await fetch(url)).status, 404);
  });

  test('W10 the requester’s page: all their requests, live, each to be answered from there', async () => {
    const page = await ask('maria', 'le mie richieste');
    assert.match(textOf(page.cards[0]), /Ce ne stiamo occupando/);
    await click('maria', page, page.cards[0], /^Non riesco/);
    await stage.settle();
    const copy = lastHeardBy(stage, 'maria');
    assert.deepEqual(verbsOf(copy.cards[0]).includes('claim'), false);
    assert.match(
      wordsIn(await act(stage, 'maria', copy, 'writeToOffice', { text: 'È il mandato 77' })),
      /Messaggio inviato/,
    );
    await stage.settle();
    assert.match(wordsOf(queueCardOf(stage, first)), /È il mandato 77/);
    assert.ok(!wordsOf(lastHeardBy(stage, 'maria')).includes('tesoriere'));
  });

  test('W5 the dashboard opens below a notice, which stays as it is', async () => {
    const help = await ask('anna', 'aiuto');
    const before = heardBy(stage, 'anna').length;
    await click('anna', help, help.cards[0], 'Bacheca');
    await stage.settle();
    assert.equal(heardBy(stage, 'anna').length, before + 1);
    assert.match(wordsOf(lastHeardBy(stage, 'anna')), /Bacheca/);
    const told = heardBy(stage, 'dario').find(
      (one) =>
        verbsOf(one.cards[0]).includes('board') && /ha preso in carico|presa in carico/.test(wordsOf(one)),
    );
    assert.ok(told, 'the notice that it was taken has the button');
  });

  test('W5 long lists come in pages, forward and back', async () => {
    for (let n = 51; n < 60; n++) await stage.store.commitTicket(opening(n));
    const list = await ask('maria', 'le mie richieste');
    const all = numbersOn(list.cards[0]);
    const next = cardIn(await click('maria', list, list.cards[0], 'Avanti'));
    assert.match(textOf(next), /9–10 di 10/);
    assert.equal(new Set([...all, ...numbersOn(next)]).size, 10);
    assert.deepEqual(numbersOn(cardIn(await click('maria', list, next, 'Indietro'))), all);
    stage.clock.advance(8 * DAY_MS);
    const board = await ask('anna', 'bacheca');
    assert.match(textOf(board.cards[0]), /0 arrivate/);
  });
});
