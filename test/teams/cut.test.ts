import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cut, tenantOf, withoutContent } from '../../src/teams/cut.ts';

describe('A9 what arrives is cut before it is examined', () => {
  test('A9 what Teams sends stays as it is', () => {
    const activity = { type: 'message', text: 'non va', value: { a: [1, null, true, { b: 'c' }] } };
    assert.deepEqual(cut(activity), activity);
  });

  test('A9 a text, a list and a value of endless length or depth end', () => {
    const text = cut(`${'a'.repeat(99_999)}😀${'b'.repeat(900_000)}`) as string;
    assert.equal(text, 'a'.repeat(99_999));
    assert.equal((cut(new Array(50_000).fill('a')) as unknown[]).length, 1_000);
    const wide = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`k${index}`, index]));
    assert.equal(Object.keys(cut(wide) as object).length, 1_000);
    const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
    let depth = 0;
    for (let one = cut(deep); Array.isArray(one); one = one[0]) depth++;
    assert.equal(depth, 24);
  });

  test('A9 words of the language itself are fields like others', () => {
    const said = cut(JSON.parse('{"__proto__":{"person":"x"},"constructor":"y"}')) as object;
    assert.deepEqual(Object.keys(said), ['__proto__', 'constructor']);
    assert.equal(Object.getPrototypeOf(said), Object.prototype);
  });
});

describe('A2 A9 the tenant is asked before the content', () => {
  test('A2 it stands in two places, or nowhere', () => {
    const conversation = { tenantId: 'B' };
    assert.equal(tenantOf({ channelData: { tenant: { id: 'A' } }, conversation }), 'a');
    assert.equal(tenantOf({ channelData: { tenant: null }, conversation }), 'b');
    assert.equal(tenantOf({ channelData: 'x', conversation: null }), '');
    assert.equal(tenantOf({ conversation: { tenantId: 7 } }), '');
  });

  test('A9 of an activity from elsewhere nothing stays but who, where and what answer is waited for', () => {
    const message = {
      type: 'message',
      id: '1',
      from: { id: 'x' },
      text: '<img',
      attachments: [{}],
      entities: [{}],
    };
    assert.deepEqual(withoutContent(message), { type: 'message', id: '1', from: { id: 'x' }, text: '' });
    const invoke = {
      type: 'invoke',
      name: 'task/submit',
      value: { data: { verb: 'note', text: 'x'.repeat(9) } },
    };
    assert.doesNotMatch(JSON.stringify(withoutContent(invoke)), /xxx|note/);
  });
});
