import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { buildImage } from '../../scripts/azure-image.ts';
import { admits, parseDockerfile } from '../../scripts/container/dockerfile.ts';
import { judge, type Report } from '../../scripts/scan-report.ts';
import { VARIABLES } from '../../src/config/environment.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const steps = parseDockerfile(read('Dockerfile'));
const compose = parse(read('compose.yaml')) as {
  services: Record<string, { environment?: Record<string, string>; read_only?: boolean; build?: string }>;
};

describe('A8 the container', () => {
  test('A8 a Dockerfile is read step by step, and what is not understood is said', () => {
    assert.deepEqual(
      parseDockerfile(
        'ARG V=24\n# c\nFROM node:\u0024{V}-slim AS one\nRUN a \\\n && b\nCOPY --from=one /x ./y\nENV A=b=c D=e\n' +
          'HEALTHCHECK --retries=3 \\\n  CMD ["node", "-e", "1"]\nEXPOSE 1\n',
      ),
      [
        { kind: 'from', image: 'node:24-slim', name: 'one' },
        { kind: 'run', command: 'a && b' },
        { kind: 'copy', from: 'one', sources: ['/x'], to: './y' },
        { kind: 'env', values: { A: 'b=c', D: 'e' } },
        { kind: 'healthcheck', command: ['node', '-e', '1'] },
      ],
    );
    for (const line of ['ADD a b', 'CMD node src', 'COPY --link a b', 'SHELL ["x"]'])
      assert.throws(() => parseDockerfile(line), /not understood/, line);
  });

  test('A8 two stages, no root, a health check, and nothing but production dependencies', () => {
    assert.equal(steps.filter(({ kind }) => kind === 'from').length, 2);
    const last = steps.findLast(({ kind }) => kind === 'user');
    assert.deepEqual(last, { kind: 'user', name: 'node' });
    assert.ok(steps.some(({ kind }) => kind === 'healthcheck'));
    const installs = steps.filter((step) => step.kind === 'run' && step.command.includes('npm install'));
    assert.equal(installs.length, 1);
    for (const step of installs) assert.match(step.kind === 'run' ? step.command : '', /--omit=dev /);
  });

  test('A8 what is copied into the image is there and is let through, and nothing secret is', () => {
    const ignore = read('.dockerignore');
    for (const step of steps)
      if (step.kind === 'copy' && step.from === undefined)
        for (const source of step.sources) {
          assert.ok(existsSync(join(ROOT, source)), source);
          assert.ok(admits(ignore, source), source);
        }
    for (const path of [
      '.env',
      'env/.env.dev.user',
      'data/sportello.db',
      'node_modules/x',
      '.git/config',
      'test/x',
    ])
      assert.ok(!admits(ignore, path), path);
  });

  test('A8 image and compose file set variables that the program reads', () => {
    const inImage = steps.flatMap((step) => (step.kind === 'env' ? Object.keys(step.values) : []));
    for (const name of [...inImage, ...Object.keys(compose.services.sportello?.environment ?? {})])
      assert.ok(name === 'NODE_ENV' || VARIABLES.includes(name), name);
  });

  test('A8 in the compose file Sportello runs read-only, and the example names each variable that is wanted', () => {
    assert.equal(compose.services.sportello?.read_only, true);
    const example = read('.env.example');
    for (const [, name = ''] of read('compose.yaml').matchAll(/\$\{(\w+)/g))
      assert.match(example, new RegExp(`^#?${name}=`, 'm'), name);
    assert.match(read('.gitignore'), /^\/\.env$/m);
  });

  test('A8 the proxy lets through what Teams and browsers ask for, and no figures', () => {
    const routes = ['signal-routes.ts', 'server.ts']
      .map((name) => `src/teams/${name}`)
      .filter((path) => existsSync(join(ROOT, path)))
      .flatMap((path) =>
        [...read(path).matchAll(/server\.(?:get|post)\(\s*'([^']+)'/g)].map(([, one = '']) => one),
      );
    const open = /@public path (.*)/.exec(read('compose.yaml'))?.[1]?.split(' ') ?? [];
    const inside = ['/healthz', '/readyz', '/metrics'];
    assert.deepEqual(
      open.toSorted(),
      routes
        .filter((route) => !inside.includes(route))
        .map((route) => route.replace(/:\w+/, '*'))
        .toSorted(),
    );
  });

  test('A8 an image is built under the name that is then said, and a failure says what to look at', () => {
    const said: string[] = [];
    const print = { out: (line: string) => said.push(line), error: (line: string) => said.push(line) };
    const asked: (readonly string[])[] = [];
    const az = (code: number) => (args: readonly string[]) => {
      asked.push(args);
      return code;
    };
    const at = Date.UTC(2026, 10, 5, 8, 30, 1);
    assert.equal(buildImage(['--registry', 'deskregistry'], at, az(0), print), 0);
    const { version } = JSON.parse(read('package.json')) as { version: string };
    const tag = `sportello:${version}-20261105T083001`;
    assert.deepEqual(asked, [['acr', 'build', '--registry', 'deskregistry', '--image', tag, '.']]);
    assert.deepEqual(said, [`::set-teamsfx-env SPORTELLO_IMAGE=deskregistry.azurecr.io/${tag}`]);
    assert.equal(buildImage(['--registry', 'deskregistry'], at, az(1), print), 1);
    assert.match(said[1] ?? '', /az login/);
    for (const args of [[], ['--registry', ''], ['--registry', 'a b; rm'], ['--other']])
      assert.equal(buildImage(args, at, az(0), print), 1);
    assert.equal(asked.length, 2);
  });
});

describe('A8 the scan of infra', () => {
  const check = (id: string, file: string, suppress_comment?: string) => ({
    check_id: id,
    check_name: 'a rule',
    resource: 'one',
    file_path: `/${file}`,
    file_line_range: [3, 9] as const,
    check_result: suppress_comment === undefined ? {} : { suppress_comment },
  });
  const report = (over: Partial<Report['results']>): Report => ({
    check_type: 'bicep',
    results: { passed_checks: [], failed_checks: [], skipped_checks: [], parsing_errors: [], ...over },
  });
  const FILE = 'infra/a.bicep';
  const problems = (over: Partial<Report['results']>, text = 'resource a') =>
    judge([report(over)], new Map([[FILE, text]])).problems.join('\n');

  test('A8 good is what was parsed, checked and passed, with a reason for each rule left out', () => {
    const passed_checks = [check('CKV_1', FILE)];
    const text = 'resource a\n// checkov:skip=CKV_2:because';
    assert.equal(problems({ passed_checks, skipped_checks: [check('CKV_2', FILE, 'because')] }, text), '');
    assert.equal(problems({ parsing_errors: [FILE] }, text), 'infra/a.bicep cannot be parsed');
    assert.match(problems({ failed_checks: [check('CKV_1', FILE)] }), /infra\/a\.bicep:3 one: CKV_1 a rule/);
    assert.match(problems({}), /nothing was checked/);
    assert.match(problems({ skipped_checks: [check('CKV_2', FILE, '')] }), /without a reason/);
    assert.match(problems({ passed_checks }, text), /leaves out CKV_2, a rule of nothing there/);
  });
});
