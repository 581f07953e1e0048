// @ts-check
/** Makes the connector misbehave towards the bot. */

import { setFault } from './api.js';
import { h } from './elements.js';

/** @type {Readonly<Record<string, import('../fault.ts').Fault['effect']>>} */
const EFFECTS = {
  429: { kind: 'status', status: 429, retryAfterSeconds: 2 },
  503: { kind: 'status', status: 503 },
  hang: { kind: 'hang' },
  slow: { kind: 'slow', ms: 5_000 },
  loseAnswer: { kind: 'loseAnswer' },
};

/**
 * @param {import('./texts.js').Texts} texts
 * @param {(work: () => Promise<string>) => Promise<void>} run
 */
export function createFaultTools(texts, run) {
  const kind = choice(texts.faults, 'fault-kind', texts.faultKinds, ['off', ...Object.keys(EFFECTS)]);
  const times = choice(texts.faultTimes, 'fault-times', texts.faultCounts, ['1', '3', '10', 'always']);
  const apply = async () => {
    // Only one fault at a time: what was set before ends.
    await setFault(undefined);
    const effect = EFFECTS[kind.value];
    if (!effect) return texts.faultOff;
    await setFault({ effect, ...(times.value === 'always' ? {} : { times: Number(times.value) }) });
    return texts.faultOn;
  };
  return h(
    'div',
    { class: 'tool', role: 'group', 'aria-label': texts.faults, title: texts.faultsNote },
    kind,
    times,
    h(
      'button',
      { type: 'button', class: 'button', 'data-testid': 'fault-apply', onclick: () => void run(apply) },
      texts.apply,
    ),
  );
}

/**
 * @param {string} label
 * @param {string} testId
 * @param {Readonly<Record<string, string>>} words
 * @param {readonly string[]} order
 */
function choice(label, testId, words, order) {
  return h(
    'select',
    { 'aria-label': label, 'data-testid': testId },
    ...order.map((value) => h('option', { value }, words[value] ?? value)),
  );
}
