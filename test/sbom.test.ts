import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Bom, judge, type Lock, ofProgram } from '../scripts/sbom/bom.ts';
import { isCode, readProject } from './architecture/sources.ts';

const SCRIPT = fileURLToPath(new URL('../scripts/sbom.ts', import.meta.url));
const component = (name: string, version = '1.0.0') => ({
  name,
  version,
  'bom-ref': `${name}@${version}`,
  purl: `pkg:npm/${name}@${version}`,
  hashes: [{ alg: 'SHA-512', content: 'ab' }],
});
const LOCK: Lock = {
  packages: {
    '': { name: 'desk', version: '2.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '3.0.0' },
    'node_modules/b': { version: '1.0.0', dev: true },
  },
};
const WHOLE: Bom = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  metadata: { component: component('folder', '2.0.0') },
  components: [component('a'), component('b', '3.0.0'), component('b')],
  dependencies: [
    { ref: 'folder@2.0.0', dependsOn: ['a@1.0.0', 'b@1.0.0'] },
    { ref: 'a@1.0.0', dependsOn: ['b@3.0.0'] },
    { ref: 'b@1.0.0', dependsOn: [] },
  ],
};
const DESK = { name: 'desk', version: '2.0.0' };

test('the bill of materials has what the program needs, by its own name, and none of the tools', () => {
  const bom = ofProgram(WHOLE, LOCK, 'desk');
  assert.deepEqual(
    bom.components.map((one) => one['bom-ref']),
    ['a@1.0.0', 'b@3.0.0'],
  );
  assert.deepEqual(bom.dependencies, [
    { ref: 'folder@2.0.0', dependsOn: ['a@1.0.0'] },
    { ref: 'a@1.0.0', dependsOn: ['b@3.0.0'] },
  ]);
  assert.deepEqual(judge(bom, LOCK, DESK), []);
});

test('a bill of materials that is not whole is told from one that is', () => {
  const bom = ofProgram(WHOLE, LOCK, 'desk');
  const spoilt = (change: object) => judge({ ...bom, ...change } as Bom, LOCK, DESK).join('\n');
  assert.match(spoilt({ bomFormat: 'SPDX' }), /not CycloneDX/);
  assert.match(spoilt({ components: [component('a')] }), /b@3\.0\.0 is installed, and not in it/);
  assert.match(
    spoilt({ components: [component('a')] }),
    /a@1\.0\.0 depends on b@3\.0\.0, which is not in it/,
  );
  assert.match(spoilt({ components: WHOLE.components }), /b@1\.0\.0 is in it, and not installed/);
  const bare = { ...component('a'), purl: '', hashes: [] };
  assert.match(
    spoilt({ components: [bare, component('b', '3.0.0')] }),
    /a@1\.0\.0 has no package URL\n.*no hash/,
  );
  assert.match(judge(WHOLE, LOCK, DESK).join(), /it is of folder 2\.0\.0/);
});

test('npm run sbom makes the one of this program', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-sbom-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const out = join(folder, 'below', 'sbom.json');
  const said = execFileSync(process.execPath, [SCRIPT, '--out', out], { encoding: 'utf8' });
  assert.match(said, /\d{3} packages, CycloneDX 1\.5/);
  const bom = JSON.parse(readFileSync(out, 'utf8')) as Bom;
  assert.equal(bom.metadata.component.name, 'sportello');
  const names = bom.components.map(({ name }) => name);
  // Of the program, of the program and its tools, and of the tools alone.
  assert.ok(names.includes('botbuilder') && names.includes('bson'));
  assert.ok(!names.includes('typescript'));
});

test('a package that nothing imports is a peer of one that is, and the README says of which', () => {
  const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
  const code = readProject()
    .filter((source) => /^(?:src|scripts)\//.test(source.path) && isCode(source))
    .map(({ text }) => text)
    .join('\n');
  // Imported, or named as what local Teams hands to the browser.
  const isUsed = (name: string) => new RegExp(`['"\`]${name}(?:/[^'"\`\\n]*)?['"\`]`).test(code);
  const peers = new Map(
    Object.keys(dependencies).flatMap((name) => {
      const { peerDependencies = {} } = JSON.parse(read(`node_modules/${name}/package.json`)) as {
        peerDependencies?: Record<string, string>;
      };
      return Object.keys(peerDependencies).map((peer) => [peer, name] as const);
    }),
  );
  const readme = read('README.md').replaceAll(/\s+/g, ' ');
  const unused = Object.keys(dependencies).filter((name) => !isUsed(name));
  for (const name of unused) {
    const wants = peers.get(name);
    assert.ok(wants !== undefined, `nothing needs ${name}: remove it`);
    assert.match(readme, new RegExp(`\`${name}\`[^.]*(peer|one) of \`${wants}\``));
  }
  assert.ok(unused.includes('openai'));
});
