import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { maySplit } from '../../src/domain/decisions/opening.ts';
import type { Desk, Person, Queue, Rule } from '../../src/domain/desk.ts';
import {
  type Actor,
  actorFor,
  agentsOf,
  isFirstLevel,
  isOwner,
  isRequester,
  isStaff,
  mayOpen,
  mayReadInternally,
  queuesOpenTo,
  supervisorsOf,
} from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING, ticketNumber } from '../support/tickets.ts';

const TIMER: Actor = { kind: 'timer' };
const OUTSIDE: Actor = { kind: 'outside' };

/** The test desk with something else about one of its people. */
function deskWhere(who: Someone, over: Partial<Person>): Desk {
  const desk = testDesk();
  const person = desk.people.get(PERSON[who]);
  assert.ok(person);
  return { ...desk, people: new Map(desk.people).set(person.id, { ...person, ...over }) };
}

function deskWith(queue: string, over: Partial<Queue>, rules: readonly Rule[] = []): Desk {
  const desk = testDesk();
  const changed = desk.queues.get(queue);
  assert.ok(changed);
  return { ...desk, rules, queues: new Map(desk.queues).set(queue, { ...changed, ...over }) };
}

describe('A1 who somebody is to the desk', () => {
  test('A1 whom the desk does not know is a plain requester, by the name that they came with', () => {
    assert.deepEqual(actorFor(testDesk(), { id: 'nobody', name: 'Ugo Testa' }), {
      kind: 'person',
      id: 'nobody',
      name: 'Ugo Testa',
      agentOf: [],
      supervisorOf: [],
      administrator: false,
      answersIn: [],
    });
  });

  test('A1 whom it knows has the rights and the name that it gives them', () => {
    const anna = actorFor(testDesk(), { id: PERSON.anna, name: 'annina' });
    assert.deepEqual([anna.name, anna.agentOf, anna.answersIn], ['Anna Conti', ['finance'], []]);
  });

  test('A1 R4 they answer in the queues that name them, and where rules that name them send tickets', () => {
    const answersIn = (desk: Desk) => actorFor(desk, personRef('maria')).answersIn;
    const responsible = PERSON.maria;
    assert.deepEqual(answersIn(deskWith('raw', { responsible })), ['raw']);
    const by = (when: Rule['when'], queue?: string): Rule => ({
      id: 'one',
      when,
      responsible,
      ...(queue === undefined ? {} : { queue }),
    });
    assert.deepEqual(answersIn(deskWith('raw', {}, [by({ service: ['taxes'] }, 'systems')])), ['systems']);
    assert.deepEqual(answersIn(deskWith('raw', {}, [by({ service: ['taxes'] })])), ['taxes']);
    assert.deepEqual(answersIn(deskWith('raw', {}, [by({ service: ['gone'] })])), []);
    assert.deepEqual(answersIn(deskWith('raw', {}, [by({ words: ['virus'] })])), [
      'finance',
      'taxes',
      'systems',
      'contact-centre',
    ]);
  });

  test('A1 staff are those who work tickets, answer for some, or administer the desk', () => {
    for (const who of ['anna', 'dario', 'elena'] as const) assert.ok(isStaff(actor(who)), who);
    assert.equal(isStaff(actor('maria')), false);
    const plain = { kind: 'person', id: 'x', name: 'X', agentOf: [], supervisorOf: [] } as const;
    assert.equal(isStaff({ ...plain, administrator: false }), false);
    assert.ok(isStaff({ ...plain, administrator: false, answersIn: ['raw'] }));
    for (const other of [TIMER, OUTSIDE]) assert.equal(isStaff(other), false, other.kind);
  });

  test('A1 only a person owns a ticket or asked for it, and only theirs', () => {
    const free = aTicket(1, { alsoRequesters: [personRef('luca')] });
    const held = { ...free, owner: personRef('anna') };
    assert.deepEqual(
      [isOwner(actor('anna'), held), isOwner(actor('bruno'), held), isOwner(actor('anna'), free)],
      [true, false, false],
    );
    assert.deepEqual(
      (['maria', 'luca', 'anna'] as const).map((who) => isRequester(actor(who), free)),
      [true, true, false],
    );
    for (const other of [TIMER, OUTSIDE])
      assert.deepEqual([isOwner(other, free), isRequester(other, free)], [false, false], other.kind);
  });
});

describe('A1 what they may', () => {
  const held = aTicket(1, { locked: true, lockedAt: MORNING, owner: personRef('anna') });
  const release = (who: Someone, desk: Desk) =>
    ({ at: MORNING + 1, via: 'queueChannel', actor: actor(who, desk), type: 'release' }) as const;

  test('A1 T3 an owner whom the desk has taken the queue from does nothing on the ticket, not even release it', () => {
    const desk = deskWhere('anna', { agentOf: ['taxes'] });
    given(held, desk)
      .when(release('anna', desk))
      .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
  });

  test('A1 T3 an owner who no longer works the queue but answers for the ticket releases it', () => {
    const desk = deskWhere('anna', { agentOf: [], supervisorOf: ['finance'] });
    given(held, desk)
      .when(release('anna', desk))
      .brings({ type: 'released', from: personRef('anna') });
  });

  test('I13 A1 a message becomes a ticket by its author or by who works or supervises a queue, by nobody else', () => {
    const opens = (who: Actor) =>
      mayOpen(who, { requester: personRef('maria'), arrival: { kind: 'message' } }, testDesk());
    for (const who of ['maria', 'anna', 'dario'] as const) assert.ok(opens(actor(who)), who);
    for (const who of ['luca', 'elena'] as const) assert.equal(opens(actor(who)), false, who);
    for (const other of [TIMER, OUTSIDE]) assert.equal(opens(other), false, other.kind);
  });

  test('I14 the first level are the agents of the contact centre, and not of a queue that is gone', () => {
    assert.ok(isFirstLevel(actor('carla'), testDesk()));
    assert.equal(isFirstLevel(actor('anna'), testDesk()), false);
    const gone = { ...actor('anna'), agentOf: ['gone'] };
    assert.equal(isFirstLevel(gone, testDesk()), false);
  });

  test('T12 who follows a ticket reads it for as long as they belong to an office that has had it', () => {
    const away = (over: Partial<Ticket>) => aTicket(1, { queue: 'taxes', ...over });
    const watchers = [personRef('bruno'), personRef('luca')];
    assert.ok(mayReadInternally(actor('bruno'), away({ watchers, createdIn: 'finance' })));
    assert.ok(
      mayReadInternally(
        actor('bruno'),
        away({ watchers, createdIn: 'raw', formerQueues: ['raw', 'finance'] }),
      ),
    );
    assert.equal(mayReadInternally(actor('bruno'), away({ watchers, createdIn: 'raw' })), false);
    assert.equal(
      mayReadInternally(actor('bruno'), away({ createdIn: 'finance' })),
      false,
      'does not follow it',
    );
    const desk = deskWith('finance', { responsible: PERSON.luca });
    assert.ok(mayReadInternally(actor('luca', desk), away({ watchers, createdIn: 'finance' })), 'by name');
    assert.equal(mayReadInternally(actor('luca'), away({ watchers, createdIn: 'finance' })), false);
  });

  test('T11 an article is split off by who works the ticket or answers for it, unless it was merged', () => {
    const merged: Ticket = aTicket(1, { state: { kind: 'merged', into: ticketNumber(9), at: MORNING } });
    assert.ok(maySplit(held, actor('bruno')));
    assert.ok(maySplit(aTicket(1, { state: { kind: 'closedSuccessfully', at: MORNING } }), actor('dario')));
    assert.equal(maySplit(held, actor('carla')), false);
    assert.equal(maySplit(merged, actor('bruno')), false);
  });
});

describe('who and what is offered', () => {
  /** As a desk might be written: not in the order in which people read names. */
  const reversed = (): Desk => {
    const desk = testDesk();
    return { ...desk, people: new Map([...desk.people].reverse()) };
  };

  test('T4 the agents of a queue, by name', () => {
    assert.deepEqual(agentsOf(reversed(), 'finance'), [personRef('anna'), personRef('bruno')]);
  });

  test('T4 who can answer for a queue: its supervisors and whom it names, by name', () => {
    assert.deepEqual(supervisorsOf(testDesk(), 'finance'), [personRef('dario')]);
    const desk = { ...reversed(), queues: deskWith('finance', { responsible: PERSON.anna }).queues };
    assert.deepEqual(supervisorsOf(desk, 'finance'), [personRef('anna'), personRef('dario')]);
    assert.deepEqual(supervisorsOf(testDesk(), 'gone'), []);
  });

  test('T5 a ticket is offered the contact centre first, then the other queues by name, never its own', () => {
    const offered = (desk: Desk, queue: string) => queuesOpenTo(desk, queue).map(({ id }) => id);
    assert.deepEqual(offered(testDesk(), 'finance'), ['contact-centre', 'raw', 'systems', 'taxes']);
    assert.deepEqual(offered(testDesk(), 'contact-centre'), ['raw', 'finance', 'systems', 'taxes']);
    const limited = deskWith('finance', { mayMoveTo: ['taxes', 'finance'] });
    assert.deepEqual(offered(limited, 'finance'), ['contact-centre', 'taxes']);
    assert.deepEqual(offered(testDesk(), 'gone').length, 5);
  });
});
