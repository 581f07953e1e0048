/** Sportello as it is started on a server, in a process of its own that can be killed. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PATIENCE_MS = 60_000;

export type BotProcess = {
  readonly pid: number;
  /** Sends SIGKILL, now, and tells nobody. */
  kill(): void;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
  readonly ended: Promise<unknown>;
};

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a program, Sportello unless it is said which, and waits until it listens.
 *
 * @param environment what it finds in its environment, and nothing else of ours but `PATH`
 * @param complain called with each line of its log that is an error, and with all that it says on its error output
 * @throws Error when it ends instead of listening
 */
export async function startBot(
  environment: Readonly<Record<string, string>>,
  complain: (line: string) => void,
  program: readonly string[] = ['src/index.ts'],
): Promise<BotProcess> {
  const child = spawn(process.execPath, ['--import', './src/node-version.mjs', ...program], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  const listening = new Promise<void>((resolve) => {
    eachLine(child.stdout, (line) => {
      if (line.includes('listens on port')) resolve();
      // What the program says before it listens is no JSON.
      if (/"level":"(error|fatal)"/.test(line)) complain(line);
    });
    eachLine(child.stderr, complain);
  });
  const giveUp = AbortSignal.timeout(PATIENCE_MS);
  await Promise.race([
    listening,
    ended.then(() => {
      throw new Error('The bot ended instead of listening.');
    }),
    once(giveUp, 'abort').then(() => {
      throw new Error('The bot does not listen.');
    }),
  ]);
  return {
    pid: child.pid ?? 0,
    kill: () => child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
    ended,
  };
}

function eachLine(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') take(line);
  });
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
