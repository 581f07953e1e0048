/** The app package's folder, copies of it to spoil, and the command that packages it, run in this process. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { packageApp } from '../../scripts/package-app.ts';

export const FOLDER = fileURLToPath(new URL('../../appPackage', import.meta.url));
export const BOT = '0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9';

/** A copy of the package's folder that a test may spoil. */
export async function folderCopy(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'app-package-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(FOLDER, folder, { recursive: true });
  return folder;
}

export async function edit(folder: string, name: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(join(folder, name), 'utf8');
  const after = change(before);
  assert.notEqual(after, before, 'the test must change something');
  await writeFile(join(folder, name), after);
}

export async function run(args: string[], environment: Record<string, string>, folder?: string) {
  const out: string[] = [];
  const error: string[] = [];
  const print = { out: (line: string) => out.push(line), error: (line: string) => error.push(line) };
  const code = await packageApp(args, environment, print, folder);
  return { code, out: out.join('\n'), error: error.join('\n') };
}
