import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { TicketType } from '../../../src/domain/desk.ts';
import { TICKET_TYPES } from '../../../src/domain/desk.ts';
import type { Draft, FormInputs } from '../../../src/domain/draft.ts';
import {
  checkRequest,
  type FieldError,
  formValues,
  isChargeable,
  missingFields,
} from '../../../src/domain/intake/form.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { personRef, testDesk } from '../../support/desk.ts';

const desk = testDesk();
const vocabulary = vocabularyOf(desk);

/** A draft to which nothing is missing. */
const DRAFT: Draft = {
  id: 'draft-1',
  version: 1,
  createdAt: 0,
  requester: personRef('maria'),
  email: 'maria.rinaldi@comune.example.it',
  locale: 'it',
  organisations: ['comune'],
  text: 'non riesco a emettere i mandati, esce soggetto inesistente',
  attachments: [{ id: 'a'.repeat(64), name: 'errore.png', contentType: 'image/png', size: 12 }],
  proposal: {
    subject: 'Non riesco a emettere i mandati, esce soggetto inesistente',
    service: 'payment-orders',
    type: 'fault',
  },
  inputs: {},
  editing: false,
  checked: false,
  candidates: [],
  withdrawn: false,
};

/** What the bot knows when a stranger has only said "AIUTO!!". */
const BARE: Draft = {
  ...DRAFT,
  requester: { id: '55555555-0000-4000-8000-000000000001', name: 'Nora Bassi' },
  text: 'AIUTO!!',
  proposal: {},
};

function errorsOf(inputs: FormInputs, draft: Draft = DRAFT): readonly FieldError[] {
  const checked = checkRequest(draft, inputs, desk, vocabulary);
  return checked.ok ? [] : checked.errors;
}

describe('missingFields', () => {
  const missing = (draft: Draft) => missingFields(draft, desk, vocabulary);

  it('I1 asks nothing when the sentence, the desk and the profile say it all', () => {
    assert.deepEqual(missing(DRAFT), []);
  });

  it('I2 asks for what could not be told, in the order of the form', () => {
    assert.deepEqual(missing(BARE), ['subject', 'service', 'type', 'phone']);
    assert.deepEqual(missing({ ...BARE, text: '', requester: { ...BARE.requester, name: '' } }), [
      'subject',
      'text',
      'service',
      'type',
      'name',
      'phone',
    ]);
  });

  it('I6 asks for the phone unless profile or people file know it', () => {
    const stranger = { ...DRAFT, requester: BARE.requester };
    assert.deepEqual(missing(stranger), ['phone']);
    assert.deepEqual(missing({ ...stranger, inputs: { phone: '0371 409204' } }), []);
    assert.deepEqual(missing({ ...stranger, inputs: { phone: 'non lo so' } }), ['phone']);
  });

  it('I3 asks for the required extra fields of the service', () => {
    const draft = { ...DRAFT, proposal: { ...DRAFT.proposal, service: 'workstation' } };
    assert.deepEqual(missing(draft), ['field.inventory']);
    assert.deepEqual(missing({ ...draft, inputs: { 'field.inventory': 'PC-0417' } }), []);
  });

  it('I7 asks for the organisation of who serves several, and of nobody else', () => {
    assert.deepEqual(missing({ ...DRAFT, organisations: ['comune', 'unione'] }), ['organisation']);
    assert.deepEqual(missing({ ...DRAFT, organisations: [] }), []);
    assert.deepEqual(missing({ ...DRAFT, organisations: ['comune', 'dissolved'] }), []);
  });

  it('I4 asks to accept a charge only where there is one', () => {
    const support: Draft = { ...DRAFT, proposal: { ...DRAFT.proposal, type: 'operationalSupport' } };
    assert.deepEqual(missing(support), []);
    assert.deepEqual(missing({ ...support, organisations: ['unione'] }), ['acceptCharge']);
    const both = { ...support, organisations: ['comune', 'unione'] };
    assert.deepEqual(missing(both), ['organisation']);
    assert.deepEqual(missing({ ...both, inputs: { organisation: 'unione' } }), ['acceptCharge']);
    assert.deepEqual(missing({ ...both, inputs: { organisation: 'comune' } }), []);
    const uncovered: Draft = { ...both, proposal: { ...both.proposal, service: 'email' } };
    assert.deepEqual(missing(uncovered), ['organisation', 'acceptCharge']);
    const unknownService: Draft = {
      ...support,
      organisations: ['unione'],
      proposal: { type: 'operationalSupport' },
    };
    assert.deepEqual(missing(unknownService), ['subject', 'service']);
  });
});

describe('isChargeable', () => {
  const covered = { contracts: ['accounting-support'] };
  const bare = { contracts: [] };
  const accounting = { contract: 'accounting-support' };
  const TABLE: readonly [TicketType, { contract?: string }, { contracts: string[] } | undefined, boolean][] =
    [
      ['operationalSupport', accounting, covered, false],
      ['operationalSupport', accounting, bare, true],
      ['operationalSupport', accounting, undefined, true],
      ['operationalSupport', {}, covered, true],
      ['operationalSupport', { contract: 'another' }, covered, true],
      ['trainingOrConsultancy', accounting, covered, false],
      ['trainingOrConsultancy', accounting, bare, true],
    ];
  for (const [type, service, organisation, expected] of TABLE) {
    it(`I4 ${type} ${JSON.stringify(service)} ${JSON.stringify(organisation)}: ${expected}`, () =>
      assert.equal(isChargeable(type, service, organisation), expected));
  }
  for (const type of TICKET_TYPES) {
    const free = type !== 'operationalSupport' && type !== 'trainingOrConsultancy';
    it(`I4 ${type} is ${free ? 'free' : 'charged'} without a contract`, () =>
      assert.equal(isChargeable(type, accounting, bare), !free));
  }
});

describe('formValues', () => {
  it('I2 prefills what is proposed, said and known', () => {
    assert.deepEqual(formValues(DRAFT, desk), {
      subject: 'Non riesco a emettere i mandati, esce soggetto inesistente',
      text: 'non riesco a emettere i mandati, esce soggetto inesistente',
      service: 'payment-orders',
      type: 'fault',
      organisation: 'comune',
      name: 'Maria Rinaldi',
      phone: '0371 409 204',
    });
  });

  it('I2 keeps what was typed, empty or wrong, and forgets what is no field of this form', () => {
    const inputs = {
      subject: 'AIUTO!!',
      name: '',
      service: 'workstation',
      'field.site': 'Municipio',
      'field.order': '1234',
      priority: '5',
      __proto__: 'x',
    };
    const values = formValues({ ...DRAFT, inputs }, desk);
    assert.equal(values.subject, 'AIUTO!!');
    assert.equal(values.name, '');
    assert.equal(values['field.site'], 'Municipio');
    assert.deepEqual(
      ['field.order', 'priority', '__proto__'].filter((id) => Object.hasOwn(values, id)),
      [],
    );
  });
});

describe('checkRequest', () => {
  it('I2 makes a request of a complete form', () => {
    const inputs = {
      subject: '  Mandato 1234:\n soggetto\u202E inesistente\ud800 ',
      text: 'Esce “soggetto inesistente”.\r\n\r\nDa stamattina.\u0000',
      phone: '0371 409204 int. 204',
      availability: '14:30-16, 9-12',
      'field.order': '1234/2026',
    };
    assert.deepEqual(checkRequest(DRAFT, inputs, desk, vocabulary), {
      ok: true,
      request: {
        requester: personRef('maria'),
        locale: 'it',
        organisation: 'comune',
        contact: {
          name: 'Maria Rinaldi',
          phone: '0371 409204 int. 204',
          email: 'maria.rinaldi@comune.example.it',
          availability: [
            { from: 540, to: 720 },
            { from: 870, to: 960 },
          ],
        },
        subject: 'Mandato 1234: soggetto inesistente\ufffd',
        text: 'Esce “soggetto inesistente”.\n\nDa stamattina.',
        type: 'fault',
        service: 'payment-orders',
        fields: { order: '1234/2026' },
        chargeAccepted: false,
        attachments: DRAFT.attachments,
      },
    });
  });

  it('I2 leaves out what the request does not have', () => {
    const { email: _email, ...draft } = DRAFT;
    const checked = checkRequest({ ...draft, organisations: [] }, {}, desk, vocabulary);
    assert.ok(checked.ok);
    assert.equal('organisation' in checked.request, false);
    assert.equal('email' in checked.request.contact, false);
    assert.deepEqual(checked.request.fields, {});
  });

  it('I2 keeps what was said when the text is sent back empty', () => {
    const checked = checkRequest(DRAFT, { text: '  ' }, desk, vocabulary);
    assert.ok(checked.ok);
    assert.equal(checked.request.text, DRAFT.text);
  });

  const WRONG: readonly [title: string, inputs: FormInputs, error: FieldError][] = [
    ['I5 subject empty', { subject: '' }, { field: 'subject', code: 'required' }],
    [
      'I5 subject of signs',
      { subject: '!!!' },
      { field: 'subject', code: 'empty', evidence: '!!!', example: 'fault' },
    ],
    [
      'I5 subject without content',
      { subject: 'AIUTO!!' },
      { field: 'subject', code: 'generic', evidence: 'AIUTO', example: 'fault' },
    ],
    [
      'I5 subject shouted, with a suggestion',
      { subject: 'ERRORE EMISSIONE MANDATI' },
      {
        field: 'subject',
        code: 'shouting',
        evidence: 'ERRORE EMISSIONE MANDATI',
        example: 'fault',
        suggestion: 'Errore emissione mandati',
      },
    ],
    ['text empty', { text: '\u0000' }, { field: 'text', code: 'required' }],
    [
      'text too long',
      { text: 'x'.repeat(10_001) },
      { field: 'text', code: 'tooLong', params: { length: 10_001, limit: 10_000 } },
    ],
    ['I4 type not chosen', { type: '' }, { field: 'type', code: 'choose' }],
    ['I4 type unknown', { type: 'toString' }, { field: 'type', code: 'unknownChoice', evidence: 'toString' }],
    ['I3 service not chosen', { service: ' ' }, { field: 'service', code: 'choose' }],
    [
      'I3 service unknown',
      { service: 'catering' },
      { field: 'service', code: 'unknownChoice', evidence: 'catering' },
    ],
    ['I7 organisation not chosen', { organisation: '' }, { field: 'organisation', code: 'choose' }],
    [
      'I7 organisation of others',
      { organisation: 'unione' },
      { field: 'organisation', code: 'unknownChoice', evidence: 'unione' },
    ],
    ['I6 name empty', { name: '' }, { field: 'name', code: 'required' }],
    ['I6 name without a letter', { name: '12345' }, { field: 'name', code: 'required' }],
    [
      'I6 name too long',
      { name: 'x'.repeat(501) },
      { field: 'name', code: 'tooLong', params: { length: 501, limit: 500 } },
    ],
    ['I6 phone empty', { phone: '' }, { field: 'phone', code: 'phoneMissing' }],
    [
      'I6 phone of letters',
      { phone: 'chiamatemi' },
      { field: 'phone', code: 'phone', evidence: 'chiamatemi' },
    ],
    [
      'I6 phone too long',
      { phone: '1'.repeat(501) },
      { field: 'phone', code: 'tooLong', params: { length: 501, limit: 500 } },
    ],
    [
      'I6 availability unclear',
      { availability: '9-12, quando capita' },
      { field: 'availability', code: 'availability', evidence: 'quando capita' },
    ],
    [
      'I6 availability too long',
      { availability: '9-12,'.repeat(200) },
      { field: 'availability', code: 'tooLong', params: { length: 1000, limit: 500 } },
    ],
    [
      'I3 extra field too long',
      { 'field.order': '1'.repeat(501) },
      { field: 'field.order', code: 'tooLong', params: { length: 501, limit: 500 } },
    ],
    [
      'I3 required extra field empty',
      { service: 'workstation', 'field.inventory': ' ' },
      { field: 'field.inventory', code: 'required' },
    ],
    [
      'I3 choice of an extra field unknown',
      { service: 'workstation', 'field.inventory': 'PC-1', 'field.site': 'Altrove' },
      { field: 'field.site', code: 'unknownChoice', evidence: 'Altrove' },
    ],
    [
      'I4 charge not accepted',
      { service: 'email', type: 'trainingOrConsultancy' },
      { field: 'acceptCharge', code: 'acceptCharge' },
    ],
    [
      'I4 charge accepted in other words',
      { service: 'email', type: 'trainingOrConsultancy', acceptCharge: 'True' },
      { field: 'acceptCharge', code: 'acceptCharge' },
    ],
  ];
  for (const [title, inputs, error] of WRONG) {
    it(`${title} is turned down at the field`, () => assert.deepEqual(errorsOf(inputs), [error]));
  }

  it('I5 refuses a subject over 120 characters with its length', () => {
    const [error] = errorsOf({ subject: `Mandato ${'respinto '.repeat(20)}` });
    assert.equal(error?.code, 'tooLong');
    assert.deepEqual(error?.params, { length: 187, limit: 120 });
  });

  it('I4 keeps the acceptance of a charge, and only of one', () => {
    const chargeable = checkRequest(
      DRAFT,
      { service: 'email', type: 'operationalSupport', acceptCharge: 'true' },
      desk,
      vocabulary,
    );
    assert.equal(chargeable.ok && chargeable.request.chargeAccepted, true);
    const free = checkRequest(DRAFT, { acceptCharge: 'true' }, desk, vocabulary);
    assert.equal(free.ok && free.request.chargeAccepted, false);
  });

  it('I3 keeps answers to the fields of the chosen service only', () => {
    const inputs = {
      service: 'workstation',
      'field.inventory': 'PC-0417',
      'field.order': '12',
      'field.x': 'y',
    };
    const checked = checkRequest(DRAFT, inputs, desk, vocabulary);
    assert.ok(checked.ok);
    assert.deepEqual(checked.request.fields, { inventory: 'PC-0417' });
  });

  it('I2 says everything that is wrong at once, each field once', () => {
    const fields = errorsOf({ name: '', availability: 'boh' }, BARE).map(({ field }) => field);
    assert.deepEqual(fields, ['subject', 'service', 'type', 'name', 'phone', 'availability']);
  });

  it('never throws, whatever comes in, and lets through only what fits', () => {
    const field = fc.oneof(
      fc.constantFrom(
        ...'subject text type service organisation name phone availability acceptCharge field.order field.inventory'.split(
          ' ',
        ),
        'field.site',
        '__proto__',
        'constructor',
      ),
      fc.string(),
    );
    const value = fc.oneof(
      fc.constantFrom('workstation', 'fault', 'comune', 'true', '204', 'PEC non arriva', '9-12', 'Municipio'),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.integer({ min: 0, max: 12_000 }).map((length) => 'a'.repeat(length)),
    );
    fc.assert(
      fc.property(fc.dictionary(field, value), (inputs) => {
        const checked = checkRequest(DRAFT, inputs, desk, vocabulary);
        const missing = missingFields({ ...DRAFT, inputs }, desk, vocabulary);
        assert.equal(checked.ok, missing.length === 0);
        if (!checked.ok) {
          assert.deepEqual(
            missing,
            checked.errors.map((error) => error.field),
          );
          assert.equal(new Set(missing).size, missing.length);
          return;
        }
        const { request } = checked;
        assert.ok(request.subject.length <= 120 && !/[\n\r]/.test(request.subject));
        assert.ok(request.text.length >= 1 && request.text.length <= 10_000);
        assert.ok(desk.services.has(request.service));
        assert.ok([request.contact.name, request.contact.phone].every((text) => text.length <= 500));
        assert.ok(Object.values(request.fields).every((text) => text.length <= 500));
        const stored = [
          request.subject,
          request.text,
          request.contact.name,
          ...Object.values(request.fields),
        ];
        assert.ok(stored.every((text) => text.isWellFormed() && !text.includes('\u0000')));
      }),
      { numRuns: 300 },
    );
  });

  it('refuses values that are no strings as if they were not there', () => {
    const inputs = { subject: 7, phone: null, availability: ['9-12'] } as unknown as FormInputs;
    assert.deepEqual(errorsOf(inputs), []);
  });

  it('takes hostile lengths in its stride', () => {
    for (const unit of ['a', ' ', '\n', '\u202E', '1', '9-', '\ud800', '!']) {
      const long = unit.repeat(100_000);
      const ids = ['subject', 'text', 'type', 'service', 'organisation', 'name', 'phone', 'availability'];
      const inputs = Object.fromEntries([...ids, 'field.order'].map((id) => [id, long]));
      assert.equal(checkRequest(DRAFT, inputs, desk, vocabulary).ok, false);
    }
  });
});
