import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { attachmentsDialog } from '../../src/cards/dialogs/attachments-view.ts';
import { formDialog } from '../../src/cards/dialogs/form-dialog-view.ts';
import { historyDialog } from '../../src/cards/dialogs/history-view.ts';
import { DIALOG_FORMS, PLACE_FORMS } from '../../src/cards/kit/buttons.ts';
import type { Outgoing } from '../../src/cards/kit/card.ts';
import { queueCard } from '../../src/cards/queue/queue-view.ts';
import { draftCard } from '../../src/cards/requester/draft-view.ts';
import type { Agreement, Person, Service, ServiceField } from '../../src/domain/desk.ts';
import { replay } from '../../src/domain/evolve.ts';
import { FIELD_LIMIT, SUBJECT_LIMIT, TEXT_LIMIT } from '../../src/domain/limits.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { notedEvent } from '../support/tickets.ts';
import { contextFor, draftOf, draftValues, file, gallery, HARMLESS, story, type Typed } from './gallery.ts';

/** Teams wants cards below 28 KB. */
const LIMIT = 28_000;

/** Characters that take most room: of four bytes, of three, doubled by JSON, doubled by markdown, six in JSON. */
const FILLINGS = ['😀', '字', '"', '*', '\u0001x', 'parola '];

function bytes({ card }: Outgoing): number {
  return Buffer.byteLength(JSON.stringify(card));
}

function filled(unit: string, length: number): string {
  return unit
    .repeat(Math.ceil(length / unit.length))
    .slice(0, length)
    .toWellFormed();
}

const LENGTHS: Readonly<Record<keyof Typed, number>> = {
  requesterName: 200,
  agentName: 200,
  otherAgentName: 200,
  contactName: 200,
  phone: FIELD_LIMIT,
  availability: FIELD_LIMIT,
  subject: SUBJECT_LIMIT,
  text: TEXT_LIMIT,
  field: FIELD_LIMIT,
  note: TEXT_LIMIT,
  assignNote: TEXT_LIMIT,
  reply: TEXT_LIMIT,
  message: TEXT_LIMIT,
  closing: TEXT_LIMIT,
  fileName: 255,
  agreement: 200,
  // Sentences of ours that quote a name or what was typed.
  notice: 400,
  error: 250,
  recipient: 200,
  reason: TEXT_LIMIT,
};

/** Every text as long as it may be. */
function longest(unit: string): Typed {
  return Object.fromEntries(
    Object.entries(LENGTHS).map(([field, length]) => [field, filled(unit, length)]),
  ) as Typed;
}

/** A desk larger than any we know of: 80 services with long names and many fields, 80 agents in one office. */
function largeContext() {
  const context = contextFor('it');
  const fields = Array.from(
    { length: 8 },
    (_, index): ServiceField => ({
      id: `field-${index}`,
      label: { it: `Campo numero ${index} del servizio`, en: `Field number ${index} of the service` },
      required: true,
    }),
  );
  const services = Array.from({ length: 80 }, (_, index): [string, Service] => {
    const id = `service-number-${index}`;
    const name = {
      it: `Servizio numero ${index} con un nome piuttosto lungo`,
      en: `Service number ${index}`,
    };
    return [id, { id, name, module: 'Un modulo dal nome lungo', queue: 'finance', words: [], fields }];
  });
  const agreements = Array.from({ length: 20 }, (_, index): [string, Agreement] => {
    const name = { it: `Livello di servizio numero ${index} `.repeat(4), en: `Agreement number ${index}` };
    return [`agreement-${index}`, { id: `agreement-${index}`, name }];
  });
  const anna = context.desk.people.get(PERSON.anna) as Person;
  const people = Array.from({ length: 80 }, (_, index): [string, Person] => {
    const id = `22222222-1111-4000-8000-${String(index).padStart(12, '0')}`;
    return [id, { ...anna, id, key: `agent-${index}`, name: `Operatrice numero ${index} dell’ufficio` }];
  });
  const desk = {
    ...context.desk,
    services: new Map([...context.desk.services, ...services]),
    agreements: new Map(agreements),
    people: new Map([...context.desk.people, ...people]),
  };
  const refreshFor = Array.from({ length: 60 }, (_, index) => `29:${'1'.repeat(60)}${index}`);
  return { ...context, desk, refreshFor };
}

describe('cards with the longest texts', () => {
  for (const unit of FILLINGS)
    it(`W1 N2 stay below 28 KB, all made of ${JSON.stringify(unit)}`, () => {
      for (const locale of ['it', 'en'] as const)
        for (const [name, outgoing] of Object.entries(gallery(longest(unit), locale))) {
          assert.ok(bytes(outgoing) < LIMIT, `${name}: ${bytes(outgoing)} bytes`);
          assert.ok(Buffer.byteLength(outgoing.summary) < 1_500, name);
        }
    });

  for (const unit of FILLINGS)
    it(`I3 T4 stay below 28 KB on a large desk, all made of ${JSON.stringify(unit)}`, () => {
      const context = largeContext();
      const typed = longest(unit);
      const { taken } = story(typed);
      const viewer = actorFor(context.desk, { id: PERSON.anna, name: '' });
      const values = { text: typed.reply, note: typed.assignNote, priority: '3', type: 'fault' };
      // Of a classification one thing at most is refused.
      const errors = { text: typed.error, note: typed.error, to: typed.error, agreement: typed.error };
      const ticket: Ticket = { ...taken.ticket, agreement: filled(unit, 200), impact: 5 };
      const notice = { text: typed.notice, tone: 'warning' } as const;
      const state = { values, errors };
      for (const form of PLACE_FORMS) {
        const card = queueCard({ ticket, viewer, form, state, notice }, context);
        assert.ok(bytes(card) < LIMIT, `${form}: ${bytes(card)} bytes`);
      }
      for (const form of DIALOG_FORMS) {
        const card = formDialog({ ticket, seen: 1, form, state, notice }, context);
        assert.ok(bytes(card) < LIMIT, `${form}: ${bytes(card)} bytes`);
      }
      const fields = Array.from({ length: 8 }, (_, index) => [`field.field-${index}`, typed.field] as const);
      const draft = draftOf(typed, { editing: true, organisations: ['comune', 'unione'] });
      const inputs = { ...draftValues(typed), ...Object.fromEntries(fields), service: 'service-number-1' };
      const all = { draft, values: inputs, missing: [], queue: 'finance', chargeable: true };
      const card = draftCard(
        { ...all, errors: Object.fromEntries(fields.map(([id]) => [id, typed.error])) },
        context,
      );
      assert.ok(bytes(card) < LIMIT, `draft: ${bytes(card)} bytes`);
    });

  it('T10 says how many steps of a long history are left out', () => {
    const { fresh } = story(HARMLESS);
    const notes = Array.from({ length: 500 }, (_, index) => notedEvent(`Nota ${index} ${'x'.repeat(100)}`));
    const history = [...fresh.history, ...notes];
    const { card } = historyDialog(replay(history), history, contextFor('it'));
    const text = JSON.stringify(card);
    assert.ok(Buffer.byteLength(text) < LIMIT);
    const [, count] = /Qui mancano (\d+) passi/.exec(text) ?? [];
    const shown = (text.match(/Nota \d+ x/g) ?? []).length;
    assert.equal(Number(count) + shown, 500);
    assert.ok(shown >= 20 && text.includes('Nota 499') && text.includes('Richiesta aperta'));
  });

  it('T15 says how many of many attachments are left out', () => {
    const { fresh } = story(HARMLESS);
    const linked = Array.from({ length: 300 }, (_, index) => ({
      file: file(`${index} ${'字'.repeat(190)}`),
      url: `https://desk.example.it/attachments/${'a'.repeat(64)}?name=${encodeURIComponent('字'.repeat(190))}`,
    }));
    const { card } = attachmentsDialog(fresh.ticket, linked, contextFor('it'));
    assert.ok(Buffer.byteLength(JSON.stringify(card)) < LIMIT);
    assert.match(JSON.stringify(card), /Altri \d+ allegati non entrano/);
  });

  it('I5 gives back whatever was typed within the limits, in any language of Europe', () => {
    const typed = { ...longest('perché àèìòù '), field: 'ù'.repeat(FIELD_LIMIT) };
    const context = contextFor('it');
    const { taken } = story(typed);
    const { card } = formDialog(
      { ticket: taken.ticket, seen: 2, form: 'note', state: { values: { text: typed.note } } },
      context,
    );
    assert.ok(JSON.stringify(card).includes(JSON.stringify(typed.note)));
    const draft = draftOf(typed, { editing: true });
    const edited = draftCard(
      { draft, values: draftValues(typed), missing: [], errors: {}, chargeable: false },
      context,
    );
    assert.ok(JSON.stringify(edited.card).includes(JSON.stringify(typed.text)));
    assert.ok(JSON.stringify(edited.card).includes(typed.field));
  });

  it('I2 does not grow with what a client sends beyond the limits', () => {
    const huge = 'x'.repeat(100_000);
    const values = Object.fromEntries(Object.keys(draftValues(HARMLESS)).map((id) => [id, huge]));
    const errors = Object.fromEntries(Object.keys(values).map((id) => [id, HARMLESS.error]));
    const draft = draftOf(HARMLESS, { editing: true, organisations: ['comune', 'unione'] });
    const card = draftCard({ draft, values, missing: [], errors, chargeable: true }, contextFor('it'));
    assert.ok(bytes(card) < LIMIT, `${bytes(card)} bytes`);
  });
});
