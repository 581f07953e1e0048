/**
 * Group commit: all writes that arrive within one turn of the event loop share one transaction, and so one sync of the
 * disk. A promise resolves only after COMMIT.
 */

import type { DatabaseSync } from 'node:sqlite';

export type GroupCommit = {
  /**
   * Queues a write. `write` runs synchronously inside the transaction; it may run a second time, after a rollback, when
   * another write of the group failed, so it must do nothing but write to the database. What it throws rejects its own
   * promise and undoes its own changes only; a failure of the transaction itself rejects all of the group.
   */
  submit<T>(write: () => T): Promise<T>;
  /** Commits what is queued, now. */
  flush(): void;
};

type Queued = {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
};

type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: unknown };

/** What writes leave to be done once for all of the group. */
export type LeftForTheEnd = {
  /** Runs inside the transaction, before its COMMIT. */
  finish(): void;
  /** Nothing of it is wanted any more. */
  forget(): void;
};

const NOTHING: LeftForTheEnd = { finish: () => undefined, forget: () => undefined };

export function createGroupCommit(database: DatabaseSync, left: LeftForTheEnd = NOTHING): GroupCommit {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let queue: Queued[] = [];
  let scheduled: NodeJS.Immediate | undefined;

  function flush(): void {
    clearImmediate(scheduled);
    scheduled = undefined;
    const group = queue;
    queue = [];
    if (group.length === 0) return;
    let outcomes: Outcome[];
    try {
      outcomes = transaction(() => runPlain(group)) ?? transaction(() => runGuarded(group)) ?? [];
    } catch (reason) {
      for (const queued of group) queued.reject(reason);
      return;
    }
    for (const [index, queued] of group.entries()) {
      const outcome = outcomes[index];
      if (outcome?.ok) queued.resolve(outcome.value);
      else queued.reject(outcome?.reason);
    }
  }

  /** Undefined, with everything rolled back, when `body` gives up. */
  function transaction(body: () => Outcome[] | undefined): Outcome[] | undefined {
    begin.run();
    left.forget();
    try {
      const outcomes = body();
      if (outcomes) commit.run();
      return outcomes;
    } finally {
      if (database.isTransaction) database.exec('ROLLBACK');
    }
  }

  /** The usual way, without savepoints; gives up at the first failure. */
  function runPlain(group: readonly Queued[]): Outcome[] | undefined {
    try {
      const outcomes = group.map((queued): Outcome => ({ ok: true, value: queued.run() }));
      left.finish();
      return outcomes;
    } catch {
      return undefined;
    }
  }

  /** One failed: run again, each write in a savepoint of its own, so that it fails alone. */
  function runGuarded(group: readonly Queued[]): Outcome[] {
    return group.map((queued): Outcome => {
      database.exec('SAVEPOINT one');
      try {
        const value = queued.run();
        left.finish();
        database.exec('RELEASE one');
        return { ok: true, value };
      } catch (reason) {
        // A full disk or an I/O error ends the whole transaction: then nobody's write is there.
        if (!database.isTransaction) throw reason;
        left.forget();
        database.exec('ROLLBACK TO one');
        database.exec('RELEASE one');
        return { ok: false, reason };
      }
    });
  }

  return {
    submit<T>(write: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        queue.push({ run: write, resolve: resolve as (value: unknown) => void, reject });
        scheduled ??= setImmediate(flush);
      });
    },
    flush,
  };
}
