/**
 * A reporter that says at the very end which tests were left out and why, so that it is not lost in what scrolled by:
 *
 *     node --test --test-reporter=spec --test-reporter-destination=stdout \
 *       --test-reporter=./scripts/test-left-out.ts --test-reporter-destination=stdout
 */

import type { TestEvent } from 'node:test/reporters';

export default async function* leftOut(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  /** The titles of the tests, by reason. */
  const reasons = new Map<string, Set<string>>();
  for await (const event of source) {
    if (event.type !== 'test:pass' || event.data.skip === undefined) continue;
    const { skip, name } = event.data;
    const reason = typeof skip === 'string' ? skip : 'no reason given';
    reasons.set(reason, (reasons.get(reason) ?? new Set()).add(name));
  }
  for (const [reason, titles] of reasons)
    yield `\nLEFT OUT: ${reason}\n${[...titles].map((title) => `  ${title}\n`).join('')}`;
}
