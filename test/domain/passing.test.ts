import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import type { Desk } from '../../src/domain/desk.ts';
import { answerableFor } from '../../src/domain/rights.ts';
import type { QueueId, Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const HOUR = 3_600_000;
const LATER = MORNING + HOUR;
const by = (who: Someone) => ({ at: LATER, via: 'queueChannel' as const, actor: actor(who) });
const release = (who: Someone): Command => ({ ...by(who), type: 'release' });
const appoint = (who: Someone, to: Someone): Command => ({ ...by(who), type: 'appoint', to: PERSON[to] });
const move = (who: Someone, queue: QueueId, note = ''): Command => ({
  ...by(who),
  type: 'move',
  queue,
  note,
});
const held = (over: Partial<Ticket> = {}): Ticket =>
  aTicket(1, {
    state: { kind: 'inProgress' },
    locked: true,
    lockedAt: MORNING,
    owner: personRef('anna'),
    ...over,
  });

describe('releasing', () => {
  test('T3 the owner releases: it is free, open, and nobody’s', () => {
    const ticket = given(held())
      .when(release('anna'))
      .brings({ type: 'released', from: personRef('anna'), because: 'byHand' });
    assert.deepEqual(
      [ticket.locked, ticket.owner, ticket.lockedAt, ticket.state.kind],
      [false, undefined, undefined, 'open'],
    );
  });
  test('T3 who answers for the ticket may release it, a colleague may not', () => {
    given(held()).when(release('dario')).brings({ type: 'released' });
    given(held())
      .when(release('bruno'))
      .thenRefused({ code: 'lockedByOther', owner: 'Anna Conti', since: MORNING });
  });
  test('T3 what nobody holds cannot be released', () => {
    given(aTicket(1)).when(release('anna')).thenRefused({ code: 'notLocked' });
  });
  test('T3 T7 releasing a ticket that waits leaves it waiting', () => {
    const ticket = given(held({ state: { kind: 'waitingRequester', since: MORNING } }))
      .when(release('anna'))
      .ticket();
    assert.deepEqual([ticket.locked, ticket.state.kind], [false, 'waitingRequester']);
  });
  test('T4 a released ticket can be assigned again', () => {
    const free = given(held()).when(release('anna')).ticket();
    given(free)
      .when({ ...by('dario'), type: 'assign', to: PERSON.bruno, note: 'Pensaci tu.' })
      .brings({ type: 'assigned', to: personRef('bruno') });
  });
});

describe('who answers for it', () => {
  const two = (): Desk => {
    const desk = testDesk();
    const elena = desk.people.get(PERSON.elena);
    assert.ok(elena);
    return { ...desk, people: new Map(desk.people).set(elena.id, { ...elena, supervisorOf: ['finance'] }) };
  };
  test('T4 the responsible can be changed to another supervisor of the queue', () => {
    const ticket = given(held(), two())
      .when(appoint('anna', 'elena'))
      .brings({ type: 'responsibleChanged', from: personRef('dario'), to: personRef('elena') });
    assert.deepEqual(ticket.responsible, personRef('elena'));
  });
  test('T4 where nobody answered for it, it is answered for from then on', () => {
    const { responsible: _, ...free } = held();
    const ticket = given(free).when(appoint('anna', 'dario')).ticket();
    assert.deepEqual(ticket.responsible, personRef('dario'));
  });
  test('T4 to nobody else, and not to whom it is already', () => {
    given(held())
      .when(appoint('anna', 'bruno'))
      .thenRefused({ code: 'unknownSupervisor', queue: 'Servizi finanziari' });
    given(held()).when(appoint('anna', 'dario')).thenRefused({ code: 'nothingChanged' });
  });
  test('T3 where nobody is named, the supervisors of the queue are told, or else the administrators', () => {
    const desk = testDesk();
    const { responsible: _, ...free } = aTicket(1);
    assert.deepEqual(answerableFor(desk, free), [personRef('dario')]);
    assert.deepEqual(answerableFor(desk, { ...free, queue: 'raw' }), [personRef('elena')]);
  });
});

describe('moving', () => {
  const stricter = (): Desk => {
    const desk = testDesk();
    return { ...desk, deadlines: [{ deadline: 'solution', queue: ['taxes'], hours: 10 }, ...desk.deadlines] };
  };
  const limited = (mayMoveTo: readonly QueueId[]): Desk => {
    const desk = testDesk();
    const finance = desk.queues.get('finance');
    assert.ok(finance);
    return { ...desk, queues: new Map(desk.queues).set('finance', { ...finance, mayMoveTo }) };
  };
  test('T5 at once, with a note where one was written', () => {
    const ticket = given(aTicket(1))
      .when(move('anna', 'taxes', ' Riguarda la TARI. '))
      .brings({ type: 'moved', from: 'finance', to: 'taxes', note: 'Riguarda la TARI.' });
    assert.equal(ticket.queue, 'taxes');
    assert.deepEqual(ticket.formerQueues, ['finance']);
    assert.deepEqual(
      ticket.articles.map(({ kind, text }) => (kind === 'note' ? text : kind)),
      ['request', 'Riguarda la TARI.'],
    );
    assert.equal(given(aTicket(1)).when(move('anna', 'taxes')).ticket().articles.length, 1);
  });
  test('W1 T5 it knows in which channels its card stands: where it is, and once where it was', () => {
    const there = given(aTicket(1)).when(move('anna', 'taxes')).ticket();
    const back = given(there).when(move('carla', 'finance')).ticket();
    assert.deepEqual([back.queue, back.formerQueues], ['finance', ['finance', 'taxes']]);
    const again = given(back).when(move('anna', 'taxes')).ticket();
    assert.deepEqual([again.queue, again.formerQueues], ['taxes', ['finance', 'taxes']]);
  });
  test('T5 to the contact centre only with a reason', () => {
    given(aTicket(1))
      .when(move('anna', 'contact-centre', ' '))
      .thenRefused({ code: 'reasonRequired', queue: 'Primo livello' });
    given(aTicket(1))
      .when(move('anna', 'contact-centre', 'Serve una telefonata.'))
      .brings({ type: 'moved' });
  });
  test('T5 a queue may send where the desk says, and always to the contact centre', () => {
    given(aTicket(1), limited(['taxes']))
      .when(move('anna', 'systems'))
      .thenRefused({ code: 'mayNotMoveThere', queue: 'Sistemi informativi' });
    given(aTicket(1), limited(['taxes']))
      .when(move('anna', 'taxes'))
      .brings({ type: 'moved' });
    given(aTicket(1), limited([]))
      .when(move('anna', 'contact-centre', 'Non è nostra.'))
      .brings({ type: 'moved' });
  });
  test('T5 not to where it is, nor to nowhere', () => {
    for (const queue of ['finance', 'nowhere'])
      given(aTicket(1)).when(move('anna', queue)).thenRefused({ code: 'unknownQueue' });
  });
  test('T5 an owner without rights in the new queue loses the ticket', () => {
    const ticket = given(held())
      .when(move('anna', 'taxes'))
      .brings({ type: 'moved' }, { type: 'released', from: personRef('anna'), because: 'moved' });
    assert.deepEqual([ticket.locked, ticket.owner, ticket.state.kind], [false, undefined, 'open']);
    given(ticket)
      .when({ ...by('anna'), type: 'claim' })
      .thenRefused({ code: 'notYourQueue', queue: 'Tributi' });
  });
  test('T5 an owner who works the new queue, too, keeps it', () => {
    const ticket = given(held({ queue: 'taxes', owner: personRef('carla') }))
      .when(move('carla', 'systems'))
      .brings({ type: 'moved' });
    assert.deepEqual([ticket.locked, ticket.owner], [true, personRef('carla')]);
  });
  test('T5 an owner keeps it also where they are one of several agents of the new queue', () => {
    const desk = testDesk();
    const carla = desk.people.get(PERSON.carla);
    assert.ok(carla);
    const people = new Map(desk.people).set(carla.id, { ...carla, agentOf: ['taxes', 'finance'] });
    const ticket = given(held({ queue: 'taxes', owner: personRef('carla') }), { ...desk, people })
      .when(move('carla', 'finance'))
      .ticket();
    assert.deepEqual([ticket.locked, ticket.owner], [true, personRef('carla')]);
  });
  test('T4 T5 who answers for tickets of the new queue answers for this one', () => {
    const elsewhere = held({ queue: 'contact-centre', owner: personRef('carla') });
    const { responsible: _, ...unanswered } = elsewhere;
    assert.deepEqual(
      given(unanswered).when(move('carla', 'systems')).ticket().responsible,
      personRef('dario'),
    );
    // Tributi names nobody; Dario supervises it and so goes on answering, elsewhere he has no say.
    assert.deepEqual(given(held()).when(move('anna', 'taxes')).ticket().responsible, personRef('dario'));
    assert.equal(given(held()).when(move('anna', 'raw')).ticket().responsible, undefined);
    const elenas = held({ responsible: personRef('elena') });
    assert.equal(given(elenas).when(move('anna', 'taxes')).ticket().responsible, undefined, 'not another');
    assert.equal(given(unanswered).when(move('carla', 'taxes')).ticket().responsible, undefined);
  });
  test('D2 T5 the new queue’s policy holds, and what was used stays used', () => {
    const clock = { kind: 'solution', allowedMs: 40 * HOUR, usedMs: HOUR, runningSince: MORNING } as const;
    const ticket = given(held({ deadlines: [{ ...clock, fired: ['warning'] }] }), stricter())
      .when(move('anna', 'taxes'))
      .ticket();
    assert.deepEqual(
      ticket.deadlines.find(({ kind }) => kind === 'solution'),
      { ...clock, allowedMs: 10 * HOUR, usedMs: 2 * HOUR, runningSince: LATER, fired: ['warning'] },
    );
  });
  test('D2 T5 a paused clock stays paused, and a promise kept stays kept', () => {
    const paused = given(
      held({
        state: { kind: 'waitingRequester', since: MORNING },
        deadlines: [
          { kind: 'solution', allowedMs: HOUR, usedMs: 60_000, fired: [] },
          {
            kind: 'firstResponse',
            allowedMs: HOUR,
            usedMs: 0,
            runningSince: MORNING,
            metAt: MORNING + 1,
            fired: [],
          },
        ],
      }),
      stricter(),
    ).when(move('anna', 'taxes'));
    const [moved] = paused.decision.ok ? paused.decision.events : [];
    assert.deepEqual(moved?.type === 'moved' && moved.used, [], 'neither has used anything since');
    const ticket = paused.ticket();
    const clockOf = (kind: string) => ticket.deadlines.find((clock) => clock.kind === kind);
    assert.deepEqual([clockOf('solution')?.usedMs, clockOf('solution')?.runningSince], [60_000, undefined]);
    assert.equal(clockOf('firstResponse')?.metAt, MORNING + 1);
  });
});
