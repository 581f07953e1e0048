/** The page docs/benchmarks.md: a section for each part of the benchmark, each replaced by its own runs alone. */

export const PARTS = ['turns', 'store'] as const;
export type Part = (typeof PARTS)[number];

const HEAD =
  '# Benchmarks\n\n' +
  'Written by `npm run bench`, which measures both parts; `npm run bench -- --only turns` and `--only store` measure one and ' +
  'leave the section of the other as it is. Each section says on what it was measured, and when. Do not edit: run it again.\n\n';

const beginOf = (part: Part) => `<!-- begin ${part} -->\n`;
const endOf = (part: Part) => `<!-- end ${part} -->\n`;

/**
 * @param page as it is; what is in no section of it goes
 * @param report of that part, with a heading of the first level and others below
 */
export function withSection(page: string, part: Part, report: string): string {
  const sections = PARTS.flatMap((each) => {
    const text = each === part ? lowered(report) : sectionOf(page, each);
    return text === undefined ? [] : [`${beginOf(each)}\n${text.trim()}\n\n${endOf(each)}`];
  });
  return HEAD + sections.join('\n');
}

function sectionOf(page: string, part: Part): string | undefined {
  const [begin, end] = [page.indexOf(beginOf(part)), page.indexOf(endOf(part))];
  return begin < 0 || end < begin ? undefined : page.slice(begin + beginOf(part).length, end);
}

/** With each heading a level lower. */
function lowered(report: string): string {
  return report.replace(/^#/gm, '##');
}
