/** On what a benchmark ran: figures mean nothing without it. */

import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { quantile } from './figures.ts';
import { ROOT } from './sportello.ts';

export type Machine = readonly (readonly [what: string, is: string])[];

const PACKAGES = ['botbuilder', '@microsoft/teams-ai', 'restify', 'adaptivecards-templating'] as const;

/** @param directory on the disk where the stores of the benchmark are */
export function describeMachine(directory: string): Machine {
  const [first] = cpus();
  return [
    ['Processor', `${first?.model ?? 'unknown'}, ${cpus().length} cores`],
    ['Memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['System', `Linux ${release()}`],
    [
      'Load before the run',
      `${loadavg()[0]?.toFixed(2)} processes waiting or running: other work on the machine, which makes times worse`,
    ],
    ['Disk', `${syncMs(directory).toFixed(2)} ms to write 4 KiB and wait until it is safe (median of 50)`],
    ['Node', `${process.versions.node}, SQLite ${process.versions.sqlite}`],
    ['Packages', PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', ')],
    ['Sportello', commit()],
  ];
}

function syncMs(directory: string): number {
  const file = openSync(join(directory, 'sync'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 50 }, () => {
    const begin = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - begin;
  });
  closeSync(file);
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve.paths(name)?.[0] ?? '';
  for (const directory of [join(ROOT, 'node_modules'), path])
    try {
      return String(JSON.parse(readFileSync(join(directory, name, 'package.json'), 'utf8')).version);
    } catch {
      // Looked for in the next place.
    }
  return 'unknown';
}

function commit(): string {
  try {
    const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', 'src') !== '';
    return `commit ${git('rev-parse', '--short', 'HEAD')}${changed ? ', with changes not committed' : ''}`;
  } catch {
    return 'not from a git checkout';
  }
}
