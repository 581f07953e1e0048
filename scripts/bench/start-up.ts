/** From the command of `npm start`, on a machine where it never ran, to local Teams' page with all that it loads. */

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { end, keep } from './processes.ts';
import { bareEnvironment, ROOT, START } from './sportello.ts';

/** Seconds until the page had come, and until all scripts and styles that it names had come as well. */
export type StartUp = { readonly page: number; readonly whole: number };

const PATIENCE_MS = 60_000;

export async function measureStartUp(directory: string): Promise<StartUp> {
  const begin = performance.now();
  const child = keep(
    spawn(process.execPath, START, {
      // Its data goes where it was started.
      cwd: mkdtempSync(join(directory, 'start-')),
      env: { ...bareEnvironment(), DESK_DIR: join(ROOT, 'desk'), PORT: '0', LOCAL_TEAMS_PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const [url] = /http:\/\/\S+/.exec(said) ?? [];
        if (url && said.includes('\n')) resolve(url);
      });
      child.once('exit', (code) => reject(new Error(`Sportello ended with ${String(code)}: ${said}`)));
      AbortSignal.timeout(PATIENCE_MS).addEventListener('abort', () =>
        reject(new Error('no page in a minute')),
      );
    });
    const html = await textOf(new URL(address));
    const page = performance.now() - begin;
    const named = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(
      ([, path]) => new URL(path ?? '', address),
    );
    await Promise.all(named.map(textOf));
    return { page: page / 1000, whole: (performance.now() - begin) / 1000 };
  } finally {
    await end(child);
  }
}

async function textOf(url: URL): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`);
  return response.text();
}
