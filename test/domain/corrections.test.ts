import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import type { Draft } from '../../src/domain/draft.ts';
import { joinSaid, withCorrection } from '../../src/domain/intake/said-meanwhile.ts';
import { TICKET_FILES_LIMIT } from '../../src/domain/quotas.ts';
import { replacedIn, sayingsOf } from '../../src/domain/sayings.ts';
import type { Article, Ticket } from '../../src/domain/ticket.ts';
import { actor, given } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const HOUR_MS = 3_600_000;
const article = (over: Partial<Article>): Article => ({
  ...{ id: 1, kind: 'request', at: MORNING, by: personRef('maria'), text: 'i mandati', attachments: [] },
  ...over,
});
const ticket = (over: Partial<Ticket> = {}) =>
  aTicket(1, { articles: [article({ messages: [{ message: '11' }] })], ...over });
const correct = (text: string, message = '11', who: 'maria' | 'luca' = 'maria'): Command => ({
  ...{
    type: 'correct',
    at: MORNING + HOUR_MS,
    via: 'chat',
    actor: actor(who),
    message,
    text,
    attachments: [],
  },
});
const remove = (restored = false, message = '11'): Command => ({
  ...{ type: 'deleteMessage', at: MORNING + HOUR_MS, via: 'chat', actor: actor('maria'), message, restored },
});

describe('T10 what is corrected in the chat is a further article, and nothing is rewritten', () => {
  test('a correction brings an article that names the message', () => {
    const after = given(ticket())
      .when(correct('i mandati 4711'))
      .brings({ type: 'requesterWrote', text: 'i mandati 4711', corrects: '11' });
    assert.deepEqual(
      after.articles.map(({ text, corrects }) => [text, corrects]),
      [
        ['i mandati', undefined],
        ['i mandati 4711', '11'],
      ],
    );
  });
  test('once: what it says already is no correction, and what it said before is one again', () => {
    given(ticket()).when(correct('i mandati')).thenRefused({ code: 'nothingChanged' });
    const once = given(ticket()).when(correct('i mandati 4711')).ticket();
    given(once).when(correct('i mandati 4711')).thenRefused({ code: 'nothingChanged' });
    given(once).when(correct('i mandati')).brings({ type: 'requesterWrote', corrects: '11' });
  });
  test('of several messages in one article each is told apart', () => {
    const two = ticket({
      articles: [
        article({ text: 'uno\ndue', messages: [{ message: '11' }, { message: '12', text: 'tre' }] }),
      ],
    });
    given(two).when(correct('due', '11')).thenRefused({ code: 'nothingChanged' });
    given(two).when(correct('tre', '12')).thenRefused({ code: 'nothingChanged' });
    given(two).when(correct('due', '12')).brings({ type: 'requesterWrote', corrects: '12' });
  });
  test('new files are a correction, though the text is the same', () => {
    const file = { id: 'a'.repeat(64), name: 'schermata.png', contentType: 'image/png', size: 10 };
    given(ticket())
      .when({ ...correct('i mandati'), attachments: [file] } as Command)
      .brings({ type: 'requesterWrote', attachments: [file] });
  });
  test('A9 a correction says something or brings a file, and finds room', () => {
    const file = { id: 'a'.repeat(64), name: 'schermata.png', contentType: 'image/png', size: 10 };
    given(ticket()).when(correct(' ')).thenRefused({ code: 'emptyText' });
    given(ticket())
      .when({ ...correct(''), attachments: [file] } as Command)
      .brings({ type: 'requesterWrote', text: '', attachments: [file] });
    const attachments = Array.from({ length: TICKET_FILES_LIMIT + 1 }, () => file);
    given(ticket())
      .when({ ...correct('x'), attachments } as Command)
      .thenRefused({ code: 'ticketFull' });
  });
  test('nobody corrects another’s request', () => {
    given(ticket())
      .when(correct('x', '11', 'luca'))
      .thenRefused({ code: 'notYourTicket' });
  });
  test('T7 it ends a wait for the requester, as their message would', () => {
    given(ticket({ state: { kind: 'waitingRequester', since: MORNING } }))
      .when(correct('è il 4711'))
      .brings({ type: 'requesterWrote' }, { type: 'waitEnded' });
  });
  test('T9 on a closed ticket it reopens nothing, unless it mends what was written after the end', () => {
    const closed = { kind: 'closedSuccessfully', at: MORNING + 1 } as const;
    given(ticket({ state: closed }))
      .when(correct('è il 4711'))
      .brings({ type: 'requesterWrote' });
    const thanked = ticket({
      state: closed,
      articles: [
        article({ messages: [{ message: '11' }] }),
        article({
          id: 3,
          kind: 'requesterMessage',
          at: MORNING + 2,
          text: 'grazie',
          messages: [{ message: '12' }],
        }),
      ],
    });
    given(thanked)
      .when(correct('grazie, ma non funziona ancora', '12'))
      .brings({ type: 'requesterWrote' }, { type: 'reopened' });
  });
  test('T9 what was written in the moment of the end came after it, and what was written before it did not', () => {
    const wrote = (at: number, id = 3) =>
      ticket({
        state: { kind: 'closedSuccessfully', at: MORNING + 1 },
        articles: [article({ id, kind: 'requesterMessage', at, text: 'sì', messages: [{ message: '12' }] })],
      });
    const types = (of: Ticket) => {
      const { decision } = given(of).when(correct('no', '12'));
      return decision.ok && decision.events.map(({ type }) => type);
    };
    assert.deepEqual(types(wrote(MORNING + 1)), ['requesterWrote', 'reopened']);
    assert.deepEqual(types(wrote(MORNING)), ['requesterWrote']);
    assert.deepEqual(types(wrote(MORNING + 1, 1)), ['requesterWrote'], 'the request itself');
  });
  test('of several messages in one article each is deleted for itself', () => {
    const messages = [{ message: '11', deleted: true as const }, { message: '12' }];
    const two = ticket({ articles: [article({ text: 'uno\ndue', messages })] });
    given(two).when(remove(false, '11')).thenRefused({ code: 'nothingChanged' });
    given(two).when(remove(false, '12')).brings({ type: 'messageDeleted', message: '12', article: 1 });
  });
  test('a deleted message leaves its article, and the history says so once', () => {
    const deleted = given(ticket()).when(remove()).brings({ type: 'messageDeleted', article: 1 });
    assert.equal(deleted.articles[0]?.text, 'i mandati');
    given(deleted).when(remove()).thenRefused({ code: 'nothingChanged' });
    const back = given(deleted).when(remove(true)).brings({ type: 'messageDeleted', restored: true });
    given(back).when(remove(true)).thenRefused({ code: 'nothingChanged' });
    given(ticket()).when(remove(false, '99')).thenRefused({ code: 'unknownArticle' });
  });
});

describe('I1 a draft follows what is edited', () => {
  const draft: Draft = {
    ...{ id: 'd', version: 3, createdAt: MORNING, requester: personRef('maria'), locale: 'it' },
    ...{ organisations: [], text: 'uno\ndue', attachments: [], proposal: {}, inputs: {}, editing: false },
    ...{ checked: false, candidates: [], withdrawn: false, said: [{ version: 2, text: 'due' }] },
    messages: [
      { message: '1', text: 'uno' },
      { message: '2', text: 'due' },
    ],
  };
  const edited = (message: string, text: string, from = draft) => ({
    ...from,
    ...withCorrection(from, message, text, () => ({})),
    version: from.version + 1,
  });
  const sent = (of: ReturnType<typeof edited>, text: string, seen: number) =>
    joinSaid(of, { text }, seen).inputs.text;

  test('the words stand where the earlier ones stood', () => {
    assert.equal(edited('1', 'UNO').text, 'UNO\ndue');
    assert.equal(edited('2', 'DUE').text, 'uno\nDUE');
  });
  test('a form that was shown before sends the new words', () => {
    const twice = edited('1', 'UNO!', edited('1', 'UNO'));
    assert.equal(sent(twice, 'uno\ndue', 3), 'UNO!\ndue');
    assert.equal(sent(edited('2', 'DUE'), 'uno', 1), 'uno\nDUE');
    assert.equal(sent(edited('2', 'DUE'), 'uno\ndue', 2), 'uno\nDUE');
  });
  test('where the words have been written over in the form nothing is lost', () => {
    assert.equal(sent(edited('1', 'UNO'), 'tutt’altro', 3), 'tutt’altro\nUNO');
  });
  test('a form that shows the correction already sends what stands in it', () => {
    assert.equal(sent(edited('1', 'UNO'), 'ora è così', 4), 'ora è così');
  });
});

test('T10 lines are found whole, and what an article does not say is kept beside it', () => {
  assert.equal(replacedIn('uno\ndue\ntre', 'due', 'DUE'), 'uno\nDUE\ntre');
  assert.equal(replacedIn('uno\nduecento', 'due', 'x'), undefined);
  assert.equal(replacedIn('$& uno', '$& uno', '$1'), '$1');
  assert.deepEqual(
    sayingsOf(
      [
        { message: '1', text: 'uno' },
        { message: '2', text: 'mai' },
      ],
      'uno\ndue',
    ),
    [{ message: '1' }, { message: '2', text: 'mai' }],
  );
});
