import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { mayReadInternally, mayWork } from '../../src/domain/rights.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const by = (who: Someone) => ({ at: MORNING + 60_000, via: 'queueChannel', actor: actor(who) }) as const;
const watch = (who: Someone): Command => ({ ...by(who), type: 'watch' });
const mark = (article: number, important: boolean, who: Someone = 'anna'): Command => ({
  ...by(who),
  type: 'mark',
  article,
  important,
});

describe('T12 following a ticket', () => {
  const held = aTicket(1, { locked: true, lockedAt: MORNING, owner: personRef('anna') });

  test('T12 an agent follows a ticket that a colleague holds, and stops again', () => {
    const followed = given(held).when(watch('bruno')).brings({ type: 'watched' });
    assert.deepEqual(followed.watchers, [personRef('bruno')]);
    const left = given(followed)
      .when({ ...by('bruno'), type: 'unwatch' })
      .brings({ type: 'unwatched' });
    assert.deepEqual(left.watchers, []);
  });

  test('T12 nobody follows twice, and who does not follow cannot stop', () => {
    const followed = given(held).when(watch('bruno')).ticket();
    given(followed).when(watch('bruno')).thenRefused({ code: 'nothingChanged' });
    given(held)
      .when({ ...by('bruno'), type: 'unwatch' })
      .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
  });

  test('T12 A1 only who may read a ticket can begin to follow it', () => {
    given(held).when(watch('carla')).thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
    given(held).when(watch('maria')).thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
  });

  test('T12 T5 who follows may read on when the ticket has gone to another office, and nothing more', () => {
    const gone = { ...given(held).when(watch('bruno')).ticket(), queue: 'taxes', locked: false };
    assert.ok(mayReadInternally(actor('bruno'), gone));
    assert.ok(!mayWork(actor('bruno'), gone));
    for (const command of [
      { ...by('bruno'), type: 'note', text: 'Eccomi.', attachments: [] },
      { ...by('bruno'), type: 'claim' },
      mark(1, true, 'bruno'),
    ] as Command[])
      assert.equal(given(gone).when(command).decision.ok, false, command.type);
  });

  test('T12 following changes nothing that somebody else may be working on: an old card will do', () => {
    given(held)
      .when({ ...watch('bruno'), seen: held.version - 1 })
      .brings({ type: 'watched' });
  });
});

describe('T18 what is to be read first', () => {
  const ticket = given(aTicket(1))
    .when({ ...by('anna'), type: 'note', text: 'Sentita la tesoreria.', attachments: [] })
    .ticket();

  test('T18 an article is marked as important, and the mark is taken away again', () => {
    const marked = given(ticket).when(mark(2, true)).brings({ type: 'marked', article: 2, important: true });
    assert.deepEqual(
      marked.articles.map(({ important = false }) => important),
      [false, true],
    );
    assert.deepEqual(given(marked).when(mark(2, false)).ticket().articles, ticket.articles);
  });

  test('T18 marking what is marked, or what is not there, is refused', () => {
    given(given(ticket).when(mark(2, true)).ticket())
      .when(mark(2, true))
      .thenRefused({ code: 'nothingChanged' });
    given(ticket).when(mark(2, false)).thenRefused({ code: 'nothingChanged' });
    for (const article of [3, 0, Number.NaN])
      given(ticket).when(mark(article, true)).thenRefused({ code: 'unknownArticle' });
  });

  test('T18 T3 while another holds the ticket, the mark is theirs to set', () => {
    const held = { ...ticket, locked: true, lockedAt: MORNING, owner: personRef('bruno') };
    given(held)
      .when(mark(2, true))
      .thenRefused({ code: 'lockedByOther', owner: 'Bruno Galli', since: MORNING });
  });
});
