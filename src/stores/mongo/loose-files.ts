/**
 * Removes contents that nothing holds. Each content's own document says since when nobody may hold it, until a ticket is
 * found to: whoever stores the same content again moves that moment on in one step, and the removal asks for it in one step.
 * Either the removal comes too late, or the content is written anew.
 */

import type { Db } from 'mongodb';
import { UNOWNED_FILE_LIFE_MS } from '../../domain/limits.ts';
import type { Instant } from '../../domain/ticket.ts';
import { untilDone } from './faults.ts';
import { discard, gridFs } from './grid-fs.ts';
import { QUERIES } from './queries.ts';
import { collectionsOf, exact, moment } from './records.ts';

export async function removeUnowned(
  db: Db,
  now: Instant,
  limit: number,
): Promise<{ readonly looked: number; readonly removed: number }> {
  const { requests, incoming } = collectionsOf(db);
  const { files } = gridFs(db);
  if (limit < 1) return { looked: 0, removed: 0 };
  const old = await files
    .find({ looseSince: { $gt: 0, $lte: now - UNOWNED_FILE_LIFE_MS } }, { sort: { looseSince: 1 }, limit })
    .toArray();
  let removed = 0;
  for (const { _id, filename, looseSince = 0 } of old) {
    const unchanged = { _id, looseSince };
    const holder = await holderOf(filename);
    if (holder === 'ticket') await untilDone(() => files.updateOne(unchanged, { $unset: { looseSince: 1 } }));
    else if (holder === 'draft')
      await untilDone(() => files.updateOne(unchanged, { $set: { looseSince: moment(now) } }));
    else {
      // As while it came in: what a kill leaves of it is removed like the rest of an upload.
      await incoming.updateOne({ _id }, { $setOnInsert: { _id } }, { upsert: true });
      const { deletedCount } = await files.deleteOne(unchanged);
      removed += deletedCount;
      await discard(db, _id);
      await incoming.deleteOne({ _id });
    }
  }
  return { looked: old.length, removed };

  /** Drafts first: what goes from a draft to a ticket is in the ticket before it leaves the draft. */
  async function holderOf(file: string): Promise<'draft' | 'ticket' | undefined> {
    const by = (kind: 'draft' | 'ticket') =>
      requests.findOne(QUERIES.holding(exact(file), kind).filter, { projection: { _id: 1 } });
    const draft = await by('draft');
    if (await by('ticket')) return 'ticket';
    return draft ? 'draft' : undefined;
  }
}
