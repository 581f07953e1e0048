/**
 * Parses and scans `infra/` and the Dockerfile with checkov. Rules that are left out are named beside the resource, with
 * the reason: `// checkov:skip=CKV_…:why`.
 *
 *     npm run scan
 *
 * Takes the checkov that is on the path or in `out/checkov`, and installs it there where there is none. Where that cannot
 * be done it says so; with `CI` set that is a failure.
 */

import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge, type Report } from './scan-report.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VERSION = '3.3.30';
const OWN = join(ROOT, 'out/checkov');
const OWN_PROGRAM = join(OWN, process.platform === 'win32' ? 'Scripts' : 'bin', 'checkov');
const INSTALL_LIMIT_MS = 400_000;
const SCAN_LIMIT_MS = 120_000;

const files = [
  'Dockerfile',
  ...readdirSync(join(ROOT, 'infra'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bicep'))
    .map((name) => join('infra', name))
    .sort(),
];

const checkov = found() ?? install();
if (checkov === undefined) {
  console.log(
    'checkov could not be installed (it needs Python 3.9 with venv, and its registry): nothing was scanned.',
  );
  process.exitCode = process.env.CI ? 1 : 0;
} else {
  const { stdout, stderr } = spawnSync(
    checkov,
    ['--framework', 'bicep', 'dockerfile', '--skip-download', '--output', 'json', '--file', ...files],
    { cwd: readable(), encoding: 'utf8', timeout: SCAN_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 },
  );
  const { told, problems } = judge(
    reportsOf(stdout, stderr),
    new Map(files.map((name) => [name, textOf(name)])),
  );
  for (const line of told) console.log(line);
  for (const problem of problems) console.error(`- ${problem}`);
  process.exitCode = problems.length ? 1 : 0;
}

function textOf(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}

/** A folder with copies that checkov's parser can read: it does not know the line that names a Bicep extension. */
function readable(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-scan-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const name of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), textOf(name).replace(/^extension /m, '// $&'));
  }
  return folder;
}

function reportsOf(stdout: string, stderr: string): readonly Report[] {
  try {
    const parsed = JSON.parse(stdout) as Report | Report[];
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch {
    throw new Error(`checkov gave no report:\n${stdout.slice(0, 2_000)}\n${stderr.slice(-2_000)}`);
  }
}

function works(program: string): boolean {
  return spawnSync(program, ['--version'], { timeout: SCAN_LIMIT_MS }).status === 0;
}

function found(): string | undefined {
  return ['checkov', OWN_PROGRAM].find(works);
}

function install(): string | undefined {
  mkdirSync(OWN, { recursive: true });
  console.log(`Installing checkov ${VERSION} in out/checkov …`);
  const python = join(OWN, process.platform === 'win32' ? 'Scripts' : 'bin', 'python');
  for (const [program, args] of [
    ['python3', ['-m', 'venv', OWN]],
    [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `checkov==${VERSION}`]],
  ] as const) {
    const { status } = spawnSync(program, args, { stdio: 'inherit', timeout: INSTALL_LIMIT_MS });
    if (status !== 0) return undefined;
  }
  return existsSync(OWN_PROGRAM) ? OWN_PROGRAM : undefined;
}
