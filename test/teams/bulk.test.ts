import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { ActionResult, MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { opening } from '../support/tickets.ts';
import {
  actionsOf,
  cardIn,
  inputsOf,
  type PressableData,
  textOf,
  verbsOf,
  wordsIn,
} from './support/cards.ts';
import {
  act,
  click as clickOn,
  heardBy,
  historyOf,
  lastHeardBy,
  press,
  reread,
  say,
  sendForm,
  type Who,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

describe('several tickets of a list', () => {
  let stage: Stage;
  before(async () => {
    stage = await setStage();
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
    title: RegExp,
    inputs = {},
  ): Promise<ActionResult> => clickOn(stage, who, on, card, title, inputs);
  /** Values of the boxes of these tickets, as the card has them. */
  const boxesOf = (card: unknown, tickets: readonly Ticket[]): string =>
    [...JSON.stringify(card).matchAll(/"value":"(\d{16})-(\d+)"/g)]
      .filter(([, number]) => tickets.some((ticket) => ticket.number === number))
      .map(([, number, version]) => `${number}-${version}`)
      .join(',');
  let opened = 100;
  const fresh = async (count: number): Promise<Ticket[]> => {
    const made: Ticket[] = [];
    for (let n = 0; n < count; n++) {
      const commit = opening(++opened);
      await stage.store.commitTicket(commit);
      made.push(commit.ticket);
    }
    return made;
  };
  /** Does it on the ticket's card in the agent's own chat. */
  const work = async (who: Who, { number }: Ticket, verb: string, inputs = {}) =>
    act(stage, who, await ask(who, number), verb, inputs);
  /** The form of what is to be done to these tickets, found in the list of new ones. */
  const formFor = async (who: Who, tickets: readonly Ticket[], what: RegExp) => {
    const list = await ask(who, 'cerca mandati');
    const boxes = cardIn(await click(who, list, list.cards[0], /^Seleziona$/));
    const form = cardIn(await click(who, list, boxes, what, { tickets: boxesOf(boxes, tickets) }));
    return { list, form };
  };

  test('T16 tickets are chosen, closed in one go, and each has its own outcome', async () => {
    const tickets = await fresh(3);
    const [first, second, third] = tickets as [Ticket, Ticket, Ticket];
    await work('bruno', second, 'claim');
    const { list, form } = await formFor('anna', tickets, /^Chiudi$/);
    assert.match(textOf(form), /Chiudi 2 richieste/, 'what a colleague holds is not among them');
    await work('bruno', third, 'note', { text: 'Intanto ne so di più' });
    await stage.settle();
    const empty = cardIn(await click('anna', list, form, /^Chiudi 2/, { text: '  ' }));
    assert.match(textOf(empty), /Manca il testo/);
    assert.deepEqual(await historyOf(stage, first), ['opened'], 'nothing has been done yet');
    const done = cardIn(await click('anna', list, empty, /^Chiudi 2/, { text: 'Tesoreria ripartita.' }));
    assert.match(textOf(done), /Fatte 1 di 2/);
    assert.match(textOf(done), /È cambiata dopo che hai aperto l’elenco/);
    await stage.settle();
    assert.deepEqual(await historyOf(stage, first), ['opened', 'claimed', 'closedSuccessfully']);
    assert.equal((await reread(stage, third)).state.kind, 'new');
    const told = heardBy(stage, 'maria').filter(({ summary }) => /risolta/.test(summary ?? ''));
    assert.equal(told.length, 1, 'the requester of the closed one is told, once');
    assert.match(wordsIn(await click('anna', list, done, /^Torna all’elenco$/)), /Parole: “mandati”/);
  });

  test('T16 T4 T5 T6 the same for assigning, moving and the priority', async () => {
    const tickets = await fresh(2);
    const prioritized = await formFor('anna', tickets, /^Priorità$/);
    const none = cardIn(await click('anna', prioritized.list, prioritized.form, /^Cambia priorità$/));
    assert.match(textOf(none), /Scegli una voce/);
    await click('anna', prioritized.list, none, /^Cambia priorità$/, { priority: '5' });
    for (const ticket of tickets) assert.equal((await reread(stage, ticket)).priority, 5);

    const given = await formFor('anna', tickets, /^Assegna$/);
    const unsaid = cardIn(await click('anna', given.list, given.form, /^Assegna 2/, { to: PERSON.bruno }));
    assert.match(textOf(unsaid), /Manca il testo/);
    assert.equal(inputsOf(unsaid).to, PERSON.bruno, 'what was chosen stays');
    const note = 'Li conosci tu';
    assert.match(
      wordsIn(await click('anna', given.list, unsaid, /^Assegna 2/, { to: PERSON.bruno, note })),
      /Fatte 2 di 2/,
    );
    for (const ticket of tickets) assert.equal((await reread(stage, ticket)).owner?.id, PERSON.bruno);
    await stage.settle();

    const moving = await formFor('bruno', tickets, /^Sposta$/);
    const why = cardIn(
      await click('bruno', moving.list, moving.form, /^Sposta 2/, { queue: 'contact-centre' }),
    );
    assert.match(textOf(why), /serve il motivo/, 'the first level wants to know why');
    await click('bruno', moving.list, why, /^Sposta 2/, { queue: 'taxes', note: '' });
    for (const ticket of tickets) assert.equal((await reread(stage, ticket)).queue, 'taxes');
  });

  test('T16 A3 a double click, and a press on the card as it was, do each thing once', async () => {
    const tickets = await fresh(2);
    const { list, form } = await formFor('anna', tickets, /^Chiudi$/);
    const inputs = { text: 'Sistemato.', outcome: 'solved' };
    for (let time = 0; time < 2; time++)
      assert.match(wordsIn(await click('anna', list, form, /^Chiudi 2/, inputs)), /Fatte 2 di 2/);
    await stage.restart();
    assert.match(wordsIn(await click('anna', list, form, /^Chiudi 2/, inputs)), /Fatte 2 di 2/);
    for (const ticket of tickets)
      assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed', 'closedSuccessfully']);
  });

  test('T16 T17 a form that was left comes back with what was typed, until it is sent', async () => {
    const tickets = await fresh(2);
    const { list, form } = await formFor('anna', tickets, /^Chiudi$/);
    const left = { text: 'Il portale era fermo.', outcome: 'unsolved' };
    const dialog = actionsOf(form).find(({ title }) => title === 'Conserva e chiudi');
    assert.deepEqual(await sendForm(stage, 'anna', list, form, dialog?.data as PressableData, left), {
      kind: 'closed',
    });
    assert.deepEqual(await historyOf(stage, tickets[0] as Ticket), ['opened']);
    const again = await formFor('anna', tickets, /^Chiudi$/);
    assert.match(textOf(again.form), /Ripristinata la bozza/);
    assert.deepEqual(inputsOf(again.form), left);
    const other = await formFor('anna', tickets, /^Priorità$/);
    assert.equal(inputsOf(other.form).priority, '', 'each form has its own');
    assert.match(wordsIn(await click('anna', again.list, again.form, /^Chiudi 2/, left)), /Fatte 2 di 2/);
    const next = await formFor('anna', await fresh(1), /^Chiudi$/);
    assert.deepEqual(inputsOf(next.form), { text: '', outcome: 'solved' });
    await click('anna', next.list, next.form, /^Conserva e chiudi$/);
    const empty = await formFor('anna', await fresh(1), /^Chiudi$/);
    assert.doesNotMatch(textOf(empty.form), /Ripristinata/, 'nothing was typed');
    const long = 'Manca solo la scelta di chi.';
    const given = await formFor('anna', await fresh(1), /^Assegna$/);
    assert.match(
      wordsIn(await click('anna', given.list, given.form, /^Assegna/, { note: long })),
      /Scegli una voce/,
    );
    const kept = await formFor('anna', await fresh(1), /^Assegna$/);
    assert.equal(inputsOf(kept.form).note, long, 'what was not accepted is kept, too');
  });

  test('T16 a form is not opened for nothing, nor on a card that was drawn before it became a dialog', async () => {
    const [ticket] = (await fresh(1)) as [Ticket];
    const list = await ask('anna', 'cerca mandati');
    const boxes = cardIn(await click('anna', list, list.cards[0], /^Seleziona$/));
    const words = cardIn(await click('anna', list, boxes, /^Chiudi$/));
    assert.match(textOf(words), /Scegli almeno una richiesta/);
    assert.deepEqual(actionsOf(words), []);
    const old = {
      verb: 'selectTickets',
      list: 'words=mandati',
      what: 'close',
      tickets: boxesOf(boxes, [ticket]),
    };
    const again = cardIn(await press(stage, 'anna', list, old));
    assert.match(textOf(again), /premi di nuovo/);
    assert.equal(inputsOf(again).tickets, old.tickets, 'what was ticked stays');
    const sent = { ...old, verb: 'bulk', text: '', outcome: 'solved' };
    assert.match(wordsIn(await press(stage, 'anna', list, sent)), /premi di nuovo/);
    assert.match(wordsIn(await press(stage, 'anna', list, { ...sent, text: 'Fatto.' })), /Fatte 1 di 1/);
  });

  test('T16 W3 who can change none of them is not offered to choose', async () => {
    await fresh(1);
    const theirs = await ask('maria', 'cerca mandati');
    assert.ok(!verbsOf(theirs.cards[0]).includes('selectTickets'));
    // An administrator works no queue, and may pass on what stands in any.
    const every = await ask('elena', 'cerca mandati');
    const boxes = cardIn(await click('elena', every, every.cards[0], /^Seleziona$/));
    assert.deepEqual(
      actionsOf(boxes).map(({ title }) => title),
      ['Assegna', 'Sposta', 'Annulla'],
    );
    const list = await ask('anna', 'le mie richieste');
    assert.ok(!verbsOf(list.cards[0]).includes('selectTickets'));
  });
});
