/**
 * Notices when the desk's files have changed, and loads them (A5). The operating system tells of most changes; some mounts
 * of containers tell of none, so the files are also looked at now and then, and whenever somebody asks.
 */

import { createHash } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoadedDesk, loadDesk } from './desk.ts';

/** An editor writes a file in several goes, and whoever copies a desk writes several files. */
const SETTLE_MS = 1_000;
const LOOK_EVERY_MS = 30_000;

export type DeskWatch = {
  /** Looks now, and resolves when what was found has been taken over. */
  look(): Promise<void>;
  close(): void;
};

export type WatchParts = {
  readonly directory: string;
  /** Called once for each state of the files that is not the one before. */
  readonly onChange: (loaded: LoadedDesk) => Promise<void> | void;
  /** The files could not be read, for another reason than their contents; they are looked at again. */
  readonly onFault: (error: unknown) => void;
  /** Waits until nobody writes any more; a second by default. */
  readonly settle?: () => Promise<void>;
};

/** @returns once it knows the files as they are now, which are taken for the desk in use */
export async function watchDesk(parts: WatchParts): Promise<DeskWatch> {
  const { directory, onChange, onFault } = parts;
  const settle = parts.settle ?? (() => new Promise((resolve) => setTimeout(resolve, SETTLE_MS)));
  let known = await contentsOf(directory);
  let looking: Promise<void> | undefined;
  let again = false;

  async function lookOnce(): Promise<void> {
    let found = await contentsOf(directory);
    if (found === known) return;
    for (;;) {
      await settle();
      const later = await contentsOf(directory);
      if (later === found) break;
      found = later;
    }
    const loaded = await loadDesk(directory);
    known = found;
    await onChange(loaded);
  }

  async function look(): Promise<void> {
    if (looking !== undefined) {
      again = true;
      return looking;
    }
    looking = (async () => {
      do {
        again = false;
        await lookOnce().catch(onFault);
      } while (again);
    })().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  const watcher = watchFolder(directory, () => void look());
  return {
    look,
    close() {
      clearInterval(timer);
      watcher?.close();
    },
  };
}

/** The folder and not its files: editors, and mounts of ConfigMaps, put another file in the place of the one before. */
function watchFolder(directory: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(directory, { persistent: false }, changed);
    // A folder that goes away; the files are still looked at.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}

/** A digest of all files of the desk, by name; of a folder that is not there, none. */
async function contentsOf(directory: string): Promise<string> {
  const digest = createHash('sha256');
  const names = await readdir(directory).catch((): string[] => []);
  for (const name of names.filter((one) => /\.ya?ml$/i.test(one)).sort()) {
    // One that vanishes while it is read will be gone at the next look.
    const content = await readFile(join(directory, name)).catch(() => Buffer.alloc(0));
    digest.update(`${name}\n${content.byteLength}\n`).update(content);
  }
  return digest.digest('hex');
}
