import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ticket } from '../../src/domain/ticket.ts';
import type { MessageView } from '../../src/local/protocol.ts';
import { PERSON } from '../support/desk.ts';
import { buttonsOf, cardIn, dataOf, inputsOf, textOf } from './support/cards.ts';
import {
  act,
  dialogIn,
  look,
  openForm,
  openTicket,
  press,
  queueCardOf,
  reread,
  sendForm,
} from './support/people.ts';
import { type Stage, setStage } from './support/stage.ts';

const WRITTEN = 'Buongiorno, per il mandato 1234 serve ancora';
const CLOSED = { kind: 'closed' };

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

  const open = (who: 'anna' | 'bruno', form: string) => openForm(stage, who, card, form);
  /** With the dialog's own button: its cross tells the bot nothing. */
  const leave = async (who: 'anna' | 'bruno', dialog: unknown, inputs: Record<string, string>) =>
    assert.deepEqual(await sendForm(stage, who, card, dialog, 'closeForm', inputs), CLOSED);

  test('T17 comes back after it was closed, also when Sportello was started anew', async () => {
    await leave('anna', await open('anna', 'reply'), { text: WRITTEN, minutes: '5' });
    await stage.restart();
    const again = await open('anna', 'reply');
    assert.match(textOf(again), /Ripristinata la bozza/);
    assert.equal(inputsOf(again).text, WRITTEN);
    assert.equal(inputsOf(again).minutes, '5');
    assert.equal(inputsOf(await open('anna', 'note')).text, '', 'each form has its own');
    assert.equal(inputsOf(await open('bruno', 'reply')).text, '', 'and each person');
  });

  test('T17 closing what nobody wrote in keeps nothing, and takes away what was emptied', async () => {
    await leave('bruno', await open('bruno', 'reply'), {});
    assert.doesNotMatch(textOf(await open('bruno', 'reply')), /Ripristinata/);
    await leave('anna', await open('anna', 'reply'), { text: ' ', minutes: '' });
    assert.equal(inputsOf(await open('anna', 'reply')).text, '');
  });

  test('T17 stays where it could not be sent: in the dialog, and when that is opened again', async () => {
    const dialog = await open('anna', 'close');
    await act(stage, 'bruno', card, 'note', { text: 'Sentita la tesoreria.' });
    const refused = dialogIn(await sendForm(stage, 'anna', card, dialog, 'close', { text: WRITTEN }));
    assert.match(textOf(refused), /Nel frattempo la richiesta è cambiata: Nota interna \(Bruno Galli\)/);
    assert.equal(inputsOf(refused).text, WRITTEN);
    const again = await open('anna', 'close');
    assert.equal(inputsOf(again).text, WRITTEN, 'closed by its cross, the dialog has it the next time');
    await leave('anna', again, { text: '' });
  });

  test('T17 stays when a colleague took the ticket first, and is there when they let it go', async () => {
    const dialog = await open('anna', 'reply');
    await act(stage, 'bruno', card, 'claim');
    const refused = dialogIn(await sendForm(stage, 'anna', card, dialog, 'reply', { text: WRITTEN }));
    assert.match(textOf(refused), /Ce l’ha in carico Bruno Galli/);
    assert.match(textOf(refused), /Quello che hai scritto è conservato/);
    assert.equal(inputsOf(refused).text, WRITTEN);
    await act(stage, 'bruno', card, 'release');
    assert.equal(inputsOf(await open('anna', 'reply')).text, WRITTEN);
  });

  test('T17 is kept when a template joins what was typed, and forgotten when it was sent', async () => {
    const dialog = await open('anna', 'reply');
    const chosen = { ...dataOf(dialog, 'useTemplate'), template: 'thanks' };
    const filled = dialogIn(await sendForm(stage, 'anna', card, dialog, chosen));
    assert.ok(inputsOf(filled).text?.startsWith(`${WRITTEN}\n\n`));
    assert.deepEqual(await sendForm(stage, 'anna', card, filled, 'reply'), CLOSED);
    assert.equal(inputsOf(await open('anna', 'reply')).text, '');
  });

  test('T17 of choices on the card comes back, too', async () => {
    const opener = buttonsOf(await look(stage, 'anna', card)).find(({ data }) => data.form === 'classify');
    assert.ok(opener);
    const form = cardIn(await press(stage, 'anna', card, opener.data));
    const left = { ...inputsOf(form), priority: '5' };
    const closed = cardIn(await press(stage, 'anna', card, dataOf(form, 'closeForm'), left));
    assert.match(textOf(closed), /Quello che hai scritto è conservato/);
    assert.ok(!('priority' in inputsOf(closed)), 'the form is closed');
    const again = cardIn(await press(stage, 'anna', card, opener.data));
    assert.equal(inputsOf(again).priority, '5');
    await act(stage, 'bruno', card, 'watch');
    await stage.settle();
    const open = await look(stage, 'anna', card);
    assert.ok('priority' in inputsOf(open), 'and stays open while others act');
    await press(stage, 'anna', card, dataOf(open, 'classify'), inputsOf(again));
  });

  test('T17 A2 only what the form has is kept, and no more than two texts', async () => {
    const dialog = await open('anna', 'reply');
    await leave('anna', dialog, { text: 'a', planted: 'x' });
    const of = { person: PERSON.anna, ticket: ticket.number, form: 'reply' };
    const kept = await stage.store.formDraft(of, stage.clock.now());
    assert.deepEqual(Object.keys(kept?.values ?? {}).sort(), ['minutes', 'text', 'then']);
    await leave('anna', dialog, { text: 'x'.repeat(30_000) });
    assert.equal(await stage.store.formDraft(of, stage.clock.now()), undefined);
    assert.equal((await reread(stage, ticket)).priority, 5);
  });
});
