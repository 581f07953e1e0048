/** Text that tries to be more than text: it shows as it was typed, to everybody, and makes nothing. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pane } from '../support/browser-pane.ts';
import { startStage } from './stage.ts';

/** What each tries in a subject, a note, a reply: markdown, HTML, templates, dates, links, reordering. */
const TRICKS = {
  markdown: '**grassetto** _corsivo_ # titolo `codice` ~~via~~ [premi](https://evil.example/1)',
  html: '<img src=x onerror=alert(1)> <b>forte</b> <script>alert(2)</script> &lt;b&gt; <a href="https://evil.example/2">qui</a>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to look like one
  template: '${number} ${$root.owner} {{DATE(2026-11-05T09:00:00Z,SHORT)}} {{TIME(2026-11-05T09:00:00Z)}}',
  json: '"}],"actions":[{"type":"Action.OpenUrl","title":"Apri","url":"https://evil.example/3"}]',
};
const TEXT = Object.values(TRICKS).join('\n');
/** What follows the override would be read backwards, as if the office had written it. */
const REORDERING = 'fine \u202Eoirotapitsni atnemaged\u202C dopo';
const LIMIT = { timeout: 60_000 };

test('A2 hostile text shows as typed in every pane and makes no link and no element', LIMIT, async (t) => {
  const stage = await startStage(t);
  const maria = await stage.alone('Maria Rinaldi');
  const anna = await stage.alone('Anna Conti', 'Servizi finanziari');
  const dario = await stage.alone('Dario Serra');
  const subject = `Mandati respinti ${TRICKS.markdown.slice(0, 40)} <b>x</b> {{DATE(2026-11-05T09:00:00Z)}}`;

  await maria.say('non riesco a emettere i mandati');
  const draft = maria.cardWith('Invia la richiesta');
  await draft.press('Modifica');
  await draft.fill('Oggetto', subject);
  await draft.fill('Descrizione', TEXT);
  await draft.fill('Numero del mandato (facoltativo)', TRICKS.html);
  await draft.fill('Nome e cognome', '<i>Maria</i> **Rinaldi**');
  await draft.press('Invia la richiesta');
  await maria.card(/Richiesta inviata/).shows(subject.slice(0, 60));

  const card = anna.card('aperta');
  await reads(card, [subject, TRICKS.markdown, TRICKS.html, TRICKS.template, '<i>Maria</i> **Rinaldi**']);
  await card.press('Prendi in carico');
  await card.press('Nota');
  await card.dialog.fill('Nota interna', `${TRICKS.html} ${REORDERING}`);
  await card.dialog.press('Salva la nota');
  await reads(card, [TRICKS.html, 'fine oirotapitsni atnemaged dopo']);
  await card.press('Rispondi al richiedente');
  await card.dialog.fill('Risposta al richiedente', TEXT);
  await card.dialog.choose('E poi', 'Aspetta la risposta del richiedente');
  await card.dialog.press('Invia la risposta');
  await reads(maria.card('ti chiede una cosa'), [TRICKS.markdown, TRICKS.html, TRICKS.template]);
  const answer = maria.card('ti chiede una cosa');
  await answer.press('Rispondi');
  await answer.dialog.fill('La tua risposta', `${TRICKS.markdown} ${TRICKS.template}`);
  await answer.dialog.press('Invia');
  await reads(anna.card('Maria Rinaldi ha risposto'), [TRICKS.markdown, TRICKS.template]);
  await reads(dario.card('Maria Rinaldi ha scritto'), [TRICKS.markdown, TRICKS.template]);

  await card.pressFurther('Storico');
  await reads(anna.dialog, [TRICKS.markdown, TRICKS.html, TRICKS.template, TRICKS.json]);
  assert.deepEqual(await made(anna, '[data-testid="dialog"] .card'), []);
  for (const pane of [maria, anna, dario]) assert.deepEqual(await made(pane, '.card'), []);
});

/** Waits until all of it can be read there, character by character but for blank space. */
async function reads(card: Pane['dialog'], texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await card.shows(text.slice(0, 20));
    const shown = squeeze(await card.text());
    assert.ok(shown.includes(squeeze(text)), `${text}\nis not in\n${shown}`);
  }
}

/** A zero-width space may keep two braces apart, so that no client makes a date of what is between them. */
function squeeze(text: string): string {
  return text.replace(/[\s\u200B]+/g, '');
}

/** Elements that no card of ours has, so that only a text can have made them. Markdown makes no selectable links. */
function made(pane: Pane, where: string): Promise<unknown> {
  const kinds = 'a, b, strong, i, em, s, del, code, pre, script, iframe, h1, h2, img';
  return pane.page.evaluate(
    `[...document.querySelectorAll('${where}')].flatMap((card) => [...card.querySelectorAll('${kinds}')])
      .filter((one) => !one.closest('.card-status') && !one.matches('.ac-selectable')).map((one) => one.outerHTML)`,
  );
}
