/** Every statement of the SQLite store finds its rows by an index: none gets slower as the desk grows. */

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { type TicketQuery, wordConditions } from '../../src/domain/ticket-query.ts';
import { ARCHIVE_SQL } from '../../src/stores/sqlite/archive-statements.ts';
import { changeStatement } from '../../src/stores/sqlite/changed-columns.ts';
import { conditionsOf, type Search } from '../../src/stores/sqlite/conditions.ts';
import { openDatabase } from '../../src/stores/sqlite/database.ts';
import {
  bodiesStatement,
  countStatement,
  ENDS,
  findStatement,
  idsStatement,
  openStatement,
  wordsStatement,
} from '../../src/stores/sqlite/search-statements.ts';
import { ATTRIBUTES, SQL, TICKET_COLUMNS } from '../../src/stores/sqlite/statements.ts';
import { PERSON } from '../support/desk.ts';
import { MORNING } from '../support/tickets.ts';

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
    assert.deepEqual(sorts, [], plan.join('\n'));
  });
}

test('A6 what has changed of a ticket is written to the one row', () => {
  for (const [table, columns] of [
    ['tickets', TICKET_COLUMNS],
    ['attributes', ATTRIBUTES],
  ] as const) {
    for (const some of [columns, ...columns.map((column) => [column])])
      assert.deepEqual(planOf(changeStatement(table, some)), [
        `SEARCH ${table} USING INTEGER PRIMARY KEY (rowid=?)`,
      ]);
  }
});

/**
 * A copy walks through whole tables, page by page: each page begins where the last one ended. Two look at a whole table:
 * whose deliveries and posts there are without a ticket, and which receipt is the latest.
 */
const WALKS_WHOLE: readonly string[] = ['owners', 'receipts'];

for (const [name, sql] of Object.entries(ARCHIVE_SQL)) {
  if (WALKS_WHOLE.includes(name)) continue;
  test(`A6 ${name} of a copy uses an index`, () => {
    const plan = planOf(sql).filter((step) => /^SCAN(?! CONSTANT ROW)|TEMP B-TREE/.test(step));
    assert.deepEqual(plan, []);
  });
}

/** What each search is led by, and whether what it leads to must be put in order: only where that is little. */
const SEARCHES: readonly (readonly [query: TicketQuery, by: RegExp, sorts?: 'sorts'])[] = [
  [{}, /INTEGER PRIMARY KEY/],
  [{ created: { from: MORNING }, types: ['fault'], priorities: [1, 2] }, /INTEGER PRIMARY KEY/],
  [{ queues: ['finance', 'taxes'], states: ['closedSuccessfully'] }, /INTEGER PRIMARY KEY/],
  [{ visibleTo: { queues: ['finance', 'taxes'], person: PERSON.anna } }, /INTEGER PRIMARY KEY/],
  [{ visibleTo: { queues: [], person: PERSON.anna } }, /INTEGER PRIMARY KEY/],
  [{ number: '*1*' }, /INTEGER PRIMARY KEY/],
  [{ queues: ['finance'], open: true }, /attributes_open \(queue=\?/],
  [{ queues: ['finance', 'taxes'], open: true }, /attributes_open/, 'sorts'],
  [{ owner: PERSON.anna, states: ['new', 'inProgress'] }, /attributes_open/, 'sorts'],
  [{ escalations: ['breach'], queues: ['finance'] }, /attributes_open \(queue=\?/],
  [{ reminderBefore: MORNING }, /attributes_open/, 'sorts'],
  [{ requester: PERSON.maria, organisations: ['comune'] }, /attributes_requester/],
  [{ owner: PERSON.anna, services: ['tari'] }, /attributes_owner/],
  [{ responsible: PERSON.dario }, /attributes_responsible/],
  [{ organisations: ['comune'], queues: ['finance'] }, /attributes_organisation/],
  [{ services: ['tari'], visibleTo: { queues: ['taxes'], person: PERSON.anna } }, /attributes_service/],
  [{ states: ['merged'] }, /attributes_state /],
  [{ createdInQueues: ['raw'], locked: true }, /attributes_created_in/],
  [{ queues: ['raw'] }, /attributes_queue/],
  [{ number: '2026110510000155' }, /attributes_number.*attributes_undated/s],
  [{ number: '20261105*' }, /attributes_number.*attributes_undated/s],
  [{ number: '10*5155' }, /attributes_ending/],
];

for (const [query, by, sorts] of SEARCHES) {
  test(`A6 a search for ${JSON.stringify(query)} goes by its index`, () => {
    const plan = planOf(findStatement(searchFor(query), 1, 26).sql);
    assert.match(plan.join('\n'), by);
    assert.equal(
      plan.some((step) => step.includes('TEMP B-TREE')),
      sorts !== undefined,
      plan.join('\n'),
    );
    // Only the open ones, of which there are few, are read from one end to the other.
    assert.ok(
      plan.every((step) => !step.startsWith('SCAN a') || step.includes('attributes_open')),
      plan.join('\n'),
    );
    const counting = planOf(countStatement(searchFor(query), 26).sql);
    const [leading] = /attributes_\w+/.exec(by.source) ?? ['attributes'];
    assert.ok(
      leading === 'attributes' || counting.some((step) => step.includes(leading)),
      counting.join('\n'),
    );
  });

  test(`A6 a search for words and ${JSON.stringify(query)} reads one month of words, newest first`, () => {
    const words = wordConditions({ text: 'mandati', title: 'fatture' });
    for (const slice of [{ code: 'abc' }, { code: 'abc', ids: [1, 2] }]) {
      const plan = planOf(wordsStatement(words, slice, searchFor(query), 1, 26).sql);
      assert.match(plan[0] ?? '', BY_FULL_TEXT);
      assert.match(plan[1] ?? '', /^SEARCH a USING .*rowid=\?\)|^LIST SUBQUERY/);
      assert.ok(!plan.some((step) => step.includes('TEMP B-TREE')), plan.join('\n'));
    }
  });
}

test('A6 times of closing and of change, ends of the table, bodies and counts of open tickets go by their indexes', () => {
  for (const [query, by] of [
    [{ closed: { from: MORNING } }, /attributes_closed/],
    [{ changed: { before: MORNING } }, /attributes_changed/],
  ] as const) {
    const { span } = searchFor(query);
    assert.ok(span);
    assert.match(planOf(idsStatement(span, 10).sql).join(), by);
    assert.match(planOf(countStatement({ ...searchFor(query), lead: span }, 10).sql).join(), by);
  }
  assert.ok(planOf(ENDS.sql).every((step) => !step.startsWith('SCAN attributes USING')));
  assert.match(planOf(bodiesStatement([1]).sql).join(), /SEARCH tickets USING INTEGER PRIMARY KEY/);
  for (const visibleTo of [undefined, { queues: ['finance'], person: PERSON.anna }]) {
    const plan = planOf(openStatement(visibleTo).sql).join('\n');
    assert.match(plan, /attributes_states/);
    assert.doesNotMatch(plan, /TEMP B-TREE/);
  }
});

function searchFor(query: TicketQuery): Search {
  const search = conditionsOf(query);
  assert.ok(search !== 'nothing');
  return search;
}

test('A6 a query without an index would be found out', () => {
  assert.match(planOf('SELECT number FROM tickets WHERE version = ?').join(), /^SCAN/);
  assert.match(planOf('SELECT body FROM tickets WHERE requester = ? ORDER BY body').join(), /TEMP B-TREE/);
});

test('A6 no statement of the store stands outside the list', () => {
  const folder = new URL('../../src/stores/sqlite/', import.meta.url);
  for (const file of readdirSync(folder)) {
    // Opening, migrating and wiping are no queries of the port; the group commit only begins and ends transactions. What
    // searches put together has tests of its own above, and the mark of a copy is one row.
    const apart = [
      'statements.ts',
      'changed-columns.ts',
      'archive-statements.ts',
      'search-statements.ts',
      'conditions.ts',
      'copy-mark.ts',
      'database.ts',
      'schema.ts',
      'wipe.ts',
    ];
    if (apart.includes(file)) continue;
    const source = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(source, /\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/, file);
  }
});
