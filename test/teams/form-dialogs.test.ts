import assert from 'node:assert/strict';
import { after, beforeEach, describe, test } from 'node:test';
import type { InboundDialog } from '../../src/app/ports/inbound.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { invokeBody } from '../../src/teams/invoke-answers.ts';
import { PERSON } from '../support/desk.ts';
import { ticketNumber } from '../support/tickets.ts';
import { buttonsOf, dataOf, inputsOf, textOf, verbsOf, wordsIn } from './support/cards.ts';
import {
  act,
  askDialog,
  chatOf,
  dialogIn,
  historyOf,
  lastHeardBy,
  look,
  openForm,
  openTicket,
  press,
  queueCardOf,
  replying,
  reread,
  say,
  sendForm,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const CLOSED = { kind: 'closed' };

describe('W2 a form with a text is a dialog over the card', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  beforeEach(async () => {
    await stage?.stop();
    stage = await setStage();
    ticket = await openTicket(stage);
    await stage.settle();
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  const words = async (who: 'anna' | 'bruno') => textOf(await look(stage, who, card));

  test('W2 sent, it closes, and the card below says what was done and how it stands', async () => {
    const dialog = await openForm(stage, 'anna', card, 'note');
    assert.match(textOf(dialog), new RegExp(ticket.number));
    assert.deepEqual(
      await sendForm(stage, 'anna', card, dialog, 'note', { text: 'Sentita la banca.' }),
      CLOSED,
    );
    await stage.settle();
    assert.match(await words('anna'), /^Nota salvata\./);
    assert.match(await words('anna'), /Sentita la banca\./);
    assert.doesNotMatch(await words('bruno'), /Nota salvata/, 'whoever did not press is told nothing');
    await press(stage, 'anna', card, dataOf(await look(stage, 'anna', card), 'watch'));
    await stage.settle();
    assert.doesNotMatch(await words('anna'), /Nota salvata/, 'it was said once');
  });

  test('W2 what is wrong stands at its field, with everything else as it was typed', async () => {
    const dialog = await openForm(stage, 'anna', card, 'wait');
    const typed = { until: '', date: '2020-01-01', time: '09:30', note: 'Aspetto il fornitore' };
    const refused = dialogIn(await sendForm(stage, 'anna', card, dialog, 'wait', typed));
    assert.match(textOf(refused), /C’è qualcosa da correggere/);
    const { date, time, note } = inputsOf(refused);
    assert.deepEqual({ date, time, note }, { date: typed.date, time: typed.time, note: typed.note });
    assert.deepEqual(await historyOf(stage, ticket), ['opened']);
  });

  test('W3 a note is sent all the same where the ticket has changed, also by its lock, and says what changed', async () => {
    const dialog = await openForm(stage, 'anna', card, 'note');
    await act(stage, 'bruno', card, 'claim');
    await stage.settle();
    const sent = await sendForm(stage, 'anna', card, dialog, 'note', { text: 'Chiedi alla banca.' });
    assert.deepEqual(sent, {
      kind: 'message',
      text: 'Nota salvata. Nel frattempo la richiesta è cambiata: Presa in carico (Bruno Galli).',
    });
    assert.deepEqual(await historyOf(stage, ticket), ['opened', 'claimed', 'noted']);
  });

  test('T3 a colleague may always note on what somebody else has, and change nothing', async () => {
    await act(stage, 'bruno', card, 'claim');
    await stage.settle();
    const offered = buttonsOf(await look(stage, 'anna', card)).map(({ data }) => data.form ?? data.verb);
    assert.ok(offered.includes('note'), offered.join());
    for (const form of ['reply', 'close', 'wait', 'classify', 'move'])
      assert.ok(!offered.includes(form), form);
    assert.match(
      wordsIn(await act(stage, 'anna', card, 'note', { text: 'Io sentirei la banca.' })),
      /Nota salvata/,
    );
  });

  test('W3 a reply is sent all the same as long as its author may; one that closes shows what changed first', async () => {
    const [first, second] = [
      await openForm(stage, 'anna', card, 'reply'),
      await openForm(stage, 'anna', card, 'reply'),
    ];
    await say(stage, 'maria', `${ticket.number} adesso esce anche un altro errore`);
    await act(stage, 'bruno', card, 'note', { text: 'È il certificato.' });
    const sent = await sendForm(stage, 'anna', card, first, 'reply', replying('Ci guardo.', 'stay'));
    assert.ok(sent.kind === 'message', JSON.stringify(sent).slice(0, 300));
    assert.match(
      sent.text,
      /^Risposta inviata a Maria Rinaldi\. .*Messaggio del richiedente \(Maria Rinaldi\), Nota interna/,
    );
    await stage.settle();
    assert.match(lastHeardBy(stage, 'maria').summary ?? '', /Anna Conti ha risposto/);

    const closing = replying('È risolto.', 'close');
    const shown = dialogIn(await sendForm(stage, 'anna', card, second, 'reply', closing));
    assert.match(textOf(shown), /Nel frattempo la richiesta è cambiata: .*controlla e invia di nuovo/);
    assert.deepEqual([inputsOf(shown).text, inputsOf(shown).then], ['È risolto.', 'close']);
    assert.notEqual((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
    assert.deepEqual(await sendForm(stage, 'anna', card, shown, 'reply'), CLOSED);
    assert.equal((await reread(stage, ticket)).state.kind, 'closedSuccessfully');
  });

  test('W3 what cannot be done any more is said before anybody types', async () => {
    const stale = buttonsOf(await look(stage, 'anna', card)).find(({ data }) => data.form === 'reply');
    assert.ok(stale);
    await act(stage, 'bruno', card, 'claim');
    await stage.settle();
    const opened = dialogIn(await askDialog(stage, 'anna', card, 'fetch', stale.data));
    assert.match(textOf(opened), /Ce l’ha in carico Bruno Galli/);
    assert.deepEqual([inputsOf(opened), verbsOf(opened)], [{}, []]);
  });

  test('T5 A1 whose ticket went out of reach keeps their own words, and sees nothing of it any more', async () => {
    await act(stage, 'anna', card, 'claim');
    const dialog = await openForm(stage, 'anna', card, 'reply');
    const form = await openForm(stage, 'dario', card, 'move');
    await sendForm(stage, 'dario', card, form, { ...dataOf(form, 'move'), queue: 'taxes' });
    await stage.settle();
    const lost = dialogIn(await sendForm(stage, 'anna', card, dialog, 'reply', { text: 'Ho quasi finito.' }));
    assert.match(textOf(lost), /Ho quasi finito\./);
    assert.match(textOf(lost), /Quello che hai scritto è conservato/);
    assert.doesNotMatch(textOf(lost), /mandati|Maria|Rinaldi/);
    assert.deepEqual(verbsOf(lost), []);
    assert.ok(!(await historyOf(stage, ticket)).includes('replied'));
  });

  test('A1 A2 of a dialog only verb, number and version count', async () => {
    const other = await openTicket(stage, 'maria', {
      text: 'i mandati non partono: certificato di firma scaduto',
    });
    await stage.settle();
    const data = { verb: 'openForm', form: 'note', number: ticket.number, version: 1 };
    const opened = dialogIn(await askDialog(stage, 'anna', queueCardOf(stage, other), 'fetch', data));
    assert.match(textOf(opened), /Non trovo questa richiesta/, 'on the card of another ticket');
    const before = await reread(stage, ticket);
    const inOwnChat = { as: PERSON.carla, conversation: chatOf(stage, 'carla') };
    const forged = { ...data, text: 'x', by: PERSON.dario, owner: PERSON.carla, to: PERSON.carla };
    for (const verb of ['note', 'reply', 'assign', 'split', 'useTemplate', 'closeForm', 'openForm'])
      for (const step of ['fetch', 'submit'] as const) {
        const answer = await stage.local.dialog({ ...inOwnChat, step, data: { ...forged, verb } });
        assert.doesNotMatch(JSON.stringify(answer), /mandati|Rinaldi|soggetto|finanziari/, `${step} ${verb}`);
        const number = ticketNumber(4711);
        const nowhere = await stage.local.dialog({ ...inOwnChat, step, data: { ...forged, verb, number } });
        assert.equal(
          JSON.stringify(nowhere).replaceAll(number, ticket.number),
          JSON.stringify(answer),
          'nor whether there is such a ticket',
        );
      }
    for (const form of ['constructor', '__proto__', 'claim', '', 7])
      assert.match(
        textOf(dialogIn(await askDialog(stage, 'anna', card, 'fetch', { ...data, form }))),
        /Questo pulsante non è più valido/,
      );
    assert.deepEqual(await reread(stage, ticket), before);
  });

  test('W2 a card that was drawn when forms opened on it becomes the one that opens dialogs', async () => {
    const { number, version } = ticket;
    const answer = await press(stage, 'anna', card, { verb: 'openForm', form: 'reply', number, version });
    assert.match(wordsIn(answer), /premi di nuovo/);
    const sent = await press(stage, 'anna', card, {
      verb: 'note',
      number,
      version,
      text: 'Sentita la banca.',
    });
    assert.match(wordsIn(sent), /Nota salvata/, 'and what stood on it open is still sent');
  });
});

describe('an answer that did not come about', () => {
  const dialog: InboundDialog = {
    kind: 'dialog',
    sender: {
      ...{ person: PERSON.anna, name: 'Anna Conti', teamsId: '29:anna', locale: 'it' },
      ...{ conversation: '19:x', personal: false, serviceUrl: 'https://smba.example/' },
    },
    ...{ key: 'k', step: 'submit', verb: 'reply', ticket: '2026110510000019', seen: 3 },
    inputs: replying('Buongiorno, ci stiamo lavorando da stamattina.', 'close') as Record<string, string>,
  };
  const bodyFor = (one: InboundDialog, answer: Parameters<typeof invokeBody>[1]) =>
    invokeBody(one, answer) as {
      task: { type: string; value: { card: { content: Record<string, unknown> } } };
    };

  test('T17 A3 offers the same press again, with all that was typed in sight', () => {
    const { task } = bodyFor(dialog, { kind: 'text', text: 'Errore interno abc', again: true });
    assert.equal(task.type, 'continue');
    const { content } = task.value.card;
    assert.match(textOf(content), /Errore interno abc[\s\S]*ci stiamo lavorando da stamattina/);
    assert.deepEqual(buttonsOf(content)[0]?.data, {
      ...dialog.inputs,
      verb: 'reply',
      number: dialog.ticket,
      version: 3,
    });
  });

  test('W2 words that answer a fetch stand on a card, for Teams shows no others there', () => {
    const fetched = bodyFor({ ...dialog, step: 'fetch' }, { kind: 'text', text: 'Non si può' });
    assert.equal(fetched.task.type, 'continue');
    assert.match(textOf(fetched.task.value.card.content), /Non si può/);
    assert.deepEqual(bodyFor(dialog, { kind: 'text', text: 'Fatto' }), {
      task: { type: 'message', value: 'Fatto' },
    });
  });
});
