import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bulkActionsFor, readPicked, writePicked } from '../../src/domain/bulk.ts';
import type { Command } from '../../src/domain/commands.ts';
import { actor, given } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING, ticketNumber } from '../support/tickets.ts';

const mine = aTicket(1, {
  owner: personRef('anna'),
  locked: true,
  state: { kind: 'inProgress' },
  version: 7,
});
const free = aTicket(2);
const theirs = aTicket(3, { owner: personRef('bruno'), locked: true, state: { kind: 'inProgress' } });
const elsewhere = aTicket(4, { queue: 'taxes' });
const closed = aTicket(5, { state: { kind: 'closedSuccessfully', at: MORNING } });

describe('T16 several tickets at once', () => {
  test('T16 given the boxes of a page, when they are read back, then each ticket once, and no more than the page has', () => {
    const line = [mine, free, mine, theirs].map(writePicked).join(',');
    assert.deepEqual(readPicked(line, 8), [
      { number: mine.number, seen: 7 },
      { number: free.number, seen: 1 },
      { number: theirs.number, seen: 1 },
    ]);
    assert.equal(readPicked(line, 2).length, 2);
    for (const wrong of ['', 'x', `${ticketNumber(1)}`, `${ticketNumber(1)}-x`, '2026110510000018-1', '*,*'])
      assert.deepEqual(readPicked(wrong, 8), [], wrong);
  });

  test('T16 W3 given tickets of a page, then only what may be done to one of them is offered', () => {
    assert.deepEqual(bulkActionsFor([free, closed, elsewhere], actor('anna')), [
      'classify',
      'assign',
      'move',
      'close',
    ]);
    assert.deepEqual(bulkActionsFor([theirs], actor('anna')), [], 'locked by somebody else');
    assert.deepEqual(bulkActionsFor([theirs], actor('dario')), ['assign', 'move'], 'who answers for them');
    assert.deepEqual(bulkActionsFor([closed, elsewhere], actor('anna')), []);
    assert.deepEqual(bulkActionsFor([free], actor('maria')), [], 'nor the requester');
  });

  test('T16 A1 given several tickets, when one agent closes them all, then each is decided by itself', () => {
    const close: Command = {
      type: 'close',
      at: MORNING + 60_000,
      via: 'chat',
      actor: actor('anna'),
      text: 'Risolto con l’aggiornamento di stanotte.',
      seen: 1,
    };
    given(free).when(close).brings({ type: 'claimed' }, { type: 'closedSuccessfully' });
    given(mine).when(close).thenRefused({ code: 'stale' });
    given(theirs)
      .when(close)
      .thenRefused({ code: 'lockedByOther', owner: 'Bruno Galli', since: theirs.changedAt });
    given(elsewhere).when(close).thenRefused({ code: 'notYourQueue', queue: 'Tributi' });
    given(closed).when(close).thenRefused({ code: 'closed' });
  });
});
