/** The whole story, as a newcomer sees it: the program as `npm start` starts it, with the example desk. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { compileCalendars } from '../../src/domain/calendar.ts';
import { isTicketNumber } from '../../src/domain/number.ts';
import type { Card, Pane } from '../support/browser-pane.ts';
import { type Program, startProgram } from './program.ts';
import { passTime } from './stage.ts';

const PICTURE = join(import.meta.dirname, '../../docs/images/local-teams.png');
const HOUR = 3_600_000;
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
    // Teams gives pasted pictures no name.
    await draft.shows('Allegati', 'image.png, mandato 1482.txt');
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
    assert.equal(await other.card(number).button('Rispondi').count(), 0);
    await giulia.card(`Richiesta ${number}`).shows('Ce ne stiamo occupando', `Se ne occupa ${name}`);
    await giulia.sees(`${name} ha preso in carico la tua richiesta`);
    // The live update that came meanwhile has left both what they were told.
    assert.match(await owner.card(number).text(), /È in carico a te\./);
    assert.match(await other.card(number).text(), new RegExp(`Ce l’ha in carico ${name}`));
  });

  await step('W2 an internal note on the card, for colleagues', async () => {
    const card = owner.card(number);
    await card.press('Nota');
    await card.fill('Nota interna', NOTE);
    await card.press('Salva la nota');
    await card.shows('Nota salvata.', NOTE);
    await other.card(number).shows(NOTE);
  });

  await step('W2 W4 a question reaches the requester, the answer the card’s thread', async () => {
    const card = owner.card(number);
    await card.press('Rispondi');
    await card.fill('Risposta al richiedente', QUESTION);
    await card.choose('E poi', 'Aspetta la risposta del richiedente');
    await card.press('Invia la risposta');
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

  await step('T8 closing with a public text', async () => {
    const card = ticketOn(owner);
    await card.press('Chiudi');
    await card.fill('Testo di chiusura', CLOSING);
    await card.press('Chiudi la richiesta');
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
    await dialog.shows('image.png', 'mandato 1482.txt', 'Giulia Moretti');
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

  const carla = await program.alone('Carla Fontana');
  let next = '';
  await step('R1 the next ticket is routed to an owner, and left alone', async () => {
    await giulia.say('non scarico le fatture elettroniche dallo sdi');
    const draft = giulia.cardWith('Invia la richiesta');
    await draft.shows('Fatture elettroniche', 'Ragioneria');
    await draft.press('Modifica');
    await draft.choose('Tipo', 'Guasto');
    await draft.fill('Fornitore', 'Cartoleria Bassi');
    await draft.press('Invia la richiesta');
    const mine = giulia.card('dallo sdi');
    await mine.shows('Ricevuta');
    next = /\d{16}/.exec(await mine.text())?.[0] ?? '';
    await anna.card(next).shows('Marco Ferri');
  });

  await marco.open('Assistenza Roccaferrata');
  const pings = async (who: string, headline: string) => {
    const { conversations } = await program.session(who);
    const texts = conversations.flatMap(({ messages }) => messages.map(({ cards }) => JSON.stringify(cards)));
    return texts.filter((text) => text.includes(headline) && text.includes(next)).length;
  };
  const allowed = 8;
  const calendar = compileCalendars(program.desk).get('uffici');
  const now = Date.parse((await giulia.page.getByTestId('clock-now').getAttribute('datetime')) ?? '');
  /** Moves the clock to so many minutes before or after this share of the allowed working time. */
  let reached = now;
  const goTo = async (share: number, minutes: number) => {
    const to = (calendar?.addWorkingTime(now, allowed * share * HOUR) ?? 0) + minutes * 60_000;
    await passTime(giulia.page, (to - reached) / 60_000, 'minutes');
    reached = to;
  };

  await step('D1 D2 D3 at the warning share the owner is pinged once, and nobody before', async () => {
    await goTo(0.75, -5);
    assert.equal(await pings('Marco Ferri', 'Scadenza vicina'), 0);
    await goTo(0.75, 5);
    await marco.card('Scadenza vicina').shows(next, 'Prima risposta');
    assert.equal(await pings('Carla Fontana', 'Scadenza'), 0);
  });

  await step('D3 at the breach the owner and the supervisor are pinged, once each', async () => {
    await goTo(1, -5);
    assert.equal(await pings('Carla Fontana', 'Scadenza'), 0);
    await goTo(1, 5);
    await marco.card('Scadenza superata').shows(next);
    await carla.card('Scadenza superata').shows(next, 'Prima risposta', 'Marco Ferri', 'Nuova');
    await goTo(1, 15);
    assert.equal(await pings('Marco Ferri', 'Scadenza vicina'), 1);
    assert.equal(await pings('Marco Ferri', 'Scadenza superata'), 1);
    assert.equal(await pings('Carla Fontana', 'Scadenza superata'), 1);
  });

  await step('T4 the supervisor assigns it on the card of the ping', async () => {
    const ping = carla.card('Scadenza superata');
    await ping.choose('Assegna a', 'Anna Bianchi');
    await ping.fill('Nota per il collega', 'Puoi vederla tu? Marco è in ferie.');
    await ping.press('Assegna');
    await ping.shows('Assegnata a Anna Bianchi.');
    await anna.card(next).shows('In lavorazione', 'Anna Bianchi');
    await anna.open('Assistenza Roccaferrata');
    await anna.card('Carla Fontana ti ha assegnato una richiesta').shows(next, 'Marco è in ferie');
  });
});

/** Lets two presses arrive at the server together, as only a race can: neither goes before both are there. */
async function atTheSameInstant(one: Card, other: Card, press: (card: Card) => Promise<void>): Promise<void> {
  const held: (() => Promise<void>)[] = [];
  const pages = [one, other].map(({ root }) => root.page());
  for (const page of pages)
    await page.route('**/local/actions', async (route) => {
      if (route.request().postDataJSON().trigger !== 'manual') return route.continue();
      held.push(() => route.continue());
      if (held.length === pages.length) await Promise.all(held.map((go) => go()));
    });
  await Promise.all([press(one), press(other)]);
  await Promise.all(pages.map((page) => page.unrouteAll({ behavior: 'wait' })));
}

function inputs({ root }: Card) {
  return root.locator('input, textarea, select');
}

async function takePicture(program: Program, owner: string): Promise<void> {
  const [giulia, agent] = await program.sit([
    { who: 'Giulia Moretti' },
    { who: owner, channel: 'Ragioneria' },
  ]);
  assert.ok(giulia && agent);
  await giulia.page.getByTestId('tools').click();
  const card = agent.card('aperta');
  await card.button('Rispondi').waitFor();
  await card.root.evaluate((element) => element.closest('.thread')?.scrollIntoView());
  await giulia.page.mouse.move(0, 0);
  await giulia.page.screenshot({ path: PICTURE });
  await giulia.page.context().close();
}

/** What a member of staff would attach: a picture of the message that the program shows. */
async function pictureOfAnError(page: Page): Promise<Buffer> {
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 420, height: 150 });
  await other.setContent(
    `<body style="margin:0;font:14px sans-serif;background:#e8e8e8"><div style="background:#1d3c6e;color:#fff;padding:8px 12px">Contabilità – Emissione mandati</div>
     <p style="padding:0 16px"><b>Errore 2041</b><br>Beneficiario 5120: soggetto inesistente</p><p style="text-align:right;padding:0 16px"><button>OK</button></p></body>`,
  );
  const picture = await other.screenshot();
  await other.close();
  return picture;
}
