/** What goes wrong on the way: hurried fingers, cards that change under one's hands, and a platform with a bad day. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERSON } from '../support/desk.ts';
import { ask, startStage } from './stage.ts';

const SENTENCE = 'non riesco a emettere i mandati, esce soggetto inesistente';
const OFFICE = 'Servizi finanziari';
const LIMIT = { timeout: 60_000 };

test('A3 a double click on send makes one ticket, and so does sending from two windows', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const again = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', OFFICE);
  await maria.say(SENTENCE);
  const send = maria.cardWith('Invia la richiesta').button('Invia la richiesta');
  const sendAgain = again.cardWith('Invia la richiesta').button('Invia la richiesta');
  await Promise.all([send.waitFor(), sendAgain.waitFor()]);
  await Promise.all([send.dblclick(), sendAgain.dblclick()]);
  for (const pane of [maria, again]) await pane.card(/Richiesta \d{16}/).shows('Ricevuta');
  await anna.card('Maria Rinaldi').shows('Nuova');
  await stage.teams.settle();
  assert.equal(await anna.cards.count(), 1);
  assert.equal((await stage.teams.opened.store.ticketsOf(PERSON.maria, 10)).length, 1);
});

test('W2 W3 what is typed into a form survives a live update of its card, and is sent', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', OFFICE);
  const number = await ask(maria, SENTENCE);
  const card = anna.card('aperta');
  await card.press('Prendi in carico');
  await card.press('Nota');
  await card.dialog.fill('Nota interna', 'Ho sentito il tesoriere e');
  await maria.say(`${number}: adesso esce anche un altro errore`);
  await card.shows('adesso esce anche un altro errore');
  assert.equal(await card.dialog.field('Nota interna').inputValue(), 'Ho sentito il tesoriere e');
  await anna.page.keyboard.type(' aspetto');
  await card.dialog.press('Salva la nota');
  await card.dialog.shows('Nota salvata. Nel frattempo la richiesta è cambiata: Messaggio del richiedente');
  await anna.page.getByTestId('dialog-close').click();
  await card.shows('Nota salvata.', 'Ho sentito il tesoriere e aspetto');
});

test('N2 W1 a ping leads to the card in its channel', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', OFFICE);
  const dario = await stage.alone('Dario Serra');
  const number = await ask(maria, SENTENCE);
  await ask(maria, 'non riesco a registrare le fatture elettroniche di un fornitore');
  await anna.card(number).press('Prendi in carico');
  await dario.card('Anna Conti l’ha presa in carico').press('Apri la scheda');
  await dario.conversation.getByRole('heading', { name: OFFICE, exact: true }).waitFor();
  await dario.conversation.locator('article:focus', { hasText: number }).waitFor();
  await dario.card(number).shows('In lavorazione', 'Anna Conti');
});

test('N3 no answer is lost in a chat that is busier than the platform allows', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  for (let times = 0; times < 12; times++) await maria.say('grazie!');
  await maria.conversation.getByText('Prego!').nth(11).waitFor();
});

for (const [fault, label] of [
  ['503', 'a platform that is down'],
  ['429', 'a platform that asks to slow down'],
] as const)
  test(`N3 ${label} delays and loses nothing`, LIMIT, async (t) => {
    const stage = await startStage(t);
    const maria = await stage.alone('Maria Rinaldi');
    const anna = await stage.alone('Anna Conti', OFFICE);
    await maria.say(SENTENCE);
    await maria.cardWith('Invia la richiesta').root.waitFor();
    await maria.page.getByTestId('fault-kind').selectOption(fault);
    await maria.page.getByTestId('fault-times').selectOption('3');
    await maria.page.getByTestId('fault-apply').click();
    await maria.page.getByText('Guasto impostato.').waitFor();
    await maria.cardWith('Invia la richiesta').press('Invia la richiesta');
    await maria.card('Richiesta inviata con il numero').root.waitFor();
    await anna.card('Maria Rinaldi').shows('Nuova');
    await anna.card('Maria Rinaldi').press('Prendi in carico');
    await maria.card('Anna Conti ha preso in carico').root.waitFor();
    await stage.teams.settle();
    assert.equal(await anna.cards.count(), 1);
    assert.equal(await maria.cards.count(), 2);
    const refused = stage.teams.local.calls.filter(({ status }) => String(status) === fault);
    assert.equal(refused.length, 3);
  });
