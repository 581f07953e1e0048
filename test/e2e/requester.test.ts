/** The requester's side, from the chat alone. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, askAnew, startStage } from './stage.ts';

test('I11 W10 with several open requests the bot asks which one is meant, and the other is withdrawn and reopened from the list', {
  timeout: 90_000,
}, async (t) => {
  const stage = await startStage(t, { hurry: 30 });
  const maria = await stage.alone('Maria Rinaldi');
  const orders = await ask(maria, 'non riesco a emettere i mandati, esce soggetto inesistente');
  const invoices = await askAnew(
    maria,
    'un’altra richiesta: le fatture del fornitore Lodi Carta risultano scartate dal portale',
  );
  const saidOn = async (number: string) =>
    (await stage.teams.opened.store.ticket(number))?.articles.slice(1).map(({ text }) => text);

  await maria.say('ci sono novità?');
  const question = maria.card('Di quale richiesta si tratta?');
  await question.shows('È una richiesta nuova', 'ci sono novità?');
  await question.root.getByRole('button', { name: 'È questa' }).nth(1).dblclick();
  await maria.sees(`Messaggio aggiunto alla richiesta ${orders}`);
  assert.deepEqual(await saidOn(orders), ['ci sono novità?'], 'a double click does one thing');
  assert.deepEqual(await saidOn(invoices), []);

  await maria.say('le mie richieste');
  const list = maria.card('Le mie richieste · 2');
  await list.shows(orders, invoices);
  await list.root.getByRole('button', { name: /^Le fatture del fornitore/ }).click();
  const copy = maria.card(`Richiesta ${invoices}`).root.nth(1);
  await copy.getByRole('button', { name: 'Altre azioni' }).click();
  await maria.page.getByRole('menuitem', { name: 'Ritira la richiesta' }).click();
  await maria.dialog.press('Ritira la richiesta');
  await copy.filter({ hasText: 'Richiesta ritirata' }).waitFor();
  await copy.getByRole('button', { name: 'Non è risolto' }).click();
  const label = 'Non è risolto? Scrivi qui e la richiesta si riapre';
  await maria.dialog.fill(label, 'Serve ancora: il portale le scarta di nuovo.');
  await maria.dialog.press('Invia e riapri');
  await copy.filter({ hasNotText: 'Chiusa senza soluzione' }).waitFor();
  assert.deepEqual(await saidOn(invoices), ['Serve ancora: il portale le scarta di nuovo.']);
  assert.equal((await stage.teams.opened.store.ticket(invoices))?.state.kind, 'open');
});
