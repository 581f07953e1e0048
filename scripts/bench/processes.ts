/** Starts the processes of a benchmark and ends them, whatever happens. */

import { type ChildProcess, type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BY_THE_CLOCK, clockEnvironment } from './clock.ts';

const PATIENCE_MS = 60_000;
const started = new Set<ChildProcess>();

process.once('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Runs a file of this directory beside this process, with a channel to it. */
export function startPart(file: string, options: ForkOptions = {}): ChildProcess {
  return keep(
    fork(fileURLToPath(new URL(file, import.meta.url)), [], {
      serialization: 'advanced',
      ...options,
      execArgv: [...process.execArgv, ...BY_THE_CLOCK],
      env: { ...(options.env ?? process.env), ...clockEnvironment() },
    }),
  );
}

/** Ends the process with this one, should it not have ended before. */
export function keep(child: ChildProcess): ChildProcess {
  started.add(child);
  child.once('exit', () => started.delete(child));
  return child;
}

/** The next message of a process. @throws when it ends or keeps silent instead */
export async function messageOf<T>(child: ChildProcess, patienceMs = PATIENCE_MS): Promise<T> {
  const giveUp = new AbortController();
  const { signal } = giveUp;
  const timer = setTimeout(() => giveUp.abort(), patienceMs);
  try {
    return await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as T),
      once(child, 'exit', { signal }).then(([code]): never => {
        throw new Error(`a process of the benchmark ended with ${String(code)}`);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    giveUp.abort();
  }
}

/** Ends a process as an operator would, and by force where that takes too long. */
export async function end(child: ChildProcess, patienceMs = 5_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(timer);
}
