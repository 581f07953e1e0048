/** What somebody edits and deletes in the chat, on the page of local Teams. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, startStage } from './stage.ts';

test('T10 who edits what they wrote sees it taken, and who deletes it is told that it stays', {
  timeout: 90_000,
}, async (t) => {
  const stage = await startStage(t, { hurry: 30 });
  const maria = await stage.alone('Maria Rinaldi');
  const sentence = 'non riesco a emettere i mandati, esce soggetto inesistente';
  const number = await ask(maria, sentence);
  const mine = maria.page.locator('article.message', { hasText: sentence }).first();
  const choose = async (item: string) => {
    await mine.hover();
    await mine.getByTestId(/^menu-/).click();
    await maria.page.getByTestId(item).click();
  };
  await choose('edit-message');
  const field = maria.page.getByTestId(/^edit-field-/);
  await field.fill(`${sentence}: è il mandato 4711`);
  await field.press('Enter');
  await maria.sees(`Correzione aggiunta alla richiesta ${number}`);
  await choose('delete-message');
  await maria.sees(`Il messaggio che hai cancellato resta nella richiesta ${number}`);
  const articles = (await stage.teams.opened.store.ticket(number))?.articles.map(({ text }) => text);
  assert.deepEqual(articles, [sentence, `${sentence}: è il mandato 4711`]);
});
