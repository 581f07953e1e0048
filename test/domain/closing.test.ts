import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { TEXT_LIMIT } from '../../src/domain/limits.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const LATER = MORNING + 3_600_000;
const by = (who: Someone) => ({ at: LATER, via: 'queueChannel' as const, actor: actor(who) });
const close = (over: Partial<Extract<Command, { type: 'close' }>> = {}): Command => ({
  ...by('anna'),
  type: 'close',
  text: 'Non si può fare.',
  ...over,
});
const held = (over: Partial<Ticket> = {}): Ticket =>
  aTicket(1, {
    state: { kind: 'inProgress' },
    locked: true,
    lockedAt: MORNING,
    owner: personRef('anna'),
    ...over,
  });
const kinds = ({ articles }: Ticket) => articles.map(({ kind }) => kind);

describe('closing', () => {
  test('T8 without a solution it is closed, and the responsible is asked why', () => {
    const ticket = given(held())
      .when(close({ unsuccessfully: true }))
      .brings(
        { type: 'closedUnsuccessfully', text: 'Non si può fare.' },
        { type: 'reviewAsked', of: [personRef('dario')], unsuccessfully: true },
      );
    assert.deepEqual(
      [ticket.state.kind, ticket.locked, ticket.review],
      ['closedUnsuccessfully', false, 'asked'],
    );
    assert.deepEqual(kinds(ticket), ['request', 'reply']);
  });
  test('T8 a review may be asked for on any close', () => {
    given(held())
      .when(close({ review: true }))
      .brings({ type: 'closedSuccessfully' }, { type: 'reviewAsked', unsuccessfully: false });
  });
  test('T8 an answer that gives up is an unsuccessful close like any other', () => {
    given(held())
      .when({ ...by('anna'), type: 'reply', text: 'Non si può fare.', next: 'closeUnsuccessfully' })
      .brings({ type: 'closedUnsuccessfully' }, { type: 'reviewAsked', unsuccessfully: true });
  });
  test('T8 without a word to the requester only once it is confirmed, and then the text is internal', () => {
    given(held())
      .when(close({ silent: 'asked' }))
      .thenRefused({ code: 'confirmSilence' });
    const ticket = given(held())
      .when(close({ silent: 'confirmed' }))
      .brings({ type: 'closedSuccessfully', silent: true });
    assert.deepEqual(kinds(ticket), ['request', 'note']);
  });
  test('T8 every close wants its text', () => {
    given(held())
      .when(close({ text: ' ', unsuccessfully: true }))
      .thenRefused({ code: 'emptyText' });
    given(held())
      .when(close({ text: '', silent: 'confirmed' }))
      .thenRefused({ code: 'emptyText' });
  });
  test('T8 the review is given once, by who answers for the ticket', () => {
    const closed = given(held())
      .when(close({ unsuccessfully: true }))
      .ticket();
    const review = (who: Someone): Command => ({ ...by(who), type: 'review', text: 'Manca il contratto.' });
    given(closed).when(review('anna')).thenRefused({ code: 'supervisorsOnly' });
    const done = given(closed).when(review('dario')).brings({ type: 'reviewed' });
    assert.deepEqual([done.review, done.articles.at(-1)?.kind], ['done', 'note']);
    given(done).when(review('dario')).thenRefused({ code: 'noReview' });
  });
  test('T8 T9 a ticket closed without a solution reopens like any other', () => {
    const closed = given(held())
      .when(close({ unsuccessfully: true }))
      .ticket();
    const ticket = given(closed)
      .when({
        at: LATER,
        via: 'chat',
        actor: actor('maria'),
        type: 'requesterMessage',
        text: 'Serve ancora.',
        attachments: [],
        thanks: false,
      })
      .ticket();
    assert.equal(ticket.state.kind, 'open');
  });
});

describe('calls', () => {
  const failed: Command = { ...by('anna'), type: 'contactFailed', text: '' };
  const phone: Command = { ...by('anna'), type: 'phone', direction: 'made', text: 'Sentita.', minutes: 5 };
  test('W2 T13 a call is an internal article, with its minutes', () => {
    const ticket = given(held()).when(phone).brings({ type: 'phoned', direction: 'made' });
    assert.deepEqual(ticket.articles.at(-1)?.kind, 'phoneMade');
    assert.equal(ticket.articles.at(-1)?.minutes, 5);
    const received = given(held())
      .when({ ...phone, direction: 'received' } as Command)
      .ticket();
    assert.equal(received.articles.at(-1)?.kind, 'phoneReceived');
    given(held())
      .when({ ...phone, text: '' } as Command)
      .thenRefused({ code: 'emptyText' });
  });
  test('T14 after the second failed attempt it closes unsuccessfully, with the reason', () => {
    const once = given(held()).when(failed).brings({ type: 'contactFailed', attempt: 1 });
    assert.equal(once.state.kind, 'inProgress');
    const twice = given(once)
      .when(failed)
      .brings({ type: 'contactFailed', attempt: 2 }, { type: 'closedUnsuccessfully', text: '', attempts: 2 });
    assert.equal(twice.state.kind, 'closedUnsuccessfully');
  });
  test('T14 what an agent writes of an attempt is a text like any other, and may be left out', () => {
    given(held())
      .when({ ...failed, text: ' Occupato. ' } as Command)
      .brings({ type: 'contactFailed', text: 'Occupato.' });
    given(held())
      .when({ ...failed, text: 'x'.repeat(TEXT_LIMIT + 1) } as Command)
      .thenRefused({ code: 'textTooLong', limit: TEXT_LIMIT, length: TEXT_LIMIT + 1 });
    given(held())
      .when({ ...failed, minutes: 601 } as Command)
      .thenRefused({ code: 'minutesNotValid', limit: 600 });
    given(held())
      .when({ ...failed, minutes: 600 } as Command)
      .brings({ type: 'contactFailed', minutes: 600 });
  });
  test('T14 the number is the desk’s', () => {
    const patient = { ...testDesk(), contactAttempts: 3 };
    const twice = given(held({ failedContacts: 1 }), patient)
      .when(failed)
      .ticket();
    assert.equal(twice.state.kind, 'inProgress');
    assert.equal(given(twice, patient).when(failed).ticket().state.kind, 'closedUnsuccessfully');
  });
  test('T14 who has been reached begins anew', () => {
    const once = given(held()).when(failed).ticket();
    const reached = given(once).when(phone).ticket();
    assert.equal(reached.failedContacts, undefined);
    assert.equal(given(reached).when(failed).ticket().state.kind, 'inProgress');
  });
});
