/** Every filter of the MongoDB store finds its documents by the index meant for it: none gets slower as the desk grows. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Collection } from 'mongodb';
import type { TicketQuery } from '../../src/domain/ticket-query.ts';
import { searchOf } from '../../src/stores/mongo/conditions.ts';
import { QUERIES, type Query } from '../../src/stores/mongo/queries.ts';
import { collectionsOf, type RequestRecord } from '../../src/stores/mongo/records.ts';
import { EXPIRY_INDEX, INDEXES } from '../../src/stores/mongo/schema.ts';
import { monthOf } from '../../src/stores/months.ts';
import { type OpenedStore, openStore } from '../../src/stores/open.ts';
import { PERSON } from '../support/desk.ts';
import { onMongoDB } from '../support/mongodb.ts';
import { aDraft, drafting, MORNING, notice, opening, queueCard } from '../support/tickets.ts';
import type { Backend } from './backend.ts';

const EXAMPLES: { readonly [Name in keyof typeof QUERIES]: Query } = {
  record: QUERIES.record('ticket/1'),
  records: QUERIES.records(['ticket/1', 'draft/2']),
  unwritten: QUERIES.unwritten('ticket/1'),
  inVersion: QUERIES.inVersion('ticket/1', 3, 'digest'),
  receipt: QUERIES.receipt('digest'),
  ticketOfDraft: QUERIES.ticketOfDraft('draft-1'),
  ticketsOf: QUERIES.ticketsOf(PERSON.maria),
  pendingDraftsOf: QUERIES.pendingDraftsOf(PERSON.maria),
  unsentDrafts: QUERIES.unsentDrafts(MORNING),
  holding: QUERIES.holding('f', 'draft'),
  unsentSince: QUERIES.unsentSince('draft/1', MORNING),
  due: QUERIES.due(MORNING),
  anyDue: QUERIES.anyDue(),
  tickets: QUERIES.tickets([{ kind: 'ticket' }, { words: /^abcmandati/ }]),
  openTickets: QUERIES.openTickets(undefined),
  queued: QUERIES.queued(),
  waiting: QUERIES.waiting(),
  onlyWaiting: QUERIES.onlyWaiting(),
  waitingUntil: QUERIES.waitingUntil(MORNING),
  cardsAt: QUERIES.cardsAt('1793869000101'),
  failedOf: QUERIES.failedOf('ticket/1', 'requester:2'),
  failed: QUERIES.failed(),
};

const BY_TIME = ['words', 'newest_tickets'] as const;
/** With the indexes that may answer them: servers choose by their own lights. */
const SEARCHES: readonly (readonly [query: TicketQuery, ...indexes: string[]])[] = [
  [{}, 'newest_tickets'],
  [{ priorities: [5], locked: true }, 'newest_tickets'],
  [{ text: 'mandati' }, ...BY_TIME],
  [{ text: 'mandati fatture', title: 'emissione', open: true }, ...BY_TIME],
  [{ text: 'mandati', visibleTo: { queues: ['finance', 'taxes'], person: PERSON.anna } }, ...BY_TIME],
  [{ visibleTo: { queues: [], person: PERSON.anna } }, ...BY_TIME],
  [{ queues: ['finance'], states: ['closedSuccessfully'] }, ...BY_TIME],
  [{ owner: PERSON.anna, types: ['fault'], services: ['tari'] }, ...BY_TIME],
  [{ requester: PERSON.maria }, ...BY_TIME, 'tickets_of_requester'],
  [{ responsible: PERSON.dario, organisations: ['comune'], createdInQueues: ['raw'] }, ...BY_TIME],
  [{ number: '10*5155' }, ...BY_TIME],
  [{ number: '*1*' }, 'newest_tickets'],
  [{ number: '20261105*' }, '_id_'],
  [{ closed: { from: MORNING } }, 'newest_tickets', 'closed'],
  [{ changed: { before: MORNING }, text: 'mandati' }, ...BY_TIME, 'changed'],
  [{ open: true, queues: ['finance'] }, 'open_tickets'],
  [{ states: ['new'], owner: PERSON.anna }, 'open_tickets'],
  [{ escalations: ['breach'], visibleTo: { queues: ['finance'], person: PERSON.anna } }, 'open_tickets'],
  [{ reminderBefore: MORNING }, 'open_tickets'],
];

type Plan = { readonly indexes: Set<string>; scans: boolean; sorts: boolean };

/** What an explanation says, whether of a mongod or of DocumentDB, whose plans are those of PostgreSQL. */
function read(explained: unknown, plan: Plan = { indexes: new Set(), scans: false, sorts: false }): Plan {
  if (Array.isArray(explained)) {
    for (const part of explained) read(part, plan);
    return plan;
  }
  if (typeof explained !== 'object' || explained === null) return plan;
  const node = explained as Record<string, unknown>;
  if (node.stage === 'COLLSCAN' || node['Node Type'] === 'Seq Scan') plan.scans = true;
  if (node.stage === 'SORT') plan.sorts = true;
  if (node.stage === 'IDHACK') plan.indexes.add('_id_');
  const name = (node.stage !== undefined && node.indexName) || node['Index Name'];
  if (typeof name === 'string') {
    plan.indexes.add(name);
    // There a scan of all documents goes by the index of the ids, with the collection as its only condition.
    const condition = node['Index Cond'];
    if (name === '_id_' && condition !== undefined && !String(condition).includes('object_id'))
      plan.scans = true;
  }
  // Plans that lost, and what indexes there are, say nothing of this one.
  for (const [field, part] of Object.entries(node))
    if (field !== 'rejectedPlans' && field !== 'IndexCosts') read(part, plan);
  return plan;
}

test('A6 what was closed or changed in a span is counted by its index alone, without a look at each ticket', () => {
  for (const [query, field] of [
    [{ closed: { from: MORNING } }, 'closedAt'],
    [{ changed: { from: MORNING } }, 'changedAt'],
  ] as const) {
    const search = searchOf(query);
    assert.ok(search !== 'nothing');
    assert.deepEqual(QUERIES.tickets(search.few).filter, { $and: [{ [field]: { $gte: MORNING } }] });
  }
});

await onMongoDB(({ newBackend, databaseOf }) => {
  let backend: Backend;
  let opened: OpenedStore;
  let requests: Collection<RequestRecord>;

  before(async () => {
    backend = await newBackend();
    opened = await openStore(backend.url);
    requests = collectionsOf(databaseOf(backend.url)).requests;
    for (let n = 1; n <= 30; n++) {
      const receipt = { key: `r${n}`, at: MORNING, outcome: n };
      const deliveries = [queueCard(), notice(1), notice(2)];
      const posts = { card: { conversation: '19:finance@thread.tacv2', activity: `${n}` } };
      await opened.store.commitTicket(opening(n, { dueAt: MORNING + n, receipt, deliveries, posts }));
      await opened.store.commitDraft(drafting(aDraft(`d${n}`)));
    }
    for (const delivery of await opened.store.leaseDeliveries(MORNING, MORNING + 1, 20))
      if (delivery.live) await opened.store.fail(delivery, 'gone', MORNING);
  });
  after(async () => {
    await opened.store.close();
    await backend.dispose();
  });

  async function planOf({ filter, sort }: Omit<Query, 'index'>): Promise<Plan> {
    const found = requests.find(filter).limit(5);
    const explained = await (sort ? found.sort(sort) : found).explain('queryPlanner');
    return read(explained.queryPlanner);
  }

  for (const [name, query] of Object.entries(EXAMPLES)) {
    test(`A6 ${name} uses its index`, async () => {
      const plan = await planOf(query);
      assert.equal(plan.scans, false, 'scans the collection');
      assert.ok(!plan.sorts || name === 'tickets', 'sorts what the index should have in order');
      assert.deepEqual([...plan.indexes], [query.index]);
    });
  }

  for (const [query, ...allowed] of SEARCHES) {
    test(`A6 a search for ${JSON.stringify(query)} goes by an index that finds few`, async () => {
      const search = searchOf(query);
      assert.ok(search !== 'nothing');
      const months = [monthOf(MORNING), monthOf(MORNING) - 1];
      const window = { createdAt: { $gte: MORNING - 1, $lt: MORNING + 1 } };
      const stretch = [window, ...search.many(months)];
      for (const conditions of search.led === 'surely'
        ? [search.few]
        : [stretch, search.led].filter((c) => c)) {
        const plan = await planOf(QUERIES.tickets(conditions ?? []));
        assert.equal(plan.scans, false, 'scans the collection');
        const names = conditions === search.led ? ['closed', 'changed'] : allowed;
        for (const name of plan.indexes) assert.ok(names.includes(name), `goes by ${name}`);
        assert.ok(plan.indexes.size > 0);
      }
    });
  }

  test('A6 a query without an index would be found out', async () => {
    assert.equal((await planOf({ filter: { version: 3 } })).scans, true);
    assert.equal((await planOf({ filter: { requester: PERSON.maria } })).scans, true, 'not the partial one');
  });

  test('A6 every index of the list is there, and every one is needed', async () => {
    const there = (await requests.indexes()).map(({ name }) => name).sort();
    assert.deepEqual(there, [...[...INDEXES, EXPIRY_INDEX].map(({ name }) => name), '_id_'].sort());
    const used = new Set([...Object.values(EXAMPLES).map(({ index }) => index), ...SEARCHES.flat()]);
    for (const { name } of INDEXES) assert.ok(used.has(String(name)), `${name} answers no query`);
  });
});

test('A6 no filter on tickets and drafts stands outside the list', () => {
  const folder = new URL('../../src/stores/mongo/', import.meta.url);
  for (const file of readdirSync(folder)) {
    const source = readFileSync(new URL(file, folder), 'utf8');
    assert.doesNotMatch(
      source,
      /\brequests\s*\.\s*(find|update|delete|replace|count|aggregate)\w*\(\s*\{/,
      file,
    );
  }
});
