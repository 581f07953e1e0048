import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { type Activity, cardOf, deliver, message, pressOf } from './support/activities.ts';
import { dataOf, inputsOf, textOf } from './support/cards.ts';
import {
  act,
  CLEAR,
  cardsIn,
  heardBy,
  historyOf,
  openForm,
  openTicket,
  postsIn,
  press,
  queueCardOf,
  replying,
  reread,
  say,
  sendForm,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

/** How the same activity may come again: while it is being answered, soon after, or to a bot that has been restarted. */
const AGAIN = {
  'at once': async (stage: Stage, activity: Activity) =>
    Promise.all([deliver(stage, activity), deliver(stage, activity), deliver(stage, activity)]),
  later: async (stage: Stage, activity: Activity) => {
    const first = await deliver(stage, activity);
    await stage.settle();
    return [first, await deliver(stage, activity)];
  },
  'after a restart': async (stage: Stage, activity: Activity) => {
    const first = await deliver(stage, activity);
    await stage.settle();
    await stage.restart();
    return [first, await deliver(stage, activity)];
  },
};

/** The card wherever and whenever the bot was asked for it: its links lead to a port, and hold until a moment. */
function anywhere(card: unknown): unknown {
  const text = JSON.stringify(card).replaceAll(/http:\/\/127\.0\.0\.1:\d+\//g, 'http://bot/');
  return JSON.parse(text.replaceAll(/until=\d+&signature=[\w-]+/g, ''));
}

for (const [when, twice] of Object.entries(AGAIN))
  describe(`the same activity delivered again ${when}`, () => {
    let stage: Stage;
    let ticket: Ticket;
    let card: MessageView;
    let activities = 0;
    before(async () => {
      stage = await setStage();
    });
    after(() => stage.stop());

    /** The card that both deliveries were answered with. */
    const sameCard = async (activity: Activity): Promise<string> => {
      const [first, ...again] = (await twice(stage, activity)).map(cardOf);
      for (const answer of again) assert.deepEqual(anywhere(answer), anywhere(first));
      await stage.settle();
      return textOf(first);
    };
    const nextId = () => `f:again-${++activities}`;
    const messageId = () => String(1_793_869_000_000 + ++activities);

    test('A3 a first message makes one draft', async () => {
      await twice(stage, message(stage, 'maria', CLEAR, { id: messageId() }));
      await stage.settle();
      assert.equal(heardBy(stage, 'maria').length, 1);
      assert.equal((await stage.store.pendingDraftOf(PERSON.maria))?.text, CLEAR);
    });

    test('A3 a further message extends the draft once, and is acknowledged once', async () => {
      await twice(stage, message(stage, 'maria', 'succede da stamattina', { id: messageId() }));
      await stage.settle();
      const draft = await stage.store.pendingDraftOf(PERSON.maria);
      assert.equal(draft?.text, `${CLEAR}\nsuccede da stamattina`);
      assert.equal(heardBy(stage, 'maria').filter(({ text }) => text).length, 1);
    });

    test('A3 a form sent with a mistake says the mistake again', async () => {
      const form = heardBy(stage, 'maria')[0] as MessageView;
      const data = { ...dataOf(form.cards[0], 'sendRequest'), subject: 'AIUTO!!' };
      const words = await sameCard(pressOf(stage, 'maria', form, data, { id: nextId() }));
      assert.match(words, /non dice che cosa succede/);
      assert.deepEqual(await stage.store.ticketsOf(PERSON.maria, 1), []);
    });

    test('A3 a form that was sent gives one ticket, and both times its number', async () => {
      const form = heardBy(stage, 'maria')[0] as MessageView;
      const data = { ...dataOf(form.cards[0], 'sendRequest'), subject: 'Mandati: soggetto inesistente' };
      const words = await sameCard(pressOf(stage, 'maria', form, data, { id: nextId() }));
      const tickets = await stage.store.ticketsOf(PERSON.maria, 10);
      assert.equal(tickets.length, 1);
      ticket = tickets[0] as Ticket;
      assert.match(words, new RegExp(`Richiesta inviata con il numero ${ticket.number}`));
      assert.equal(cardsIn(stage, 'finance').length, 1);
      card = queueCardOf(stage, ticket);
    });

    test('A3 a claim is recorded once', async () => {
      const data = { verb: 'claim', number: ticket.number, version: 1 };
      const words = await sameCard(pressOf(stage, 'anna', card, data, { id: nextId() }));
      assert.match(words, /È in carico a te/);
      assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed']);
      const taken = heardBy(stage, 'maria').filter(({ summary }) => summary?.includes('ha preso in carico'));
      assert.equal(taken.length, 1);
    });

    test('A3 a note is kept once', async () => {
      const data = { verb: 'note', number: ticket.number, version: 2, text: 'Sentita la tesoreria.' };
      const words = await sameCard(pressOf(stage, 'anna', card, data, { id: nextId() }));
      assert.match(words, /Nota salvata/);
      assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed', 'noted']);
    });

    test('A3 a question to the requester is asked once', async () => {
      const data = {
        ...{ verb: 'reply', number: ticket.number, version: 3 },
        ...replying('Quale fornitore?', 'waitRequester'),
      };
      const words = await sameCard(pressOf(stage, 'anna', card, data, { id: nextId() }));
      assert.match(words, /Risposta inviata/);
      assert.deepEqual((await historyOf(stage, ticket)).slice(3), ['replied', 'waitedForRequester']);
      const asked = heardBy(stage, 'maria').filter(({ summary }) => summary?.includes('ti chiede una cosa'));
      assert.equal(asked.length, 1);
    });

    test('A3 the requester’s answer reaches the ticket once, and the thread once', async () => {
      const said = heardBy(stage, 'maria').filter(({ text }) => text).length;
      await twice(stage, message(stage, 'maria', 'la ditta Rossi', { id: messageId() }));
      await stage.settle();
      assert.deepEqual((await historyOf(stage, ticket)).slice(5), ['requesterWrote', 'waitEnded']);
      assert.equal(postsIn(stage, 'finance').filter(({ replyTo }) => replyTo === card.id).length, 1);
      assert.equal(heardBy(stage, 'maria').filter(({ text }) => text).length, said + 1);
    });

    test('A3 closing closes once, and says so both times', async () => {
      const { version } = await reread(stage, ticket);
      const data = { verb: 'close', number: ticket.number, version, text: 'Anagrafica corretta.' };
      const words = await sameCard(pressOf(stage, 'anna', card, data, { id: nextId() }));
      assert.match(words, /Richiesta chiusa/);
      assert.equal((await historyOf(stage, ticket)).at(-1), 'closedSuccessfully');
    });

    test('A3 a message from the requester’s card reopens once, and says so both times', async () => {
      const { version } = await reread(stage, ticket);
      const live = heardBy(stage, 'maria')[0] as MessageView;
      const data = { verb: 'writeToOffice', number: ticket.number, version, text: 'Dà ancora errore.' };
      const words = await sameCard(pressOf(stage, 'maria', live, data, { id: nextId() }));
      assert.match(words, /di nuovo aperta/);
      assert.deepEqual((await historyOf(stage, ticket)).slice(-2), ['requesterWrote', 'reopened']);
    });
  });

describe('the same thing done again by hand', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  test('A3 a double click is two activities and one effect', async () => {
    const data = { verb: 'note', number: ticket.number, version: 1, text: 'Sentita la tesoreria.' };
    for (const answer of await Promise.all([1, 2].map(() => press(stage, 'anna', card, data))))
      assert.match(answer.kind === 'card' ? textOf(answer.card) : '', /Nota salvata/);
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'noted']);
  });

  test('A3 what looks alike but was written on a newer card is a second effect', async () => {
    const again = await act(stage, 'anna', card, 'note', { text: 'Sentita la tesoreria.' });
    assert.match(again.kind === 'card' ? textOf(again.card) : '', /Nota salvata/);
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'noted', 'noted']);
  });

  test('A3 the same words in a new message are a second message', async () => {
    await say(stage, 'maria', `${ticket.number} ci sono novità?`);
    await say(stage, 'maria', `${ticket.number} ci sono novità?`);
    assert.deepEqual((await historyOf(stage, ticket)).slice(3), ['requesterWrote', 'requesterWrote']);
  });

  test('A3 the form of a dialog that is delivered twice, or sent twice, has one effect', async () => {
    const dialog = await openForm(stage, 'anna', card, 'note');
    const before = await historyOf(stage, ticket);
    const send = () => sendForm(stage, 'anna', card, dialog, 'note', { text: 'Sentita la banca.' });
    assert.deepEqual(await Promise.all([send(), send()]), [{ kind: 'closed' }, { kind: 'closed' }]);
    assert.deepEqual(await send(), { kind: 'closed' });
    await stage.restart();
    assert.deepEqual(await send(), { kind: 'closed' }, 'also after a restart');
    assert.deepEqual(await historyOf(stage, ticket), [...before, 'noted']);
  });

  test('A3 a choice on a stale card is refused with what to do, stays in the form, and nothing changes', async () => {
    const { version } = await reread(stage, ticket);
    const data = { verb: 'classify', number: ticket.number, version: version - 1 };
    const chosen = { priority: '4', type: 'fault', service: 'payment-orders', agreement: '-', impact: '3' };
    const answer = await press(stage, 'bruno', card, data, chosen);
    const shown = answer.kind === 'card' ? answer.card : undefined;
    assert.match(textOf(shown), /Nel frattempo la richiesta è cambiata/);
    assert.equal(inputsOf(shown).priority, '4');
    assert.equal(dataOf(shown, 'classify').version, version, 'the form can be sent as it is now');
    assert.equal((await reread(stage, ticket)).version, version);
    const sent = await press(stage, 'bruno', card, dataOf(shown, 'classify'), chosen);
    assert.match(sent.kind === 'card' ? textOf(sent.card) : '', /Modifiche salvate/);
  });
});
