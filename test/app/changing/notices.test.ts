/** Who hears of what is done to a ticket, one row of the transition table after the other. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deliveriesFor } from '../../../src/app/changing/notify.ts';
import type { NoticeChoices } from '../../../src/domain/notice-choice.ts';
import type { Ticket } from '../../../src/domain/ticket.ts';
import { TICKET_ACTIONS, type TicketAction } from '../../../src/domain/transitions.ts';
import { exampleOf } from '../../support/commands.ts';
import { actor, given } from '../../support/decision.ts';
import { PERSON, personRef, testDesk } from '../../support/desk.ts';
import { aTicket, MORNING } from '../../support/tickets.ts';

const held: Ticket = aTicket(1, {
  state: { kind: 'inProgress' },
  locked: true,
  lockedAt: MORNING,
  owner: personRef('anna'),
  watchers: [personRef('bruno')],
});
/** Where it has to stand otherwise for it to happen. */
const AS_IT_STANDS: Readonly<Partial<Record<TicketAction, Ticket>>> = {
  remind: { ...held, state: { kind: 'waitingReminder', until: MORNING, setBy: PERSON.anna } },
  autoClose: { ...held, state: { kind: 'waitingAutoClose', until: MORNING } },
  lastContactFailed: { ...held, failedContacts: 1 },
};
/** Agents of the queue who want to hear of nothing but what is theirs. */
const QUIET: NoticeChoices = new Map(
  [PERSON.anna, PERSON.bruno].map((id) => [id, { queues: [], kinds: [] }]),
);

/** What is done to it as it stands where that can be done, so that this kind of notice reaches this person. */
function actionsThatTell(
  who: keyof typeof PERSON,
  kind: 'personalNotice' | 'requesterNotice',
): TicketAction[] {
  return TICKET_ACTIONS.filter((action) => {
    const before = AS_IT_STANDS[action] ?? held;
    const { decision, ticket } = given(before).when(exampleOf(action, actor('anna')));
    if (!decision.ok) return false;
    const deliveries = deliveriesFor(before, ticket(), decision.events, testDesk(), QUIET);
    return deliveries.some((one) => one.kind === kind && 'person' in one.to && one.to.person === PERSON[who]);
  });
}

describe('of what is done to a ticket', () => {
  test('K2 one or two stars reach who answers for it, three and more nobody', () => {
    const closed: Ticket = { ...held, state: { kind: 'closedSuccessfully', at: MORNING } };
    const told = (stars: number) => {
      const rate = {
        at: MORNING + 1,
        via: 'chat',
        actor: actor('maria'),
        type: 'rate',
        stars,
        text: '',
      } as const;
      const { decision, ticket } = given(closed).when(rate);
      assert.ok(decision.ok);
      return deliveriesFor(closed, ticket(), decision.events, testDesk(), QUIET)
        .filter(({ kind }) => kind === 'personalNotice')
        .map(({ to }) => 'person' in to && to.person);
    };
    for (const stars of [1, 2]) assert.deepEqual(told(stars), [PERSON.dario], `${stars}`);
    for (const stars of [3, 4, 5]) assert.deepEqual(told(stars), [], `${stars}`);
  });

  test('T12 who follows it is told what its owner would be told', () => {
    assert.deepEqual(
      new Set(actionsThatTell('bruno', 'personalNotice')),
      new Set<TicketAction>([
        'replyAndClose',
        'replyAndGiveUp',
        'close',
        'closeUnsuccessfully',
        'lastContactFailed',
        'assign',
        'merge',
        'absorb',
        'requesterMessage',
        'requesterThanks',
        'correct',
        'receiveMail',
        'withdraw',
        'remind',
        'autoClose',
      ]),
    );
  });

  test('N4 the requester is told of answers, of the end, of the office that has it, and of nothing else', () => {
    assert.deepEqual(
      new Set(actionsThatTell('maria', 'requesterNotice')),
      new Set<TicketAction>([
        'reply',
        'replyAndWait',
        'replyAndClose',
        'replyAndRemind',
        'replyAndAutoClose',
        'replyAndGiveUp',
        'close',
        'closeUnsuccessfully',
        'lastContactFailed',
        'merge',
        'move',
        'autoClose',
      ]),
    );
  });
});
