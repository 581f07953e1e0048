/** Loads the desk (A5): reads the files of a directory, checks them all, and makes the typed desk of them. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Desk } from '../domain/desk.ts';
import { buildDesk } from './desk-build.ts';
import { inconsistencies } from './desk-consistency.ts';
import { problemsOf } from './desk-issues.ts';
import type { DeskFileName } from './desk-names.ts';
import { asList, asMap, DESK_FILES, definedNames, INDISPENSABLE } from './desk-names.ts';
import type { DeskProblem } from './desk-problem.ts';
import { sortDeskProblems } from './desk-problem.ts';
import type { DeskEntries } from './desk-schema.ts';
import { deskSchemas, emptyFile } from './desk-schema.ts';
import { nearest } from './desk-suggestion.ts';
import type { DeskFile } from './desk-yaml.ts';
import { readYaml } from './desk-yaml.ts';

export type LoadedDesk =
  | { readonly ok: true; readonly desk: Desk }
  | { readonly ok: false; readonly problems: readonly DeskProblem[] };

/**
 * Reads and checks the desk in `directory`. All problems are found at once, sorted by file and line; a single one means
 * that there is no desk. Nothing is kept: to reload, call it again.
 */
export async function loadDesk(directory: string): Promise<LoadedDesk> {
  const { sources, problems } = await readFiles(directory);

  const schemas = deskSchemas(definedNames(sources));
  const entries: Partial<Record<DeskFileName, unknown>> = {};
  for (const [name, file] of sources) {
    const parsed = schemas[name].safeParse(file.raw ?? emptyFile(name));
    if (parsed.success) entries[name] = parsed.data;
    else problems.push(...problemsOf(file, schemas[name], parsed.error.issues));
  }
  problems.push(...inconsistencies(sources, problems));

  return problems.length > 0
    ? { ok: false, problems: sortDeskProblems(problems) }
    : { ok: true, desk: buildDesk(entries as DeskEntries) };
}

async function readFiles(
  directory: string,
): Promise<{ sources: Map<DeskFileName, DeskFile>; problems: DeskProblem[] }> {
  const sources = new Map<DeskFileName, DeskFile>();
  const problems: DeskProblem[] = [];
  const report = (file: string, message: string) => problems.push({ file, path: [], message });

  let present: readonly string[];
  try {
    present = await readdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    report(
      'desk.yaml',
      code === 'ENOENT' || code === 'ENOTDIR'
        ? 'the directory does not exist. Set DESK_DIR to the directory that holds the desk’s files.'
        : `the directory cannot be read (${code}). Give the user that runs Sportello the right to read it.`,
    );
    return { sources, problems };
  }

  const strangers = new Set(
    present.filter((name) => /\.ya?ml$/i.test(name) && !(DESK_FILES as readonly string[]).includes(name)),
  );
  const contents = await Promise.all(
    DESK_FILES.map((name) =>
      present.includes(name)
        ? readFile(join(directory, name)).catch((error: NodeJS.ErrnoException) => String(error.code))
        : undefined,
    ),
  );
  for (const [index, name] of DESK_FILES.entries()) {
    const content = contents[index];
    if (content === undefined) {
      const misnamed = nearest(name, strangers);
      if (misnamed !== undefined) strangers.delete(misnamed);
      report(
        name,
        misnamed === undefined
          ? 'the file is missing. Create it; docs/configure.md says what it holds.'
          : `the file is missing. Rename ${misnamed} to ${name}.`,
      );
      continue;
    }
    if (typeof content === 'string') {
      report(
        name,
        content === 'EISDIR'
          ? 'it is a directory. Put the file in its place; docs/configure.md says what it holds.'
          : `the file cannot be read (${content}). Give the user that runs Sportello the right to read it.`,
      );
      continue;
    }
    const text = decode(content);
    if (text === undefined) {
      report(name, 'the file is not saved as UTF-8. Save it again with the encoding UTF-8.');
      continue;
    }
    const { file, problems: found } = readYaml(name, text);
    problems.push(...found);
    if (file === undefined) continue;
    if (INDISPENSABLE.includes(name) && isEmpty(file))
      report(name, 'the file is empty. docs/configure.md says what it holds.');
    else sources.set(name, file);
  }
  for (const name of strangers) {
    const near = nearest(name, DESK_FILES);
    report(
      name,
      near === undefined
        ? `the file is none that Sportello reads. Move it elsewhere; it reads ${DESK_FILES.join(', ')}.`
        : `the file is none that Sportello reads, and ${near} exists as well. Move it elsewhere.`,
    );
  }
  return { sources, problems };
}

function isEmpty({ raw }: DeskFile): boolean {
  return typeof raw !== 'string' && asList(raw).length === 0 && Object.keys(asMap(raw)).length === 0;
}

function decode(content: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
