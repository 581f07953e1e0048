import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readYaml } from '../../src/config/desk-yaml.ts';

function found(text: string): string[] {
  return readYaml('x.yaml', text).problems.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );
}

const faults: readonly [what: string, text: string, ...problems: string[]][] = [
  ['a tab', 'a: b\n\tc: d\n', '2:1: the line begins with a tab. Indent with spaces, two for each level.'],
  [
    'uneven indentation',
    'a:\n  b: 1\n c: 2\n',
    '3:1: the line is not indented like the others of its group. Begin them all in the same column.',
  ],
  [
    'no space after the colon',
    'name:Anna\nphone: 1\n',
    '1:1: the line has no "key: value" that can be read. Write a space after the colon, and close every quote.',
  ],
  [
    'a second colon',
    'a: 1\nb: attenzione: urgente\n',
    '2:4: the value has a second colon followed by a space, or lines indented below it. Put the value in double quotes, or move what is below it to a line of its own.',
  ],
  [
    'a quote that is never closed, shown where it is opened',
    'a: 1\nb: "x\nc: 2\n',
    '2:4: a quote that is opened here is never closed. Write the closing quote.',
  ],
  [
    'a bracket that is never closed, shown where it is opened',
    'a: 1\nb: [x, y\nc: 2\n',
    '2:4: a list or group in brackets is not closed. Write the closing bracket.',
  ],
  [
    'a value that begins with an @',
    'a: 1\nb: @anna\n',
    '2:4: a value cannot begin with this character. Put the value in double quotes.',
  ],
  [
    'a value that begins with an exclamation mark',
    'a: 1\nb: !anna\n',
    '2:4: a value cannot begin with an exclamation mark. Put the value in double quotes.',
  ],
  [
    'a path of Windows in double quotes',
    'a: "C:\\desk"\n',
    '1:7: a backslash inside double quotes must be written twice. Write \\\\ or use single quotes.',
  ],
  [
    'two documents',
    'a: 1\n---\nb: 2\n',
    '2:1: the file has a line "---" in the middle. Remove it: a desk file is one document.',
  ],
  [
    'a key twice, which leaves the rest readable',
    'a: 1\nb: 2\na: 3\n',
    '3:1: "a" is written twice; the first one is on line 1. Remove one of them, or give this one another name.',
  ],
  [
    'a value that begins with a star',
    'a: *anna\n',
    '1:4: "*anna" refers to another place in the file, which desk files do not do. Write the value itself, or put it in quotes where it begins with a star.',
  ],
  [
    'a list for a key',
    '? [a]\n: b\nc: d\n',
    '1:3: a list or group is used as a key. Write a plain name before the colon.',
  ],
];

for (const [what, text, ...problems] of faults)
  test(`A5 what is not YAML is explained: ${what}`, () => assert.deepEqual(found(text), problems));

test('A5 every single value stays the text that was written', () => {
  const { file } = readYaml('x.yaml', 'a: 010\nb: no\nc: 08-16\nd:\ne: [1.0, ~]\n__proto__: f\n');
  assert.equal(
    JSON.stringify(file?.raw),
    '{"a":"010","b":"no","c":"08-16","d":"","e":["1.0","~"],"__proto__":"f"}',
  );
});

test('A5 places are found by path, also for what is missing, in Windows files too', () => {
  const { file } = readYaml(
    'x.yaml',
    '# head\r\na:\r\n  b: one\r\n  c: [two, three]\r\n  d: |\r\n    line\r\n    {x}\r\n',
  );
  assert.deepEqual(file?.placeOfKey(['a']), { line: 2, column: 1 });
  assert.deepEqual(file?.placeOfValue(['a', 'b']), { line: 3, column: 6 });
  assert.deepEqual(file?.placeOfValue(['a', 'c', 1]), { line: 4, column: 12 });
  assert.deepEqual(file?.placeOfKey(['a', 'zzz']), { line: 2, column: 1 });
  assert.deepEqual(file?.placeOfText(['a', 'd'], '{x}'), { line: 7, column: 5 });
});
