/** What stays: over a reload, over a power cut, in the window of somebody else; and what does not stay. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProgram } from './program.ts';
import { ask } from './stage.ts';

const SENTENCE = 'la pec non invia più i messaggi';

test('the program is started, cut off, started again and reset', { timeout: 180_000 }, async (t) => {
  const program = await startProgram(t);
  const { step } = program;
  const giulia = await program.alone('Giulia Moretti');
  const [chiara, agentsOther] = await program.sit([
    { who: 'Chiara Vitale', channel: 'Protocollo' },
    { who: 'Francesca Rinaldi', channel: 'Protocollo' },
  ]);
  assert.ok(chiara && agentsOther);
  let number = '';

  await step('W1 windows of different people show the same ticket, each their own view of it', async () => {
    number = await ask(giulia, SENTENCE);
    await chiara.card(number).press('Prendi in carico');
    await chiara.card(number).shows('È in carico a te.');
    await chiara.card(number).button('Nota').waitFor();
    await agentsOther.card(number).shows('In lavorazione', 'Chiara Vitale');
    assert.equal(await agentsOther.card(number).button('Chiudi').count(), 0);
    await giulia.card(`Richiesta ${number}`).shows('Se ne occupa Chiara Vitale');
    const elsewhere = await program.alone('Giulia Moretti');
    await elsewhere.card(`Richiesta ${number}`).shows('Se ne occupa Chiara Vitale');
    await elsewhere.page.context().close();
  });

  await step('A3 the conversation and its cards survive a reload of the page', async () => {
    const before = await giulia.messages.allTextContents();
    await giulia.page.reload();
    await giulia.card(`Richiesta ${number}`).shows('Se ne occupa Chiara Vitale');
    assert.equal(await giulia.messages.count(), before.length);
    await chiara.page.reload();
    await chiara.card(number).button('Rispondi al richiedente').waitFor();
  });

  await step('A3 tickets and conversations survive a power cut, and open windows find back', async () => {
    const messages = await giulia.messages.count();
    await program.restart();
    await giulia.page.getByTestId('connection-lost').locator('p').waitFor({ state: 'detached' });
    assert.equal(await giulia.messages.count(), messages);
    await chiara.page.reload();
    const card = chiara.card(number);
    await card.press('Rispondi al richiedente');
    await card.dialog.fill('Risposta al richiedente', 'Abbiamo riavviato il servizio PEC.');
    await card.dialog.press('Invia la risposta');
    await card.shows('Risposta inviata a Giulia Moretti.');
    await giulia
      .card('Chiara Vitale ha risposto alla tua richiesta')
      .shows('Abbiamo riavviato il servizio PEC.');
    assert.equal(await chiara.cards.count(), 1);
  });

  await step('starting afresh empties the conversations and the desk, for everybody', async () => {
    const { page } = giulia;
    await page.getByTestId('reset').click();
    await page.getByTestId('reset-confirm').click();
    for (const pane of [giulia, chiara, agentsOther]) {
      await pane.composer.waitFor();
      await pane.messages.first().waitFor({ state: 'detached' });
      assert.equal(await pane.messages.count(), 0);
    }
    const again = await ask(giulia, SENTENCE);
    assert.equal(again, number, 'the desk counts from the beginning');
    await chiara.card(again).shows('Nuova', 'nessun gestore');
  });
});
