/**
 * Where the time of MongoDB's counts goes. The plan says by which index the tickets are found; counting the same tickets
 * in a collection that holds nothing but what is counted says what reading whole ones costs this server.
 */

import type { Collection, Db, Document } from 'mongodb';
import { collectionsOf, type RequestRecord } from '../../src/stores/mongo/records.ts';
import { quantile } from './figures.ts';
import { END, WEEK_MS } from './store-tickets.ts';

export type CountCost = {
  readonly what: string;
  readonly found: number;
  /** The steps of the plan, from the last to the first. */
  readonly plan: string;
  /** Median milliseconds on the tickets, and on what is left of them when nothing is kept but what is counted. */
  readonly whole: number;
  readonly bare: number;
};

const COUNTS = [
  { what: 'open, by queue and state', filter: { open: true }, by: { $concat: ['$state', '/', '$queue'] } },
  { what: 'closed in the last 7 days', filter: { closedAt: { $gte: END - WEEK_MS } }, by: null },
] as const;
const TIMES = 15;

export async function countCosts(db: Db): Promise<readonly CountCost[]> {
  const costs: CountCost[] = [];
  for (const { what, filter, by } of COUNTS) {
    const requests = collectionsOf(db).requests;
    const bare = db.collection<Document>('counted');
    const [field] = Object.keys(filter);
    const kept = await requests
      .find(filter, { projection: { open: 1, closedAt: 1, queue: 1, state: 1 } })
      .toArray();
    await bare.insertMany(kept as Document[]);
    await bare.createIndex({ [String(field)]: -1 });
    const explained = await requests.find(filter).explain('queryPlanner');
    costs.push({
      what,
      found: kept.length,
      plan: stepsOf(explained.queryPlanner).join(' ← '),
      whole: await timed(requests),
      bare: await timed(bare),
    });
    await bare.drop();

    async function timed<T extends RequestRecord | Document>(collection: Collection<T>): Promise<number> {
      const times: number[] = [];
      for (let n = 0; n < TIMES; n++) {
        const begin = performance.now();
        await collection
          .aggregate([{ $match: filter }, { $group: { _id: by, count: { $sum: 1 } } }])
          .toArray();
        times.push(performance.now() - begin);
      }
      return quantile(
        times.sort((a, b) => a - b),
        0.5,
      );
    }
  }
  return costs;
}

/** Of a mongod's explanation, or of DocumentDB's, whose plans are those of PostgreSQL. */
function stepsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(stepsOf);
  if (typeof node !== 'object' || node === null) return [];
  const { stage, indexName, rejectedPlans: _, IndexCosts: __, ...rest } = node as Record<string, unknown>;
  const own = stage ?? rest['Node Type'];
  const index = indexName ?? rest['Index Name'];
  const recheck = rest['Recheck Cond'] === undefined ? '' : ', each looked at again';
  const step = own === undefined || own === 'Custom Scan' ? [] : [`${own}${index ? ` (${index})` : recheck}`];
  return [...step, ...Object.values(rest).flatMap(stepsOf)];
}
