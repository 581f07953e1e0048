/**
 * A MongoDB server that can be killed, from a program that starts one. It is called as
 *
 *     <starter> --data DIR --port PORT COMMAND…
 *
 * starts a server on that port that keeps its data in DIR, runs the command with `MONGODB_PIDS`, the processes to kill,
 * in its environment, and stops the server when the command ends.
 */

import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { descendantsOf, end, type Process } from './descendants.ts';
import type { GroundServer } from './ground.ts';

/** The command that holds the server: says what to kill, and ends with its standard input. */
const HOLDER = 'console.log(process.env.MONGODB_PIDS); process.stdin.resume();';

const STARTS = 10;

export type MongoServer = GroundServer & {
  /** Without a database. */
  readonly url: string;
  /** Stops it and removes its data. */
  close(): Promise<void>;
};

/** @throws Error when the starter ends instead of running the command */
export async function startMongoServer(starter: string): Promise<MongoServer> {
  const directory = await mkdtemp(join(tmpdir(), 'sportello-mongodb-'));
  const port = await lastingPort();
  let held = await hold(starter, directory, port);
  let orphans: Process[] = [];

  /** A worker whose server was killed can outlast it for ever, and keep a processor busy. */
  async function stop(): Promise<void> {
    await held.stop();
    for (const orphan of orphans) end(orphan);
    orphans = [];
  }

  return {
    url: `mongodb://127.0.0.1:${port}`,
    pids: () => held.pids,
    kill(pids) {
      for (const pid of pids) {
        orphans.push(...descendantsOf(pid));
        process.kill(pid, 'SIGKILL');
      }
    },
    async restart() {
      await stop();
      held = await patiently(() => hold(starter, directory, port));
    },
    async close() {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * A free port that nobody is given by chance: connections that are made while the server is down begin at any port of the
 * system's range, which is from 32768 on.
 */
async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    server.close();
    if (free) return port;
  }
}

/** What a killed server leaves behind, such as its port, is not always free at once. */
async function patiently<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt === STARTS) throw error;
      await setTimeout(1_000);
    }
  }
}

async function hold(starter: string, directory: string, port: number) {
  const args = ['--data', directory, '--port', String(port), process.execPath, '-e', HOLDER];
  const holder = spawn(starter, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  holder.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-500);
  });
  const ended = once(holder, 'exit');
  const [line] = await Promise.race([
    once(createInterface({ input: holder.stdout }), 'line'),
    ended.then(([code]) =>
      Promise.reject(new Error(`The server did not start (${String(code)}): ${complaints}`)),
    ),
  ]);
  return {
    pids: String(line).trim().split(' ').map(Number),
    async stop() {
      holder.stdin.end();
      await ended;
    },
  };
}
