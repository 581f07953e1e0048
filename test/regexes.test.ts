import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkRegexes } from '../scripts/check-regexes.ts';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sportello-regexes-'));
});

after(() => rm(folder, { recursive: true, force: true }));

async function findingsIn(source: string, kept?: string): Promise<{ code: number; lines: string[] }> {
  await writeFile(join(folder, 'planted.ts'), source);
  const lines: string[] = [];
  const print = { out: () => {}, error: (line: string) => lines.push(line) };
  return { code: await checkRegexes(folder, print, kept), lines: lines.slice(1) };
}

const BAD: readonly (readonly [what: string, source: string])[] = [
  ['a trim from the end', `export const trimmed = (text: string) => text.replace(/\\s+$/, '');`],
  ['nested repetition', `export const words = /^(\\w+\\s?)*$/;`],
  ['the same repeated twice', `export const code = /^Diagnostic-Code:\\s*(?:[\\w-]+;)?\\s*(.+)$/im;`],
  ['a tag up to its attribute', `export const image = /<img\\b[^>]*\\balt="([^"]*)"[^>]*>/g;`],
  ['a string given to RegExp', `export const made = new RegExp('(a+)+$');`],
  [
    'constants put together',
    `const SPACE = '\\\\s*';\nexport const made = RegExp(\`^x\${SPACE}y?\${SPACE}$\`, 'u');`,
  ],
  ['a string given to match', `export const found = (text: string) => text.match('(a|a)*$');`],
];

for (const [what, source] of BAD)
  test(`A9 an expression whose time grows with the square of the text is found: ${what}`, async () => {
    const { code, lines } = await findingsIn(source);
    assert.equal(code, 1);
    assert.equal(lines.length, 1);
    const line = source.split('\n').length;
    assert.match(lines[0] ?? '', new RegExp(`planted\\.ts:${line} `));
    assert.match(lines[0] ?? '', /grows .*\. Anchor it/s);
  });

test('A9 an expression that is only known while the program runs is found', async () => {
  const { code, lines } = await findingsIn(`export const made = (typed: string) => new RegExp(typed);`);
  assert.equal(code, 1);
  assert.match(lines[0] ?? '', /planted\.ts:1 .*new RegExp\(typed\)\n.*write it as a literal/s);
});

test('A9 linear expressions are none of its business, and are remembered', async () => {
  const kept = join(folder, 'kept.json');
  const { code } = await findingsIn(
    `const DIGITS = 8;\nexport const date = new RegExp(\`^\\\\d{\${DIGITS}}$\`);\nexport const tag = /<[^<>]*>/g;`,
    kept,
  );
  assert.equal(code, 0);
  const { verdicts } = JSON.parse(await readFile(kept, 'utf8'));
  assert.deepEqual(verdicts, { '/^\\d{8}$/': '', '/<[^<>]*>/g': '' });
});
