/** What a rule about the sources is, and how to write the small projects on which it is tried. */

import type { Source } from './sources.ts';

export type Rule = {
  readonly title: string;
  /** @returns a sentence for each violation, beginning with the file's path */
  readonly violations: (project: readonly Source[]) => string[];
  /** Small projects that break the rule: it must notice each of them. */
  readonly broken: readonly (readonly Source[])[];
  /** Small projects that come close and are right: it must let each of them pass. */
  readonly kept: readonly (readonly Source[])[];
};

/** A project of one file. */
export function file(path: string, text: string): readonly Source[] {
  return [{ path, text }];
}
