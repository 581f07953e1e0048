/** Who was taken out of the desk, or out of a ticket's queue, has no right left by what the ticket says of them (A1). */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Desk, Person } from '../../src/domain/desk.ts';
import { actorFor, answerableFor, isStaff, mayReadInternally, sightOf } from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { timersOf } from '../../src/domain/timers.ts';
import { TICKET_ACTIONS } from '../../src/domain/transitions.ts';
import { exampleOf } from '../support/commands.ts';
import { given } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const AT = MORNING + 60_000;
const timer = { at: AT, via: 'timer', actor: { kind: 'timer' } } as const;

/** The test desk with these people as given; undefined: not in it any more. */
function deskWith(people: Partial<Record<keyof typeof PERSON, Partial<Person> | undefined>>): Desk {
  const desk = testDesk();
  const known = new Map(desk.people);
  for (const [key, change] of Object.entries(people)) {
    const id = PERSON[key as keyof typeof PERSON];
    const person = known.get(id);
    if (change && person) known.set(id, { ...person, ...change });
    else known.delete(id);
  }
  return { ...desk, people: known };
}

const held: Ticket = aTicket(1, {
  state: { kind: 'inProgress' },
  locked: true,
  lockedAt: MORNING,
  owner: personRef('anna'),
  responsible: personRef('anna'),
  watchers: [personRef('anna')],
});

/** Ways in which Anna, who holds the ticket, answers for it and follows it, has left. */
const LEFT = {
  'is not in the desk any more': deskWith({ anna: undefined }),
  'has no role left': deskWith({ anna: { agentOf: [] } }),
  'works another queue now': deskWith({ anna: { agentOf: ['taxes'] } }),
  'supervises another queue now': deskWith({ anna: { agentOf: [], supervisorOf: ['taxes'] } }),
};

describe('A1 who has left', () => {
  for (const [how, desk] of Object.entries(LEFT)) {
    const anna = actorFor(desk, personRef('anna'));

    test(`A1 and ${how} may do nothing to the ticket, and read nothing of it`, () => {
      assert.equal(sightOf(anna, held), 'anybody');
      for (const action of TICKET_ACTIONS) {
        const command = { ...exampleOf(action, anna), actor: anna };
        assert.equal(given(held, desk).when(command).decision.ok, false, action);
      }
    });

    test(`A1 T3 and ${how} holds no lock any more, and whoever answers for it is told`, () => {
      assert.equal(timersOf(held, desk, compileCalendars(desk))[0]?.type, 'relieve');
      const after = given(held, desk)
        .when({ ...timer, type: 'relieve' })
        .brings(
          { type: 'responsibleChanged', from: personRef('anna'), to: personRef('dario') },
          { type: 'released', from: personRef('anna'), because: 'left' },
        );
      assert.deepEqual([after.locked, after.owner, after.state.kind], [false, undefined, 'open']);
      assert.deepEqual(answerableFor(desk, after), [personRef('dario')]);
      const timers = timersOf(after, desk, compileCalendars(desk));
      assert.ok(
        timers.every(({ type }) => type !== 'relieve'),
        'once',
      );
    });

    test(`A1 D3 and ${how} is never pinged`, () => {
      const late: Ticket = {
        ...held,
        deadlines: [
          { kind: 'solution', allowedMs: 60_000, usedMs: 600_000, runningSince: MORNING, fired: [] },
        ],
      };
      const { decision } = given(late, desk).when({ ...timer, type: 'escalate' });
      assert.ok(decision.ok);
      const pinged = decision.events.flatMap((event) => (event.type === 'escalated' ? event.notified : []));
      assert.ok(pinged.length > 0 && pinged.every(({ id }) => id !== PERSON.anna), JSON.stringify(pinged));
    });

    test(`A1 T7 and ${how} is not reminded of what they wanted to be reminded of`, () => {
      const waiting: Ticket = {
        ...held,
        state: { kind: 'waitingReminder', until: MORNING, setBy: PERSON.anna },
      };
      given(waiting, desk)
        .when({ ...timer, type: 'remind' })
        .brings({ type: 'reminded', to: personRef('dario') });
    });

    test(`A1 W9 and ${how} is not told that what they forwarded did not arrive`, () => {
      const forwarded: Ticket = {
        ...held,
        articles: [
          ...held.articles,
          {
            id: 2,
            kind: 'mailSent',
            at: MORNING,
            by: personRef('anna'),
            text: '',
            attachments: [],
            forwarded: { article: 1, to: ['a@fornitore.example'] },
          },
        ],
      };
      given(forwarded, desk)
        .when({
          at: AT,
          via: 'mail',
          actor: { kind: 'outside' },
          ...{ type: 'mailFailed', article: 2, addresses: ['a@fornitore.example'], reason: '550' },
        })
        .brings({ type: 'mailFailed', tells: personRef('dario') });
    });
  }
});

describe('A1 who stays', () => {
  test('A1 keeps the ticket: the desk relieves nobody', () => {
    const desk = testDesk();
    assert.ok(timersOf(held, desk, compileCalendars(desk)).every(({ type }) => type !== 'relieve'));
    const { decision } = given(held).when({ ...timer, type: 'relieve' });
    assert.ok(!decision.ok && decision.refusal.code === 'nothingDue');
  });

  test('T12 follows it where it went, as long as they belong to an office that has had it', () => {
    const moved = { ...held, queue: 'raw', formerQueues: ['finance'] };
    const reads = (desk: Desk) => mayReadInternally(actorFor(desk, personRef('anna')), moved);
    assert.equal(reads(testDesk()), true);
    assert.equal(reads(LEFT['works another queue now']), false);
  });

  test('A1 R1 answers for it where the desk names them in the queue or in a rule, without any other role', () => {
    const named = { ...testDesk(), ...{ rules: [{ id: 'all', when: {}, responsible: PERSON.luca }] } };
    const mine = { ...held, responsible: personRef('luca') };
    const luca = actorFor(named, personRef('luca'));
    assert.equal(isStaff(luca), true);
    assert.equal(sightOf(luca, mine), 'inside');
    assert.equal(sightOf(luca, held), 'anybody', 'for those that are theirs only');
    assert.equal(sightOf(actorFor(testDesk(), personRef('luca')), mine), 'anybody');
  });

  test('A1 where nobody answers for the queue as a rule, the administrators are told of what leavers left', () => {
    const desk = deskWith({ anna: undefined, dario: undefined });
    given(held, desk)
      .when({ ...timer, type: 'relieve' })
      .brings({ type: 'released', from: personRef('anna'), because: 'left' });
    assert.deepEqual(answerableFor(desk, held), [personRef('elena')]);
  });
});
