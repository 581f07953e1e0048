/**
 * Updates of one row that name only the columns whose values have changed: SQLite writes each index anew that has a column
 * of the update, whether or not its value differs.
 */

import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Value = string | number | null;

export type Changes = {
  /**
   * Updates what differs, if anything does.
   * @param before in the order of the columns
   */
  write(id: number, before: readonly unknown[], now: readonly Value[]): void;
};

export function changeStatement(table: string, columns: readonly string[]): string {
  return `UPDATE ${table} SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`;
}

/** @param columns at most 30 */
export function createChanges(database: DatabaseSync, table: string, columns: readonly string[]): Changes {
  // By the columns that are written, a bit for each. Tickets change in a few dozen ways.
  const prepared = new Map<number, StatementSync>();

  function statementFor(changed: number): StatementSync {
    const known = prepared.get(changed);
    if (known) return known;
    const named = columns.filter((_, index) => (changed & (1 << index)) !== 0);
    const statement = database.prepare(changeStatement(table, named));
    prepared.set(changed, statement);
    return statement;
  }

  return {
    write(id, before, now) {
      let changed = 0;
      const values: Value[] = [];
      for (const [index, value] of now.entries()) {
        if (value === before[index]) continue;
        changed |= 1 << index;
        values.push(value);
      }
      if (changed !== 0) statementFor(changed).run(...values, id);
    },
  };
}
