/** For every action: what whoever has no right to it is told, and whether it may be done from a card that is outdated. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RefusalCode } from '../../src/domain/refusals.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { TICKET_ACTIONS, type TicketAction } from '../../src/domain/transitions.ts';
import { exampleOf } from '../support/commands.ts';
import { actor, given } from '../support/decision.ts';
import { personRef } from '../support/desk.ts';
import { aTicket, MORNING } from '../support/tickets.ts';

/** By whom it is done, and so what the others read: an office, who asked, who answers for it, or nobody at all. */
const DONE_BY: Record<TicketAction, 'office' | 'requester' | 'supervisor' | 'time' | 'mailbox'> = {
  ...named('office', 'claim', 'note', 'reply', 'replyAndWait', 'replyAndClose', 'replyAndRemind', 'wait'),
  ...named('office', 'replyAndAutoClose', 'replyAndGiveUp', 'close', 'closeUnsuccessfully', 'resume'),
  ...named('office', 'phone', 'contactFailed', 'lastContactFailed', 'forward', 'classify', 'assign', 'link'),
  ...named('office', 'merge', 'watch', 'unwatch', 'mark', 'release', 'appoint', 'changeRequester', 'move'),
  ...named(
    'requester',
    'requesterMessage',
    'requesterThanks',
    'correct',
    'deleteMessage',
    'withdraw',
    'rate',
  ),
  ...named('supervisor', 'review'),
  ...named('time', 'linkBack', 'absorb', 'undoMerge', 'escalate', 'remind', 'autoClose', 'remindUnclaimed'),
  ...named('time', 'rehome', 'relieve'),
  ...named('mailbox', 'receiveMail', 'mailFailed'),
};
const TOLD = {
  office: { code: 'notYourQueue', queue: 'Servizi finanziari' },
  mailbox: { code: 'notYourQueue', queue: 'Servizi finanziari' },
  requester: { code: 'notYourTicket' },
  supervisor: { code: 'supervisorsOnly' },
  time: { code: 'supervisorsOnly' },
} as const;

/** What says something or follows, and so is as good after a change that one has not seen. */
const ADDS: ReadonlySet<TicketAction> = new Set([
  ...(['note', 'phone', 'contactFailed', 'review'] as const),
  ...(['reply', 'replyAndWait'] as const),
  ...(['watch', 'unwatch', 'link', 'linkBack', 'absorb', 'undoMerge'] as const),
  ...(['requesterMessage', 'requesterThanks', 'correct', 'deleteMessage', 'withdraw', 'rate'] as const),
  ...(['receiveMail', 'mailFailed'] as const),
]);

function named<const K extends string, const A extends TicketAction>(kind: K, ...actions: A[]): Record<A, K> {
  return Object.fromEntries(actions.map((action) => [action, kind])) as Record<A, K>;
}

/** A ticket on which nothing but age speaks against the action. */
function ticketFor(action: TicketAction): Ticket {
  const [request] = aTicket(1).articles;
  assert.ok(request);
  const held = { locked: true, lockedAt: MORNING, owner: personRef('anna') } as const;
  const waiting: Partial<Ticket> = { state: { kind: 'waitingReminder', until: MORNING, setBy: 'x' } };
  const closed: Partial<Ticket> = { state: { kind: 'closedSuccessfully', at: MORNING }, review: 'asked' };
  const over: Partial<Record<TicketAction, Partial<Ticket>>> = {
    claim: {},
    review: closed,
    rate: closed,
    resume: { ...held, ...waiting },
    lastContactFailed: { ...held, failedContacts: 1 },
    undoMerge: { state: { kind: 'merged', into: aTicket(9).number, at: MORNING } },
    unwatch: { watchers: [personRef('bruno')] },
    appoint: { ...held, responsible: personRef('elena') },
    mailFailed: {
      articles: [{ ...request, kind: 'mailSent', forwarded: { article: 1, to: [] } }],
    },
    deleteMessage: { articles: [{ ...request, messages: [{ message: '1793869000001' }] }] },
  };
  return aTicket(1, { version: 5, ...(over[action] ?? held) });
}

describe('what is refused', () => {
  for (const action of TICKET_ACTIONS) {
    const command = exampleOf(action, actor('anna'));
    const told = TOLD[DONE_BY[action]];

    test(`A1 who has no right to ${action} is told ${told.code}`, () => {
      const ours = DONE_BY[action] === 'office' || DONE_BY[action] === 'requester' ? 'luca' : 'anna';
      given(ticketFor(action))
        .when({ ...command, actor: actor(ours) })
        .thenRefused(told);
    });

    // What time does looks at the ticket as it is.
    if (DONE_BY[action] === 'time' && !ADDS.has(action)) continue;
    test(`A2 from an outdated card ${action} is ${ADDS.has(action) ? 'done' : 'refused'}`, () => {
      const refusal = (seen: number): RefusalCode | undefined => {
        const { decision } = given(ticketFor(action)).when({ ...command, seen });
        return decision.ok ? undefined : decision.refusal.code;
      };
      assert.equal(refusal(5), undefined, 'as it is');
      assert.equal(refusal(4), ADDS.has(action) ? undefined : 'stale');
    });
  }

  test('A1 a queue that the desk has no longer is told by its id', () => {
    given(aTicket(1, { queue: 'vanished' }))
      .when(exampleOf('note', actor('luca')))
      .thenRefused({ code: 'notYourQueue', queue: 'vanished' });
  });
});
