/** Desks move between SQLite files, and into back-ups. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StoredRecord } from '../../src/stores/moving/record.ts';
import { openStore } from '../../src/stores/open.ts';
import { openSource } from '../../src/stores/open-archive.ts';
import { opening } from '../support/tickets.ts';
import { backupContract } from './backup-contract.ts';
import { movingContract } from './moving-contract.ts';
import { fillDesk } from './moving-desk.ts';
import { newSqliteBackend } from './sqlite-backend.ts';

describe('from SQLite to SQLite', () => movingContract(newSqliteBackend, newSqliteBackend));
describe('back-ups of SQLite', () => backupContract(newSqliteBackend));

test('A6 a SQLite file is read as it was when reading began, whatever is written meanwhile', async () => {
  const backend = await newSqliteBackend();
  try {
    const opened = await openStore(backend.url);
    await fillDesk(opened);
    const source = await openSource(backend.url);
    const tickets: StoredRecord[] = [];
    for await (const batch of source.records()) {
      await opened.store.commitTicket(opening(20 + tickets.length));
      tickets.push(...batch.filter(({ kind }) => kind === 'ticket'));
    }
    assert.equal(tickets.length, 7);
    await source.close();
    await opened.store.close();
  } finally {
    await backend.dispose();
  }
});
