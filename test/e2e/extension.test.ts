/** What comes in and goes out by the message extension: a request from a message, a card in a message. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, startStage } from './stage.ts';

const SENTENCE = 'non riesco a emettere i mandati, esce soggetto inesistente';
const OFFICE = 'Servizi finanziari';
const LIMIT = { timeout: 90_000 };

test(
  'I13 an agent makes a ticket of a colleague’s message, by keyboard, and corrects what is not good enough',
  LIMIT,
  async (t) => {
    const stage = await startStage(t);
    const bruno = await stage.alone('Bruno Galli', OFFICE);
    const anna = await stage.alone('Anna Conti', OFFICE);
    await bruno.say(SENTENCE);
    const message = anna.messages.filter({ hasText: SENTENCE }).first();
    await message.focus();
    const { keyboard } = anna.page;
    await message.getByRole('button', { name: 'Altre azioni sul messaggio' }).focus();
    await keyboard.press('Enter');
    await anna.page.getByRole('menuitem', { name: 'Crea richiesta' }).focus();
    await keyboard.press('Enter');

    const { dialog } = anna;
    await dialog.shows('Crea richiesta', 'Richiesta di Bruno Galli');
    assert.equal(await dialog.field('Descrizione').inputValue(), SENTENCE);
    await dialog.fill('Telefono', '0371 409 400');
    await dialog.fill('Oggetto', 'AIUTO');
    // Enter in a field of one line sends the form; nothing behind the dialog can be reached meanwhile.
    await dialog.field('Oggetto').press('Enter');
    await dialog.shows('C’è qualcosa da correggere');
    assert.equal(await dialog.field('Oggetto').inputValue(), 'AIUTO');
    await keyboard.press('Escape');
    await dialog.root.waitFor({ state: 'detached' });

    await message.hover();
    await message.getByRole('button', { name: 'Altre azioni sul messaggio' }).click();
    await anna.page.getByRole('menuitem', { name: 'Crea richiesta' }).click();
    await dialog.shows('Richiesta di Bruno Galli');
    await dialog.fill('Oggetto', 'I mandati escono con soggetto inesistente');
    await dialog.button('Crea la richiesta').dblclick();
    await dialog.shows(/Richiesta \d{16} creata/);
    await keyboard.press('Enter');
    await dialog.root.waitFor({ state: 'detached' });
    await anna.card('I mandati escono').shows('Bruno Galli');
    await anna.card('I mandati escono').press('Altre azioni');
    await anna.page.getByRole('menuitem', { name: 'Messaggio originale' }).waitFor();
    await keyboard.press('Escape');
    assert.equal(
      await anna.cards.filter({ hasText: 'I mandati escono' }).count(),
      1,
      'a double click does one thing',
    );
    await bruno.open('Assistenza Borgolieto');
    await bruno.card('I mandati escono').shows('Ricevuta');
  },
);

test(
  'W7 a ticket is looked up from anywhere in the command box, by keyboard, and opened from there',
  LIMIT,
  async (t) => {
    const stage = await startStage(t);
    const maria = await stage.alone('Maria Rinaldi');
    const number = await ask(maria, SENTENCE);
    const anna = await stage.alone('Anna Conti');
    const { keyboard } = anna.page;
    await anna.root.getByTestId('command-box').focus();
    await keyboard.press('Enter');
    await anna.page.getByRole('menuitem', { name: 'Cerca richieste' }).press('Enter');
    await anna.page.getByTestId('search-words').fill(number);
    await anna.page.getByTestId('search').getByRole('option', { name: number }).waitFor();
    await keyboard.press('Enter');
    const found = anna.page.getByTestId('found');
    await found.getByRole('button', { name: 'Mostra i dettagli' }).click();
    await found.getByText('Maria Rinaldi').waitFor();
    assert.equal(await anna.root.getByTestId('card-to-send').count(), 0, 'nothing is sent');
    await found.getByRole('link', { name: 'Apri la scheda' }).click();
    await found.waitFor({ state: 'detached' });
    await anna.card(number).shows('Maria Rinaldi');

    await anna.root.getByTestId('command-box').click();
    await anna.page.getByRole('menuitem', { name: 'Nuova telefonata' }).click();
    await anna.dialog.shows('Nuova telefonata');
  },
);

test(
  'W7 an agent searches by keyboard and puts a card into a message, where everybody sees what they may',
  LIMIT,
  async (t) => {
    const stage = await startStage(t);
    const maria = await stage.alone('Maria Rinaldi');
    const number = await ask(maria, SENTENCE);
    const anna = await stage.alone('Anna Conti', OFFICE);
    const { keyboard } = anna.page;
    await anna.root.getByTestId('extension').focus();
    await keyboard.press('Enter');
    await anna.page.getByRole('menuitem', { name: 'Cerca richieste' }).press('Enter');
    const panel = anna.page.getByTestId('search');
    await panel.getByTestId('search-result').filter({ hasText: number }).waitFor();
    await keyboard.type('zzzz');
    await panel.getByText('Nessuna richiesta trovata').waitFor();
    await panel.getByTestId('search-words').fill('mandat');
    await panel.getByRole('option', { name: number }).waitFor();
    await keyboard.press('Enter');
    await anna.root.getByTestId('card-to-send').filter({ hasText: number }).waitFor();
    await anna.composer.press('Enter');

    const card = anna.messages.filter({ hasText: 'Anna Conti' }).locator('.card').last();
    await card.filter({ hasText: 'Maria Rinaldi' }).waitFor();
    await card.getByText('Apri la scheda').waitFor();
  },
);
