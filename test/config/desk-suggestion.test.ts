import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { editDistance, nearest, suggest } from '../../src/config/desk-suggestion.ts';

test('A5 the nearest name is suggested, one or two slips away', () => {
  const known = ['ragioneria', 'tributi', 'personale', 'protocollo'];
  assert.equal(nearest('ragionera', known), 'ragioneria');
  assert.equal(nearest('TRIBUTI', known), 'tributi');
  assert.equal(nearest('pesronale', known), 'personale');
  assert.equal(nearest('anagrafe', known), undefined);
  assert.equal(nearest('x', []), undefined);
});

test('A5 where no name is near, a short list of all is shown, a long one is not', () => {
  assert.equal(suggest('x', ['north', 'south']), ' Use one of: north, south.');
  assert.equal(suggest('x', ['north']), ' Write north.');
  assert.equal(suggest('x', []), '');
  assert.equal(
    suggest(
      'x',
      Array.from({ length: 13 }, (_, index) => `area-${index}`),
    ),
    '',
  );
});

test('A5 the edit distance counts letters inserted, dropped, replaced and swapped', () => {
  assert.equal(editDistance('', 'abc'), 3);
  assert.equal(editDistance('abc', 'abc'), 0);
  assert.equal(editDistance('abc', 'acb'), 1);
  assert.equal(editDistance('abcd', 'axcd'), 1);
  assert.equal(editDistance('kitten', 'sitting'), 3);
});

test('A5 the edit distance is the same both ways, 0 only for equals, and never more than the longer text', () => {
  const text = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const distance = editDistance(a, b);
      assert.equal(distance, editDistance(b, a));
      assert.equal(distance === 0, a === b);
      assert.ok(distance >= Math.abs(a.length - b.length) && distance <= Math.max(a.length, b.length));
    }),
  );
});
