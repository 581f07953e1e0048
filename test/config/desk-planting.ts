/** Plants a mistake in a copy of the example desk and says what the loader makes of it. */

import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadDesk } from '../../src/config/desk.ts';
import type { DeskProblem } from '../../src/config/desk-problem.ts';

export const EXAMPLE = fileURLToPath(new URL('../../desk', import.meta.url));

/** Replaces `find`, which must occur, by `put`: the first time, or everywhere. */
export type Edit = {
  readonly file: string;
  readonly find: string;
  readonly put: string;
  readonly everywhere?: boolean;
};

/** What must be reported: in which file, on the line that holds `at`, in these words; `⟨x⟩` is the line that holds x. */
export type Expected = { readonly file?: string; readonly at: string; readonly message: string };

export type Case = {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly found: readonly Expected[];
};

/** Runs `use` with a copy of the example desk that is removed afterwards. */
export async function withCopy<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'desk-'));
  try {
    await cp(EXAMPLE, directory, { recursive: true });
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Makes the edits in a copy and checks that exactly the expected problems are reported, with their lines. */
export async function assertFound({ edits, found }: Case): Promise<void> {
  await withCopy(async (directory) => {
    for (const edit of edits) await plant(directory, edit);
    const problems = await problemsIn(directory);
    const expected = await Promise.all(
      found.map(async ({ file = edits[0]?.file ?? '', at, message }) => {
        const lines = (await readFile(join(directory, file), 'utf8')).split('\n');
        const lineOf = (text: string) => {
          const index = lines.findIndex((line) => line.includes(text));
          assert.notEqual(index, -1, `the test expects "${text}", which ${file} does not hold`);
          return index + 1;
        };
        const resolved = message.replaceAll(/⟨(.+?)⟩/g, (_, text: string) => String(lineOf(text)));
        return `${file}:${lineOf(at)}: ${resolved}`;
      }),
    );
    assert.deepEqual(
      problems.map(({ file, line, message }) => `${file}:${line}: ${message}`),
      expected,
    );
  });
}

export async function plant(directory: string, { file, find, put, everywhere }: Edit): Promise<void> {
  const path = join(directory, file);
  const before = await readFile(path, 'utf8');
  assert.ok(before.includes(find), `${file} does not hold "${find}"`);
  // A function keeps dollar signs in `put` from being read as patterns.
  await writeFile(path, everywhere ? before.replaceAll(find, () => put) : before.replace(find, () => put));
}

export async function problemsIn(directory: string): Promise<readonly DeskProblem[]> {
  const loaded = await loadDesk(directory);
  return loaded.ok ? [] : loaded.problems;
}
