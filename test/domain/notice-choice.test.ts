import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listenersTo, type NoticeChoice, noticeChoiceOf } from '../../src/domain/notice-choice.ts';

describe('what agents choose to be told of', () => {
  test('N1 queues and kinds, of those that there are and that they work', () => {
    const worked = ['finance', 'taxes'];
    assert.deepEqual(
      noticeChoiceOf({ queues: 'taxes,raw,finance', kinds: 'note,everything,answer' }, worked),
      {
        queues: ['finance', 'taxes'],
        kinds: ['answer', 'note'],
      },
    );
    assert.deepEqual(noticeChoiceOf({ queues: '', kinds: '' }, worked), { queues: [], kinds: [] });
  });

  test('N1 who chose that kind in that queue hears of it, and nobody else', () => {
    const choices = new Map<string, NoticeChoice>([
      ['both', { queues: ['finance', 'taxes'], kinds: ['note', 'answer'] }],
      ['elsewhere', { queues: ['taxes'], kinds: ['note'] }],
      ['otherwise', { queues: ['finance'], kinds: ['move'] }],
      ['away', { queues: ['finance'], kinds: ['note'] }],
    ]);
    const people = ['both', 'elsewhere', 'otherwise', 'silent'];
    assert.deepEqual(listenersTo('note', 'finance', people, choices), ['both']);
    assert.deepEqual(listenersTo('note', 'taxes', people, choices), ['both', 'elsewhere']);
    assert.deepEqual(listenersTo('reminder', 'finance', people, choices), []);
  });
});
