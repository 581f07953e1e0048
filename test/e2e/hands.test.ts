/** How people work: in another language, on an old client, by keyboard, on a narrow and dark screen, in a hurry. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { ask, startStage } from './stage.ts';

const SENTENCE = 'non riesco a emettere i mandati, esce soggetto inesistente';
const OFFICE = 'Servizi finanziari';
const LIMIT = { timeout: 60_000 };

test('K6 page and bot speak English to an English browser, and Italian to the office', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi', undefined, { locale: 'en-GB' });
  const anna = await stage.alone('Anna Conti', OFFICE);
  assert.match((await maria.composer.getAttribute('placeholder')) ?? '', /^Write to /);
  await maria.say('I cannot send the payment orders, the treasury refuses them');
  const draft = maria.cardWith('Send the request');
  await draft.shows('Your request', 'Payment orders · Fault');
  await draft.press('Change');
  await draft.fill('Subject', 'HELP!!');
  await draft.press('Send the request');
  await draft.shows('does not say what happens', 'for example “');
  assert.equal(await draft.field('Subject').inputValue(), 'HELP!!');
  await draft.fill('Subject', 'Payment orders refused by the treasury');
  await draft.press('Send the request');
  await maria.card(/Request sent with the number \d{16}/).shows('Received');
  await anna.card('Payment orders refused').shows('Nuova', 'Mandati di pagamento · Guasto');
  await anna.card('Payment orders refused').press('Prendi in carico');
  await maria.card('Anna Conti').shows('We are working on it');
});

test('W2 a client that only knows cards 1.2 claims, replies and closes', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi', undefined, { query: 'cards=1.2' });
  const anna = await stage.alone('Anna Conti', OFFICE, { query: 'cards=1.2' });
  const bruno = await stage.alone('Bruno Galli', OFFICE);
  await maria.say(SENTENCE);
  await maria.cardWith('Invia la richiesta').press('Invia la richiesta');
  await maria.card(/Richiesta \d{16}/).shows('Ricevuta');
  const card = anna.card('Maria Rinaldi');
  await card.press('Prendi in carico');
  await card.shows('In lavorazione', 'Anna Conti');
  await bruno.card('Maria Rinaldi').shows('In lavorazione', 'Anna Conti');
  await card.press('Rispondi al richiedente');
  await card.dialog.fill('La risposta che leggerà il richiedente', 'Provi adesso.');
  await card.dialog.press('Invia la risposta');
  await maria.card('Anna Conti ha risposto').shows('Provi adesso.');
  await card.press('Chiudi');
  await card.dialog.fill('Che cosa è stato fatto', 'Sbloccato il beneficiario.');
  await card.dialog.press('Chiudi la richiesta');
  await card.shows('Chiusa, risolta');
  await maria.card('La tua richiesta è risolta').shows('Sbloccato il beneficiario.');
});

test('W2 T6 a request is sent, claimed, classified and closed with keys alone', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', OFFICE);
  const { keyboard } = maria.page;
  await tabTo(maria.composer);
  await keyboard.type(SENTENCE);
  await keyboard.press('Enter');
  await tabTo(maria.cardWith('Invia la richiesta').button('Invia la richiesta'), 'Shift+Tab');
  await keyboard.press('Enter');
  await maria.card(/Richiesta inviata con il numero \d{16}/).shows('Ricevuta');

  const card = anna.card('Maria Rinaldi');
  await tabTo(card.button('Prendi in carico'));
  await anna.page.keyboard.press('Enter');
  await card.shows('È in carico a te.');
  await tabTo(card.button('Priorità e tipo'));
  await anna.page.keyboard.press('Enter');
  await tabTo(card.field('Priorità'));
  await anna.page.keyboard.type('Alta');
  await tabTo(card.field('Livello di servizio'));
  await anna.page.keyboard.type('Continuità');
  await tabTo(card.field('Impatto'));
  await anna.page.keyboard.type('Alto');
  await anna.page.keyboard.press('Tab');
  await anna.page.keyboard.press('Enter');
  await card.shows('Modifiche salvate.', 'Alta', 'Continuità del servizio', 'Alto');
  await tabTo(card.button('Chiudi'));
  await anna.page.keyboard.press('Space');
  // The dialog opens with the caret in its first field, and gives the focus back when it closes.
  await card.dialog.field('Testo di chiusura').and(anna.page.locator(':focus')).waitFor();
  await anna.page.keyboard.type('Fatto.');
  await tabTo(card.dialog.button('Chiudi la richiesta'));
  await anna.page.keyboard.press('Enter');
  await card.shows('Richiesta chiusa.', 'Chiusa, risolta');
  await maria.card('La tua richiesta è risolta').shows('Fatto.');
});

test('everything fits and can be read on a narrow dark screen', LIMIT, async (t) => {
  const stage = await startStage(t);
  const narrow = { viewport: { width: 320, height: 800 }, colorScheme: 'dark', query: 'x' } as const;
  const maria = await stage.alone('Maria Rinaldi', undefined, narrow);
  const anna = await stage.alone('Anna Conti', OFFICE, narrow);
  const number = await ask(maria, SENTENCE);
  const card = anna.card(number);
  await card.press('Prendi in carico');
  await card.shows('È in carico a te.');
  for (const [form, at, field, leave] of [
    ['Priorità e tipo', card, 'Livello di servizio', 'Annulla'],
    ['Rispondi al richiedente', card.dialog, 'Risposta al richiedente', 'Conserva e chiudi'],
  ] as const) {
    await card.press(form);
    await at.field(field).waitFor();
    for (const { page } of [maria, anna]) {
      assert.equal(await page.evaluate('document.documentElement.dataset.theme'), 'dark');
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320);
      assert.deepEqual(await page.evaluate(OUT_OF_SIGHT), []);
      assert.deepEqual(await page.evaluate(HARD_TO_READ), []);
    }
    await at.press(leave);
  }
});

/** Presses Tab until the focus is there. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  const focused = target.and(target.page().locator(':focus'));
  for (let stops = 0; stops < 60; stops++) {
    if (await focused.count()) return;
    await target.page().keyboard.press(key);
  }
  assert.fail(`${key} never leads to ${target}`);
}

/** Controls of cards that stick out of the window. */
const OUT_OF_SIGHT = `[...document
  .querySelectorAll('.card button, .card input, .card textarea, .card select')]
  .filter((one) => one.getClientRects().length > 0)
  .filter((one) => { const { left, right } = one.getBoundingClientRect(); return left < 0 || right > innerWidth; })
  .map((one) => one.textContent || one.getAttribute('aria-label'))`;

/** Texts whose contrast to their ground is below 4.5 (WCAG 2.2, 1.4.3). */
const HARD_TO_READ = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.closest('[aria-disabled=true]')) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found.add(texts.currentNode.data.trim() + ': ' + ratio.toFixed(2));
  }
  return [...found];
})()`;
