/** The whole story, as a newcomer sees it: the program as `npm start` starts it, with the example desk. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTicketNumber } from '../../src/domain/number.ts';
import type { Card, Pane } from '../support/browser-pane.ts';
import { pictureOfAnError, takePicture } from './pictures.ts';
import { startProgram } from './program.ts';
import { atTheSameInstant } from './stage.ts';
import { theSupplierAnswers } from './supplier.ts';
import { nobodyTouchesTheNext } from './untouched.ts';

const EXPORT = Buffer.from('1482/2026;5120;Edilstrade S.r.l.;SCARTATO');
const NOTE = 'Il beneficiario è doppio in anagrafica: codici 4417 e 5120';
const QUESTION = 'Buongiorno, quale codice del fornitore compare sul mandato?';
const ANSWER = 'Il codice è 5120';
const CLOSING = 'Abbiamo unito i due codici in anagrafica: il mandato ora si emette.';

test('from a sentence in the chat to a closed card', { timeout: 180_000 }, async (t) => {
  const program = await startProgram(t);
  const { step } = program;
  const [giulia, anna] = await program.sit([
    { who: 'Giulia Moretti' },
    { who: 'Anna Bianchi', channel: 'Ragioneria' },
  ]);
  assert.ok(giulia && anna);
  const marco = await program.alone('Marco Ferri', 'Ragioneria');
  const elena = await program.alone('Elena Galli', 'Tributi');
  const screenshot = await pictureOfAnError(giulia.page);

  await step(
    'I1 I2 I3 I4 I6 the bot proposes what the sentence says and asks for what is missing',
    async () => {
      await giulia.say('non riesco a emettere i mandati, esce soggetto inesistente');
      const draft = giulia.cardWith('Invia la richiesta');
      await draft.shows('Non riesco a emettere i mandati, esce soggetto inesistente');
      await draft.shows('Mandati di pagamento · Guasto', 'Ragioneria', 'Comune di Roccaferrata');
      await draft.shows('Giulia Moretti · +39 0999 555 231');
      await draft.field('Fornitore o beneficiario').waitFor();
      assert.equal(await inputs(draft).count(), 1, 'only the one thing that is missing is asked for');
    },
  );

  await step(
    'I5 “AIUTO!!” is turned down at its field, with the reason and an example, and all stays',
    async () => {
      const draft = giulia.cardWith('Invia la richiesta');
      await draft.press('Modifica');
      await draft.fill('Oggetto', 'AIUTO!!');
      await draft.fill('Fornitore o beneficiario', 'Edilstrade S.r.l.');
      await draft.press('Invia la richiesta');
      await draft.shows('“AIUTO” non dice che cosa succede', 'per esempio “');
      assert.equal(await draft.field('Oggetto').inputValue(), 'AIUTO!!');
      assert.equal(await draft.field('Fornitore o beneficiario').inputValue(), 'Edilstrade S.r.l.');
      assert.equal(await anna.cards.count(), 0);
    },
  );

  await step('T15 a screenshot attached in the chat joins the request, and what is typed stays', async () => {
    const draft = giulia.cardWith('Invia la richiesta');
    await draft.fill('Oggetto', 'Emissione mandati: esce “soggetto inesistente”');
    await giulia.attach({ name: 'errore.png', mimeType: 'image/png', buffer: screenshot });
    await giulia.attach({ name: 'mandato 1482.txt', mimeType: 'text/plain', buffer: EXPORT });
    await giulia.say('ecco la schermata');
    // The form is not edited while somebody fills it in: a message says that it has them.
    await giulia.sees('Aggiunto alla richiesta che stiamo preparando qui sopra');
    assert.equal(await draft.field('Oggetto').inputValue(), 'Emissione mandati: esce “soggetto inesistente”');
  });

  let number = '';
  /** The ticket's own card, and not what hangs from it. */
  const ticketOn = (pane: Pane) => pane.card(`${number} · aperta`);
  await step(
    'T1 I16 W10 W1 R1 a number, a live confirmation, and one card in the right channel',
    async () => {
      await giulia.cardWith('Invia la richiesta').press('Invia la richiesta');
      const mine = giulia.card(/Richiesta \d{16}/);
      await mine.shows(
        'Emissione mandati: esce “soggetto inesistente”',
        'Ricevuta',
        'È all’ufficio Ragioneria',
      );
      number = /\d{16}/.exec(await mine.text())?.[0] ?? '';
      assert.ok(isTicketNumber(number), number);
      for (const agent of [anna, marco]) {
        await agent.card(number).shows('Emissione mandati', 'Nuova', 'nessun gestore', 'Giulia Moretti');
        assert.equal(await agent.cards.count(), 1);
      }
      assert.equal(await giulia.cards.count(), 1, 'the draft has become the confirmation');
      assert.equal(await elena.cards.count(), 0);
    },
  );

  let owner = anna;
  let other = marco;
  await step('T3 two agents claim at the same instant: one owns it, the other is told who', async () => {
    await atTheSameInstant(anna.card(number), marco.card(number), (card) => card.press('Prendi in carico'));
    const won = (pane: Pane) =>
      pane
        .card('È in carico a te.')
        .root.waitFor()
        .then(() => pane);
    owner = await Promise.any([won(anna), won(marco)]);
    other = owner === anna ? marco : anna;
    const name = owner === anna ? 'Anna Bianchi' : 'Marco Ferri';
    await other.card(number).shows(`Ce l’ha in carico ${name}`, 'In lavorazione');
    assert.equal(await other.card(number).button('Rispondi al richiedente').count(), 0);
    await giulia.card(`Richiesta ${number}`).shows('Ce ne stiamo occupando', `Se ne occupa ${name}`);
    await giulia.sees(`${name} ha preso in carico la tua richiesta`);
    // The live update that came meanwhile has left both what they were told.
    assert.match(await owner.card(number).text(), /È in carico a te\./);
    assert.match(await other.card(number).text(), new RegExp(`Ce l’ha in carico ${name}`));
  });

  await step('W2 an internal note on the card, for colleagues', async () => {
    const card = owner.card(number);
    await card.press('Nota');
    await card.dialog.fill('Nota interna', NOTE);
    await card.dialog.press('Salva la nota');
    await card.shows('Nota salvata.', NOTE);
    await other.card(number).shows(NOTE);
  });

  await step('W2 W4 a question reaches the requester, the answer the card’s thread', async () => {
    const card = owner.card(number);
    await card.press('Rispondi al richiedente');
    await card.dialog.fill('Risposta al richiedente', QUESTION);
    await card.dialog.choose('E poi', 'Aspetta la risposta del richiedente');
    await card.dialog.press('Invia la risposta');
    await card.shows('In attesa del richiedente', 'Scadenze sospese');
    await giulia.sees('ti chiede una cosa');
    await giulia.card(`Richiesta ${number}`).shows('Aspettiamo una tua risposta', QUESTION);
    await giulia.say(ANSWER);
    await giulia.sees(`Messaggio aggiunto alla richiesta ${number}`);
    for (const agent of [owner, other]) {
      await agent.card('Giulia Moretti ha risposto').shows(ANSWER);
      await ticketOn(agent).shows('In lavorazione', ANSWER);
    }
    assert.equal(await owner.conversation.locator('.thread-replies .card').count(), 1);
  });

  if (process.env.SPORTELLO_PICTURES) {
    const who = owner === anna ? 'Anna Bianchi' : 'Marco Ferri';
    await step('a picture for the README', () => takePicture(program, who));
  }

  await step('T6 the priority changes on the card', async () => {
    const card = ticketOn(owner);
    await card.press('Priorità e tipo');
    await card.choose('Priorità', 'Alta');
    await card.press('Salva');
    await card.shows('Modifiche salvate.', 'Alta');
    await ticketOn(other).shows('Alta');
  });

  await theSupplierAnswers(program, { owner, other, outside: elena, number });

  await step('T8 closing with a public text', async () => {
    const card = ticketOn(owner);
    await card.press('Chiudi');
    await card.dialog.fill('Testo di chiusura', CLOSING);
    await card.dialog.press('Chiudi la richiesta');
    await card.shows('Richiesta chiusa.', 'Chiusa, risolta');
    await ticketOn(other).shows('Chiusa, risolta');
    await giulia.card(`Richiesta ${number}`).shows('Risolta', CLOSING);
    await giulia.card('La tua richiesta è risolta').shows(CLOSING);
  });

  await step('N4 the requester never gets to see the note or the priority', async () => {
    const everything = [await giulia.text(), JSON.stringify(await program.session('Giulia Moretti'))];
    for (const text of everything) {
      assert.ok(text.includes(CLOSING));
      assert.ok(!text.includes(NOTE));
      assert.doesNotMatch(text, /priorità|\bAlta\b|nota interna/i);
    }
  });

  await step('T9 “grazie!” does not reopen, a real message does', async () => {
    await giulia.say('grazie!');
    await giulia.sees('Prego!');
    await ticketOn(owner).shows('Chiusa, risolta');
    await giulia.say('purtroppo non è risolto: esce ancora lo stesso errore');
    await giulia.card('La tua richiesta è di nuovo aperta').root.waitFor();
    for (const agent of [owner, other]) {
      await agent.card('Giulia Moretti ha riaperto la richiesta').shows('esce ancora lo stesso errore');
      await ticketOn(agent).shows('Aperta');
    }
    await giulia.card(`Richiesta ${number}`).shows('Ricevuta');
  });

  await step('T10 R5 the history of the ticket, from its card', async () => {
    await ticketOn(owner).pressFurther('Storico');
    const { dialog } = owner;
    await dialog.shows(`Storico della richiesta ${number}`, 'Regola “mandati” verso Ragioneria');
    await dialog.shows('Riaperta', 'Chiusa come risolta', 'priorità Normale → Alta', ANSWER, QUESTION, NOTE);
    await dialog.shows('Presa in carico', 'Richiesta aperta, verso Ragioneria', 'dal canale dell’ufficio');
    await owner.page.getByTestId('dialog-close').click();
    await dialog.root.waitFor({ state: 'detached' });
  });

  await step('T15 the attachments of the ticket, from its card, to download', async () => {
    await ticketOn(owner).pressFurther('2 allegati');
    const { dialog } = owner;
    await dialog.shows(/immagine 20[\d. -]+\.png/, 'mandato 1482.txt', 'Giulia Moretti');
    // The newest comes first.
    for (const [place, content] of [EXPORT, screenshot].entries()) {
      const context = owner.page.context();
      const [asked, tab] = await Promise.all([
        context.waitForEvent('request', (request) => request.url().includes('/attachments/')),
        context.waitForEvent('page'),
        dialog.button('Apri').nth(place).click(),
      ]);
      // A tab in front makes a browser slow down the one behind it.
      await tab.close();
      const answer = await fetch(asked.url());
      assert.deepEqual(Buffer.from(await answer.arrayBuffer()), content);
    }
    await owner.page.getByTestId('dialog-close').click();
  });

  await nobodyTouchesTheNext(program, { giulia, anna, marco });
});

function inputs({ root }: Card) {
  return root.locator('input, textarea, select');
}
