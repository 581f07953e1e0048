import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { LoadedDesk } from '../../src/config/desk.ts';
import { type DeskWatch, watchDesk } from '../../src/config/desk-watch.ts';

const EXAMPLE = new URL('../../desk/', import.meta.url);

describe('the desk’s files are watched', () => {
  let folder: string;
  let watches: DeskWatch[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sportello-desk-'));
    watches = [];
  });
  afterEach(async () => {
    for (const watch of watches) watch.close();
    await rm(folder, { recursive: true });
  });

  async function watching(directory: string, settle: () => Promise<void> = async () => {}) {
    const told: LoadedDesk[] = [];
    const waiting: (() => void)[] = [];
    const watch = await watchDesk({
      directory,
      settle,
      onChange(loaded) {
        told.push(loaded);
        for (const resolve of waiting.splice(0)) resolve();
      },
      onFault: (error) => assert.fail(String(error)),
    });
    watches.push(watch);
    return { watch, told, next: () => new Promise<void>((resolve) => waiting.push(resolve)) };
  }
  const nameIn = (loaded: LoadedDesk | undefined) => loaded?.ok && loaded.desk.name;
  async function rewrite(directory: string, change: (text: string) => string, file = 'desk.yaml') {
    await replace(join(directory, file), change(await readFile(join(directory, file), 'utf8')));
  }
  /** At once: a file that is written in place is empty for a moment, which a watch that does not settle may see. */
  async function replace(path: string, text: string) {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
  const renamed = (text: string) => text.replace(/^name: .*$/m, 'name: Un altro sportello');

  test('A5 a change is loaded, once, and no change is not', async () => {
    await cp(EXAMPLE, folder, { recursive: true });
    const { watch, told } = await watching(folder);
    await watch.look();
    assert.equal(told.length, 0);
    await rewrite(folder, renamed);
    await watch.look();
    await watch.look();
    assert.deepEqual(told.map(nameIn), ['Un altro sportello']);
  });

  test('A5 a mistake is told once, with its place, however often it is looked at; another one anew; its mending too', async () => {
    await cp(EXAMPLE, folder, { recursive: true });
    const { watch, told } = await watching(folder);
    const good = await readFile(join(folder, 'queues.yaml'), 'utf8');
    await rewrite(folder, (text) => `${text}\n  broken: [`, 'queues.yaml');
    for (let n = 0; n < 3; n++) await watch.look();
    assert.equal(told.length, 1);
    const [mistaken] = told;
    assert.ok(mistaken && !mistaken.ok);
    assert.equal(mistaken.problems[0]?.file, 'queues.yaml');
    await replace(join(folder, 'queues.yaml'), good);
    await watch.look();
    assert.deepEqual(
      told.map(({ ok }) => ok),
      [false, true],
    );
  });

  test('A5 files that are still being written are waited for', async () => {
    await cp(EXAMPLE, folder, { recursive: true });
    const good = await readFile(join(folder, 'queues.yaml'), 'utf8');
    let writes = 2;
    const { watch, told } = await watching(folder, async () => {
      if (writes-- > 0)
        await writeFile(join(folder, 'queues.yaml'), writes === 0 ? `${good}# fine\n` : good.slice(0, 90));
    });
    await writeFile(join(folder, 'queues.yaml'), good.slice(0, 40));
    await watch.look();
    assert.ok(told.length >= 1 && told.every(({ ok }) => ok), 'no half of it is taken for a mistake');
  });

  test('A5 a change is noticed without being asked for: in a folder, and in a mounted ConfigMap', async () => {
    // Kubernetes puts the files into a folder of their own, and links to that by one link, which it replaces.
    const mount = join(folder, 'mount');
    await mkdir(mount);
    for (const version of ['v1', 'v2']) await cp(EXAMPLE, join(mount, `..${version}`), { recursive: true });
    await rewrite(join(mount, '..v2'), renamed);
    await symlink('..v1', join(mount, '..data'));
    for (const file of await readdir(join(mount, '..v1')))
      await symlink(join('..data', file), join(mount, file));
    const { told, next } = await watching(mount);
    const noticed = next();
    await symlink('..v2', join(mount, '..new'));
    await rename(join(mount, '..new'), join(mount, '..data'));
    await noticed;
    assert.deepEqual(told.map(nameIn), ['Un altro sportello']);
  });
});
