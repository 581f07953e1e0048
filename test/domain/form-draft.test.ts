import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FORM_DRAFT_LIMIT, isWorthKeeping } from '../../src/domain/form-draft.ts';

describe('a form that is left', () => {
  test('T17 is kept where it says something that the empty form did not', () => {
    const standing = { text: '', outcome: 'solved' };
    assert.equal(isWorthKeeping({ text: 'Ripartita', outcome: 'solved' }, standing), true);
    assert.equal(isWorthKeeping({ text: '', outcome: 'unsolved' }, standing), true);
    assert.equal(isWorthKeeping({ text: ' \n', outcome: 'solved' }, standing), false);
    assert.equal(isWorthKeeping({ text: '', outcome: '' }, standing), true, 'emptied, too');
    assert.equal(isWorthKeeping({ minutes: '' }, {}), false);
  });

  test('T17 is not kept where it is longer than two texts can be', () => {
    assert.equal(isWorthKeeping({ text: 'x'.repeat(FORM_DRAFT_LIMIT) }, {}), true);
    assert.equal(isWorthKeeping({ text: 'x'.repeat(FORM_DRAFT_LIMIT), minutes: '1' }, {}), false);
  });
});
