/** A fault in the desk's files, said so that whoever wrote the file can put it right. */

/** Where in a file, as the keys and list positions that lead there. */
export type KeyPath = readonly (string | number)[];

export type DeskProblem = {
  /** Relative to the desk's directory, for example `rules.yaml`. */
  readonly file: string;
  /** From 1; absent where the whole file is meant. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly path: KeyPath;
  /** What is wrong and what to do, in English, with its full stop. */
  readonly message: string;
};

/** By file, then line, then column, then as found. */
export function sortDeskProblems(problems: readonly DeskProblem[]): DeskProblem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}

/**
 * One line for each problem, `desk/rules.yaml:14: …`, in the order given.
 *
 * @param directory what to write before the file's name: the directory that was loaded
 */
export function formatDeskProblems(problems: readonly DeskProblem[], directory = 'desk'): string {
  const prefix = directory.replace(/[\\/]$/, '');
  return problems
    .map(({ file, line, message }) => {
      const place = line === undefined ? file : `${file}:${line}`;
      return `${prefix}/${place}: ${message}`;
    })
    .join('\n');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
