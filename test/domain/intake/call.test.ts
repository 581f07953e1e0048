import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Draft } from '../../../src/domain/draft.ts';
import { callValues, checkCall } from '../../../src/domain/intake/call.ts';
import { addressIn, checkCaller } from '../../../src/domain/intake/caller.ts';
import { vocabularyOf } from '../../../src/domain/intake/vocabulary.ts';
import { isAddress, isInTeams } from '../../../src/domain/outsiders.ts';
import { PERSON, personRef, testDesk } from '../../support/desk.ts';
import { aDraft } from '../../support/tickets.ts';

const desk = testDesk();
const vocabulary = vocabularyOf(desk);
const people = [...desk.people.values()];
const MARIA = 'maria.rinaldi@comune.example.it';

describe('I14 who is on the phone', () => {
  const caller = (typed: string) => checkCaller(typed, people);
  const codeOf = (typed: string) => {
    const checked = caller(typed);
    return checked.ok ? checked.value.person.name : checked.error.code;
  };

  test('I14 given a name or an address of the directory, then that person, with their number', () => {
    for (const typed of [MARIA, MARIA.toUpperCase(), 'rinaldi', 'Rinaldi Maria', `Maria R. <${MARIA}>`]) {
      const checked = caller(typed);
      assert.ok(checked.ok, typed);
      assert.equal(checked.value.person.id, PERSON.maria, typed);
      assert.equal(checked.value.phone, '0371 409 204');
    }
  });

  test('I14 given somebody who is in no directory, then name and valid address make a requester, and less does not', () => {
    const checked = caller('Ada Neri, ada.neri@ditta.example');
    assert.ok(checked.ok);
    assert.deepEqual(checked.value, {
      person: { id: 'mail:ada.neri@ditta.example', name: 'Ada Neri' },
      email: 'ada.neri@ditta.example',
    });
    assert.equal(isInTeams(checked.value.person.id), false);
    assert.equal(codeOf('  '), 'required');
    assert.equal(codeOf('Ada Neri'), 'callerUnknown');
    assert.equal(codeOf('ada.neri@ditta.example'), 'callerName');
    for (const wrong of ['Ada Neri ada@', 'Ada @ditta.example', 'ada@ditta', 'a@b@c.it'])
      assert.equal(codeOf(`Neri ${wrong}`), 'callerAddress', wrong);
  });

  test('I14 given a name that several have, then they are named, unless one is called just so', () => {
    const two = [...people, { ...(people[0] as (typeof people)[0]), id: 'x', name: 'Mariangela Rinaldi' }];
    const several = checkCaller('mari rinaldi', two);
    assert.ok(!several.ok && several.error.code === 'callerSeveral');
    assert.match(several.error.evidence ?? '', /Maria Rinaldi maria\.rinaldi@.*Mariangela/);
    const exact = checkCaller('Maria Rinaldi', two);
    assert.ok(exact.ok && exact.value.person.id === PERSON.maria);
  });

  test('I14 given an address that the bot has met, then whoever has it', () => {
    const met = { id: 'y', name: 'Ida Bo', email: 'ida@ditta.example', locale: 'en' as const };
    const checked = checkCaller('ida@ditta.example', people, met);
    assert.ok(checked.ok);
    assert.deepEqual(checked.value.person, { id: 'y', name: 'Ida Bo' });
    assert.equal(checked.value.locale, 'en');
  });

  test('I14 an address is one that a mail could be sent to', () => {
    assert.equal(addressIn('Neri <ada@ditta.example>; sede'), 'ada@ditta.example');
    for (const wrong of ['ada', 'ada@ditta', '@ditta.it', 'ada@.it', 'a b@c.it', `${'a'.repeat(250)}@b.it`])
      assert.equal(isAddress(wrong), false, wrong);
  });
});

describe('I14 the form for a call', () => {
  const FILLED = {
    requester: MARIA,
    type: 'fault',
    queue: 'systems',
    subject: 'La stampante dell’ufficio 12 non stampa',
    text: 'Da stamattina lampeggia e non esce niente.',
  };
  const draftOf = (inputs: Draft['inputs'], over: Partial<Draft> = {}): Draft =>
    aDraft('call', { text: '', proposal: {}, inputs, arrival: { kind: 'phone' }, ...over });
  const check = (inputs: Record<string, string>) =>
    checkCall(
      draftOf({ ...FILLED, ...inputs }),
      checkCaller({ ...FILLED, ...inputs }.requester, people),
      desk,
      vocabulary,
    );
  const errorsOf = (inputs: Record<string, string>) => {
    const checked = check(inputs);
    return checked.ok ? {} : Object.fromEntries(checked.errors.map(({ field, code }) => [field, code]));
  };
  const callOf = (inputs: Record<string, string>) => {
    const checked = check(inputs);
    assert.ok(checked.ok, JSON.stringify(checked));
    return checked.call;
  };

  test('I14 given the five required fields, then a request of the caller in the chosen queue', () => {
    const { request, routing, next, minutes } = callOf({});
    assert.deepEqual(request.requester, personRef('maria'));
    assert.deepEqual(
      [request.arrival, request.service, request.organisation],
      [{ kind: 'phone' }, '', 'comune'],
    );
    assert.equal(request.contact.phone, '0371 409 204', 'known from the directory');
    assert.equal(routing.queue, 'systems');
    assert.deepEqual(routing.reason.because, [{ condition: 'chosen', value: 'systems' }]);
    assert.deepEqual(
      [next, minutes, routing.owner, routing.priority],
      [undefined, undefined, undefined, undefined],
    );
  });

  test('I14 given a form without them, then each is named', () => {
    assert.deepEqual(errorsOf({ requester: '', type: '', queue: '', subject: '', text: ' ' }), {
      requester: 'required',
      type: 'choose',
      queue: 'choose',
      subject: 'required',
      text: 'required',
    });
    assert.deepEqual(errorsOf({ queue: 'x', type: 'x', service: 'x', priority: '9', next: 'x' }), {
      type: 'unknownChoice',
      queue: 'unknownChoice',
      service: 'unknownChoice',
      priority: 'unknownChoice',
      next: 'unknownChoice',
    });
  });

  test('I14 I5 given a subject that says nothing, then it is turned down, as in any form', () => {
    assert.deepEqual(errorsOf({ subject: 'AIUTO!!' }), { subject: errorsOf({ subject: 'AIUTO!!' }).subject });
    assert.ok(errorsOf({ subject: 'problema' }).subject);
  });

  test('I14 T13 given what may be said besides, then it goes along', () => {
    const { request, routing, next, minutes } = callOf({
      phone: '0371 409 555',
      service: 'payment-orders',
      queue: 'finance',
      owner: PERSON.bruno,
      priority: '4',
      minutes: '12',
      date: '2026-11-09',
      time: '15:30',
    });
    assert.deepEqual([request.contact.phone, request.service], ['0371 409 555', 'payment-orders']);
    assert.deepEqual([routing.owner?.id, routing.priority, minutes], [PERSON.bruno, 4, 12]);
    assert.deepEqual(
      next,
      { type: 'wait', until: Date.UTC(2026, 10, 9, 14, 30), note: '' },
      'a date means to wait',
    );
    assert.deepEqual(callOf({ next: 'claim' }).next, { type: 'claim' });
    assert.deepEqual(callOf({ next: 'close', answer: 'Fatto.' }).next, { type: 'close', text: 'Fatto.' });
    assert.deepEqual(errorsOf({ next: 'close' }), { answer: 'required' });
    assert.deepEqual(errorsOf({ next: 'wait' }), { date: 'required' });
    assert.deepEqual(errorsOf({ phone: 'x' }), { phone: 'phone' });
    assert.deepEqual(errorsOf({ owner: PERSON.anna }), { owner: 'notOfQueue' }, 'works another queue');
  });

  test('I14 I7 given a caller of two organisations, then it must be said for which', () => {
    assert.deepEqual(errorsOf({ requester: 'luca ferri' }), { organisation: 'choose' });
    assert.equal(callOf({ requester: 'luca ferri', organisation: 'unione' }).request.organisation, 'unione');
  });

  test('I14 I4 given a chargeable type, then the caller must have accepted the cost', () => {
    assert.deepEqual(errorsOf({ type: 'trainingOrConsultancy' }), { acceptCharge: 'acceptCharge' });
    const accepted = callOf({ type: 'trainingOrConsultancy', acceptCharge: 'true' });
    assert.equal(accepted.request.chargeAccepted, true);
  });

  test('I14 I1 given what the agent wrote at once, then subject, type, service and queue are proposed', () => {
    const draft = draftOf(
      {},
      {
        text: 'non riesco a emettere i mandati',
        proposal: { subject: 'Mandati', type: 'fault', service: 'payment-orders' },
      },
    );
    assert.deepEqual(callValues(draft, desk), {
      text: 'non riesco a emettere i mandati',
      subject: 'Mandati',
      type: 'fault',
      service: 'payment-orders',
      queue: 'finance',
    });
    assert.equal(callValues({ ...draft, inputs: { queue: 'taxes' } }, desk).queue, 'taxes');
  });
});
