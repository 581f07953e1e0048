import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from '../../src/domain/commands.ts';
import type { StateKind, Ticket, TicketState } from '../../src/domain/ticket.ts';
import { TICKET_ACTIONS, type TicketAction, TRANSITIONS } from '../../src/domain/transitions.ts';
import { actor, given } from '../support/decision.ts';
import { PERSON, personRef } from '../support/desk.ts';
import { aTicket, MORNING, ticketNumber } from '../support/tickets.ts';

/*
 * The whole table once more, written out by hand so that a change of any cell of the product's table is seen here.
 * `-` the state stays; a state: the one after; `!code` refused with that code. The ticket is locked by the agent who acts
 * in the states in which somebody works it, and free in the others.
 */
const WORKED = 'inProgress';
const HAPPENS: Record<StateKind, Record<TicketAction, string>> = {
  new: row(
    'inProgress',
    '-',
    'inProgress',
    'waitingRequester',
    'closedSuccessfully',
    '-',
    'inProgress',
    '-',
    '-',
  ),
  open: row(
    'inProgress',
    '-',
    'inProgress',
    'waitingRequester',
    'closedSuccessfully',
    '-',
    'inProgress',
    '-',
    '-',
  ),
  inProgress: row('!alreadyYours', '-', '-', 'waitingRequester', 'closedSuccessfully', '-', '-', '-', '-'),
  waitingReminder: row(
    '!alreadyYours',
    '-',
    '-',
    'waitingRequester',
    'closedSuccessfully',
    '-',
    '-',
    WORKED,
    '-',
  ),
  waitingRequester: row('!alreadyYours', '-', '-', '-', 'closedSuccessfully', '-', '-', WORKED, WORKED),
  waitingAutoClose: row(
    '!alreadyYours',
    '-',
    '-',
    'waitingRequester',
    'closedSuccessfully',
    '-',
    '-',
    WORKED,
    '-',
  ),
  closedSuccessfully: row('!closed', '-', '!closed', '!closed', '!closed', '!closed', '!closed', 'open', '-'),
  closedUnsuccessfully: row(
    '!closed',
    '-',
    '!closed',
    '!closed',
    '!closed',
    '!closed',
    '!closed',
    'open',
    '-',
  ),
  merged: row(
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
    '!mergedInto',
  ),
};
const ESCALATES: Record<StateKind, string> = {
  new: '-',
  open: '-',
  inProgress: '-',
  waitingReminder: '-',
  waitingRequester: '-',
  waitingAutoClose: '-',
  closedSuccessfully: '!nothingDue',
  closedUnsuccessfully: '!nothingDue',
  merged: '!nothingDue',
};

function row(
  claim: string,
  note: string,
  reply: string,
  replyAndWait: string,
  close: string,
  classify: string,
  assign: string,
  requesterMessage: string,
  requesterThanks: string,
): Record<TicketAction, string> {
  // Replying and closing at once ends where closing ends.
  const replyAndClose = close;
  return {
    claim,
    note,
    reply,
    replyAndWait,
    replyAndClose,
    close,
    classify,
    assign,
    requesterMessage,
    requesterThanks,
    escalate: '',
  };
}

const STATES: Record<StateKind, TicketState> = {
  new: { kind: 'new' },
  open: { kind: 'open' },
  inProgress: { kind: 'inProgress' },
  waitingReminder: { kind: 'waitingReminder', until: MORNING + 1, setBy: PERSON.anna },
  waitingRequester: { kind: 'waitingRequester', since: MORNING },
  waitingAutoClose: { kind: 'waitingAutoClose', until: MORNING + 1 },
  closedSuccessfully: { kind: 'closedSuccessfully', at: MORNING },
  closedUnsuccessfully: { kind: 'closedUnsuccessfully', at: MORNING },
  merged: { kind: 'merged', into: ticketNumber(9), at: MORNING },
};
const LOCKED: readonly StateKind[] = [
  'inProgress',
  'waitingReminder',
  'waitingRequester',
  'waitingAutoClose',
];
const LONG_AGO = MORNING - 90 * 86_400_000;

function ticketIn(kind: StateKind): Ticket {
  const ticket = aTicket(1, {
    state: STATES[kind],
    // Late by any measure, so that whether a timer does something depends on the state alone.
    deadlines: [{ kind: 'solution', allowedMs: 3_600_000, usedMs: 0, runningSince: LONG_AGO, fired: [] }],
  });
  return LOCKED.includes(kind)
    ? { ...ticket, locked: true, lockedAt: MORNING, owner: personRef('anna') }
    : ticket;
}

const BY_AGENT = { at: MORNING + 60_000, via: 'queueChannel', actor: actor('anna') } as const;
const BY_REQUESTER = { at: MORNING + 60_000, via: 'chat', actor: actor('maria') } as const;
const COMMANDS: Record<TicketAction, Command> = {
  claim: { ...BY_AGENT, type: 'claim' },
  note: { ...BY_AGENT, type: 'note', text: 'Sentita la tesoreria.', attachments: [] },
  reply: { ...BY_AGENT, type: 'reply', text: 'Ci stiamo lavorando.', next: 'stay' },
  replyAndWait: { ...BY_AGENT, type: 'reply', text: 'Qual è il numero?', next: 'waitRequester' },
  replyAndClose: { ...BY_AGENT, type: 'reply', text: 'Risolto.', next: 'close' },
  close: { ...BY_AGENT, type: 'close', text: 'Risolto.' },
  classify: { ...BY_AGENT, type: 'classify', priority: 4, ticketType: 'fault', service: 'payment-orders' },
  assign: { ...BY_AGENT, type: 'assign', to: PERSON.bruno, note: 'Lo conosci tu.' },
  requesterMessage: {
    ...BY_REQUESTER,
    type: 'requesterMessage',
    text: 'Ancora niente.',
    attachments: [],
    thanks: false,
  },
  requesterThanks: {
    ...BY_REQUESTER,
    type: 'requesterMessage',
    text: 'Grazie!',
    attachments: [],
    thanks: true,
  },
  escalate: { at: MORNING + 60_000, via: 'timer', actor: { kind: 'timer' }, type: 'escalate' },
};

describe('T2 the transition table', () => {
  for (const state of Object.keys(HAPPENS) as StateKind[])
    for (const action of TICKET_ACTIONS) {
      const expected = action === 'escalate' ? ESCALATES[state] : HAPPENS[state][action];
      test(`T2 ${state}: ${action} ${says(expected)}`, () => {
        const ticket = ticketIn(state);
        const outcome = given(ticket).when(COMMANDS[action]);
        if (expected.startsWith('!')) {
          assert.equal(outcome.decision.ok, false);
          if (!outcome.decision.ok) assert.equal(outcome.decision.refusal.code, expected.slice(1));
        } else {
          assert.equal(outcome.ticket().state.kind, expected === '-' ? state : expected);
        }
      });
    }

  test('T2 the table has a cell for every state and action', () => {
    for (const state of Object.keys(STATES) as StateKind[])
      assert.deepEqual(Object.keys(TRANSITIONS[state]).sort(), [...TICKET_ACTIONS].sort());
  });

  test('T2 claiming a free ticket that waits for the requester does not end the wait', () => {
    const free = { ...ticketIn('waitingRequester'), locked: false };
    assert.equal(given(free).when(COMMANDS.claim).ticket().state.kind, 'waitingRequester');
  });

  for (const state of ['waitingReminder', 'waitingAutoClose'] as const)
    test(`T2 claiming a free ticket in ${state} brings it back to work`, () => {
      const free = { ...ticketIn(state), locked: false };
      assert.equal(given(free).when(COMMANDS.claim).ticket().state.kind, 'inProgress');
    });

  for (const state of ['waitingReminder', 'waitingRequester', 'waitingAutoClose'] as const)
    test(`T7 the requester's message on a ticket in ${state} that nobody holds leaves it open`, () => {
      const free = { ...ticketIn(state), locked: false };
      assert.equal(given(free).when(COMMANDS.requesterMessage).ticket().state.kind, 'open');
    });
});

function says(expected: string): string {
  if (expected.startsWith('!')) return `is refused: ${expected.slice(1)}`;
  return expected === '-' ? 'is allowed and leaves the state' : `leads to ${expected}`;
}
