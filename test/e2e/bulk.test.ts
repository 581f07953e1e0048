/** Several tickets of a list, worked in the agent's chat. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, startStage } from './stage.ts';

const SENTENCES = [
  'non riesco a emettere i mandati, esce soggetto inesistente',
  'le fatture del fornitore Lodi Carta risultano scartate dal portale',
];

test('T16 T17 an agent chooses requests of a list, closes them with one text, and reads what became of each', {
  timeout: 90_000,
}, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const numbers: string[] = [];
  for (const sentence of SENTENCES) numbers.push(await ask(maria, sentence));
  const anna = await stage.alone('Anna Conti');
  await anna.say('bacheca');
  await anna.card('Per coda').press(/^Nuove: 2$/);
  const list = anna.cardWith('Seleziona');
  await list.shows('2');
  await list.press('Seleziona');
  const boxes = anna.card('Scegli le richieste');
  await boxes.press('Chiudi');
  const { dialog } = anna;
  await dialog.shows('Scegli almeno una richiesta');
  await anna.page.keyboard.press('Escape');
  for (const number of numbers) await boxes.field(new RegExp(number)).check();
  await boxes.press('Chiudi');
  const closing = 'Il portale della tesoreria è di nuovo attivo.';
  await dialog.fill('Testo di chiusura', closing);
  await dialog.press('Conserva e chiudi');
  await boxes.press('Chiudi');
  await dialog.shows('Ripristinata la bozza');
  assert.equal(await dialog.field('Testo di chiusura').inputValue(), closing);
  await dialog.button('Chiudi 2 richieste').dblclick();
  const outcome = anna.card('Fatte 2 di 2');
  await outcome.shows(...numbers);
  await outcome.press('Torna all’elenco');
  await anna.card('nessuna').shows('Nuova');
  const told = maria.cards.filter({ hasText: 'La tua richiesta è risolta' });
  await told.nth(1).waitFor();
  assert.equal(await told.count(), 2, 'a double click does one thing');
});
