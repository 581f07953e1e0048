/** Forms that are left and come back to. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardOf } from './daily/office.ts';
import { ask, startStage } from './stage.ts';

test('T13 T17 a note that was left is still there, and its minutes are added up', {
  timeout: 60_000,
}, async (t) => {
  const stage = await startStage(t);
  const anna = await stage.alone('Anna Conti', 'Servizi finanziari');
  const maria = await stage.alone('Maria Rinaldi');
  const number = await ask(maria, 'non riesco a emettere i mandati, esce soggetto inesistente');
  const card = cardOf(anna, number);
  await card.press('Prendi in carico');
  await card.shows('È in carico a te.');
  await card.press('Nota');
  await card.dialog.fill('Nota interna', 'Sentita la tesoreria');
  await card.dialog.fill(/^Minuti di lavoro/, '12');
  await card.dialog.press('Conserva e chiudi');
  await card.dialog.root.waitFor({ state: 'detached' });
  await anna.page.reload();
  await card.press('Nota');
  await card.dialog.field('Nota interna').waitFor();
  assert.equal(await card.dialog.field('Nota interna').inputValue(), 'Sentita la tesoreria');
  assert.equal(await card.dialog.field(/^Minuti di lavoro/).inputValue(), '12');
  await card.dialog.press('Salva la nota');
  await card.shows('Nota salvata.', '12 min');
  await card.press('Nota');
  await card.dialog.fill(/^Minuti di lavoro/, '8');
  await card.dialog.fill('Nota interna', 'E la banca.');
  await card.dialog.press('Salva la nota');
  await card.shows('20 min');
});
