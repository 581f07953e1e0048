/** The transition table (T2): what each state answers to each action. The only place that decides this. */

import type { RefusalCode } from './refusals.ts';
import type { StateKind } from './ticket.ts';

/** What can happen to an existing ticket. The three endings of a reply are actions of their own. */
export const TICKET_ACTIONS = [
  'claim',
  'note',
  'reply',
  'replyAndWait',
  'replyAndClose',
  'close',
  'classify',
  'assign',
  'requesterMessage',
  'requesterThanks',
  'escalate',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/**
 * `same`: allowed, the state stays. `resume`: back to work, in progress where an owner holds the lock, open otherwise.
 * A state: allowed, and this is the state after it. `{ refuse }`: not allowed, with the reason.
 */
export type Transition =
  | 'same'
  | 'resume'
  | Extract<StateKind, 'open' | 'inProgress' | 'waitingRequester' | 'closedSuccessfully'>
  | { readonly refuse: Extract<RefusalCode, 'closed' | 'mergedInto' | 'nothingDue'> };

const closed = { refuse: 'closed' } as const;
const merged = { refuse: 'mergedInto' } as const;
const nothingDue = { refuse: 'nothingDue' } as const;

const untouched = {
  claim: 'inProgress',
  note: 'same',
  reply: 'inProgress',
  replyAndWait: 'waitingRequester',
  replyAndClose: 'closedSuccessfully',
  close: 'closedSuccessfully',
  classify: 'same',
  assign: 'inProgress',
  requesterMessage: 'same',
  requesterThanks: 'same',
  escalate: 'same',
} as const satisfies Record<TicketAction, Transition>;

const waiting = {
  ...untouched,
  reply: 'same',
  assign: 'same',
  requesterMessage: 'resume',
} as const satisfies Record<TicketAction, Transition>;

const finished = {
  claim: closed,
  note: 'same',
  reply: closed,
  replyAndWait: closed,
  replyAndClose: closed,
  close: closed,
  classify: closed,
  assign: closed,
  requesterMessage: 'open',
  requesterThanks: 'same',
  escalate: nothingDue,
} as const satisfies Record<TicketAction, Transition>;

export const TRANSITIONS: Readonly<Record<StateKind, Readonly<Record<TicketAction, Transition>>>> = {
  new: untouched,
  open: untouched,
  inProgress: { ...untouched, claim: 'same', reply: 'same', assign: 'same' },
  waitingReminder: waiting,
  // Claiming does not end this wait: only the requester's answer does (T7), and "ok" may be one.
  waitingRequester: { ...waiting, claim: 'same', replyAndWait: 'same', requesterThanks: 'resume' },
  waitingAutoClose: waiting,
  closedSuccessfully: finished,
  closedUnsuccessfully: finished,
  merged: {
    claim: merged,
    note: merged,
    reply: merged,
    replyAndWait: merged,
    replyAndClose: merged,
    close: merged,
    classify: merged,
    assign: merged,
    requesterMessage: merged,
    requesterThanks: merged,
    escalate: nothingDue,
  },
};
