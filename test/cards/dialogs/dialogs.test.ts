import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attachmentsDialog } from '../../../src/cards/dialogs/attachments-view.ts';
import { historyDialog, historyView } from '../../../src/cards/dialogs/history-view.ts';
import type { Card } from '../../../src/cards/kit/card.ts';
import type { RoutingReason } from '../../../src/domain/ticket.ts';
import { contextFor, file, HARMLESS, story } from '../gallery.ts';
import { elementsOf } from '../reading.ts';

const context = contextFor('it');
const { fresh, reopened } = story(HARMLESS);

describe('the history', () => {
  const { entries, why, omitted } = historyView(reopened.ticket, reopened.history, context);

  it('T10 has every change, newest first, with who, when and through which channel', () => {
    assert.equal(entries.length, reopened.history.length);
    assert.deepEqual(omitted, []);
    assert.deepEqual(entries[0], {
      what: 'Riaperta',
      text: [],
      who: 'Maria Rinaldi · oggi 12:30 · dalla chat',
    });
    assert.deepEqual(entries.at(-1)?.what, 'Richiesta aperta, verso Servizi finanziari');
    assert.deepEqual(
      entries.map(({ what }) => what.split(':')[0]),
      [
        'Riaperta',
        'Messaggio del richiedente',
        'Chiusa come risolta',
        'Avviso',
        'Assegnata',
        'Classificazione cambiata',
        'Attesa finita',
        'Messaggio del richiedente',
        'In attesa del richiedente',
        'Risposta al richiedente',
        'Nota interna',
        'Presa in carico',
        'Richiesta aperta, verso Servizi finanziari',
      ],
    );
  });

  it('T10 says from what to what, and only what changed', () => {
    const text = (start: string) => entries.find(({ what }) => what.startsWith(start))?.text[0]?.text;
    assert.equal(
      text('Classificazione'),
      'priorità Normale → Alta, tipo Guasto → Aiuto operativo, servizio Mandati di pagamento → Fatture elettroniche, livello di servizio Nessuno → Continuità del servizio, impatto Normale → Alto',
    );
    assert.equal(
      entries.find(({ what }) => what.startsWith('Assegnata'))?.what,
      'Assegnata: Anna Corti → Bruno Gatti',
    );
    assert.equal(text('Assegnata'), HARMLESS.assignNote);
    assert.equal(text('Avviso'), 'Avvisati: Bruno Gatti, Bruno Gatti');
  });

  it('T10 says what a timer did in the desk’s name', () => {
    assert.equal(
      entries.find(({ what }) => what.startsWith('Avviso'))?.who,
      'Sportello · oggi 11:50 · in automatico',
    );
  });

  it('I4 has the acceptance of the charge', () => {
    const [opened] = fresh.history;
    assert.ok(opened?.type === 'opened');
    const accepted = { ...opened, request: { ...opened.request, chargeAccepted: true } };
    assert.match(
      historyView(fresh.ticket, [accepted], context).entries[0]?.text[0]?.text ?? '',
      /ha accettato il pagamento/,
    );
    assert.doesNotMatch(
      historyView(fresh.ticket, [opened], context).entries[0]?.text[0]?.text ?? '',
      /accettato/,
    );
  });

  it('R5 begins with the rule that routed it and why, in words', () => {
    assert.deepEqual(why, {
      title: 'Perché è qui',
      text: 'Regola “finance” verso Servizi finanziari: servizio “Mandati di pagamento”.',
    });
    const [first] = historyDialog(fresh.ticket, fresh.history, context).card.body as Card[];
    assert.equal([...elementsOf(first)][1]?.text, HARMLESS.subject);
    const whyOf = (reason: RoutingReason) => {
      const [opened] = fresh.history;
      assert.ok(opened?.type === 'opened');
      const event = { ...opened, routing: { ...opened.routing, queue: 'raw', reason } };
      return historyView(fresh.ticket, [event], context).why.text;
    };
    assert.equal(whyOf({ because: [] }), 'Nessuna regola corrispondeva: è finita in Da smistare.');
    assert.equal(
      whyOf({ because: [{ condition: 'serviceQueue', value: 'taxes' }] }),
      'Nessuna regola corrispondeva: è andata a Da smistare (coda del servizio “Tributi”).',
    );
    assert.equal(
      whyOf({
        rule: 'r1',
        because: [
          { condition: 'type', value: 'fault' },
          { condition: 'organisation', value: 'unione' },
          { condition: 'area', value: 'south' },
          { condition: 'words', value: 'phishing' },
          { condition: 'domain', value: 'x.it' },
          { condition: 'always', value: '' },
          { condition: 'service', value: 'gone' },
        ],
      }),
      'Regola “r1” verso Da smistare: tipo “Guasto”, ente “Unione Terre d’Adda”, area “Sud”, parola “phishing”, dominio di posta “x.it”, vale sempre, servizio “gone”.',
    );
  });
});

describe('the attachments', () => {
  it('T15 are named with size, who and when, newest first, each with its address', () => {
    const files = [file('prima.png', 1_000), file(HARMLESS.fileName)];
    const linked = files.map((one) => ({ file: one, url: `https://desk.example.it/${one.name}` }));
    const { card, summary } = attachmentsDialog(fresh.ticket, linked, context);
    assert.equal(summary, 'Allegati della richiesta 2026110510000019');
    const text = [...elementsOf(card)].flatMap((one) => (one.type === 'TextRun' ? [one.text] : []));
    assert.deepEqual(text.slice(1), [
      'schermata.png',
      '180 kB · Maria Rinaldi, oggi 10:00',
      'prima.png',
      '1000 byte',
    ]);
    const urls = [...elementsOf(card)].flatMap(({ url }) => (url === undefined ? [] : [url]));
    assert.deepEqual(urls, ['https://desk.example.it/schermata.png', 'https://desk.example.it/prima.png']);
  });

  it('T15 say that there are none', () => {
    assert.match(JSON.stringify(attachmentsDialog(fresh.ticket, [], context).card), /non ha allegati/);
  });
});
