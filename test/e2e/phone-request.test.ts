/** A request by phone, from the agent's dashboard and from the message extension. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../support/browser-pane.ts';
import { startStage } from './stage.ts';

/** Clicks and choices of a form, as the table of the daily work counts them; typing is not counted. */
function counting(card: Card) {
  let clicks = 0;
  return {
    clicks: () => clicks,
    async press(title: string) {
      clicks++;
      await card.press(title);
    },
    async choose(label: string, choice: string) {
      clicks++;
      await card.choose(label, choice);
    },
  };
}

test('I14 an agent of the first level opens a request for a caller in no more clicks than in OTRS, and the caller is told', {
  timeout: 90_000,
}, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  await maria.say('grazie');
  await maria.sees('Prego!');
  const carla = await stage.alone('Carla Monti');
  await carla.say('bacheca');
  const board = counting(carla.cardWith('Nuova telefonata'));
  await board.press('Nuova telefonata');
  const { dialog } = carla;
  await dialog.shows('Chi chiama');
  const form = counting(dialog);
  await dialog.fill('Chi chiama', 'rinaldi');
  await form.choose('Tipo', 'Guasto');
  await form.choose('Ufficio', 'Sistemi informativi');
  await dialog.fill('Oggetto', 'AIUTO');
  await dialog.fill('Descrizione', 'Da stamattina lampeggia e non esce niente.');
  // Enter in a field of one line sends the form.
  await dialog.field('Oggetto').press('Enter');
  await dialog.shows('C’è qualcosa da correggere');
  await dialog.fill('Oggetto', 'La stampante dell’ufficio 12 non stampa');
  await form.press('Apri la richiesta');
  await dialog.shows(/\d{16} è di Maria Rinaldi/, 'la trova nella chat con Sportello');
  assert.ok(board.clicks() + form.clicks() <= 5, `${board.clicks() + form.clicks()} clicks`);
  await carla.page.keyboard.press('Escape');
  await maria.card('La stampante dell’ufficio 12').shows('Ricevuta', 'Sistemi informativi');
  const office = await stage.alone('Carla Monti', 'Sistemi informativi');
  await office.card('La stampante dell’ufficio 12').shows('Maria Rinaldi', 'Nuova');
});

test('I14 a caller whom Teams does not know, by the message extension and solved at once', {
  timeout: 90_000,
}, async (t) => {
  const stage = await startStage(t);
  const carla = await stage.alone('Carla Monti', 'Primo livello');
  await carla.root.getByTestId('extension').click();
  await carla.page.getByRole('menuitem', { name: 'Nuova telefonata' }).click();
  const { dialog } = carla;
  await dialog.fill('Chi chiama', 'Ada Neri ada.neri@ditta.example');
  await dialog.choose('Tipo', 'Informazione');
  await dialog.choose('Ufficio', 'Primo livello');
  await dialog.fill('Oggetto', 'Orario di apertura dello sportello tributi');
  await dialog.fill('Descrizione', 'Chiede quando può venire.');
  await dialog.press('Altri dati');
  await dialog.choose('Stato', 'Chiusa: risolta al telefono');
  await dialog.fill('Testo di chiusura', 'Detto l’orario: dalle 9 alle 13.');
  await dialog.fill('Minuti', '3');
  await dialog.press('Apri la richiesta');
  await dialog.shows('detta il numero al telefono');
  await carla.page.keyboard.press('Escape');
  await carla.card('Orario di apertura').shows('Chiusa, risolta', 'Ada Neri', 'non è in Teams');
});
