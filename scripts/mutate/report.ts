/** What a run found, as text: a row for each file, and the changes that nothing noticed. */

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

/** @returns the text, and the lowest score of a file in percent */
export function reportOf(results: readonly MutantResult[]): {
  readonly text: string;
  readonly lowest: number;
} {
  const files = Map.groupBy(results, ({ fileName }) =>
    relative(process.cwd(), fileName).replaceAll('\\', '/'),
  );
  const rows = [...files].map(([file, mutants]) => ({ file, ...countsOf(mutants) }));
  const all = countsOf(results);
  const lines = [...rows, { file: 'all', ...all }].map(
    ({ file, noticed, slow, missed, score }) =>
      `| ${file} | ${score.toFixed(1)} % | ${noticed} | ${slow} | ${missed} |`,
  );
  const unnoticed = [...files].flatMap(([file, mutants]) => {
    const source = readFileSync(file, 'utf8').split('\n');
    return mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage' || status === 'Timeout')
      .map((mutant) => `${file}:${told(mutant, source)}`);
  });
  return {
    text: [
      '',
      '| File | Score | Noticed | By time only | Missed |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...lines,
      '',
      ...unnoticed,
    ].join('\n'),
    lowest: Math.min(...rows.map(({ score }) => score)),
  };
}

/** A change that makes the program stand still counts as noticed, but is named apart: a test should have said so. */
function countsOf(mutants: readonly MutantResult[]) {
  const count = (...wanted: readonly MutantResult['status'][]) =>
    mutants.filter(({ status }) => wanted.includes(status)).length;
  const [noticed, slow, missed] = [count('Killed'), count('Timeout'), count('Survived', 'NoCoverage')];
  const judged = noticed + slow + missed;
  return { noticed, slow, missed, score: judged === 0 ? 100 : ((noticed + slow) / judged) * 100 };
}

function told(
  { location, mutatorName, replacement, status, coveredBy = [] }: MutantResult,
  source: readonly string[],
) {
  const { start, end } = location;
  const line = source[start.line - 1] ?? '';
  const was = line.slice(start.column - 1, end.line === start.line ? end.column - 1 : undefined);
  const how = status === 'Survived' ? `${coveredBy.length} tests reach it` : status;
  return `${start.line}:${start.column} ${mutatorName} (${how}): ${was} → ${replacement.split('\n').join(' ')}`;
}
