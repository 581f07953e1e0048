import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RefusalCode } from '../../src/domain/refusals.ts';
import type { Article, StateKind, Ticket, TicketState } from '../../src/domain/ticket.ts';
import { TICKET_ACTIONS, type TicketAction, TRANSITIONS } from '../../src/domain/transitions.ts';
import { exampleOf } from '../support/commands.ts';
import { actor, given } from '../support/decision.ts';
import { PERSON, personRef, testDesk } from '../support/desk.ts';
import { aTicket, MORNING, ticketNumber } from '../support/tickets.ts';

/*
 * What the requirements say of a ticket's life, as a chart: which arrows lead from state to state and who brings them
 * about, and which actions a state refuses. The product has it the other way round, a row for each action; no row of it is
 * repeated here, and all cells follow from the chart: what is no arrow and not refused leaves the state.
 */
const FREE = ['new', 'open'] as const satisfies readonly StateKind[];
const WAITS = [
  'waitingReminder',
  'waitingRequester',
  'waitingAutoClose',
] as const satisfies readonly StateKind[];
const LIVE = [...FREE, 'inProgress', ...WAITS] as const satisfies readonly StateKind[];
const CLOSED = ['closedSuccessfully', 'closedUnsuccessfully'] as const satisfies readonly StateKind[];

type Arrow = {
  readonly says: string;
  readonly from: readonly StateKind[];
  readonly to: StateKind;
  readonly by: readonly TicketAction[];
};
const CHART: readonly Arrow[] = [
  {
    says: 'T3 T4 who takes it, is given it or answers works it',
    from: FREE,
    to: 'inProgress',
    by: ['claim', 'reply', 'assign'],
  },
  {
    says: 'T3 T5 without somebody who holds it nobody works it',
    from: ['inProgress'],
    to: 'open',
    by: ['release', 'move', 'rehome', 'relieve'],
  },
  { says: 'T7 until a date', from: LIVE, to: 'waitingReminder', by: ['wait', 'replyAndRemind'] },
  { says: 'T7 for the requester', from: LIVE, to: 'waitingRequester', by: ['replyAndWait'] },
  { says: 'T2 for its automatic end', from: LIVE, to: 'waitingAutoClose', by: ['replyAndAutoClose'] },
  { says: 'T7 an agent goes on', from: WAITS, to: 'inProgress', by: ['resume'] },
  { says: 'T7 the requester writes', from: WAITS, to: 'inProgress', by: ['requesterMessage', 'correct'] },
  {
    says: 'T7 “ok” may be the answer',
    from: ['waitingRequester'],
    to: 'inProgress',
    by: ['requesterThanks'],
  },
  { says: 'T8 it is solved', from: LIVE, to: 'closedSuccessfully', by: ['close', 'replyAndClose'] },
  { says: 'T2 its time is up', from: ['waitingAutoClose'], to: 'closedSuccessfully', by: ['autoClose'] },
  {
    says: 'T8 it cannot be solved',
    from: LIVE,
    to: 'closedUnsuccessfully',
    by: ['closeUnsuccessfully', 'replyAndGiveUp'],
  },
  {
    says: 'T14 W10 nobody answers, or nobody wants it any more',
    from: LIVE,
    to: 'closedUnsuccessfully',
    by: ['lastContactFailed', 'withdraw'],
  },
  { says: 'T11 another goes on for it', from: LIVE, to: 'merged', by: ['merge'] },
  { says: 'T11 the other could not', from: ['merged'], to: 'open', by: ['undoMerge'] },
  { says: 'T9 the requester writes after the end', from: CLOSED, to: 'open', by: ['requesterMessage'] },
];

/** What time alone does, and while what; not doing it is no news to anybody. */
const BY_TIME: Partial<Record<TicketAction, readonly StateKind[]>> = {
  escalate: LIVE,
  rehome: LIVE,
  relieve: LIVE,
  remindUnclaimed: FREE,
  remind: ['waitingReminder'],
  autoClose: ['waitingAutoClose'],
  undoMerge: ['merged'],
};
/** T8 K2: what looks back. */
const AFTERWARDS: readonly TicketAction[] = ['review', 'rate'];
/** T9 T10 T12: what is said, followed and pointed to changes nothing of what was decided, so it is possible on what is closed. */
const ON_CLOSED: readonly TicketAction[] = [
  ...AFTERWARDS,
  ...(['note', 'receiveMail', 'mailFailed', 'mark'] as const),
  ...(['link', 'linkBack', 'absorb', 'watch', 'unwatch'] as const),
  ...(['requesterMessage', 'requesterThanks', 'correct', 'deleteMessage'] as const),
];
/** T11: a duplicate is done with, but for what others report of it and for who wants to hear no more. */
const ON_MERGED: readonly TicketAction[] = ['linkBack', 'mailFailed', 'deleteMessage', 'unwatch'];

/** Why it does not happen there, or nothing. */
function refusalOf(action: TicketAction, state: StateKind): RefusalCode | undefined {
  const due = BY_TIME[action];
  if (due) return due.includes(state) ? undefined : 'nothingDue';
  if (state === 'merged') return ON_MERGED.includes(action) ? undefined : 'mergedInto';
  if (!isLive(state)) return ON_CLOSED.includes(action) ? undefined : 'closed';
  if (AFTERWARDS.includes(action)) return 'notClosed';
  if (action === 'resume' && !isWait(state)) return 'notWaiting';
  // The lock: whoever acts here holds the ticket in progress and while it waits.
  if (action === 'claim' && LOCKED.includes(state)) return 'alreadyYours';
  return action === 'release' && !LOCKED.includes(state) ? 'notLocked' : undefined;
}

function isLive(state: StateKind): boolean {
  return LIVE.some((one) => one === state);
}

function isWait(state: StateKind): boolean {
  return WAITS.some((one) => one === state);
}

function arrowFrom(action: TicketAction, state: StateKind): StateKind | undefined {
  return CHART.find(({ by, from }) => by.includes(action) && from.includes(state))?.to;
}

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

/** What happens there: a refusal, or the state after it. */
function outcomeOf(action: TicketAction, state: StateKind): RefusalCode | Ticket {
  const ticket = {
    ...ticketIn(state),
    ...(action === 'lastContactFailed' ? { failedContacts: 1 } : {}),
    ...(action === 'mailFailed' ? { articles: [forwarded] } : {}),
    ...(action === 'deleteMessage' ? { articles: [written] } : {}),
    ...(action === 'rehome' ? { queue: 'vanished' } : {}),
    ...(action === 'relieve' ? { owner: personRef('luca'), responsible: personRef('luca') } : {}),
  };
  const { decision, ticket: after } = given(ticket, { ...testDesk(), unclaimedAfterHours: 1 }).when(
    done(action),
  );
  return decision.ok ? after() : decision.refusal.code;
}

const KINDS = Object.keys(STATES) as StateKind[];

describe('T2 the life of a ticket', () => {
  for (const { says, from, to, by } of CHART)
    for (const action of by)
      test(`${says}: ${action} leads to ${to}`, () => {
        for (const state of from) {
          const after = outcomeOf(action, state);
          assert.equal(typeof after === 'string' ? after : after.state.kind, to, state);
        }
      });

  for (const state of KINDS) {
    test(`T2 ${state}: nothing but that leads out of it`, () => {
      for (const action of TICKET_ACTIONS) {
        const after = outcomeOf(action, state);
        if (typeof after !== 'string' && arrowFrom(action, state) === undefined)
          assert.equal(after.state.kind, state, action);
      }
    });

    test(`T2 ${state}: what makes no sense there is refused with the reason, and nothing else is`, () => {
      for (const action of TICKET_ACTIONS) {
        const after = outcomeOf(action, state);
        assert.equal(typeof after === 'string' ? after : undefined, refusalOf(action, state), action);
      }
    });
  }

  test('T2 nothing makes a ticket new again, and every end can be reached from wherever it lives', () => {
    for (const state of LIVE)
      for (const end of [...CLOSED, 'merged'])
        assert.ok(
          CHART.some(({ from, to }) => to === end && from.includes(state)),
          `${state} to ${end}`,
        );
    for (const action of TICKET_ACTIONS)
      for (const state of KINDS.filter((kind) => kind !== 'new')) {
        const after = outcomeOf(action, state);
        assert.ok(typeof after === 'string' || after.state.kind !== 'new', `${action} in ${state}`);
      }
  });

  test('T8 a ticket closed with a solution and one closed without are treated alike', () => {
    for (const action of TICKET_ACTIONS) {
      const [one, other] = CLOSED.map((state) => {
        const after = outcomeOf(action, state);
        return typeof after !== 'string' ? after.state.kind.replace(state, 'closed') : after;
      });
      assert.equal(one, other, action);
    }
  });

  test('T7 who waits until a date may choose another, and so may who waits for the end', () => {
    for (const [action, state] of [
      ['wait', 'waitingReminder'],
      ['replyAndRemind', 'waitingReminder'],
      ['replyAndAutoClose', 'waitingAutoClose'],
    ] as const) {
      const after = outcomeOf(action, state);
      assert.ok(
        typeof after !== 'string' && 'until' in after.state && after.state.until > MORNING + 1,
        action,
      );
    }
  });
});

describe('T2 the transition table', () => {
  for (const action of TICKET_ACTIONS)
    test(`T2 the row of ${action} says what happens`, () => {
      for (const state of KINDS) {
        const said = TRANSITIONS[action][state];
        const after = outcomeOf(action, state);
        const elsewhere = DECIDED_ELSEWHERE[action]?.[state];
        if (elsewhere) assert.equal(said, elsewhere, state);
        else if (typeof after === 'string') assert.deepEqual(said, { refuse: after }, state);
        else if (said === 'same') assert.equal(after.state.kind, state);
        // In progress where somebody holds it, open where nobody does.
        else assert.equal(after.state.kind, said === 'resume' ? 'inProgress' : said, state);
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
