/** Every statement of the SQLite store finds its rows by an index: none gets slower as the desk grows. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import type { TicketQuery } from '../../src/domain/ticket-query.ts';
import { conditionsOf } from '../../src/stores/sqlite/conditions.ts';
import { openDatabase } from '../../src/stores/sqlite/database.ts';
import { SQL } from '../../src/stores/sqlite/statements.ts';
import { findStatement } from '../../src/stores/sqlite/ticket-search.ts';
import { PERSON } from '../support/desk.ts';

/**
 * Sorting is allowed where an index cannot give the order: deliveries that waited and are ready by now, in the order they
 * were asked for.
 */
const MAY_SORT: readonly string[] = ['waitedDeliveries'];

/** A full-text table that is asked for a row or for words; a walk through all of it has nothing behind the colon. */
const BY_FULL_TEXT = /^SCAN .* VIRTUAL TABLE INDEX \d+:\S/;

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
    const scans = plan.filter(
      (step) => step.startsWith('SCAN') && !step.includes('CONSTANT ROW') && !BY_FULL_TEXT.test(step),
    );
    assert.deepEqual(scans, [], plan.join('\n'));
    const sorts = plan.filter((step) => step.includes('TEMP B-TREE'));
    assert.ok(sorts.length === 0 || MAY_SORT.includes(name), plan.join('\n'));
  });
}

const SEARCHES: readonly TicketQuery[] = [
  {},
  { text: 'mandati fatture' },
  { text: 'mandati', title: 'fatture', owner: PERSON.anna },
  { queues: ['finance'], open: true },
  { requester: PERSON.maria },
  { visibleTo: { queues: ['finance', 'taxes'], person: PERSON.anna } },
];
for (const query of SEARCHES) {
  test(`A6 a search for ${JSON.stringify(query)} walks from the newest ticket on, and no further than it must`, () => {
    const search = conditionsOf(query);
    assert.ok(search !== 'nothing');
    const plan = planOf(findStatement(search, 1, 26).sql);
    assert.ok(!plan.some((step) => step.includes('TEMP B-TREE')), plan.join('\n'));
    assert.ok(
      plan.every((step) => !step.startsWith('SCAN') || BY_FULL_TEXT.test(step)),
      plan.join('\n'),
    );
  });
}

test('A6 a query without an index would be found out', () => {
  assert.match(planOf('SELECT number FROM tickets WHERE version = ?').join(), /^SCAN/);
  assert.match(planOf('SELECT body FROM tickets WHERE requester = ? ORDER BY body').join(), /TEMP B-TREE/);
});

test('A6 no statement of the store stands outside the list', () => {
  const folder = new URL('../../src/stores/sqlite/', import.meta.url);
  for (const file of readdirSync(folder)) {
    // Opening, migrating and wiping are no queries of the port; the group commit only begins and ends transactions. What
    // searches put together has tests of its own below.
    const apart = [
      'statements.ts',
      'ticket-search.ts',
      'conditions.ts',
      'database.ts',
      'schema.ts',
      'wipe.ts',
    ];
    if (apart.includes(file)) continue;
    const source = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(source, /\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/, file);
  }
});
