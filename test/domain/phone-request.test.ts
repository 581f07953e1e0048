import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command, CommandOf } from '../../src/domain/commands.ts';
import { outsider } from '../../src/domain/outsiders.ts';
import { actor, given } from '../support/decision.ts';
import { PERSON, personRef } from '../support/desk.ts';
import { aRequest, MORNING, ticketNumber } from '../support/tickets.ts';

const HOUR = 3_600_000;

function call(over: Partial<CommandOf<'open'>> = {}, request: Parameters<typeof aRequest>[0] = {}): Command {
  return {
    type: 'open',
    at: MORNING,
    via: 'phone',
    actor: actor('carla'),
    number: ticketNumber(1),
    draft: 'call',
    request: aRequest({ arrival: { kind: 'phone' }, service: '', fields: {}, ...request }),
    routing: { queue: 'finance', reason: { because: [{ condition: 'chosen', value: 'finance' }] } },
    ...over,
  } as Command;
}

const MAIL = 'ada.neri@ditta.example';
const ADA = { id: outsider(MAIL), name: 'Ada Neri' };

describe('I14 a request by phone', () => {
  test('I14 given nothing, when an agent of the first level opens one, then it is the caller’s, and began with a call', () => {
    const ticket = given(undefined)
      .when(call({ minutes: 12 }))
      .brings({ type: 'opened', by: personRef('carla'), via: 'phone', minutes: 12 });
    assert.deepEqual(ticket.requester, personRef('maria'));
    const [article] = ticket.articles;
    assert.deepEqual([article?.kind, article?.minutes, article?.by.id], ['phoneRequest', 12, PERSON.maria]);
    assert.deepEqual([ticket.queue, ticket.service, ticket.state.kind], ['finance', '', 'new']);
  });

  test('I14 A1 given nothing, when anybody else opens one, then it is refused', () => {
    for (const who of ['anna', 'maria', 'dario', 'elena'] as const)
      given(undefined)
        .when(call({ actor: actor(who) }))
        .thenRefused({ code: 'firstLevelOnly', queue: 'Primo livello' });
    given(undefined)
      .when(call({ actor: { kind: 'timer' } }))
      .thenRefused({ code: 'firstLevelOnly', queue: 'Primo livello' });
  });

  test('I14 given a caller who is in no directory, then a valid address and a name are needed', () => {
    const contact = { name: 'Ada Neri', phone: '', email: MAIL, availability: [] };
    const ticket = given(undefined)
      .when(call({}, { requester: ADA, contact }))
      .ticket();
    assert.deepEqual(ticket.requester, ADA);
    for (const wrong of [
      { requester: ADA, contact: { ...contact, email: 'ada@' } },
      { requester: { ...ADA, name: ' ' }, contact },
    ])
      given(undefined).when(call({}, wrong)).thenRefused({ code: 'requesterNotValid' });
  });

  test('I14 given what was chosen, then queue, owner, subject, text and minutes are checked at the decision', () => {
    const reason = { because: [] };
    const refused = (
      command: Command,
      refusal: Parameters<ReturnType<ReturnType<typeof given>['when']>['thenRefused']>[0],
    ) => given(undefined).when(command).thenRefused(refusal);
    refused(call({ routing: { queue: 'x', reason } }), { code: 'unknownQueue' });
    refused(call({ routing: { queue: 'finance', owner: personRef('carla'), reason } }), {
      code: 'unknownAgent',
      queue: 'Servizi finanziari',
    });
    refused(call({}, { subject: '  ' }), { code: 'subjectNotValid', limit: 120 });
    refused(call({}, { text: '' }), { code: 'emptyText' });
    refused(call({ minutes: Number.NaN }), { code: 'minutesNotValid', limit: 600 });
    const owned = given(undefined).when(
      call({ routing: { queue: 'finance', owner: personRef('bruno'), reason } }),
    );
    assert.equal(owned.ticket().owner?.id, PERSON.bruno);
  });

  test('I14 T7 T8 given the next state, then the rules of that decide, and all of it is one decision', () => {
    const own = { queue: 'contact-centre', reason: { because: [] } };
    given(undefined)
      .when(call({ routing: own, next: { type: 'close', text: 'Risolto al telefono.' } }))
      .brings(
        { type: 'opened' },
        { type: 'claimed' },
        { type: 'closedSuccessfully', text: 'Risolto al telefono.' },
      );
    given(undefined)
      .when(call({ routing: own, next: { type: 'claim' } }))
      .brings({ type: 'opened' }, { type: 'claimed', by: personRef('carla') });
    const until = MORNING + HOUR;
    given(undefined)
      .when(call({ routing: own, next: { type: 'wait', until, note: '' } }))
      .brings({ type: 'opened' }, { type: 'claimed' }, { type: 'waitSet', until });
    given(undefined)
      .when(call({ routing: own, next: { type: 'wait', until: MORNING - 1, note: '' } }))
      .thenRefused({ code: 'dateNotValid' });
    given(undefined)
      .when(call({ next: { type: 'claim' } }))
      .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
  });

  test('I14 T6 given a request without a service, when its priority is changed, then the service may stay none', () => {
    const ticket = given(undefined).when(call()).ticket();
    const classify = { type: 'classify', at: MORNING, via: 'chat', actor: actor('anna') } as const;
    given(ticket)
      .when({ ...classify, priority: 5, ticketType: ticket.type, service: '' })
      .brings({ type: 'classified' });
    given(ticket)
      .when({ ...classify, priority: 5, ticketType: ticket.type, service: 'x' })
      .thenRefused({ code: 'unknownService' });
  });
});
