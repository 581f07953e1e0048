import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileCalendars } from '../../src/domain/calendar.ts';
import type { Command, CommandOf } from '../../src/domain/commands.ts';
import { TEXT_LIMIT } from '../../src/domain/limits.ts';
import { awaitsWord, courtesyFor, filled, templatesFor } from '../../src/domain/templates.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { timersOf, unclaimedAt } from '../../src/domain/timers.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const HOUR = 3_600_000;
const by = (who: Someone) => ({ at: MORNING + HOUR, via: 'chat' as const, actor: actor(who) });
const withdraw = (who: Someone, text = ''): Command => ({ ...by(who), type: 'withdraw', text });
const rate = (who: Someone, stars: number, text = ''): Command => ({ ...by(who), type: 'rate', stars, text });
const closed: Ticket = aTicket(1, { state: { kind: 'closedSuccessfully', at: MORNING } });

describe('the requester ends it', () => {
  test('W10 withdraws it, with a reason where they like, whoever holds it', () => {
    const held = aTicket(1, { state: { kind: 'inProgress' }, locked: true, owner: personRef('anna') });
    const ticket = given(held).when(withdraw('maria', 'Ho risolto io.')).brings({ type: 'withdrawn' });
    assert.deepEqual([ticket.state.kind, ticket.locked], ['closedUnsuccessfully', false]);
    assert.equal(ticket.articles.at(-1)?.text, 'Ho risolto io.');
    assert.equal(ticket.review, undefined);
    assert.equal(given(held).when(withdraw('maria')).ticket().articles.length, 1);
  });
  test('W10 the reason is a text like any other, and may be left out', () => {
    given(aTicket(1))
      .when(withdraw('maria', ' Ho risolto. '))
      .brings({ type: 'withdrawn', text: 'Ho risolto.' });
    given(aTicket(1))
      .when(withdraw('maria', 'x'.repeat(TEXT_LIMIT + 1)))
      .thenRefused({ code: 'textTooLong', limit: TEXT_LIMIT, length: TEXT_LIMIT + 1 });
  });
  test('W10 A1 nobody else does', () => {
    for (const who of ['luca', 'anna'] as const)
      given(aTicket(1)).when(withdraw(who)).thenRefused({ code: 'notYourTicket' });
  });
});

describe('the requester writes', () => {
  const write = (over: Partial<CommandOf<'requesterMessage'>> = {}): Command => ({
    ...by('maria'),
    type: 'requesterMessage',
    text: 'Ancora niente.',
    attachments: [],
    thanks: false,
    ...over,
  });
  test('T10 the messages that it was made of are kept, where there were any', () => {
    const messages = [{ message: '12' }];
    const told = (command: Command) => {
      const { decision } = given(aTicket(1)).when(command);
      return decision.ok && 'messages' in decision.events[0] && decision.events[0].messages;
    };
    assert.deepEqual(told(write({ messages })), messages);
    assert.equal(told(write({ messages: [] })), false);
    assert.equal(told(write()), false);
  });
});

describe('the requester rates it', () => {
  test('K2 from one to five stars, once, after closing', () => {
    const ticket = given(closed)
      .when(rate('maria', 4, 'Bravi'))
      .brings({ type: 'rated', stars: 4 });
    assert.deepEqual(ticket.rating, { stars: 4, text: 'Bravi' });
    given(ticket).when(rate('maria', 5)).thenRefused({ code: 'alreadyRated' });
    given(aTicket(1)).when(rate('maria', 5)).thenRefused({ code: 'notClosed' });
    given(closed).when(rate('anna', 5)).thenRefused({ code: 'notYourTicket' });
    for (const stars of [1, 5])
      given(closed)
        .when(rate('maria', stars, ' Bravi '))
        .brings({ type: 'rated', stars, text: 'Bravi' });
    for (const stars of [0, 6, 2.5, Number.NaN])
      given(closed).when(rate('maria', stars)).thenRefused({ code: 'starsNotValid' });
  });
});

describe('reply templates', () => {
  const desk = {
    ...testDesk(),
    templates: [
      {
        id: 'thanks',
        courtesy: true,
        title: { it: 'Cortesia', en: 'Courtesy' },
        text: {
          it: 'Gentile {requester}, {number} “{subject}”. {agent}, {queue}, {desk}',
          en: 'Dear {requester}',
        },
      },
      { id: 'taxes', queue: ['taxes'], title: { it: 'T', en: 'T' }, text: { it: 't', en: 't' } },
    ],
  };
  test('W8 are offered in their queues, in the requester’s language, with everything filled in', () => {
    assert.deepEqual(
      templatesFor(desk, 'finance').map(({ id }) => id),
      ['thanks'],
    );
    const template = courtesyFor(desk, 'finance');
    assert.ok(template);
    const ticket = aTicket(1, { subject: 'Manca {agent}' });
    assert.equal(
      filled(template, ticket, 'Anna Conti', desk),
      `Gentile Maria Rinaldi, ${ticket.number} “Manca {agent}”. Anna Conti, Servizi finanziari, ${desk.name}`,
    );
    assert.equal(filled(template, { ...ticket, locale: 'en' }, 'Anna Conti', desk), 'Dear Maria Rinaldi');
  });
  test('W8 what looks like a placeholder and is none stays as it is written, also in a subject', () => {
    const text = { it: '{toString} {subject}', en: '' };
    const template = { id: 'odd', title: text, text };
    const ticket = aTicket(1, { subject: 'Il modello dice {agent}' });
    assert.equal(filled(template, ticket, 'Anna Conti', desk), '{toString} Il modello dice {agent}');
  });
  test('W8 the courtesy reply is for who has had no answer yet', () => {
    const ticket = aTicket(1);
    assert.equal(awaitsWord(ticket), true);
    const answered = given(ticket)
      .when({ ...by('anna'), type: 'reply', text: 'Eccoci.', next: 'stay' })
      .ticket();
    assert.equal(awaitsWord(answered), false);
  });
});

describe('tickets that nobody has claimed', () => {
  const desk = { ...testDesk(), unclaimedAfterHours: 4 };
  const calendars = compileCalendars(desk);
  // Thursday 10:00 and four working hours of 8:30–13:00, 14:30–17:00.
  const DUE = MORNING + 5.5 * HOUR;
  const remind = (at: number): Command => ({
    at,
    via: 'timer',
    actor: { kind: 'timer' },
    type: 'remindUnclaimed',
  });
  test('D4 are brought to mind after so much working time, once', () => {
    const due = unclaimedAt(aTicket(1), desk, calendars);
    assert.ok(due !== undefined && due > MORNING + 4 * HOUR - 1 && due <= DUE, String(due));
    given(aTicket(1), desk)
      .when(remind(due - 1))
      .thenRefused({ code: 'nothingDue' });
    const told = given(aTicket(1), desk)
      .when(remind(due))
      .brings({
        type: 'unclaimedReminded',
        to: [personRef('dario'), personRef('anna'), personRef('bruno')],
      });
    given(told, desk)
      .when(remind(due + HOUR))
      .thenRefused({ code: 'nothingDue' });
    assert.ok(
      timersOf(aTicket(1), desk, calendars).some(({ type, at }) => type === 'remindUnclaimed' && at === due),
    );
  });
  test('D4 not once somebody has them, and anew once they are released', () => {
    const held = given(aTicket(1), desk)
      .when({ ...by('anna'), type: 'claim' })
      .ticket();
    assert.equal(unclaimedAt(held, desk, calendars), undefined);
    const released = given({ ...held, unclaimedTold: MORNING }, desk)
      .when({ ...by('anna'), type: 'release' })
      .ticket();
    assert.ok((unclaimedAt(released, desk, calendars) ?? 0) > MORNING + 5 * HOUR - 1);
  });
  test('D4 never where the desk does not ask for it', () => {
    assert.equal(unclaimedAt(aTicket(1), testDesk(), calendars), undefined);
  });
});
