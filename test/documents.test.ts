/** What the documents name is there: files, commands, decisions. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const documents = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

/** Targets of the links and pictures that lead to a file here. */
function linksIn(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.split('#')[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}

/** Names of the npm scripts that a text tells people to run. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
    ([, run, short]) => run ?? short ?? '',
  );
}

/** Files of this project that a command line names; what stands in quotes is a pattern. */
function filesIn(command: string): string[] {
  return [
    ...command.replaceAll(/"[^"]*"/g, '').matchAll(/(?<=^|\s)(?:\.\/)?((?:src|scripts|test)\/\S*)/g),
  ].map(([, path = '']) => path);
}

test('links, commands and files are found in a text', () => {
  assert.deepEqual(linksIn('[a](b/c.md#d) ![e](f.png) [g](https://h.example) [i](#j)'), ['b/c.md', 'f.png']);
  assert.deepEqual(commandsIn('npm install && npm start; `npm run test:e2e`, npm testing, npm run'), [
    'start',
    'test:e2e',
  ]);
  assert.deepEqual(filesIn('node --import ./src/a.mjs src/b.ts && tsc -p src/c && node --test "test/*.ts"'), [
    'src/a.mjs',
    'src/b.ts',
    'src/c',
  ]);
});

test('every link of a document leads to a file', () => {
  const broken = documents.flatMap((path) =>
    linksIn(read(path))
      .filter((target) => !existsSync(join(ROOT, dirname(path), target)))
      .map((target) => `${path} → ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('every npm command that a document names exists', () => {
  const unknown = documents.flatMap((path) =>
    commandsIn(read(path))
      .filter((name) => !Object.hasOwn(scripts, name))
      .map((name) => `${path}: npm run ${name}`),
  );
  assert.deepEqual(unknown, []);
});

test('every file that an npm script runs exists', () => {
  const missing = Object.entries(scripts).flatMap(([name, command]) =>
    filesIn(command)
      .filter((path) => !existsSync(join(ROOT, path)))
      .map((path) => `${name}: ${path}`),
  );
  assert.deepEqual(missing, []);
});

test('the decisions are numbered without gaps, and each stands in their index under its title', () => {
  const names = readdirSync(join(ROOT, 'docs/decisions'))
    .filter((name) => name !== 'README.md')
    .sort();
  const index = read('docs/decisions/README.md');
  const entries = names.map((name, position) => {
    const number = String(position + 1).padStart(4, '0');
    assert.ok(name.startsWith(`${number}-`), `${name} is not number ${number}`);
    const title = read(`docs/decisions/${name}`).split('\n')[0]?.replace('# ', '');
    return `- [${title}](${name})`;
  });
  assert.deepEqual(
    index.split('\n').filter((line) => line.startsWith('- ')),
    entries,
  );
});
