import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Command } from '../../src/domain/commands.ts';
import { momentAt, momentOf } from '../../src/domain/moments.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { timersOf } from '../../src/domain/timers.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const HOUR = 3_600_000;
const LATER = MORNING + HOUR;
const TOMORROW = MORNING + 24 * HOUR;
const desk = testDesk();
const calendars = compileCalendars(desk);
const by = (who: Someone, at = LATER) => ({ at, via: 'queueChannel' as const, actor: actor(who) });
const timer = (type: 'remind' | 'autoClose', at: number): Command => ({
  at,
  via: 'timer',
  actor: { kind: 'timer' },
  type,
});
const wait = (until: number, note = ''): Command => ({ ...by('anna'), type: 'wait', until, note });
const reply = (next: 'waitReminder' | 'waitAutoClose', until?: number): Command => ({
  ...by('anna'),
  type: 'reply',
  text: 'Fatto: va bene?',
  next,
  ...(until === undefined ? {} : { until }),
});
const held = (over: Partial<Ticket> = {}): Ticket =>
  aTicket(1, {
    state: { kind: 'inProgress' },
    locked: true,
    lockedAt: MORNING,
    owner: personRef('anna'),
    ...over,
  });

describe('a question to the requester', () => {
  const ask: Command = { ...by('anna'), type: 'reply', text: 'Quale?', next: 'waitRequester' };
  test('W2 T13 an answer says something, and its minutes are minutes', () => {
    given(held())
      .when({ ...ask, text: ' ' } as Command)
      .thenRefused({ code: 'emptyText' });
    given(held())
      .when({ ...ask, minutes: -1 } as Command)
      .thenRefused({ code: 'minutesNotValid', limit: 600 });
    given(held())
      .when(reply('waitReminder', TOMORROW))
      .brings({ type: 'replied' }, { type: 'waitSet', note: '' });
  });
  test('T7 D2 a further one begins no further wait', () => {
    const { decision } = given(held({ state: { kind: 'waitingRequester', since: MORNING } })).when(ask);
    assert.deepEqual(decision.ok && decision.events.map(({ type }) => type), ['replied']);
  });
  test('T7 D2 what was used stays used, but for the promise of news: the question is news', () => {
    const clock = { allowedMs: 40 * HOUR, usedMs: HOUR, runningSince: MORNING, fired: [] } as const;
    const paused = { kind: 'solution', allowedMs: HOUR, usedMs: 0, fired: [] } as const;
    const used = (deadlines: Ticket['deadlines']) => {
      const { decision } = given(held({ deadlines })).when(ask);
      const waited = decision.ok
        ? decision.events.find(({ type }) => type === 'waitedForRequester')
        : undefined;
      return waited?.type === 'waitedForRequester' ? waited.used : undefined;
    };
    assert.deepEqual(
      used([
        { kind: 'solution', ...clock },
        { kind: 'update', ...clock },
        { kind: 'firstResponse', ...clock },
      ]),
      [
        { kind: 'solution', usedMs: 2 * HOUR },
        { kind: 'update', usedMs: 0 },
      ],
    );
    assert.deepEqual(used([paused]), []);
  });
});

test('T10 a note may be a file alone', () => {
  const file = { id: 'a', name: 'a.pdf', contentType: 'application/pdf', size: 10 };
  const note: Command = { ...by('anna'), type: 'note', text: '', attachments: [file] };
  given(held())
    .when(note)
    .brings({ type: 'noted', attachments: [file] });
  given(held())
    .when({ ...note, attachments: [] } as Command)
    .thenRefused({ code: 'emptyText' });
});

describe('waiting until a date', () => {
  test('T7 D4 who set the date is reminded, also where a colleague holds the ticket', () => {
    given(held({ state: { kind: 'waitingReminder', until: TOMORROW, setBy: PERSON.bruno } }))
      .when(timer('remind', TOMORROW))
      .brings({ type: 'reminded', to: personRef('bruno') });
  });
  const waiting = () => given(held()).when(wait(TOMORROW, 'Arriva il tecnico')).ticket();
  test('T7 keeps the date, who set it, and the note', () => {
    const ticket = waiting();
    assert.deepEqual(ticket.state, { kind: 'waitingReminder', until: TOMORROW, setBy: PERSON.anna });
    assert.equal(ticket.articles.at(-1)?.text, 'Arriva il tecnico');
    assert.equal(given(held()).when(wait(TOMORROW)).ticket().articles.length, 1);
  });
  test('T7 only later than now and within a year', () => {
    for (const until of [0, LATER, LATER + 367 * 24 * HOUR, Number.NaN])
      given(held()).when(wait(until)).thenRefused({ code: 'dateNotValid' });
    for (const next of ['waitReminder', 'waitAutoClose'] as const)
      for (const until of [undefined, LATER, LATER + 367 * 24 * HOUR])
        given(held()).when(reply(next, until)).thenRefused({ code: 'dateNotValid' });
    const longest = LATER + 366 * 24 * HOUR;
    given(held())
      .when(wait(longest, ' Arriva il tecnico '))
      .brings({ type: 'waitSet', note: 'Arriva il tecnico' });
  });
  test('T7 D4 at that time who set it is reminded, once', () => {
    const ticket = waiting();
    given(ticket)
      .when(timer('remind', TOMORROW - 1))
      .thenRefused({ code: 'nothingDue' });
    const reminded = given(ticket)
      .when(timer('remind', TOMORROW))
      .brings({ type: 'reminded', to: personRef('anna') });
    assert.equal(reminded.state.kind, 'waitingReminder');
    given(reminded)
      .when(timer('remind', TOMORROW + 1))
      .thenRefused({ code: 'nothingDue' });
  });
  test('T7 D4 the timer knows when to look', () => {
    const at = (ticket: Ticket) =>
      timersOf(ticket, desk, calendars).find(({ type }) => type === 'remind')?.at;
    const ticket = waiting();
    assert.equal(at(ticket), TOMORROW);
    assert.equal(at(given(ticket).when(timer('remind', TOMORROW)).ticket()), undefined);
  });
  test('T7 it can be taken up again by hand', () => {
    const ticket = given(waiting())
      .when({ ...by('anna'), type: 'resume' })
      .brings({ type: 'resumed' });
    assert.equal(ticket.state.kind, 'inProgress');
  });
  test('T7 instead of waiting for the requester lets the deadlines run again', () => {
    const paused = held({
      state: { kind: 'waitingRequester', since: MORNING },
      deadlines: [{ kind: 'solution', allowedMs: 10 * HOUR, usedMs: HOUR, fired: [] }],
    });
    assert.equal(given(paused).when(wait(TOMORROW)).ticket().deadlines[0]?.runningSince, LATER);
  });
  test('W8 T7 a reply may say so in the same form', () => {
    const ticket = given(held())
      .when(reply('waitReminder', TOMORROW))
      .brings({ type: 'replied' }, { type: 'waitSet', until: TOMORROW });
    assert.equal(ticket.state.kind, 'waitingReminder');
    given(held()).when(reply('waitReminder')).thenRefused({ code: 'dateNotValid' });
  });
});

describe('waiting for automatic closing', () => {
  const closing = () => given(held()).when(reply('waitAutoClose', TOMORROW)).ticket();
  test('T7 answers in public, meets the first response and pauses the rest', () => {
    const ticket = closing();
    assert.deepEqual(ticket.state, { kind: 'waitingAutoClose', until: TOMORROW });
    assert.equal(ticket.articles.at(-1)?.kind, 'reply');
    assert.equal(ticket.deadlines[0]?.runningSince, undefined);
    assert.equal(ticket.deadlines[0]?.usedMs, HOUR);
  });
  test('T7 D4 closes successfully on its date, not before', () => {
    const ticket = closing();
    given(ticket)
      .when(timer('autoClose', TOMORROW - 1))
      .thenRefused({ code: 'nothingDue' });
    const closed = given(ticket).when(timer('autoClose', TOMORROW)).brings({ type: 'autoClosed' });
    assert.deepEqual([closed.state.kind, closed.locked], ['closedSuccessfully', false]);
    assert.ok(closed.deadlines.every(({ metAt }) => metAt === TOMORROW));
  });
  test('T7 the requester’s answer stops it', () => {
    const ticket = given(closing())
      .when({
        at: LATER,
        via: 'chat',
        actor: actor('maria'),
        type: 'requesterMessage',
        text: 'Ancora no',
        attachments: [],
        thanks: false,
      })
      .ticket();
    assert.equal(ticket.state.kind, 'inProgress');
    assert.deepEqual(
      timersOf(ticket, desk, calendars).filter(({ type }) => type === 'autoClose'),
      [],
    );
  });
});

describe('the moments that people mean', () => {
  const calendar = calendars.get('office');
  assert.ok(calendar);
  const local = (at: number | undefined) =>
    at === undefined
      ? undefined
      : new Date(at).toLocaleString('sv', { timeZone: 'Europe/Rome' }).slice(0, 16);
  test('T7 tomorrow, next Monday, working days from today', () => {
    const of = (moment: Parameters<typeof momentOf>[0]) =>
      local(momentOf(moment, MORNING, 'Europe/Rome', calendar));
    assert.equal(of('tomorrow'), '2026-11-06 09:00');
    assert.equal(of('monday'), '2026-11-09 09:00');
    assert.equal(of('threeDays'), '2026-11-10 09:00');
    assert.equal(of('fiveDays'), '2026-11-12 09:00');
  });
  test('T7 a date and a time, or none', () => {
    assert.equal(local(momentAt('2026-12-01', '14:30', 'Europe/Rome')), '2026-12-01 14:30');
    assert.equal(local(momentAt('2026-12-01', '', 'Europe/Rome')), '2026-12-01 09:00');
    for (const [date, time] of [
      ['domani', ''],
      ['2026-02-30', ''],
      ['2026-12-01', '25:00'],
      ['', ''],
    ] as const)
      assert.equal(momentAt(date, time, 'Europe/Rome'), undefined, `${date} ${time}`);
  });
});
