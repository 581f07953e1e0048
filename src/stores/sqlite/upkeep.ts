/** What waits, and when tickets are due. */

import type { Upkeep } from '../../app/ports/upkeep.ts';
import type { Draft } from '../../domain/draft.ts';
import type { Statements } from './statements.ts';

export function createUpkeep(sql: Statements): Upkeep {
  const instant = (name: 'oldest' | 'firstDue', at: unknown) => (at == null ? {} : { [name]: Number(at) });
  return {
    async backlog() {
      const { n, first } = sql.waitingDeliveries.get() ?? {};
      return {
        waiting: Number(n),
        failed: Number(sql.failedCount.get()?.n),
        ...instant('oldest', first == null ? undefined : sql.askedAt.get(first)?.at),
        ...instant('firstDue', sql.firstDue.get()?.at),
      };
    },
    async unsentDrafts(until, limit) {
      return sql.unsentDrafts.all(until, limit).map((row) => JSON.parse(String(row.body)) as Draft);
    },
    async dueMoments(numbers) {
      return new Map(
        numbers.flatMap((number) => {
          const row = sql.dueMoment.get(number);
          return row ? [[number, Number(row.at)] as const] : [];
        }),
      );
    },
  };
}
