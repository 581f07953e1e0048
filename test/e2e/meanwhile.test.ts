/** What happens to a ticket while somebody fills in a form about it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { note } from './daily/deeds.ts';
import { ask, startStage } from './stage.ts';

const SENTENCE = 'non riesco a emettere i mandati, esce soggetto inesistente';
const OFFICE = 'Servizi finanziari';

/** Each form with a text: how it is opened, where one types, and whether its button is behind “…”. */
const FORMS = [
  ['Nota', 'Nota interna'],
  ['Rispondi al richiedente', 'Risposta al richiedente'],
  ['Chiudi', 'Testo di chiusura'],
  ['In attesa fino a…', 'Nota per te (facoltativa)'],
  ['Sposta', /^Nota per chi la riceve/],
  ['Telefonata', 'Che cosa vi siete detti', 'further'],
  ['Assegna', 'Nota per il collega', 'further'],
  ['Cambia richiedente', 'Oppure nome ed e-mail', 'further'],
  ['Collega o unisci', 'Numero dell’altra richiesta', 'further'],
] as const;

test('W3 T17 in no form of an agent anything is lost while others act on its card', {
  timeout: 150_000,
}, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', OFFICE);
  const bruno = await stage.alone('Bruno Galli', OFFICE);
  await ask(maria, SENTENCE);
  const card = anna.card('aperta');
  await card.press('Prendi in carico');
  await card.shows('È in carico a te.');
  const open = (title: string, further?: string) => (further ? card.pressFurther(title) : card.press(title));
  for (const [title, label, further] of FORMS) {
    await open(title, further);
    const field = card.dialog.field(label);
    await field.fill(`Scritto in ${title}`);
    await note(bruno.card('aperta'), `Mentre scrivi in ${title}`);
    await card.shows(`Mentre scrivi in ${title}`);
    assert.equal(await field.inputValue(), `Scritto in ${title}`);
    await card.dialog.press('Conserva e chiudi');
    await card.dialog.root.waitFor({ state: 'detached' });
    await open(title, further);
    await card.dialog.shows('Ripristinata la bozza');
    assert.equal(await card.dialog.field(label).inputValue(), `Scritto in ${title}`);
    await anna.page.keyboard.press('Escape');
    await card.dialog.root.waitFor({ state: 'detached' });
  }
});

test('W10 local Teams: what is chosen on a card and not sent is gone with its edit, and with the look elsewhere', {
  timeout: 60_000,
}, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', OFFICE);
  const bruno = await stage.alone('Bruno Galli', OFFICE);
  await ask(maria, SENTENCE);
  const card = anna.card('aperta');
  const priority = card.field('Priorità');
  const chosen = () => priority.locator('option:checked').textContent();
  await card.press('Priorità e tipo');
  await card.choose('Priorità', 'Alta');
  await note(bruno.card('aperta'), 'Guarda anche qui.');
  await card.shows('Guarda anche qui.');
  assert.equal(await chosen(), 'Normale', 'as in Teams, the edit has drawn the form anew');
  await card.choose('Priorità', 'Alta');
  await anna.open(stage.desk.name);
  await anna.open(OFFICE);
  assert.equal(await chosen(), 'Normale');
  await card.choose('Priorità', 'Alta');
  await card.press('Salva');
  await card.shows('Modifiche salvate.', 'Alta');
});
