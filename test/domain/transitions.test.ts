import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Article, StateKind, Ticket, TicketState } from '../../src/domain/ticket.ts';
import { TICKET_ACTIONS, type TicketAction, TRANSITIONS } from '../../src/domain/transitions.ts';
import { exampleOf } from '../support/commands.ts';
import { actor, given } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING, ticketNumber } from '../support/tickets.ts';

/*
 * The whole table once more, written out by hand so that a change of any cell of the product's table is seen here.
 * `-` the state stays; a state by its initials: the one after; `!code` refused with that code. The ticket is locked by
 * the agent who acts in the states in which somebody works it, and free in the others.
 */
const INITIALS = {
  o: 'open',
  ip: 'inProgress',
  wq: 'waitingRequester',
  wr: 'waitingReminder',
  wc: 'waitingAutoClose',
  cs: 'closedSuccessfully',
  m: 'merged',
  cu: 'closedUnsuccessfully',
} as const satisfies Readonly<Record<string, StateKind>>;
const NO = ['!closed', '!closed', '!mergedInto'] as const;
const LATE = ['!nothingDue', '!nothingDue', '!nothingDue'] as const;
const EARLY = ['!nothingDue', '!nothingDue', '!nothingDue'] as const;
const ALWAYS = ['-', '-', '-', '-', '-', '-'] as const;
/** In the order of `STATES` below: new, open, in progress, the three waits, the three ends. */
const HAPPENS: Record<TicketAction, readonly string[]> = {
  claim: ['ip', 'ip', '!alreadyYours', '!alreadyYours', '!alreadyYours', '!alreadyYours', ...NO],
  note: [...ALWAYS, '-', '-', '!mergedInto'],
  reply: ['ip', 'ip', '-', '-', '-', '-', ...NO],
  replyAndWait: ['wq', 'wq', 'wq', 'wq', '-', 'wq', ...NO],
  replyAndClose: ['cs', 'cs', 'cs', 'cs', 'cs', 'cs', ...NO],
  replyAndRemind: ['wr', 'wr', 'wr', 'wr', 'wr', 'wr', ...NO],
  replyAndAutoClose: ['wc', 'wc', 'wc', 'wc', 'wc', 'wc', ...NO],
  replyAndGiveUp: ['cu', 'cu', 'cu', 'cu', 'cu', 'cu', ...NO],
  closeUnsuccessfully: ['cu', 'cu', 'cu', 'cu', 'cu', 'cu', ...NO],
  review: [...Array(6).fill('!notClosed'), '-', '-', '!mergedInto'],
  wait: ['wr', 'wr', 'wr', 'wr', 'wr', 'wr', ...NO],
  resume: ['!notWaiting', '!notWaiting', '!notWaiting', 'ip', 'ip', 'ip', ...NO],
  phone: [...ALWAYS, ...NO],
  contactFailed: [...ALWAYS, ...NO],
  lastContactFailed: ['cu', 'cu', 'cu', 'cu', 'cu', 'cu', ...NO],
  forward: [...ALWAYS, ...NO],
  receiveMail: [...ALWAYS, '-', '-', '!mergedInto'],
  mailFailed: [...ALWAYS, '-', '-', '-'],
  close: ['cs', 'cs', 'cs', 'cs', 'cs', 'cs', ...NO],
  classify: [...ALWAYS, ...NO],
  assign: ['ip', 'ip', '-', '-', '-', '-', ...NO],
  link: [...ALWAYS, '-', '-', '!mergedInto'],
  merge: ['m', 'm', 'm', 'm', 'm', 'm', ...NO],
  linkBack: [...ALWAYS, '-', '-', '-'],
  absorb: [...ALWAYS, '-', '-', '!mergedInto'],
  undoMerge: [...LATE, ...LATE, '!nothingDue', '!nothingDue', 'o'],
  watch: [...ALWAYS, '-', '-', '!mergedInto'],
  unwatch: [...ALWAYS, '-', '-', '-'],
  mark: [...ALWAYS, '-', '-', '!mergedInto'],
  release: ['!notLocked', '!notLocked', 'o', '-', '-', '-', ...NO],
  appoint: [...ALWAYS, ...NO],
  changeRequester: [...ALWAYS, ...NO],
  // Who acts has no rights where it goes, and so holds it no longer.
  move: ['-', '-', 'o', '-', '-', '-', ...NO],
  requesterMessage: ['-', '-', '-', 'ip', 'ip', 'ip', 'o', 'o', '!mergedInto'],
  requesterThanks: ['-', '-', '-', '-', 'ip', '-', '-', '-', '!mergedInto'],
  correct: ['-', '-', '-', 'ip', 'ip', 'ip', '-', '-', '!mergedInto'],
  deleteMessage: [...ALWAYS, '-', '-', '-'],
  withdraw: ['cu', 'cu', 'cu', 'cu', 'cu', 'cu', ...NO],
  rate: [...Array(6).fill('!notClosed'), '-', '-', '!mergedInto'],
  escalate: [...ALWAYS, ...LATE],
  remind: [...EARLY, '-', '!nothingDue', '!nothingDue', ...LATE],
  // Nobody who held it has rights where it goes.
  rehome: ['-', '-', 'o', '-', '-', '-', ...LATE],
  // The desk has taken the queue from whoever held it.
  relieve: ['-', '-', 'o', '-', '-', '-', ...LATE],
  remindUnclaimed: ['-', '-', ...Array(4).fill('!nothingDue'), ...LATE],
  autoClose: [...EARLY, '!nothingDue', '!nothingDue', 'cs', ...LATE],
};

/** What the product's table says where the lock or the rights decide otherwise in the cases above. */
const DECIDED_ELSEWHERE: Partial<Record<TicketAction, Partial<Record<StateKind, StateKind | 'same'>>>> = {
  claim: {
    inProgress: 'same',
    waitingReminder: 'inProgress',
    waitingRequester: 'same',
    waitingAutoClose: 'inProgress',
  },
  release: { new: 'same', open: 'same' },
  move: { inProgress: 'same' },
  rehome: { inProgress: 'same' },
  relieve: { inProgress: 'same' },
};

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
/** What its agent sent to an address outside. */
const forwarded: Article = {
  id: 1,
  kind: 'mailSent',
  at: MORNING,
  by: personRef('anna'),
  text: '',
  attachments: [],
  forwarded: { article: 1, to: ['assistenza@fornitore.example'] },
};
/** What its requester wrote in the chat. */
const written: Article = {
  id: 1,
  kind: 'request',
  at: MORNING - 1,
  by: personRef('maria'),
  text: 'È il 4710.',
  attachments: [],
  messages: [{ message: '1793869000001' }],
};
const LONG_AGO = MORNING - 90 * 86_400_000;

function ticketIn(kind: StateKind): Ticket {
  const ticket = aTicket(1, {
    state: STATES[kind],
    watchers: [personRef('bruno')],
    responsible: personRef('elena'),
    review: 'asked',
    freeSince: LONG_AGO,
    // Late by any measure, so that whether a timer does something depends on the state alone.
    deadlines: [{ kind: 'solution', allowedMs: 3_600_000, usedMs: 0, runningSince: LONG_AGO, fired: [] }],
  });
  return LOCKED.includes(kind)
    ? { ...ticket, locked: true, lockedAt: MORNING, owner: personRef('anna') }
    : ticket;
}

const done = (action: TicketAction) => exampleOf(action, actor('anna'));

describe('T2 the transition table', () => {
  for (const action of TICKET_ACTIONS)
    for (const [index, state] of (Object.keys(STATES) as StateKind[]).entries()) {
      const expected = cell(HAPPENS[action][index]);
      test(`T2 ${state}: ${action} ${says(expected)}`, () => {
        const ticket = {
          ...ticketIn(state),
          ...(action === 'lastContactFailed' ? { failedContacts: 1 } : {}),
          ...(action === 'mailFailed' ? { articles: [forwarded] } : {}),
          ...(action === 'deleteMessage' ? { articles: [written] } : {}),
          ...(action === 'rehome' ? { queue: 'vanished' } : {}),
          ...(action === 'relieve' ? { owner: personRef('luca'), responsible: personRef('luca') } : {}),
        };
        const outcome = given(ticket, { ...testDesk(), unclaimedAfterHours: 1 }).when(done(action));
        if (expected.startsWith('!')) {
          assert.equal(outcome.decision.ok, false);
          if (!outcome.decision.ok) assert.equal(outcome.decision.refusal.code, expected.slice(1));
        } else {
          assert.equal(outcome.ticket().state.kind, expected === '-' ? state : expected);
        }
      });
    }

  for (const action of TICKET_ACTIONS)
    test(`T2 the row of ${action} says what happens`, () => {
      for (const [index, state] of (Object.keys(STATES) as StateKind[]).entries()) {
        const said = TRANSITIONS[action][state];
        const expected = cell(HAPPENS[action][index]);
        const elsewhere = DECIDED_ELSEWHERE[action]?.[state];
        if (elsewhere) assert.equal(said, elsewhere, state);
        else if (expected.startsWith('!')) assert.deepEqual(said, { refuse: expected.slice(1) }, state);
        else if (expected === '-') assert.equal(said, 'same', state);
        // In progress where somebody holds it, open where nobody does.
        else assert.ok(said === expected || (said === 'resume' && expected === 'inProgress'), state);
      }
    });

  test('T2 the table has a cell for every state and action', () => {
    assert.deepEqual(Object.keys(TRANSITIONS).sort(), [...TICKET_ACTIONS].sort());
    for (const action of TICKET_ACTIONS)
      assert.deepEqual(Object.keys(TRANSITIONS[action]).sort(), Object.keys(STATES).sort());
  });

  test('T2 claiming a free ticket that waits for the requester does not end the wait', () => {
    const free = { ...ticketIn('waitingRequester'), locked: false };
    assert.equal(given(free).when(done('claim')).ticket().state.kind, 'waitingRequester');
  });

  for (const state of ['waitingReminder', 'waitingAutoClose'] as const)
    test(`T2 claiming a free ticket in ${state} brings it back to work`, () => {
      const free = { ...ticketIn(state), locked: false };
      assert.equal(given(free).when(done('claim')).ticket().state.kind, 'inProgress');
    });

  for (const state of ['waitingReminder', 'waitingRequester', 'waitingAutoClose'] as const)
    test(`T7 the requester's message on a ticket in ${state} that nobody holds leaves it open`, () => {
      const free = { ...ticketIn(state), locked: false };
      assert.equal(given(free).when(done('requesterMessage')).ticket().state.kind, 'open');
    });
});

function cell(written = ''): string {
  return Object.hasOwn(INITIALS, written) ? INITIALS[written as keyof typeof INITIALS] : written;
}

function says(expected: string): string {
  if (expected.startsWith('!')) return `is refused: ${expected.slice(1)}`;
  return expected === '-' ? 'is allowed and leaves the state' : `leads to ${expected}`;
}
