/** Every statement of the SQLite store finds its rows by an index: none gets slower as the desk grows. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { openDatabase } from '../../src/stores/sqlite/database.ts';
import { SQL } from '../../src/stores/sqlite/statements.ts';

/**
 * Sorting is allowed where an index cannot give the order: deliveries that waited and are ready by now, in the order they
 * were asked for.
 */
const MAY_SORT: readonly string[] = ['waitedDeliveries'];

let directory: string;
let database: DatabaseSync;

before(() => {
  directory = mkdtempSync(join(tmpdir(), 'sportello-plans-'));
  database = openDatabase(join(directory, 'sportello.db'));
});
after(() => {
  database.close();
  rmSync(directory, { recursive: true });
});

function planOf(sql: string): string[] {
  return database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((step) => String(step.detail));
}

for (const [name, sql] of Object.entries(SQL)) {
  test(`A6 ${name} uses an index`, () => {
    const plan = planOf(sql);
    // "CONSTANT ROW" is a SELECT without a table.
    const scans = plan.filter((step) => step.startsWith('SCAN') && !step.includes('CONSTANT ROW'));
    assert.deepEqual(scans, [], plan.join('\n'));
    const sorts = plan.filter((step) => step.includes('TEMP B-TREE'));
    assert.ok(sorts.length === 0 || MAY_SORT.includes(name), plan.join('\n'));
  });
}

test('A6 a query without an index would be found out', () => {
  assert.match(planOf('SELECT number FROM tickets WHERE version = ?').join(), /^SCAN/);
  assert.match(planOf('SELECT body FROM tickets WHERE requester = ? ORDER BY body').join(), /TEMP B-TREE/);
});

test('A6 no statement of the store stands outside the list', () => {
  const folder = new URL('../../src/stores/sqlite/', import.meta.url);
  for (const file of readdirSync(folder)) {
    // Opening, migrating and wiping are no queries of the port; the group commit only begins and ends transactions.
    if (['statements.ts', 'database.ts', 'schema.ts', 'wipe.ts'].includes(file)) continue;
    const source = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(source, /\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/, file);
  }
});
