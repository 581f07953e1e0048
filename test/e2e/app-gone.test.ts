/** The chat with the bot is deleted, the app removed and added again, on the page of local Teams. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, startStage } from './stage.ts';

test('N3 who deletes the chat or removes the app is asked to add it, and is reached again', {
  timeout: 90_000,
}, async (t) => {
  const stage = await startStage(t, { hurry: 30 });
  const maria = await stage.alone('Maria Rinaldi');
  const { page } = maria;
  const number = await ask(maria, 'non riesco a emettere i mandati, esce soggetto inesistente');
  const choose = async (item: string) => {
    await page.getByTestId('chat-menu').click();
    await page.getByTestId(item).click();
  };

  await choose('delete-chat');
  await page.getByTestId('delete-chat-confirm').click();
  await page.getByText(number).first().waitFor({ state: 'detached' });
  await maria.composer.fill('le mie richieste');
  await maria.composer.press('Enter');
  await maria.sees(number);

  await choose('uninstall-app');
  const bar = page.getByTestId('installation');
  await bar.getByRole('button').waitFor();
  assert.equal(await maria.composer.isVisible(), false);
  // By keys alone: the focus went back to the menu's button.
  await page.getByTestId('chat-menu').press('Enter');
  await page.keyboard.press('Enter');
  await maria.composer.waitFor();
  assert.equal(await bar.getByRole('button').count(), 0);
  await maria.sees('Ciao');

  await choose('block-app');
  await bar.getByTestId('installation-add').press('Enter');
  await maria.composer.waitFor();
  await maria.composer.and(page.locator(':focus')).waitFor();
});

test('N3 a card that somebody deletes in the channel is gone for all', { timeout: 90_000 }, async (t) => {
  const stage = await startStage(t, { hurry: 30 });
  const maria = await stage.alone('Maria Rinaldi');
  const number = await ask(maria, 'non riesco a emettere i mandati, esce soggetto inesistente');
  const anna = await stage.alone('Anna Conti', 'Servizi finanziari');
  const card = anna.page.locator('article.message', { hasText: number }).first();
  await card.hover();
  await card
    .getByTestId(/^menu-/)
    .first()
    .click();
  await anna.page.getByTestId('delete-message').click();
  await anna.sees('Questo messaggio è stato eliminato.');
});
