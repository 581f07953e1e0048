import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { replay } from '../../src/domain/evolve.ts';
import { TEXT_LIMIT } from '../../src/domain/limits.ts';
import { minutesOf, type Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aRequest, aRouting, aTicket, MORNING, openedEvent, ticketNumber } from '../support/tickets.ts';

const LATER = MORNING + 600_000;
const by = (who: Someone, seen?: number) => ({
  at: LATER,
  via: 'queueChannel' as const,
  actor: actor(who),
  ...(seen === undefined ? {} : { seen }),
});
const claim = (who: Someone, seen?: number): Command => ({ ...by(who, seen), type: 'claim' });
const note = (who: Someone, text = 'Sentita la tesoreria.'): Command => ({
  ...by(who),
  type: 'note',
  text,
  attachments: [],
});
const assign = (who: Someone, to: Someone, text = 'Pensaci tu.'): Command => ({
  ...by(who),
  type: 'assign',
  to: PERSON[to],
  note: text,
});
const says = (who: Someone, text: string, at = LATER, thanks = false): Command => ({
  at,
  via: 'chat',
  actor: actor(who),
  type: 'requesterMessage',
  text,
  attachments: [],
  thanks,
});
const held = (over: Partial<Ticket> = {}): Ticket =>
  aTicket(1, {
    state: { kind: 'inProgress' },
    locked: true,
    lockedAt: MORNING,
    owner: personRef('anna'),
    ...over,
  });
const FINANCE = 'Servizi finanziari';

describe('opening', () => {
  const open: Command = {
    at: MORNING,
    via: 'chat',
    actor: actor('maria'),
    type: 'open',
    number: ticketNumber(1),
    draft: 'draft-1',
    request: aRequest(),
    routing: aRouting({ priority: 5 }),
  };
  test('T1 a complete request opens a new ticket with its number, queue and deadlines', () => {
    const ticket = given(undefined)
      .when(open)
      .brings({ type: 'opened', number: ticketNumber(1) });
    assert.deepEqual(
      { state: ticket.state.kind, queue: ticket.queue, priority: ticket.priority, locked: ticket.locked },
      { state: 'new', queue: 'finance', priority: 5, locked: false },
    );
    assert.deepEqual(
      ticket.deadlines.map(({ kind, allowedMs }) => [kind, allowedMs / 3_600_000]),
      [
        ['firstResponse', 2],
        ['update', 24],
        ['solution', 40],
      ],
    );
  });
  test('T1 a number is opened once', () => {
    given(aTicket(1)).when(open).thenRefused({ code: 'alreadyOpen' });
  });
  test('T6 without a rule’s word the priority is 3', () => {
    const ticket = given(undefined)
      .when({ ...open, routing: aRouting() } as Command)
      .ticket();
    assert.equal(ticket.priority, 3);
  });
  test('A2 a command on a ticket that does not exist is refused', () => {
    given(undefined).when(claim('anna')).thenRefused({ code: 'unknownTicket' });
  });
});

describe('lock', () => {
  test('T3 claiming locks the ticket and makes the claimer its owner', () => {
    const ticket = given(aTicket(1))
      .when(claim('anna', 1))
      .brings({ type: 'claimed', by: personRef('anna') });
    assert.deepEqual([ticket.locked, ticket.owner, ticket.lockedAt], [true, personRef('anna'), LATER]);
  });
  test('T3 who comes second is told who has it, even when looking at the older version', () => {
    given(held({ version: 2 }))
      .when(claim('bruno', 1))
      .thenRefused({ code: 'lockedByOther', owner: 'Anna Conti', since: MORNING });
  });
  test('T3 the owner claims in vain: it is theirs already', () => {
    given(held()).when(claim('anna')).thenRefused({ code: 'alreadyYours' });
  });
  test('T3 starting a reply on a free ticket locks it', () => {
    const ticket = given(aTicket(1))
      .when({ ...by('anna'), type: 'reply', text: 'Eccoci.', next: 'stay' })
      .brings({ type: 'claimed' }, { type: 'replied', text: 'Eccoci.' });
    assert.equal(ticket.owner?.id, PERSON.anna);
  });
  for (const command of [
    { ...by('bruno'), type: 'reply', text: 'x', next: 'stay' },
    { ...by('bruno'), type: 'close', text: 'x' },
    { ...by('bruno'), type: 'classify', priority: 5, ticketType: 'fault', service: 'invoices' },
    assign('bruno', 'bruno'),
  ] satisfies Command[])
    test(`T3 while another holds the ticket, ${command.type} is refused`, () => {
      given(held()).when(command).thenRefused({ code: 'lockedByOther', owner: 'Anna Conti', since: MORNING });
    });
  test('T3 while another holds the ticket, a colleague may note, which changes neither lock nor owner', () => {
    const { locked, owner } = given(held()).when(note('bruno')).brings({ type: 'noted' });
    assert.deepEqual([locked, owner?.id], [true, PERSON.anna]);
  });
});

describe('rights', () => {
  for (const [who, command] of [
    ['carla', claim('carla')],
    ['maria', claim('maria')],
    ['dario', claim('dario')],
    ['carla', note('carla')],
    ['carla', { ...by('carla'), type: 'reply', text: 'x', next: 'stay' }],
    ['elena', { ...by('elena'), type: 'close', text: 'x' }],
    ['carla', { ...by('carla'), type: 'classify', priority: 5, ticketType: 'fault', service: 'invoices' }],
    ['maria', assign('maria', 'anna')],
  ] satisfies [Someone, Command][])
    test(`A1 ${who} has no right to ${command.type} in this queue`, () => {
      given(aTicket(1)).when(command).thenRefused({ code: 'notYourQueue', queue: FINANCE });
    });
  test('A1 the supervisor of the queue may note and assign without holding the ticket', () => {
    given(aTicket(1)).when(note('dario')).brings({ type: 'noted' });
    given(held())
      .when(assign('dario', 'bruno'))
      .brings({ type: 'assigned', from: personRef('anna'), to: personRef('bruno') });
  });
  test('A1 nobody but the requester speaks for the requester', () => {
    given(aTicket(1)).when(says('luca', 'Ancora niente')).thenRefused({ code: 'notYourTicket' });
    given(aTicket(1)).when(says('anna', 'Ancora niente')).thenRefused({ code: 'notYourTicket' });
  });
  test('D3 only the timer escalates', () => {
    given(aTicket(1))
      .when({ ...by('elena'), type: 'escalate' })
      .thenRefused({ code: 'supervisorsOnly' });
  });
});

describe('content', () => {
  test('W2 an empty text is refused', () => {
    given(aTicket(1)).when(note('anna', '  \n ')).thenRefused({ code: 'emptyText' });
    given(aTicket(1))
      .when({ ...by('anna'), type: 'close', text: '' })
      .thenRefused({ code: 'emptyText' });
    given(aTicket(1)).when(says('maria', '')).thenRefused({ code: 'emptyText' });
  });
  test('T15 a file says enough without a text', () => {
    const file = { id: 'a'.repeat(64), name: 'schermata.png', contentType: 'image/png', size: 10 };
    given(aTicket(1))
      .when({ ...says('maria', ''), attachments: [file] } as Command)
      .brings({ type: 'requesterWrote', attachments: [file] });
  });
  test('A2 a text beyond the limit is refused with its length', () => {
    given(aTicket(1))
      .when(note('anna', 'x'.repeat(TEXT_LIMIT + 1)))
      .thenRefused({ code: 'textTooLong', limit: TEXT_LIMIT, length: TEXT_LIMIT + 1 });
    given(aTicket(1))
      .when(note('anna', 'x'.repeat(TEXT_LIMIT)))
      .brings({ type: 'noted' });
  });
  test('T4 assigning needs a note and an agent of the queue', () => {
    given(aTicket(1))
      .when(assign('anna', 'bruno', ' '))
      .thenRefused({ code: 'emptyText' });
    given(aTicket(1)).when(assign('anna', 'carla')).thenRefused({ code: 'unknownAgent', queue: FINANCE });
    given(held()).when(assign('anna', 'anna')).thenRefused({ code: 'alreadyAssigned', owner: 'Anna Conti' });
  });
  test('T4 assigning gives the ticket, locked, to the new owner and keeps the note inside', () => {
    const ticket = given(aTicket(1)).when(assign('dario', 'bruno')).ticket();
    assert.deepEqual(
      [ticket.locked, ticket.owner, ticket.state.kind],
      [true, personRef('bruno'), 'inProgress'],
    );
    assert.equal(ticket.articles.at(-1)?.kind, 'note');
  });
  test('T6 priority, type and service change together, and only when something changes', () => {
    const to = { priority: 5, ticketType: 'paymentProblem', service: 'invoices' } as const;
    const ticket = given(aTicket(1))
      .when({ ...by('anna'), type: 'classify', ...to })
      .brings({
        type: 'classified',
        from: { priority: 3, ticketType: 'fault', service: 'payment-orders' },
        to,
      });
    assert.deepEqual([ticket.priority, ticket.type, ticket.service], [5, 'paymentProblem', 'invoices']);
    given(ticket)
      .when({ ...by('anna'), type: 'classify', ...to })
      .thenRefused({ code: 'nothingChanged' });
    given(ticket)
      .when({ ...by('anna'), type: 'classify', ...to, service: 'nowhere' })
      .thenRefused({ code: 'unknownService' });
  });
});

describe('closing and coming back', () => {
  const closedAt = (at: number): Ticket => aTicket(1, { state: { kind: 'closedSuccessfully', at } });
  const DAY = 86_400_000;
  test('T8 closing tells why, frees the lock and keeps the owner', () => {
    const ticket = given(held())
      .when({ ...by('anna'), type: 'close', text: 'Allineata l’anagrafica.' })
      .brings({ type: 'closedSuccessfully', text: 'Allineata l’anagrafica.' });
    assert.deepEqual(
      [ticket.locked, ticket.owner?.id, ticket.state.kind],
      [false, PERSON.anna, 'closedSuccessfully'],
    );
    assert.ok(ticket.deadlines.every(({ metAt }) => metAt === LATER));
  });
  test('T9 the requester’s message reopens a closed ticket and starts the solution anew', () => {
    const ticket = given(closedAt(MORNING))
      .when(says('maria', 'Esce ancora l’errore'))
      .brings({ type: 'requesterWrote' }, { type: 'reopened' });
    assert.deepEqual(
      ticket.deadlines.map(({ runningSince, fired }) => [runningSince, fired]),
      [[LATER, []]],
    );
  });
  test('T9 a mere thank-you is kept and does not reopen', () => {
    const ticket = given(closedAt(MORNING))
      .when(says('maria', 'grazie!', LATER, true))
      .brings({ type: 'requesterWrote', text: 'grazie!' });
    assert.equal(ticket.state.kind, 'closedSuccessfully');
  });
  test('T9 a ticket closed longer ago than the desk allows stays closed', () => {
    const { reopenDays } = testDesk();
    given(closedAt(MORNING))
      .when(says('maria', 'Ci risiamo', MORNING + reopenDays * DAY + 1))
      .thenRefused({ code: 'closedTooLongAgo', days: reopenDays });
    given(closedAt(MORNING))
      .when(says('maria', 'Ci risiamo', MORNING + reopenDays * DAY))
      .brings({ type: 'requesterWrote' }, { type: 'reopened' });
  });
  test('T9 a thank-you comes in time for ever', () => {
    given(closedAt(MORNING))
      .when(says('maria', 'grazie', MORNING + 400 * DAY, true))
      .brings({ type: 'requesterWrote' });
  });
  test('T11 a merged ticket names the one to turn to', () => {
    given(aTicket(1, { state: { kind: 'merged', into: ticketNumber(9), at: MORNING } }))
      .when(says('maria', 'E allora?'))
      .thenRefused({ code: 'mergedInto', number: ticketNumber(9) });
  });
});

describe('time', () => {
  const firstResponse = { kind: 'firstResponse', allowedMs: 28_800_000, usedMs: 0, fired: [] } as const;
  const solution = { kind: 'solution', allowedMs: 144_000_000, usedMs: 0, fired: [] } as const;
  const running = held({
    deadlines: [
      { ...firstResponse, runningSince: MORNING },
      { ...solution, runningSince: MORNING },
    ],
  });
  test('D2 a reply meets the first response', () => {
    const ticket = given(running)
      .when({ ...by('anna'), type: 'reply', text: 'Eccoci.', next: 'stay' })
      .ticket();
    assert.deepEqual(
      ticket.deadlines.map(({ metAt }) => metAt),
      [LATER, undefined],
    );
  });
  test('D2 waiting for the requester pauses the deadlines, and the answer lets them run on', () => {
    const waiting = given(running)
      .when({ ...by('anna'), type: 'reply', text: 'Quale numero?', next: 'waitRequester' })
      .brings(
        { type: 'replied' },
        { type: 'waitedForRequester', used: [{ kind: 'solution', usedMs: 600_000 }] },
      );
    assert.deepEqual(waiting.deadlines[1], { ...solution, usedMs: 600_000 });
    const back = given(waiting)
      .when(says('maria', 'Il 1234', LATER + 3_600_000))
      .ticket();
    assert.deepEqual(back.deadlines[1], { ...solution, usedMs: 600_000, runningSince: LATER + 3_600_000 });
    assert.equal(back.state.kind, 'inProgress');
  });
  test('D3 each level fires once', () => {
    const due = running.deadlines[0];
    assert.ok(due);
    const ticket = aTicket(1, { ...running, deadlines: [due] });
    const escalate = (at: number): Command => ({
      at,
      via: 'timer',
      actor: { kind: 'timer' },
      type: 'escalate',
    });
    // From Thursday 10:00, six working hours end at 17:00, and two more on Friday at 10:30.
    const warnedAt = MORNING + 7 * 3_600_000;
    const breachedAt = MORNING + 24.5 * 3_600_000;
    given(ticket)
      .when(escalate(warnedAt - 1))
      .thenRefused({ code: 'nothingDue' });
    const warned = given(ticket)
      .when(escalate(warnedAt))
      .brings({ type: 'escalated', level: 'warning', notified: [personRef('anna')] });
    given(warned).when(escalate(warnedAt)).thenRefused({ code: 'nothingDue' });
    given(warned)
      .when(escalate(breachedAt))
      .brings({ type: 'escalated', level: 'breach', notified: [personRef('anna'), personRef('dario')] });
  });
});

describe('history', () => {
  test('T10 a ticket is nothing but its history', () => {
    const opened = openedEvent(aTicket(1));
    let ticket = replay([opened]);
    const history = [opened as Parameters<typeof replay>[0][number]];
    for (const command of [
      claim('anna'),
      note('anna'),
      { ...by('anna'), type: 'reply', text: 'Quale numero?', next: 'waitRequester' },
      says('maria', 'Il 1234'),
      { ...by('anna'), type: 'classify', priority: 4, ticketType: 'fault', service: 'payment-orders' },
      { ...by('anna'), type: 'close', text: 'Risolto.' },
      says('maria', 'Esce ancora'),
    ] satisfies Command[]) {
      const { decision } = given(ticket).when(command);
      assert.ok(decision.ok);
      history.push(...decision.events);
      ticket = given(ticket).when(command).ticket();
    }
    assert.deepEqual(replay(history), ticket);
    assert.equal(ticket.version, history.length);
  });
  test('T10 a history that does not begin with its opening is a fault', () => {
    assert.throws(() => replay([{ type: 'claimed', at: MORNING, via: 'chat' }]), /begins with "claimed"/);
  });
});

describe('work time', () => {
  test('T13 minutes may be noted with a note, a reply and a closing text, and are added up', () => {
    const noted = given(held())
      .when({ ...note('anna'), minutes: 10 } as Command)
      .ticket();
    const replied = given(noted)
      .when({ ...by('anna'), type: 'reply', text: 'Eccoci.', next: 'stay', minutes: 25 })
      .ticket();
    const closed = given(replied)
      .when({ ...by('anna'), type: 'close', text: 'Fatto.', minutes: 0 })
      .brings({ type: 'closedSuccessfully', text: 'Fatto.' });
    assert.deepEqual(
      closed.articles.map(({ minutes }) => minutes),
      [undefined, 10, 25, undefined],
    );
    assert.equal(minutesOf(closed), 35);
  });
  for (const minutes of [-1, 2.5, Number.NaN, 601])
    test(`T13 ${minutes} is no number of minutes`, () => {
      given(held())
        .when({ ...note('anna'), minutes } as Command)
        .thenRefused({ code: 'minutesNotValid', limit: 600 });
    });
});
