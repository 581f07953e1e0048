import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ticketDocument } from '../../src/print/ticket-document.ts';
import { contextFor, HARMLESS, story, type Typed } from '../cards/gallery.ts';
import { HOSTILE } from '../cards/hostile-texts.ts';

const { reopened } = story(HARMLESS);
const context = contextFor('it');
const documentOf = (scope: 'public' | 'everything', over = {}, locale: 'it' | 'en' = 'it') =>
  ticketDocument({ ...reopened.ticket, ...over }, reopened.history, scope, contextFor(locale));

/** Names of the elements and of their attributes, in order. */
function tagsOf(page: string): string[] {
  return page.match(/<[a-z/!][^>]*>/gi) ?? [];
}

describe('the printed ticket', () => {
  test('T18 with everything it has facts, every communication whole, files with size and SHA-256, and the history', () => {
    const page = documentOf('everything');
    for (const words of [
      'Comune di Borgolieto',
      reopened.ticket.number,
      'Priorità</th><td>Alta',
      'Livello di servizio</th><td>Continuità del servizio',
      'Impatto</th><td>Alto',
      HARMLESS.text.split('\n')[1],
      HARMLESS.note,
      HARMLESS.assignNote,
      HARMLESS.closing,
      `${HARMLESS.fileName} (180 kB)`,
      `SHA-256 ${'a'.repeat(64)}`,
      'Numero del mandato',
      'Documento interno',
      'Avviso: Soluzione in scadenza',
      'priorità Normale → Alta',
      'gio 5 nov 2026 10:00',
    ])
      assert.ok(page.includes(String(words)), `${words} is missing`);
    const written = page.split('<h2>Storico</h2>')[1] ?? '';
    assert.ok(written.includes('Nota interna') && !written.includes(HARMLESS.note), 'texts stand once');
  });

  test('T18 N4 the public part says nothing that the requester may not know', () => {
    const page = documentOf('public');
    for (const words of [HARMLESS.text.split('\n')[0], HARMLESS.reply, HARMLESS.message, HARMLESS.closing])
      assert.ok(page.includes(String(words)), `${words} is missing`);
    for (const words of [HARMLESS.note, HARMLESS.assignNote, 'Priorità', 'Storico', 'Responsabile', 'Avviso'])
      assert.ok(!page.includes(words), `${words} is not for the requester`);
    for (const words of ['Impatto', 'Livello di servizio', 'Continuità'])
      assert.ok(!page.includes(words), `${words} is not for the requester`);
  });

  test('T18 T13 minutes of work stand in the internal document alone', () => {
    const articles = reopened.ticket.articles.map((article) =>
      article.kind === 'reply' ? { ...article, minutes: 25 } : article,
    );
    assert.match(documentOf('everything', { articles }), /Tempo di lavoro<\/th><td>50 min/);
    assert.match(documentOf('everything', { articles }), /10:45 · 25 min/);
    assert.doesNotMatch(documentOf('public', { articles }), /\d+ min/);
  });

  test('T18 it opens without Sportello: no script, nothing fetched, its style inside', () => {
    for (const scope of ['public', 'everything'] as const) {
      const page = documentOf(scope);
      assert.doesNotMatch(page, /<script|<link|<img|<iframe|\bsrc=|\bhref=|@import|url\(|\bon\w+=/i);
      assert.match(page, /^<!doctype html>\n<html lang="it">/);
      assert.match(page, /<meta charset="utf-8">/);
      assert.match(page, /@media print/);
    }
    assert.match(documentOf('public', {}, 'en'), /<html lang="en">[\s\S]*Public part/);
  });

  test('T18 a communication marked important comes first', () => {
    const articles = reopened.ticket.articles.map((article) =>
      article.text === HARMLESS.note ? { ...article, important: true as const } : article,
    );
    const page = documentOf('everything', { articles });
    const order = ['Comunicazioni importanti', HARMLESS.note, 'Altre comunicazioni', HARMLESS.reply];
    const places = order.map((words) => page.indexOf(words));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(places.every((place) => place > 0));
    assert.ok(
      !documentOf('public', { articles }).includes('Comunicazioni importanti'),
      'a note stays inside',
    );
  });

  for (const text of HOSTILE)
    test(`T18 what people typed cannot become markup: ${JSON.stringify(text)}`, () => {
      const typed = Object.fromEntries(Object.keys(HARMLESS).map((field) => [field, text])) as Typed;
      const { ticket, history } = story(typed).reopened;
      assert.deepEqual(
        tagsOf(ticketDocument(ticket, history, 'everything', context)),
        tagsOf(documentOf('everything')),
      );
    });
});
