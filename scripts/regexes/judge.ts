/** Whether an expression's time grows with the text alone, as recheck finds out. */

import { check } from 'recheck';

/** In milliseconds. Nearly all take a few; a machine that has much else to do must not change the verdict. */
const TIME = 60_000;
const SHOWN = 60;

export const VERDICTS = {
  unseen:
    'is made while the program runs, and cannot be looked at: write it as a literal or of constants of this file, or compare without an expression.',
  unknown:
    'could not be looked through: write it more simply, with smaller counts and without looking behind, or read the text step by step.',
} as const;

/** @returns '' where it is linear, else what is wrong and what to do */
export async function judge(source: string, flags: string): Promise<string> {
  const found = await check(source, flags, { timeout: TIME });
  if (found.status === 'safe') return '';
  if (found.status === 'unknown') return VERDICTS.unknown;
  const { attack, hotspot, complexity } = found;
  const grows =
    complexity.type === 'polynomial' ? `with the text to the power of ${complexity.degree}` : 'exponentially';
  const where = hotspot.map(({ start, end }) => source.slice(start, end)).join('  ');
  const pattern = attack.pattern.length > SHOWN ? `${attack.pattern.slice(0, SHOWN)}…` : attack.pattern;
  return (
    `takes time that grows ${grows}, in ${where}; for example with ${pattern}. ` +
    'Anchor it, let what is repeated exclude what follows it, or read the text step by step.'
  );
}
