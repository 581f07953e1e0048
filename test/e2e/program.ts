/** The program itself, started as `npm start` does, with the example desk and a folder of its own to write to. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { loadDesk } from '../../src/config/desk.ts';
import { type Stage, stageOf } from './stage.ts';

const ROOT = join(import.meta.dirname, '../..');
const OURS =
  /^(Microsoft|To(Bot|Channel)From|OAuth|(LOCAL_TEAMS|PORT|STORE_URL|DESK_DIR|PUBLIC_URL|SERVICE_URL|LOG_LEVEL|SMTP_URL|MAIL_FROM|IMAP_URL)\b)/;

export type Program = Stage & {
  readonly url: string;
  /** Ends the process without warning, as a power cut does, and starts it again on the same port. */
  restart(): Promise<void>;
};

export async function startProgram(t: TestContext): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'sportello-e2e-'));
  // The command names its files from where it runs, and writes below there.
  for (const name of ['src', 'desk']) await symlink(join(ROOT, name), join(folder, name), 'junction');
  const loaded = await loadDesk(join(ROOT, 'desk'));
  if (!loaded.ok) throw new Error('the example desk has mistakes');

  let running = await run(folder, '0');
  const stop = async () => {
    const code = await end(running.child, 'SIGTERM');
    // Windows knows no signals: there every end is a sudden one.
    if (process.platform !== 'win32') assert.equal(code, 0, 'Sportello stops gracefully');
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...stageOf(t, loaded.desk, () => running.url, stop),
    get url() {
      return running.url;
    },
    async restart() {
      await end(running.child, 'SIGKILL');
      running = await run(folder, new URL(running.url).port);
    },
  };
}

async function run(folder: string, port: string): Promise<{ child: ChildProcess; url: string }> {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [, ...args] = (scripts.start as string).split(' ');
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.test(name))),
      PORT: '0',
      LOCAL_TEAMS_PORT: port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Sportello ended before it was ready:\n${said}`)));
  });
  return { child, url };
}

/** @returns the exit code; null where the signal itself ended it */
async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code] = await ended;
  return code;
}
