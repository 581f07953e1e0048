/** The `AttachmentStore` port as files: `<directory>/ab/<sha256>`, each content once. */

import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AttachmentStore } from '../../app/ports/store.ts';
import type { LooseFiles } from './loose-files.ts';

const ID = /^[0-9a-f]{64}$/;
/** Contents on their way in. Below the directory itself, so that the rename stays on one file system. */
const INCOMING = 'incoming';
/** What is older than this in `incoming`, in milliseconds of the machine's clock, was left by a crash. */
const ABANDONED_AFTER_MS = 24 * 3_600_000;

/**
 * @param directory created when the first content arrives
 * @param loose without it every content stays
 */
export function createAttachmentStore(directory: string, loose?: LooseFiles): AttachmentStore {
  const fileOf = (id: string) => join(directory, id.slice(0, 2), id);

  return {
    async put(content, limit, at) {
      const incoming = join(directory, INCOMING);
      const created = await mkdir(incoming, { recursive: true });
      if (created !== undefined) await syncDirectory(dirname(directory));
      const temporary = join(incoming, randomUUID());
      const hash = createHash('sha256');
      let size = 0;
      try {
        const file = await open(temporary, 'wx');
        try {
          for await (const chunk of content) {
            size += chunk.byteLength;
            if (size > limit) return 'tooLarge';
            hash.update(chunk);
            await file.writeFile(chunk);
          }
          await file.sync();
        } finally {
          await file.close();
        }
        const id = hash.digest('hex');
        await loose?.note(id, fileOf(id), at);
        await moveIntoPlace(temporary, id);
        return { id, size };
      } finally {
        await rm(temporary, { force: true });
      }
    },

    async get(id) {
      if (!ID.test(id)) return undefined;
      const path = fileOf(id);
      if (!(await exists(path))) return undefined;
      return chunksOf(path);
    },

    async removeUnowned(now, limit) {
      return loose?.remove(now, limit, fileOf) ?? { looked: 0, removed: 0 };
    },
  };

  async function moveIntoPlace(temporary: string, id: string): Promise<void> {
    const folder = join(directory, id.slice(0, 2));
    await mkdir(folder, { recursive: true });
    // Over an equal file this changes nothing: the name is the content.
    await rename(temporary, fileOf(id));
    await syncDirectory(folder);
    await syncDirectory(directory);
  }
}

/** Opened when the first chunk is asked for, so that a caller who never reads leaves no file open. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Makes a rename survive a power cut. Windows cannot open a directory, and does not need it. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** The ids of all contents. */
export async function* attachmentIds(directory: string): AsyncGenerator<string> {
  if (!(await exists(directory))) return;
  for (const folder of (await readdir(directory)).sort())
    if (folder !== INCOMING)
      for (const name of (await readdir(join(directory, folder))).sort()) if (ID.test(name)) yield name;
}

/**
 * Where there is none yet it is made beside the store, which can be written to.
 * @throws the error of the file system where nothing can be kept there
 */
export async function checkFolder(directory: string): Promise<void> {
  if (!(await exists(directory))) return;
  // With the slash: ENOTDIR where it is a file.
  await access(`${directory}/`, constants.R_OK | constants.W_OK | constants.X_OK);
}

/** Removes what crashes left half-written. Younger files may belong to another process that is running. */
export async function removeAbandoned(directory: string): Promise<void> {
  const incoming = join(directory, INCOMING);
  if (!(await exists(incoming))) return;
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await stat(path).catch(() => undefined);
    if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
  }
}
