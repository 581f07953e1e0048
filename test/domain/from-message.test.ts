import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import { actor, given, type Someone } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aRequest, aRouting, MORNING, ticketNumber } from '../support/tickets.ts';

const LINK = 'https://teams.microsoft.com/l/message/19%3Ameeting/1';

function from(who: Someone, author: Someone): Command {
  return {
    type: 'open',
    at: MORNING,
    via: 'message',
    actor: actor(who),
    number: ticketNumber(1),
    draft: 'message',
    request: aRequest({ requester: personRef(author), arrival: { kind: 'message', link: LINK } }),
    routing: aRouting(),
  } as Command;
}

describe('a request from a message', () => {
  test('I13 given nothing, when an agent makes one of a colleague’s message, then it is the author’s, with the way back', () => {
    const ticket = given(undefined)
      .when(from('carla', 'maria'))
      .brings({ type: 'opened', by: personRef('carla'), via: 'message' });
    assert.deepEqual(ticket.requester, personRef('maria'));
    assert.deepEqual(ticket.arrival, { kind: 'message', link: LINK });
    assert.equal(ticket.articles[0]?.by.id, personRef('maria').id, 'they wrote it');
  });

  test('I13 A1 given nothing, when somebody who works no queue does, then only of what they wrote themselves', () => {
    given(undefined).when(from('luca', 'maria')).thenRefused({ code: 'agentsOnly' });
    given(undefined).when(from('maria', 'maria')).brings({ type: 'opened' });
    given(undefined).when(from('dario', 'maria')).brings({ type: 'opened' });
  });
});
