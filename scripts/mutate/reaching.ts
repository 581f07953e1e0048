/** Which tests could notice a change of a file: those that import it, directly or through others. */

import { importsOf, isCode, readProject } from '../../test/architecture/sources.ts';

/** Where the promises of a room are tested; the browser and the torture take minutes and are no part of it. */
const TESTS_OF: readonly (readonly [room: RegExp, tests: RegExp])[] = [
  [/^src\/domain\//, /^test\/domain\//],
  [/^src\/(?:app|cards|print|i18n)\//, /^test\/(?:app|cards|domain|print|rights|teams)\//],
  [/./, /^test\/(?!e2e\/|torture\/)/],
];

/** Paths relative to the project's root, sorted. */
export function testsReaching(files: readonly string[]): string[] {
  const project = readProject().filter(isCode);
  const imports = new Map(
    project.map((source) => [
      source.path,
      importsOf(source)
        .filter(({ typeOnly }) => !typeOnly)
        .map(({ target }) => target),
    ]),
  );
  const folders = files.map((file) => TESTS_OF.find(([room]) => room.test(file))?.[1]);
  return project
    .map(({ path }) => path)
    .filter((path) => path.endsWith('.test.ts') && folders.some((folder) => folder?.test(path)))
    .filter((path) => reaches(path, new Set(files), imports))
    .sort();
}

function reaches(
  from: string,
  wanted: ReadonlySet<string>,
  imports: ReadonlyMap<string, readonly string[]>,
): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (wanted.has(path)) return true;
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...(imports.get(path) ?? []));
  }
  return false;
}
