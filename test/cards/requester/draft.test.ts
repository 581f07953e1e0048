import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ButtonData } from '../../../src/cards/kit/buttons.ts';
import type { Card } from '../../../src/cards/kit/card.ts';
import { withdrawnCard } from '../../../src/cards/notices/text-view.ts';
import type { DraftInput } from '../../../src/cards/requester/draft-fields.ts';
import { draftCard } from '../../../src/cards/requester/draft-view.ts';
import { whichTicketCard } from '../../../src/cards/requester/which-ticket-view.ts';
import { MORNING, ticketNumber } from '../../support/tickets.ts';
import { contextFor, draftOf, draftValues, HARMLESS, story } from '../gallery.ts';
import { elementsOf, read } from '../reading.ts';

const context = contextFor('it');
const DAY = 86_400_000;
const all = draftValues(HARMLESS);

function cardOf(over: Partial<DraftInput> = {}): Card {
  const input = {
    draft: draftOf(HARMLESS),
    values: all,
    missing: [],
    errors: {},
    chargeable: false,
    queue: 'finance',
  };
  return draftCard({ ...input, ...over }, context).card;
}

function textOf(card: Card): string {
  return read(card)
    .shown.map(({ text }) => text)
    .join('\n');
}

function inputsOf(card: Card): Card[] {
  return [...elementsOf(card.body)].filter(({ type }) => String(type).startsWith('Input.'));
}

function idsOf(card: Card): unknown[] {
  return inputsOf(card).map(({ id }) => id);
}

function factsOf(card: Card): Record<string, unknown> {
  const set = [...elementsOf(card.body)].find(({ type }) => type === 'FactSet');
  return Object.fromEntries(((set?.facts ?? []) as Card[]).map(({ title, value }) => [title, value]));
}

describe('the card of a request in preparation', () => {
  it('I1 shows what was understood and where it will go', () => {
    const card = cardOf();
    assert.ok(textOf(card).includes(HARMLESS.subject));
    assert.deepEqual(factsOf(card), {
      Servizio: 'Mandati di pagamento · Aiuto operativo',
      'Andrà a': 'Servizi finanziari',
      Ente: 'Comune di Borgolieto',
      'Numero del mandato': HARMLESS.field,
      Contatto: `Maria Rinaldi · ${HARMLESS.phone} · ${HARMLESS.availability}`,
      Allegati: 'schermata.png, schermata.png',
    });
    assert.deepEqual(idsOf(card), []);
    assert.match(textOf(card), /C’è tutto: controlla e invia\./);
  });

  it('I1 I2 asks for just what is missing', () => {
    const card = cardOf({
      missing: ['service', 'phone'],
      values: { subject: HARMLESS.subject, type: 'fault' },
    });
    assert.deepEqual(idsOf(card), ['service', 'phone']);
    assert.deepEqual(Object.keys(factsOf(card)), ['Tipo', 'Andrà a', 'Allegati']);
  });

  it('I1 does not say that it understood where it did not', () => {
    const { name = '', phone = '' } = all;
    const intro = (values: Record<string, string>, missing: readonly string[]) =>
      textOf(cardOf({ values, missing }));
    const nothing = intro({ text: 'aiuto', name, phone }, ['subject', 'service', 'type']);
    assert.match(nothing, /Non ho capito di che cosa si tratta/);
    assert.doesNotMatch(nothing, /Ho capito questo/);
    assert.match(intro({ type: 'fault', name, phone }, ['subject', 'service']), /Ho capito questo/);
  });

  it('I2 sends, changes or gives up, with the draft and its version', () => {
    const buttons = (card: Card) => (card.actions as Card[]).map(({ data }) => (data as ButtonData).verb);
    assert.deepEqual(buttons(cardOf()), ['sendRequest', 'editRequest', 'withdrawDraft']);
    assert.deepEqual(buttons(cardOf({ draft: draftOf(HARMLESS, { editing: true }) })), [
      'sendRequest',
      'withdrawDraft',
    ]);
    const [send, edit, withdraw] = cardOf().actions as Card[];
    assert.deepEqual(send?.data, { verb: 'sendRequest', draft: 'draft-7', version: 3 });
    assert.deepEqual([edit?.associatedInputs, withdraw?.associatedInputs], ['auto', 'none']);
  });

  it('I2 I7 shows every field when it is changed, with what stands in it', () => {
    const draft = draftOf(HARMLESS, { editing: true, organisations: ['comune', 'unione'] });
    const card = cardOf({ draft });
    assert.deepEqual(idsOf(card), [
      'subject',
      'text',
      'service',
      'type',
      'field.order',
      'organisation',
      'name',
      'phone',
      'availability',
    ]);
    for (const { id, value } of inputsOf(card)) assert.equal(value, all[id as string], String(id));
    assert.ok(!idsOf(cardOf({ draft: draftOf(HARMLESS, { editing: true }) })).includes('organisation'));
  });

  it('I5 says what is wrong right below the field and keeps what was typed', () => {
    const card = cardOf({
      values: { ...all, subject: 'AIUTO!!' },
      errors: { subject: '“AIUTO” non dice che cosa succede.' },
    });
    assert.deepEqual(idsOf(card), ['subject']);
    assert.equal(inputsOf(card)[0]?.value, 'AIUTO!!');
    const [field] = [...elementsOf(card.body)].filter(
      ({ items }) => Array.isArray(items) && items[0]?.id === 'subject',
    );
    const error = [...elementsOf(field)].find(({ type }) => type === 'TextRun');
    assert.deepEqual(error, {
      type: 'TextRun',
      text: '“AIUTO” non dice che cosa succede.',
      size: 'Small',
      color: 'Attention',
      weight: 'Bolder',
    });
  });

  it('I3 groups services by module and asks for their own fields, as text or as a choice', () => {
    const card = cardOf({
      missing: ['service', 'field.inventory', 'field.site'],
      values: { ...all, service: 'workstation' },
    });
    const [service, inventory, site] = inputsOf(card);
    const titles = ((service?.choices ?? []) as Card[]).map(({ title }) => title);
    assert.ok(titles.includes('Contabilità – Fatture elettroniche'));
    assert.deepEqual(
      titles,
      titles.toSorted((a, b) => String(a).localeCompare(String(b), 'it')),
    );
    assert.deepEqual([inventory?.type, inventory?.label], ['Input.Text', 'Numero di inventario']);
    assert.deepEqual([site?.type, site?.label], ['Input.ChoiceSet', 'Sede (facoltativo)']);
  });

  it('I3 asks again for what is no longer in the list', () => {
    const card = cardOf({ missing: ['service'], values: { ...all, service: 'gone' } });
    assert.equal(inputsOf(card)[0]?.value, '');
  });

  it('I4 says what is charged and asks for the acceptance, which is never given in advance', () => {
    const card = cardOf({
      chargeable: true,
      missing: ['acceptCharge'],
      values: { ...all, acceptCharge: 'yes' },
    });
    assert.match(textOf(card), /Comune di Borgolieto non ha un contratto: l’intervento è a pagamento/);
    assert.equal(inputsOf(card)[0]?.value, 'false');
    assert.deepEqual(idsOf(cardOf({ chargeable: false })), []);
  });

  it('I17 says when the desk is back, and that the request can be sent', () => {
    assert.match(
      textOf(cardOf({ closed: { reopensAt: MORNING + DAY } })),
      /chiuso: riapre ven 6 nov 10:00\. La richiesta può partire subito/,
    );
    assert.match(textOf(cardOf({ closed: {} })), /chiuso\. La richiesta può partire subito/);
    assert.doesNotMatch(textOf(cardOf()), /chiuso/);
  });

  it('I2 leaves a text that does not fit with the server and says so', () => {
    const text = '字'.repeat(10_000);
    const card = cardOf({ draft: draftOf(HARMLESS, { editing: true }), values: { ...all, text } });
    const input = inputsOf(card).find(({ id }) => id === 'text');
    assert.deepEqual(
      [input?.value, input?.placeholder],
      ['', 'Il testo è lungo e resta com’è. Scrivi qui solo per sostituirlo.'],
    );
    const turnedDown = cardOf({ values: { ...all, text }, errors: { text: 'Troppo lungo.' } });
    assert.match(String(inputsOf(turnedDown)[0]?.value), /^字{3000,}$/);
    assert.match(textOf(turnedDown), /qui ne trovi l’inizio/);
  });

  it('I2 has nothing to press once it is given up', () => {
    const { card } = withdrawnCard('it');
    assert.deepEqual(card.actions ?? [], []);
    assert.match(textOf(card), /Non è stato inviato niente/);
  });
});

describe('the question which ticket a message is about', () => {
  const { fresh, closed } = story(HARMLESS);
  const candidates = Array.from({ length: 7 }, (_, index) => ({
    ...(index === 0 ? closed.ticket : fresh.ticket),
    number: ticketNumber(index + 1),
  }));
  const { card } = whichTicketCard({ draft: draftOf(HARMLESS), candidates }, context);

  it('I10 I11 shows the message and at most five tickets, each with its own button', () => {
    const chosen = [...elementsOf(card.body)].filter(({ type }) => type === 'Action.Execute');
    assert.equal(chosen.length, 5);
    assert.deepEqual(chosen[0]?.data, {
      verb: 'addToTicket',
      number: ticketNumber(1),
      draft: 'draft-7',
      version: 3,
    });
    const text = textOf(card);
    assert.ok(text.includes(HARMLESS.text));
    assert.match(text, /gio 5 nov 10:00 · Risolta/);
  });

  it('I11 offers a new request', () => {
    assert.deepEqual(
      (card.actions as Card[]).map(({ data }) => data),
      [{ verb: 'newRequest', draft: 'draft-7', version: 3 }],
    );
  });
});
