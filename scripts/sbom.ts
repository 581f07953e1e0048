/**
 * Makes the software bill of materials: what the program that runs consists of, in CycloneDX, from package-lock.json alone.
 *
 *     npm run sbom [-- --out out/sportello.cdx.json]
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Bom, judge, type Lock, ofProgram } from './sbom/bom.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LIMIT_MS = 120_000;

const { out } = parseArgs({
  options: { out: { type: 'string', default: 'out/sportello.cdx.json' } },
}).values;

const json = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
const { name, version } = json('package.json') as { name: string; version: string };
const lock = json('package-lock.json') as Lock;
// With --omit=dev npm also leaves out what the tools share with the program, such as bson, and says nothing.
const whole = JSON.parse(
  // Windows has npm as a script of its shell.
  execFileSync('npm', ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: LIMIT_MS,
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  }),
) as Bom;
const bom = ofProgram(whole, lock, name);

const problems = judge(bom, lock, { name, version });
for (const problem of problems) console.error(`- ${problem}`);
if (problems.length > 0) {
  console.error(
    'npm did not make a whole bill of materials. Run npm install, and try a newer npm (10 or later).',
  );
  process.exitCode = 1;
} else {
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, `${JSON.stringify(bom, null, 2)}\n`);
  console.log(`${out}: ${bom.components.length} packages, CycloneDX ${bom.specVersion}.`);
}
