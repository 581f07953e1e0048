/** One line of the doctor's report. */

export type Finding = {
  /** What was looked at, in a word or two. */
  readonly about: string;
  readonly state: 'good' | 'bad' | 'note';
  readonly said: string;
  /** What to do, for what is bad. */
  readonly remedy?: string;
};

export const good = (about: string, said: string): Finding => ({ about, state: 'good', said });
export const note = (about: string, said: string): Finding => ({ about, state: 'note', said });
export const bad = (about: string, said: string, remedy: string): Finding => ({
  about,
  state: 'bad',
  said,
  remedy,
});

const MARKS = { good: 'ok  ', bad: 'FAIL', note: 'note' } as const;

/** The report as lines: what is good in one, what is bad with its remedy below it. */
export function written(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ about, state, said, remedy }) => [
    `${MARKS[state]}  ${about}: ${said}`,
    ...(remedy === undefined ? [] : [`      -> ${remedy}`]),
  ]);
  const failed = findings.filter(({ state }) => state === 'bad').length;
  const end =
    failed === 0
      ? 'Nothing stands in the way of a start.'
      : `${failed} ${failed === 1 ? 'thing has' : 'things have'} to be put right.`;
  return [...lines, '', end].join('\n');
}
