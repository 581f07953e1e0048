import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createFairUse } from '../../../src/app/fairness/fair-use.ts';

describe('A9 fair use', () => {
  const MINUTE = 60_000;

  test('A9 so much is granted at once, then as much as the time brings', () => {
    let now = 0;
    const fairUse = createFairUse(() => now, MINUTE);
    for (let i = 0; i < 12; i++) assert.equal(fairUse('maria', 12).kind, 'granted');
    assert.deepEqual(fairUse('maria', 12), { kind: 'refused', againInMs: 15_000, first: true });
    now = 14_000;
    assert.deepEqual(fairUse('maria', 12), { kind: 'refused', againInMs: 1_000, first: false });
    now = 15_000;
    for (let i = 0; i < 3; i++)
      assert.equal(fairUse('maria', 12).kind, 'granted', 'a quarter is theirs again');
    assert.deepEqual(fairUse('maria', 12), { kind: 'refused', againInMs: 15_000, first: true });
    now = 10 * MINUTE;
    for (let i = 0; i < 12; i++) assert.equal(fairUse('maria', 12).kind, 'granted');
    assert.equal(fairUse('maria', 12).kind, 'refused', 'nobody saves up more');
  });

  test('A9 each has an account of their own, and without a limit there is none', () => {
    const fairUse = createFairUse(() => 0, MINUTE);
    fairUse('maria', 1);
    assert.equal(fairUse('maria', 1).kind, 'refused');
    assert.equal(fairUse('luca', 1).kind, 'granted');
    for (let i = 0; i < 99; i++) assert.equal(fairUse('anna', undefined).kind, 'granted');
  });

  test('A9 a clock that goes back shuts nobody out', () => {
    let now = 1_000 * MINUTE;
    const fairUse = createFairUse(() => now, MINUTE);
    fairUse('maria', 1);
    fairUse('maria', 1);
    now = 0;
    assert.deepEqual(fairUse('maria', 1), { kind: 'refused', againInMs: 15_000, first: true });
    now = 60_000;
    assert.equal(fairUse('maria', 1).kind, 'granted');
  });
});
