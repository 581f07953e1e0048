import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command, Origin } from '../../src/domain/commands.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { PERSON, personRef } from '../support/desk.ts';
import { aRequest, aRouting, aTicket, MORNING, ticketNumber } from '../support/tickets.ts';

const by = (who: Someone) => ({ at: MORNING + 60_000, via: 'queueChannel', actor: actor(who) }) as const;
const timer = { at: MORNING + 60_000, via: 'queueChannel', actor: { kind: 'timer' } } as const;
const ours = aTicket(1);
const other = aTicket(2);
const asking = (
  type: 'link' | 'merge',
  to: string,
  over: { who?: Someone; other?: Ticket } = {},
): Command => ({
  ...by(over.who ?? 'anna'),
  type,
  to,
  ...(over.other ? { other: over.other } : {}),
});

describe('T11 link', () => {
  test('T11 a ticket is linked to another by its number, once', () => {
    const linked = given(ours)
      .when(asking('link', other.number, { other }))
      .brings({ type: 'linked', number: other.number, kind: 'related', asked: true });
    assert.deepEqual(linked.links, [{ number: other.number, kind: 'related' }]);
    given(linked)
      .when(asking('link', other.number, { other }))
      .thenRefused({ code: 'alreadyLinked', number: other.number });
  });

  test('T11 the other side keeps the link as it sees it, and who made it', () => {
    const command: Command = {
      ...timer,
      type: 'linkBack',
      from: ours.number,
      kind: 'splitInto',
      by: personRef('anna'),
    };
    const linked = given(other)
      .when(command)
      .brings({
        type: 'linked',
        number: ours.number,
        kind: 'splitInto',
        asked: false,
        by: personRef('anna'),
      });
    given(linked).when(command).thenRefused({ code: 'alreadyLinked', number: ours.number });
  });

  test('T11 a link to one ticket says nothing of another, nor of another kind of link', () => {
    const duplicate = { ...ours, links: [{ number: other.number, kind: 'duplicate' } as const] };
    given(duplicate)
      .when(asking('link', other.number, { other }))
      .brings({ type: 'linked' });
    const related = { ...ours, links: [{ number: other.number, kind: 'related' } as const] };
    const third = aTicket(3);
    given(related)
      .when(asking('link', third.number, { other: third }))
      .brings({ type: 'linked', number: third.number });
  });

  for (const type of ['link', 'merge'] as const) {
    test(`T11 ${type}: not with itself, nor with one that is not there`, () => {
      given(ours)
        .when(asking(type, ours.number, { other: ours }))
        .thenRefused({ code: 'sameTicket' });
      given(ours)
        .when(asking(type, ticketNumber(77)))
        .thenRefused({ code: 'unknownTicket' });
    });

    test(`T11 A1 ${type} takes rights on both tickets`, () => {
      given(ours)
        .when(asking(type, other.number, { who: 'carla', other }))
        .thenRefused({ code: 'notYourQueue', queue: 'Servizi finanziari' });
      const elsewhere = { ...other, queue: 'taxes' };
      given(ours)
        .when(asking(type, other.number, { other: elsewhere }))
        .thenRefused({ code: 'notYourQueue', queue: 'Tributi' });
      assert.ok(given(ours).when(asking(type, other.number, { who: 'dario', other: elsewhere })).decision.ok);
    });
  }

  test('A2 no person can ask for what only the other ticket brings about', () => {
    const commands: Command[] = [
      { ...by('anna'), type: 'linkBack', from: other.number, kind: 'related' },
      { ...by('anna'), type: 'absorb', from: other.number, requesters: [], watchers: [] },
      { ...by('anna'), type: 'undoMerge', from: other.number },
    ];
    const merged: Ticket = { ...ours, state: { kind: 'merged', into: other.number, at: MORNING } };
    for (const command of commands)
      given(command.type === 'undoMerge' ? merged : ours)
        .when(command)
        .thenRefused({ code: 'supervisorsOnly' });
  });
});

describe('T11 merge', () => {
  const held = { ...ours, locked: true, lockedAt: MORNING, owner: personRef('anna') };

  test('T11 a duplicate points to the ticket that goes on, is free, and has no deadline running', () => {
    const merged = given(held)
      .when(asking('merge', other.number, { other }))
      .brings({ type: 'merged', into: other.number });
    assert.deepEqual(merged.state, { kind: 'merged', into: other.number, at: MORNING + 60_000 });
    assert.equal(merged.locked, false);
    assert.ok(merged.deadlines.every(({ metAt }) => metAt === MORNING + 60_000));
  });

  test('T11 not into one that is merged or closed itself', () => {
    const merged: Ticket = { ...other, state: { kind: 'merged', into: ours.number, at: MORNING } };
    given(ours)
      .when(asking('merge', other.number, { other: merged }))
      .thenRefused({ code: 'mergedInto', number: ours.number });
    const closed: Ticket = { ...other, state: { kind: 'closedSuccessfully', at: MORNING } };
    given(ours)
      .when(asking('merge', other.number, { other: closed }))
      .thenRefused({ code: 'otherClosed', number: other.number });
  });

  test('T11 T3 while another holds the duplicate, it is theirs to merge', () => {
    given(held)
      .when(asking('merge', other.number, { who: 'bruno', other }))
      .thenRefused({ code: 'lockedByOther', owner: 'Anna Conti', since: MORNING });
  });

  test('T11 T12 requester and watchers of the duplicate follow the other, each once', () => {
    const requesters = [personRef('maria'), personRef('luca')];
    const absorbed = given({ ...other, watchers: [personRef('dario')] })
      .when({
        ...timer,
        type: 'absorb',
        from: ours.number,
        requesters,
        watchers: [personRef('dario'), personRef('bruno')],
      })
      .brings({ type: 'absorbed', from: ours.number });
    assert.deepEqual(absorbed.alsoRequesters, [personRef('luca')], 'Maria is its requester already');
    assert.deepEqual(absorbed.watchers, [personRef('dario'), personRef('bruno')]);
    assert.deepEqual(absorbed.links, [{ number: ours.number, kind: 'duplicate' }]);
    const wrote = given(absorbed)
      .when({ ...by('luca'), type: 'requesterMessage', text: 'Anche da me.', attachments: [], thanks: false })
      .ticket();
    assert.equal(wrote.articles.at(-1)?.by.id, PERSON.luca, 'who asked for the same may write');
    given(absorbed)
      .when({ ...timer, type: 'absorb', from: ours.number, requesters: [], watchers: [] })
      .thenRefused({ code: 'alreadyLinked', number: ours.number });
  });

  test('T11 where the other was merged itself at that moment, the duplicate is open again', () => {
    const merged = given(ours)
      .when(asking('merge', other.number, { other }))
      .ticket();
    const undone = given(merged)
      .when({ ...timer, type: 'undoMerge', from: other.number, asked: personRef('anna') })
      .brings({ type: 'mergeUndone', into: other.number, asked: personRef('anna') });
    assert.equal(undone.state.kind, 'open');
    assert.ok(undone.deadlines.every(({ metAt }) => metAt === undefined));
    given(merged)
      .when({ ...timer, type: 'undoMerge', from: ticketNumber(3) })
      .thenRefused({ code: 'nothingDue' });
  });
});

describe('T11 split', () => {
  const opening = (origin: Origin, who: Someone = 'anna', request = aRequest()): Command => ({
    ...by(who),
    type: 'open',
    number: ticketNumber(5),
    draft: 'split-1',
    request,
    routing: aRouting(),
    origin,
  });
  const split = (over: Partial<Ticket> = {}, article = 1): Origin => ({
    kind: 'splitFrom',
    ticket: { ...ours, ...over },
    article,
  });

  test('T11 an article becomes a ticket with a number of its own that knows where it comes from', () => {
    const opened = given(undefined).when(opening(split())).ticket();
    assert.equal(opened.number, ticketNumber(5));
    assert.deepEqual(opened.links, [{ number: ours.number, kind: 'splitFrom' }]);
  });

  test('T11 A1 by who works the old ticket, from an article that it has, with a subject and a text', () => {
    const refused = (command: Command, code: string) => {
      const { decision } = given(undefined).when(command);
      assert.equal(decision.ok ? 'done' : decision.refusal.code, code);
    };
    refused(opening(split(), 'carla'), 'notYourQueue');
    refused(opening(split({ state: { kind: 'merged', into: other.number, at: MORNING } })), 'mergedInto');
    const [first] = aTicket(1).articles;
    assert.ok(first);
    const two = { articles: [first, { ...first, id: 2 }] };
    for (const article of [1, 2])
      given(undefined)
        .when(opening(split(two, article), 'anna', aRequest({ subject: 'x'.repeat(120) })))
        .brings({ type: 'opened' });
    refused(opening(split({}, 7)), 'unknownArticle');
    refused(opening(split(), 'anna', aRequest({ subject: ' ' })), 'subjectNotValid');
    refused(opening(split(), 'anna', aRequest({ subject: 'x'.repeat(121) })), 'subjectNotValid');
    refused(opening(split(), 'anna', aRequest({ text: ' ' })), 'emptyText');
    refused(opening(split(), 'anna', aRequest({ service: 'gone' })), 'unknownService');
    refused(opening({ kind: 'continues', ticket: ours }, 'luca'), 'notYourTicket');
  });
});
