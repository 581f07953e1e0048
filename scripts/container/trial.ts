/** Starts what `build.ts` has laid out as an engine would, and says what of the image's promises does not hold. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import type { Image } from './build.ts';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;
/** The user that owns nothing; any but root would do. */
const NOBODY = 65534;
/** Shaped like credentials. A start needs nothing from Microsoft. */
const CREDENTIALS = {
  MicrosoftAppId: 'a0000000-0000-4000-8000-000000000001',
  MicrosoftAppPassword: 'only for this trial',
  MicrosoftAppTenantId: 'b0000000-0000-4000-8000-000000000001',
};

/** @returns what is wrong, one sentence each */
export async function tryImage(image: Image, tell: (line: string) => void): Promise<string[]> {
  const wrong: string[] = [];
  const check = (title: string, holds: boolean, more = '') => {
    tell(`${holds ? 'ok' : 'NOT'}  ${title}`);
    if (!holds) wrong.push(more === '' ? title : `${title}: ${more}`);
  };
  check('another user than root', image.user !== 'root' && image.user !== '0');
  const foreign = notForProduction(join(image.root, image.workdir));
  check('production dependencies only', foreign.length === 0, foreign.slice(0, 5).join(', '));

  const run = await runner(image);
  const before = listing(image);
  const write = run.once([
    'node',
    '-e',
    "for (const folder of ['.', 'src', 'node_modules', 'desk']) { try { require('fs').writeFileSync(folder + '/x', ''); process.exit(1); } catch {} }",
  ]);
  check('nothing of the application can be written', write === 0);

  const started = await run.start(image.command);
  check('it starts', started.listens, started.said());
  if (started.listens) {
    check('its health check passes', run.once(image.healthcheck) === 0);
    const answer = await fetch(`http://127.0.0.1:${run.port}/api/messages`, { method: 'POST', body: '{}' });
    check('it lets in nobody without a token', answer.status === 401, String(answer.status));
  }
  const code = await started.stop();
  check(`SIGTERM ends it with 0 within ${STOP_LIMIT_MS / 1000} s`, code === 0, String(code));
  check('its health check fails when it has stopped', run.once(image.healthcheck) !== 0);
  check('its files are as they were', listing(image) === before);
  return wrong;
}

/** Packages that the lock file knows as development tools or not at all. */
function notForProduction(app: string): string[] {
  const lock = JSON.parse(readFileSync(join(app, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const found = readdirSync(join(app, 'node_modules'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .map((path) => `node_modules/${dirname(path)}`)
    // The folder of a package, not one that lies inside a package.
    .filter((path) => /node_modules\/(@[^/]+\/)?[^/]+$/.test(path));
  return found.filter((path) => lock.packages[path] === undefined || lock.packages[path].dev === true);
}

/** Files of the image outside its volumes, with their sizes and times. */
function listing({ root, workdir }: Image): string {
  return readdirSync(join(root, workdir), { recursive: true, encoding: 'utf8' })
    .sort()
    .map((path) => {
      const { size, mtimeMs } = lstatSync(join(root, workdir, path));
      return `${path} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

type Started = { readonly listens: boolean; said(): string; stop(): Promise<number | null | 'a time-out'> };

async function runner(image: Image): Promise<{
  readonly port: number;
  once(command: readonly string[]): number | null;
  start(command: readonly string[]): Promise<Started>;
}> {
  const asRoot = process.getuid?.() === 0;
  const who = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  lockUp(image, asRoot);
  const port = await freePort();
  const env = Object.fromEntries(
    Object.entries({ ...image.env, ...CREDENTIALS, PORT: String(port) }).map(([name, value]) => [
      name,
      // Absolute paths of the image are somewhere else on this machine.
      value.replace(/(?<=^|:)\/(?!\/)/, `${image.root}/`),
    ]),
  );
  const options = {
    cwd: join(image.root, image.workdir),
    env: { ...env, PATH: join(image.root, 'usr/local/bin') },
    ...who,
  };
  const program = (command: readonly string[]) => join(image.root, 'usr/local/bin', command[0] ?? '');
  return {
    port,
    once: (command) =>
      spawnSync(program(command), command.slice(1), { ...options, timeout: START_LIMIT_MS }).status,
    async start(command) {
      const child: ChildProcess = spawn(program(command), command.slice(1), {
        ...options,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      const listens = new Promise<boolean>((resolve) => {
        const read = (part: Buffer) => {
          said += part;
          if (said.includes('listens on port')) resolve(true);
        };
        child.stdout?.on('data', read);
        child.stderr?.on('data', read);
        child.once('exit', () => resolve(false));
        setTimeout(() => resolve(false), START_LIMIT_MS).unref();
      });
      return {
        listens: await listens,
        said: () => said,
        async stop() {
          if (child.exitCode !== null) return child.exitCode;
          const ended = once(child, 'exit');
          child.kill('SIGTERM');
          const late = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
          await ended;
          clearTimeout(late);
          return child.signalCode === 'SIGKILL' ? 'a time-out' : child.exitCode;
        },
      };
    },
  };
}

/** Readable and not writable, but for the volumes. */
function lockUp({ root, volumes }: Image, asRoot: boolean): void {
  const kept = volumes.map((path) => join(root, path));
  for (const path of ['.', ...readdirSync(root, { recursive: true, encoding: 'utf8' })]) {
    const full = join(root, path);
    const status = lstatSync(full);
    if (status.isSymbolicLink()) continue;
    const volume = kept.some((one) => !relative(one, full).startsWith('..'));
    if (volume && asRoot) chownSync(full, NOBODY, NOBODY);
    const open = status.isDirectory() || status.mode & 0o100 ? 0o555 : 0o444;
    chmodSync(full, volume ? open | 0o200 : open);
  }
  chmodSync(dirname(root), 0o755);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
