/** What the checks of the whole desk work with: the files as written, what is known to be wrong, and a pen. */

import { entryAt } from './desk-issues.ts';
import type { DeskFileName, DeskSources } from './desk-names.ts';
import { asMap } from './desk-names.ts';
import type { DeskProblem, KeyPath } from './desk-problem.ts';
import type { DeskFile, RawMap } from './desk-yaml.ts';

/** How many steps lead to one entry of the file, where it is not one. */
const ENTRY_DEPTH: Partial<Record<DeskFileName, number>> = { 'services.yaml': 2, 'deadlines.yaml': 2 };

export type Findings = {
  readonly problems: readonly DeskProblem[];
  /** Runs `check` with the file, unless it could not be read. */
  onFile(name: DeskFileName, check: (file: DeskFile, raw: RawMap) => void): void;
  /** True where the values of this key in a file that was read cannot be relied upon: an entry or the key is faulty. */
  doubtful(name: DeskFileName, key: string): boolean;
  /** True where something at or below this path is faulty. */
  faulty(file: DeskFile, path: KeyPath): boolean;
  /** Notes a problem of the entry that the path leads into, at the key that it ends with. */
  report(file: DeskFile, path: KeyPath, message: string): void;
};

/** @param found problems found so far: what they put in doubt must not be reported a second time */
export function findings(sources: DeskSources, found: readonly DeskProblem[]): Findings {
  const problems: DeskProblem[] = [];
  return {
    problems,
    onFile(name, check) {
      const file = sources.get(name);
      if (file !== undefined) check(file, asMap(file.raw));
    },
    doubtful: (name, key) =>
      found.some(
        ({ file, path }) => file === name && (path.length <= (ENTRY_DEPTH[name] ?? 1) || path.includes(key)),
      ),
    faulty: (file, path) =>
      found.some(
        (problem) => problem.file === file.name && path.every((step, index) => problem.path[index] === step),
      ),
    report(file, path, message) {
      const { label } = entryAt(file, path);
      problems.push({ file: file.name, ...file.placeOfKey(path), path, message: `${label} ${message}` });
    },
  };
}
