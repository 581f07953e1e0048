import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, cardIn, dataOf, inputsOf, textOf, wordsIn } from './support/cards.ts';
import { act, look, openTicket, press, queueCardOf } from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const WRITTEN = 'Buongiorno, per il mandato 1234 serve ancora';

describe('T17 a half-written form', () => {
  let stage: Stage;
  let ticket: Ticket;
  let card: MessageView;
  before(async () => {
    stage = await setStage();
    ticket = await openTicket(stage);
    await stage.settle();
    card = queueCardOf(stage, ticket);
  });
  after(() => stage.stop());

  const open = async (who: 'anna' | 'bruno', form: string) => {
    const opener = buttonsOf(await look(stage, who, card)).find(({ data }) => data.form === form);
    assert.ok(opener, `${who} has no ${form}`);
    return cardIn(await press(stage, who, card, opener.data));
  };
  const close = async (who: 'anna' | 'bruno', form: unknown, inputs: Record<string, string>) =>
    cardIn(await press(stage, who, card, dataOf(form, 'closeForm'), { ...inputsOf(form), ...inputs }));

  test('T17 comes back after it was closed, also when Sportello was started anew', async () => {
    const closed = await close('anna', await open('anna', 'reply'), { text: WRITTEN, minutes: '5' });
    assert.match(textOf(closed), /Quello che hai scritto è conservato/);
    assert.ok(!('text' in inputsOf(closed)), 'the form is closed');
    await stage.restart();
    const again = await open('anna', 'reply');
    assert.match(textOf(again), /Ripristinata la bozza/);
    assert.equal(inputsOf(again).text, WRITTEN);
    assert.equal(inputsOf(again).minutes, '5');
    await close('anna', again, {});
    const note = await open('anna', 'note');
    assert.equal(inputsOf(note).text, '', 'each form has its own');
    await close('anna', note, {});
    const other = await open('bruno', 'reply');
    assert.equal(inputsOf(other).text, '', 'and each person');
    await close('bruno', other, {});
  });

  test('T17 closing what nobody wrote in keeps nothing, and takes away what was emptied', async () => {
    const untouched = await close('bruno', await open('bruno', 'reply'), {});
    assert.doesNotMatch(textOf(untouched), /conservato/);
    const emptied = await close('anna', await open('anna', 'reply'), { text: ' ', minutes: '' });
    assert.doesNotMatch(textOf(emptied), /conservato/);
    const again = await open('anna', 'reply');
    assert.equal(inputsOf(again).text, '');
    await close('anna', again, {});
  });

  test('T17 stays when somebody else has changed the ticket, and when the card refreshes itself then', async () => {
    const form = await open('anna', 'reply');
    await act(stage, 'bruno', card, 'note', { text: 'Sentita la tesoreria.' });
    const stale = await press(stage, 'anna', card, dataOf(form, 'reply'), { text: WRITTEN });
    assert.match(wordsIn(stale), /Nel frattempo la richiesta è cambiata/);
    await stage.settle();
    assert.equal(inputsOf(await look(stage, 'anna', card)).text, WRITTEN);
  });

  test('T17 stays when a colleague took the ticket first, and is there when they let it go', async () => {
    const form = await look(stage, 'anna', card);
    await act(stage, 'bruno', card, 'claim');
    assert.match(
      wordsIn(await press(stage, 'anna', card, dataOf(form, 'reply'), { text: WRITTEN })),
      /Ce l’ha in carico Bruno Galli/,
    );
    await act(stage, 'bruno', card, 'release');
    await stage.settle();
    // Her form is open still: with what she wrote in it.
    assert.equal(inputsOf(await look(stage, 'anna', card)).text, WRITTEN);
  });

  test('T17 is forgotten when it was sent', async () => {
    const sent = await press(stage, 'anna', card, dataOf(await look(stage, 'anna', card), 'reply'), {
      text: WRITTEN,
    });
    assert.match(wordsIn(sent), /Risposta inviata/);
    await stage.settle();
    assert.equal(inputsOf(await open('anna', 'reply')).text, '');
  });

  test('T17 A2 only what the form has is kept, and no more than two texts', async () => {
    await close('anna', await look(stage, 'anna', card), { text: 'a', planted: 'x' });
    const of = { person: PERSON.anna, ticket: ticket.number, form: 'reply' };
    const kept = await stage.store.formDraft(of, stage.clock.now());
    assert.deepEqual(Object.keys(kept?.values ?? {}).sort(), ['minutes', 'text', 'then']);
    await close('anna', await open('anna', 'reply'), { text: 'x'.repeat(30_000) });
    assert.equal(await stage.store.formDraft(of, stage.clock.now()), undefined);
  });
});
