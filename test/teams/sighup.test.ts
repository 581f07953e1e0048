/** The program itself, with a desk folder of its own: what SIGHUP has it do (A5). */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadDesk } from '../../src/config/desk.ts';
import { createMovableClock } from '../../src/local/clock.ts';
import { type LocalTeams, startLocalTeams } from '../../src/local/local-teams.ts';
import { scenarioOf } from '../../src/scenario.ts';
import { APP_ID } from '../support/teams.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let folder: string;
let local: LocalTeams;
let program: ChildProcess;
let lines: AsyncIterator<string>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sportello-desk-'));
  await cp(join(ROOT, 'desk'), join(folder, 'first'), { recursive: true });
  await symlink('first', join(folder, 'desk'));
  const loaded = await loadDesk(join(folder, 'desk'));
  assert.ok(loaded.ok);
  local = await startLocalTeams({
    scenario: scenarioOf(loaded.desk, APP_ID),
    clock: createMovableClock(),
    port: 0,
    file: ':memory:',
  });
  program = spawn(process.execPath, ['--import', './src/node-version.mjs', 'src/index.ts'], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      ...local.settings,
      ...{ SERVICE_URL: local.serviceUrl, PORT: '0', LOG_LEVEL: 'info' },
      ...{ STORE_URL: `sqlite:${join(folder, 'sportello.db')}`, DESK_DIR: join(folder, 'desk') },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  assert.ok(program.stdout);
  lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
});
afterEach(async () => {
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  const [code] = await ended;
  await local.close();
  await rm(folder, { recursive: true, force: true });
  assert.equal(code, 0);
});

/** The next line with these words. */
async function line(words: string): Promise<string> {
  for (;;) {
    const { value, done } = await lines.next();
    assert.ok(!done, `the program ended without saying “${words}”`);
    if (value.includes(words)) return value;
  }
}

/** Another folder in the place of the desk’s, with this file changed: the system tells nobody who watches the first. */
async function swap(name: string, file: string, change: (text: string) => string): Promise<void> {
  await cp(join(folder, 'first'), join(folder, name), { recursive: true });
  const path = join(folder, name, file);
  const text = await readFile(path, 'utf8');
  assert.notEqual(change(text), text);
  await writeFile(path, change(text));
  await symlink(name, join(folder, 'next'));
  await rename(join(folder, 'next'), join(folder, 'desk'));
}

test('A5 A6 on SIGHUP the program takes over changed files, and keeps the desk before where they hold a mistake, which it tells', async () => {
  const port = /port (\d+)/.exec(await line('listens on port'))?.[1];
  const probe = async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  await swap('mistaken', 'queues.yaml', (text) => text.replace(/^( +)channel:/m, '$1chanel:'));
  program.kill('SIGHUP');
  const told = JSON.parse(await line('the desk before stays')) as { place: string; level: string };
  assert.equal(told.level, 'error');
  assert.match(told.place, /^queues\.yaml:\d+$/);
  assert.equal(((await probe()) as { desk: string }).desk, 'outdated');
  const administrators = [...(await deskOf()).people.values()].filter(({ administrator }) => administrator);
  await line('the administrators are told');
  for (const { id } of administrators) {
    const card = () => JSON.stringify(local.messagesOf(local.personalChat(id), id));
    while (!card().includes(told.place)) await new Promise((resolve) => setImmediate(resolve));
    assert.match(card(), /Errore nei file del desk/);
  }

  await swap('mended', 'desk.yaml', (text) => `${text}\n# mended\n`);
  program.kill('SIGHUP');
  await line('the desk is the one in its files');
  assert.equal(((await probe()) as { desk: string }).desk, 'ok');
});

async function deskOf() {
  const loaded = await loadDesk(join(folder, 'first'));
  assert.ok(loaded.ok);
  return loaded.desk;
}
