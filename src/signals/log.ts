/** The log: one JSON object a line, on the standard output. Whatever is logged passes through here on its way. */

import pino from 'pino';
import type { Log } from '../app/ports/signals.ts';
import type { KnownCorrelation } from './correlation.ts';
import { errorFacts, impersonal } from './error-facts.ts';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** @param write takes each line; the standard output by default */
export function createLog(
  level: LogLevel,
  correlation: Pick<KnownCorrelation, 'current'>,
  write?: (line: string) => void,
): Log {
  const options: pino.LoggerOptions = {
    level,
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => errorFacts(error), reason: impersonal },
    mixin() {
      const turn = correlation.current();
      return turn === undefined ? {} : { correlation: turn };
    },
  };
  return write ? pino(options, { write }) : pino(options);
}
