/** The log as it is in earnest, with everything in it, into a list. */

import type { Log } from '../../src/app/ports/signals.ts';
import { createCorrelation, type KnownCorrelation } from '../../src/signals/correlation.ts';
import { createLog } from '../../src/signals/log.ts';

/** @param lines gets each line, as JSON */
export function signalsInto(lines: string[]): { log: Log; correlation: KnownCorrelation } {
  let ids = 0;
  const correlation = createCorrelation(() => `c${String(++ids).padStart(7, '0')}`);
  return { log: createLog('trace', correlation, (line) => lines.push(line)), correlation };
}
