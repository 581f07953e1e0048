import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askedOf, queryOf, readAsked, scopeOf, writeAsked } from '../../src/domain/asked.ts';
import { actorFor } from '../../src/domain/rights.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { MORNING } from '../support/tickets.ts';

const desk = testDesk();
const as = (who: keyof typeof PERSON) => actorFor(desk, personRef(who));
const query = (who: keyof typeof PERSON, asked: Record<string, string>) => {
  const understood = queryOf(askedOf(asked), { actor: as(who), desk, now: MORNING });
  assert.ok(understood.ok, JSON.stringify(understood));
  return understood.query;
};

describe('what is asked of all tickets', () => {
  test('W6 A1 whatever a requester asks for, it is among their own requests and not in notes', () => {
    for (const scope of ['mine', 'responsible', 'queues', 'all', 'requested', 'x', '']) {
      const asked = query('maria', { scope, words: 'nota', owner: PERSON.anna });
      assert.equal(asked.requester, PERSON.maria, scope);
      assert.equal(asked.readableOnly, true, scope);
    }
  });

  test('W6 A1 staff see their queues and what they take part in, and administrators everything', () => {
    const visibleTo = { queues: ['finance'], person: PERSON.anna, internally: true };
    assert.deepEqual(query('anna', { scope: 'all' }).visibleTo, visibleTo);
    assert.equal(query('elena', {}).visibleTo?.queues, 'all');
    assert.equal(query('anna', { words: 'nota' }).visibleTo?.internally, true);
    assert.deepEqual(query('anna', { scope: 'queues', queue: 'taxes,finance' }).queues, ['finance']);
    assert.equal(scopeOf({ scope: 'everything' }, as('dario')), 'all');
  });

  test('W5 mine is mine: somebody else’s finds nothing', () => {
    assert.equal(query('anna', { scope: 'mine' }).owner, PERSON.anna);
    const other = query('anna', { scope: 'mine', owner: PERSON.bruno });
    assert.deepEqual([other.owner, other.states], [PERSON.anna, []]);
  });

  test('W6 days are days of the desk, the last one included', () => {
    const { created } = query('anna', { createdFrom: '5/11/2026', createdTo: '2026-11-05' });
    assert.deepEqual(created, { from: Date.UTC(2026, 10, 4, 23), before: Date.UTC(2026, 10, 5, 23) });
    const summer = query('anna', { closedFrom: '25.10.2026', closedTo: '25-10-2026' }).closed;
    assert.equal((summer?.before ?? 0) - (summer?.from ?? 0), 25 * 3_600_000, 'the clocks went back');
    const wrong = queryOf(
      { createdFrom: '32/1/2026', digits: '?' },
      { actor: as('anna'), desk, now: MORNING },
    );
    assert.deepEqual(wrong, { ok: false, errors: { createdFrom: 'day', digits: 'number' } });
  });

  test('W6 what is written is read back, and nothing else is', () => {
    const asked = { scope: 'all', words: 'più & meno = “x”', queue: 'a,b' };
    assert.deepEqual(readAsked(writeAsked(asked)), asked);
    assert.deepEqual(readAsked('words=x&evil=1&state=&lock=any&__proto__=y'), { words: 'x' });
    assert.equal(readAsked(`words=${'x'.repeat(50_000)}`).words?.length, 1_000);
  });

  test('W5 every number of the dashboard is of one’s own tickets, of one’s queues, or of all one may see', () => {
    assert.deepEqual(query('anna', { scope: 'queues', state: 'new' }).queues, ['finance']);
    assert.deepEqual(query('anna', { scope: 'queues', state: 'new' }).states, ['new']);
    assert.deepEqual(query('dario', { scope: 'queues' }).queues, ['finance', 'taxes', 'systems']);
    assert.equal(query('dario', { scope: 'responsible' }).responsible, PERSON.dario);
    assert.equal(query('anna', { due: 'reminder' }).reminderBefore, MORNING);
    assert.deepEqual(query('anna', { due: 'escalated' }).escalations, ['breach', 'long']);
    for (const week of ['created', 'closed'] as const)
      assert.deepEqual(query('anna', { week })[week], { from: MORNING - 7 * 86_400_000 });
  });
});
