/** Does a Dockerfile's steps in a folder, where there is no container engine. */

import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { admits, parseDockerfile } from './dockerfile.ts';

export type Image = {
  /** Where `/` of the last stage is. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly user: string;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
};

const BUILD_LIMIT_MS = 300_000;

/**
 * Each stage is a folder with a `/` of its own; the base image is this Node. Of the `RUN`s those that name an absolute path
 * are only told: they change what lies around the application, and here that is this machine.
 *
 * @param context the folder that would be sent to the engine
 * @param place an empty folder
 * @throws Error with the step that failed
 */
export function build(context: string, place: string, tell: (line: string) => void): Image {
  const steps = parseDockerfile(readFileSync(join(context, 'Dockerfile'), 'utf8'));
  const ignoreFile = readFileSync(join(context, '.dockerignore'), 'utf8');
  const stages = new Map<string, string>();
  let root = '';
  let workdir = '/';
  let user = 'root';
  let env: Record<string, string> = {};
  const volumes: string[] = [];
  const commands: Record<string, readonly string[]> = {};
  for (const step of steps) {
    switch (step.kind) {
      case 'from': {
        root = join(place, `stage-${stages.size}`);
        stages.set(step.name ?? `${stages.size}`, root);
        workdir = '/';
        user = 'root';
        env = {};
        layBase(root, step.image);
        tell(`FROM ${step.image}: this Node ${process.versions.node}`);
        break;
      }
      case 'workdir':
        workdir = step.path;
        mkdirSync(join(root, workdir), { recursive: true });
        break;
      case 'copy': {
        const origin = step.from === undefined ? context : stages.get(step.from);
        if (origin === undefined)
          throw new Error(`COPY --from=${step.from}: there is no such stage before it`);
        for (const source of step.sources) {
          const from = join(origin, source);
          const inFolder = step.to.endsWith('/');
          const to = join(root, workdir, step.to, inFolder ? (source.split('/').at(-1) ?? '') : '');
          const wanted = (path: string) =>
            step.from !== undefined ||
            admits(ignoreFile, relative(context, path)) ||
            // A folder of which something deeper may be wanted.
            path === from;
          if (step.from === undefined && !admits(ignoreFile, source))
            throw new Error(`COPY ${source}: .dockerignore keeps it out`);
          cpSync(from, to, { recursive: true, filter: wanted, verbatimSymlinks: true });
        }
        tell(`COPY ${step.sources.join(' ')}`);
        break;
      }
      case 'run': {
        if (/(^|\s)\//.test(step.command)) {
          tell(`left out, for it changes the image around the application: RUN ${step.command}`);
          break;
        }
        const { status } = spawnSync('sh', ['-c', step.command], {
          cwd: join(root, workdir),
          stdio: 'inherit',
          timeout: BUILD_LIMIT_MS,
        });
        if (status !== 0) throw new Error(`RUN ${step.command} ended with ${status ?? 'a time-out'}`);
        tell(`RUN ${step.command}`);
        break;
      }
      case 'env':
        env = { ...env, ...step.values };
        break;
      case 'volume':
        volumes.push(step.path);
        mkdirSync(join(root, step.path), { recursive: true });
        break;
      case 'user':
        user = step.name;
        break;
      default:
        commands[step.kind] = step.command;
    }
  }
  const { entrypoint = [], cmd = [], healthcheck = [] } = commands;
  return { root, workdir, env, volumes, user, command: [...entrypoint, ...cmd], healthcheck };
}

/** Node at the place where Node's official image has it, if it is the one that the Dockerfile names. */
function layBase(root: string, image: string): void {
  const [, wanted = ''] = /^node:(\d+)\./.exec(image) ?? [];
  if (process.versions.node.split('.')[0] !== wanted)
    throw new Error(`FROM ${image}: this is Node ${process.versions.node}`);
  const bin = join(root, 'usr/local/bin');
  mkdirSync(bin, { recursive: true });
  copyFileSync(process.execPath, join(bin, 'node'));
  chmodSync(join(bin, 'node'), 0o755);
}
