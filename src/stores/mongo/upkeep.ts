/** What waits, and when tickets are due. */

import type { Upkeep } from '../../app/ports/upkeep.ts';
import type { Draft } from '../../domain/draft.ts';
import { untilDone } from './faults.ts';
import { QUERIES, type Query } from './queries.ts';
import { type Collections, exact, ownerOf, recordId } from './records.ts';

type Sum = { readonly n: number; readonly oldest: number | null };

export function createUpkeep({ requests }: Collections): Upkeep {
  /** How many entries these arrays hold in the records that the query finds, and when the first was asked for. */
  async function sum({ filter }: Query, array: 'outbox' | 'failed'): Promise<Sum> {
    const group = {
      _id: null,
      n: { $sum: { $size: { $ifNull: [`$${array}`, []] } } },
      oldest: { $min: { $min: `$${array}.asked` } },
    };
    const [found] = await requests.aggregate<Sum>([{ $match: filter }, { $group: group }]).toArray();
    return found ?? { n: 0, oldest: null };
  }

  return {
    async backlog() {
      const due = QUERIES.anyDue();
      const [ready, later, failed, first] = await Promise.all([
        sum(QUERIES.queued(), 'outbox'),
        sum(QUERIES.onlyWaiting(), 'outbox'),
        sum(QUERIES.failed(), 'failed'),
        requests.findOne(due.filter, { sort: due.sort ?? {}, projection: { dueAt: 1 } }),
      ]);
      const asked = [ready.oldest, later.oldest].filter((at) => typeof at === 'number');
      return {
        waiting: ready.n + later.n,
        failed: failed.n,
        ...(asked.length > 0 ? { oldest: Math.min(...asked) } : {}),
        ...(typeof first?.dueAt === 'number' ? { firstDue: first.dueAt } : {}),
      };
    },
    async unsentDrafts(until, limit) {
      const { filter, sort = {} } = QUERIES.unsentDrafts(until);
      const unsent: Draft[] = [];
      if (limit < 1) return unsent;
      const looked = { sort, projection: { body: 1, unsentSince: 1 } };
      for await (const { _id, body, unsentSince } of requests.find(filter, looked)) {
        const made = QUERIES.ticketOfDraft(exact(ownerOf(_id).id));
        if (await requests.findOne(made.filter, { projection: { _id: 1 } }))
          // Noted where it is found, so that opening a ticket remains one write.
          await untilDone(() =>
            requests.updateOne(QUERIES.unsentSince(_id, unsentSince ?? 0).filter, {
              $set: { pending: false },
              $unset: { unsentSince: 1 },
            }),
          );
        else if (unsent.push(JSON.parse(body ?? '')) >= limit) break;
      }
      return unsent;
    },
    async dueMoments(numbers) {
      const { filter } = QUERIES.records(numbers.map((id) => recordId({ kind: 'ticket', id })));
      const records = await requests.find(filter, { projection: { dueAt: 1 } }).toArray();
      return new Map(
        records.flatMap(({ _id, dueAt }) =>
          typeof dueAt === 'number' ? [[ownerOf(_id).id, dueAt] as const] : [],
        ),
      );
    },
  };
}
