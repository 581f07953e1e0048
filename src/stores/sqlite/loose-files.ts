/**
 * Which contents nothing may hold: each from when it was stored until a ticket holds it. All that is decided here, and the
 * removal itself, happens inside write transactions, of which there is one at a time over all processes: a content that is
 * being stored is noted before it is put in its place, so that it is either seen, or put there after the removal.
 */

import { existsSync, rmSync } from 'node:fs';
import { UNOWNED_FILE_LIFE_MS } from '../../domain/limits.ts';
import type { Instant } from '../../domain/ticket.ts';
import { whole } from './commits.ts';
import type { Statements } from './statements.ts';

export type LooseFiles = {
  /** A content is about to be put at this path. @param at undefined: it stays whatever holds it */
  note(id: string, path: string, at: Instant | undefined): Promise<void>;
  /** @param pathOf where a content lies */
  remove(
    now: Instant,
    limit: number,
    pathOf: (id: string) => string,
  ): Promise<{ readonly looked: number; readonly removed: number }>;
};

/** @param write runs something in a write transaction */
export function createLooseFiles(sql: Statements, write: <T>(run: () => T) => Promise<T>): LooseFiles {
  return {
    note: (id, path, at) =>
      write(() => {
        if (at === undefined) sql.ownFile.run(id);
        // One that lies there without a row is held for good.
        else (existsSync(path) ? sql.touchLooseFile : sql.keepLooseFile).run(id, whole(at));
      }),
    remove: (now, limit, pathOf) =>
      write(() => {
        let removed = 0;
        const old = sql.oldLooseFiles.all(whole(now) - UNOWNED_FILE_LIFE_MS, limit);
        for (const id of old.map((row) => String(row.id))) {
          if (sql.draftHolding.get(id)) {
            sql.keepLooseFile.run(id, whole(now));
            continue;
          }
          // Before the row: after a kill in between it is looked at again, and is not there.
          rmSync(pathOf(id), { force: true });
          sql.ownFile.run(id);
          removed += 1;
        }
        return { looked: old.length, removed };
      }),
  };
}
