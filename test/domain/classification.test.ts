import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { impactOf } from '../../src/domain/classification.ts';
import type { Command, CommandOf } from '../../src/domain/commands.ts';
import { IMPACTS } from '../../src/domain/desk.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { replay } from '../../src/domain/evolve.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { testDesk } from '../support/desk.ts';
import { aRequest, aRouting, aTicket, MORNING, openedEvent, ticketNumber } from '../support/tickets.ts';

const HOUR = 3_600_000;
const AS_IT_IS = { priority: 3, ticketType: 'fault', service: 'payment-orders' } as const;
const classify = (over: Partial<CommandOf<'classify'>> = {}, who: Someone = 'anna'): Command => ({
  at: MORNING + HOUR,
  via: 'queueChannel',
  actor: actor(who),
  type: 'classify',
  ...AS_IT_IS,
  ...over,
});
/** A request on a service whose tickets get the agreement `continuity`, in an office of Anna’s. */
const agreed = (over: Partial<Ticket> = {}) =>
  aTicket(1, { service: 'email', agreement: 'continuity', ...over });
const agreementOf = ({ agreement, agreementChosen }: Ticket) => [agreement, agreementChosen ?? false];
const hoursOf = ({ deadlines }: Ticket) =>
  Object.fromEntries(deadlines.map(({ kind, allowedMs }) => [kind, allowedMs / HOUR]));

describe('impact', () => {
  test('T6 is 3 where nobody has said otherwise, also on tickets of before there was any', () => {
    assert.equal(impactOf(aTicket(1)), 3);
    assert.equal(impactOf(replay([openedEvent(aTicket(1))])), 3);
    const old: TicketEvent = {
      ...{ type: 'classified', at: MORNING, via: 'chat', deadlines: [] },
      ...{ from: AS_IT_IS, to: { ...AS_IT_IS, priority: 4 } },
    };
    const ticket = replay([openedEvent(aTicket(1)), old]);
    assert.deepEqual([impactOf(ticket), ticket.agreement, ticket.priority], [3, undefined, 4]);
  });

  test('T6 changes by itself, to each of the five and back, and the event says from what to what', () => {
    for (const impact of IMPACTS.filter((one) => one !== 3)) {
      const ticket = given(aTicket(1))
        .when(classify({ impact }))
        .brings({ type: 'classified', from: AS_IT_IS, to: { ...AS_IT_IS, impact } });
      assert.equal(impactOf(ticket), impact);
      const back = given(ticket)
        .when(classify({ impact: 3 }))
        .brings({ type: 'classified', from: { ...AS_IT_IS, impact }, to: AS_IT_IS });
      assert.deepEqual([impactOf(back), 'impact' in back], [3, false]);
    }
  });

  test('T6 stays where nothing is said of it, as on a form of before', () => {
    const ticket = given(aTicket(1, { impact: 5 }))
      .when(classify({ priority: 4 }))
      .ticket();
    assert.deepEqual([ticket.impact, ticket.priority], [5, 4]);
  });

  test('T6 D2 deadlines follow it, there and back, and in another queue', () => {
    const high = given(aTicket(1))
      .when(classify({ impact: 5 }))
      .ticket();
    assert.equal(hoursOf(high).update, 12);
    const normal = given(high)
      .when(classify({ impact: 3 }))
      .ticket();
    assert.equal(hoursOf(normal).update, 24);
    const elsewhere = aTicket(1, { queue: 'taxes', impact: 4 });
    const move = { at: MORNING, via: 'chat', actor: actor('carla'), type: 'move', note: '' } as const;
    const moved = given(elsewhere)
      .when({ ...move, queue: 'finance' })
      .ticket();
    assert.equal(hoursOf(moved).update, 12);
  });
});

describe('the service-level agreement', () => {
  const opening = (service: string): Command => ({
    ...{ at: MORNING, via: 'chat', actor: actor('maria'), type: 'open' },
    ...{ number: ticketNumber(1), draft: 'draft-1' },
    ...{ request: aRequest({ service }), routing: aRouting({ queue: 'systems' }) },
  });

  test('T6 D2 is the service’s when the ticket is opened, and gives the deadlines', () => {
    const ticket = given(undefined)
      .when(opening('email'))
      .brings({ type: 'opened', agreement: 'continuity' });
    assert.deepEqual(agreementOf(ticket), ['continuity', false]);
    assert.deepEqual(hoursOf(ticket), { firstResponse: 48, solution: 16 });
    const other = given(undefined).when(opening('workstation')).ticket();
    assert.deepEqual([agreementOf(other), hoursOf(other)], [[undefined, false], { firstResponse: 48 }]);
  });

  test('T6 D2 an agent chooses another, and the deadlines follow', () => {
    const chosen = given(aTicket(1))
      .when(classify({ agreement: 'continuity' }))
      .brings({
        type: 'classified',
        from: AS_IT_IS,
        to: { ...AS_IT_IS, agreement: 'continuity', agreementChosen: true },
      });
    assert.equal(hoursOf(chosen).solution, 16);
    const none = given(chosen)
      .when(classify({ agreement: '' }))
      .ticket();
    assert.deepEqual([agreementOf(none), hoursOf(none).solution], [[undefined, false], 40]);
  });

  test('T6 follows the service until an agent has chosen', () => {
    const followed = given(aTicket(1))
      .when(classify({ service: 'email', agreement: '' }))
      .ticket();
    assert.deepEqual(
      agreementOf(followed),
      ['continuity', false],
      'the form showed none, and nobody touched it',
    );
    const back = given(agreed())
      .when(classify({ service: 'invoices', agreement: 'continuity' }))
      .ticket();
    assert.deepEqual(agreementOf(back), [undefined, false]);
  });

  test('T6 what an agent has chosen stays when the service changes, none as well', () => {
    const standard = given(agreed())
      .when(classify({ service: 'email', agreement: 'standard' }))
      .ticket();
    assert.deepEqual(agreementOf(standard), ['standard', true]);
    assert.deepEqual(agreementOf(given(standard).when(classify()).ticket()), ['standard', true]);
    const none = given(agreed())
      .when(classify({ service: 'email', agreement: '' }))
      .ticket();
    assert.deepEqual(agreementOf(none), [undefined, true]);
    const still = given(given(none).when(classify()).ticket())
      .when(classify({ service: 'email' }))
      .ticket();
    assert.deepEqual(agreementOf(still), [undefined, true]);
  });

  test('T6 who chooses the service’s own lets it follow the service again', () => {
    const chosen = agreed({ agreement: 'standard', agreementChosen: true });
    const own = given(chosen)
      .when(classify({ service: 'email', agreement: 'continuity' }))
      .ticket();
    assert.deepEqual(agreementOf(own), ['continuity', false]);
    assert.deepEqual(agreementOf(given(own).when(classify()).ticket()), [undefined, false]);
  });

  test('T6 one that the desk does not have is refused, one that it has given up may stay', () => {
    for (const agreement of ['nowhere', '__proto__', 'constructor', '-'])
      given(aTicket(1)).when(classify({ agreement })).thenRefused({ code: 'unknownAgreement' });
    const ticket = given(aTicket(1, { agreement: 'gone' }))
      .when(classify({ agreement: 'gone', priority: 4 }))
      .ticket();
    assert.equal(ticket.agreement, 'gone');
  });

  test('T6 without agreements a desk has what it had', () => {
    const { services, ...rest } = testDesk();
    const without = new Map([...services].map(([id, { agreement: _, ...service }]) => [id, service]));
    const desk = { ...rest, services: without, agreements: new Map() };
    const opened = given(undefined, desk).when(opening('email'));
    assert.ok(opened.decision.ok && !('agreement' in (opened.decision.events[0] ?? {})));
    given(opened.ticket(), desk)
      .when(classify({ priority: 5, service: 'email' }, 'carla'))
      .brings({ type: 'classified', to: { ...AS_IT_IS, priority: 5, service: 'email' } });
  });
});

describe('changing them', () => {
  test('T6 takes a change, and the rights that the priority takes', () => {
    given(agreed({ impact: 4 }))
      .when(classify({ service: 'email', agreement: 'continuity', impact: 4 }))
      .thenRefused({ code: 'nothingChanged' });
    for (const over of [{ impact: 5 }, { agreement: 'standard' }] as const) {
      given(aTicket(1))
        .when(classify(over, 'carla'))
        .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
      const { decision } = given(aTicket(1)).when(classify(over, 'maria'));
      assert.ok(!decision.ok);
    }
  });

  test('T6 all five change in one event', () => {
    const [priority, impact] = [5, 1] as const;
    const to = { priority, ticketType: 'other', service: 'email', agreement: 'standard', impact } as const;
    given(aTicket(1))
      .when(classify(to))
      .brings({ type: 'classified', from: AS_IT_IS, to: { ...to, agreementChosen: true } });
  });
});
