/** Who sees how much of a ticket, and what of it is the requester's to read. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sightOf } from '../../src/domain/rights.ts';
import { isPublic, type Ticket } from '../../src/domain/ticket.ts';
import { TICKET_ACTIONS, type TicketAction } from '../../src/domain/transitions.ts';
import { exampleOf } from '../support/commands.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

const held = aTicket(1, {
  state: { kind: 'inProgress' },
  locked: true,
  lockedAt: MORNING,
  owner: personRef('anna'),
  watchers: [personRef('bruno')],
});

describe('what a person sees of a ticket', () => {
  test('W7 its office and who answers for it all, who asked what a requester may know, others nothing', () => {
    const seen = (who: Someone, over: Partial<Ticket> = {}) => sightOf(actor(who), { ...held, ...over });
    for (const who of ['anna', 'bruno', 'dario', 'elena'] as const) assert.equal(seen(who), 'inside', who);
    assert.equal(seen('maria'), 'requester');
    for (const who of ['luca', 'carla'] as const) assert.equal(seen(who), 'anybody', who);
    assert.equal(seen('luca', { alsoRequesters: [personRef('luca')] }), 'requester', 'of a duplicate');
    assert.equal(seen('anna', { requester: personRef('anna'), queue: 'taxes' }), 'requester');
    assert.equal(seen('bruno', { queue: 'taxes' }), 'inside', 'who follows it reads on');
    assert.equal(sightOf({ kind: 'timer' }, held), 'anybody');
  });

  test('N4 of all that happens, only what was written to or by the requester is theirs to read', () => {
    const theirs: TicketAction[] = [
      'reply',
      'replyAndWait',
      'replyAndClose',
      'replyAndRemind',
      'replyAndAutoClose',
      'replyAndGiveUp',
      'close',
      'closeUnsuccessfully',
      'requesterMessage',
      'requesterThanks',
      'correct',
    ];
    const read = TICKET_ACTIONS.filter((action) => {
      const { decision, ticket } = given(held).when(exampleOf(action, actor('anna')));
      return decision.ok && ticket().articles.slice(1).some(isPublic);
    });
    assert.deepEqual(new Set(read), new Set(theirs));
  });
});
