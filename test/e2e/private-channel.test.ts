/** An office of the example desk in a private channel: its people see a request there, their colleagues nowhere. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadDesk } from '../../src/config/desk.ts';
import { ask, startStage } from './stage.ts';

const OFFICE = 'Personale';
const SENTENCE = 'nella busta paga di ottobre manca l’assegno familiare';

test('W1 the request of an office in a private channel is seen by its members, and nowhere by a colleague of the team', {
  timeout: 90_000,
}, async (t) => {
  const loaded = await loadDesk(fileURLToPath(new URL('../../desk', import.meta.url)));
  assert.ok(loaded.ok);
  const stage = await startStage(t, { desk: loaded.desk });
  const giulia = await stage.alone('Giulia Moretti');
  const number = await ask(giulia, SENTENCE);

  const chiara = await stage.alone('Chiara Vitale', OFFICE);
  await chiara.card(number).shows('busta paga');
  await chiara.card(number).press('Prendi in carico');
  await chiara.card(number).shows('Chiara Vitale', 'In lavorazione');

  const francesca = await stage.alone('Francesca Rinaldi', 'Protocollo');
  const chats = francesca.root.locator('.chat-entry');
  await chats.filter({ hasText: 'Protocollo' }).waitFor();
  assert.equal(await chats.filter({ hasText: OFFICE }).count(), 0);
  await francesca.open(loaded.desk.name);
  await francesca.say(`cerca ${number}`);
  await francesca.sees('Non trovo questa richiesta');
  await francesca.say('cerca assegno familiare');
  await francesca.sees('Parole: “assegno familiare”');
  await francesca.say('bacheca');
  await francesca.sees('Ultimi 7 giorni');
  assert.equal(await francesca.cards.filter({ hasText: number }).count(), 0);
  assert.equal(await francesca.cards.filter({ hasText: OFFICE }).count(), 0);
  assert.doesNotMatch(JSON.stringify((await stage.session('Francesca Rinaldi')).conversations), /ottobre/);

  // Who asked follows it in their own chat, as ever.
  await giulia.card(`Richiesta ${number}`).shows('Se ne occupa Chiara Vitale');
});
