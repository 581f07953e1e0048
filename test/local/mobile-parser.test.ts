import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mobileRefusal } from '../../src/local/mobile-parser.ts';

const input = (id: string, more: object = {}) => ({ type: 'Input.Text', id, ...more });
const card = (...body: readonly object[]) => ({ type: 'AdaptiveCard', version: '1.5', body });
const showing = (title: string, ...body: readonly object[]) => ({
  type: 'Action.ShowCard',
  title,
  card: { type: 'AdaptiveCard', body },
});

describe('the parser of the apps on phones', () => {
  it('W2 local Teams: refuses a card in which two elements have the same id, wherever they stand', () => {
    const twice = /Two elements have the id “text”/;
    for (const refused of [
      card(input('text'), input('text')),
      card({ type: 'Container', items: [input('text')] }, { ...input('text'), isVisible: false }),
      { ...card(), actions: [showing('a', input('text')), showing('b', input('text'))] },
      card(
        { type: 'Table', rows: [], fallback: { type: 'ActionSet', actions: [showing('a', input('text'))] } },
        input('text'),
      ),
      // What stands for one element stands for no other.
      card({ type: 'Rating', id: 'stars', fallback: input('text') }, input('text')),
      card({
        type: 'Rating',
        id: 'text',
        fallback: { type: 'Container', items: [input('text'), input('text')] },
      }),
      card({ type: 'TextBlock', id: 'text', text: 'x' }, input('text')),
      { ...card(input('text')), actions: [{ type: 'Action.Submit', id: 'text', title: 'x' }] },
    ])
      assert.match(mobileRefusal(refused) ?? '', twice, JSON.stringify(refused));
  });

  it('W2 local Teams: takes the same id in what stands for an element, and whatever an action sends', () => {
    for (const taken of [
      card(input('a'), input('b')),
      card({ type: 'Rating', id: 'stars', fallback: { ...input('stars') } }),
      card({ type: 'Rating', id: 'stars', fallback: { type: 'Container', items: [input('stars')] } }),
      { ...card(input('id')), actions: [{ type: 'Action.Submit', title: 'x', data: { id: 'id', type: 1 } }] },
      card({ type: 'Unknown', fallback: 'drop' }, { type: 'Unknown' }),
    ])
      assert.equal(mobileRefusal(taken), undefined, JSON.stringify(taken));
  });

  it('W2 local Teams: refuses a value of the wrong kind, and what is needed and missing', () => {
    const cases: [object, RegExp][] = [
      [input('a', { isMultiline: 'true' }), /isMultiline of Input.Text must be a bool/],
      [input('a', { maxLength: '10' }), /maxLength/],
      [input('a', { value: 7 }), /value of Input.Text/],
      [{ type: 'Input.Text' }, /needs id/],
      [{ type: 'Input.Toggle', id: 'a' }, /needs title/],
      [{ type: 'Input.ChoiceSet', id: 'a', choices: [] }, /needs choices/],
      [{ type: 'Input.ChoiceSet', id: 'a', choices: [{ title: 'x' }] }, /title and value/],
      [{ type: 'FactSet', facts: [{ title: 'x' }] }, /fact needs/],
      [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun' }] }, /TextRun needs text/],
      [{ type: 'ActionSet', actions: [{ type: 'Action.OpenUrl', title: 'x' }] }, /needs url/],
      [{ type: 'Container', items: {} }, /items of Container must be a list/],
      [{ type: 'Container', fallback: 'none' }, /should be an element/],
      [{ text: 'x' }, /no type/],
    ];
    for (const [element, reason] of cases)
      assert.match(mobileRefusal(card(element)) ?? '', reason, JSON.stringify(element));
    assert.match(mobileRefusal({ type: 'AdaptiveCard' }) ?? '', /version/);
    assert.match(mobileRefusal([]) ?? '', /no Adaptive Card/);
    const dynamic = { type: 'Data.Query', dataset: 'graph.microsoft.com/users' };
    const picker = { type: 'Input.ChoiceSet', id: 'a', choices: [], 'choices.data': dynamic };
    assert.equal(mobileRefusal(card(picker)), undefined);
  });
});
