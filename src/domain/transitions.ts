/** The transition table (T2): what each action does in each state. The only place that decides this. */

import type { RefusalCode } from './refusals.ts';
import type { StateKind } from './ticket.ts';

/** What can happen to an existing ticket. The endings of a reply are actions of their own. */
export const TICKET_ACTIONS = [
  'claim',
  'note',
  'reply',
  'replyAndWait',
  'replyAndClose',
  'replyAndRemind',
  'replyAndAutoClose',
  'replyAndGiveUp',
  'close',
  'closeUnsuccessfully',
  'review',
  'wait',
  'resume',
  'phone',
  'contactFailed',
  'lastContactFailed',
  'forward',
  'receiveMail',
  'mailFailed',
  'classify',
  'assign',
  'link',
  'merge',
  'linkBack',
  'absorb',
  'undoMerge',
  'watch',
  'unwatch',
  'mark',
  'release',
  'appoint',
  'changeRequester',
  'move',
  'requesterMessage',
  'requesterThanks',
  'correct',
  'deleteMessage',
  'withdraw',
  'rate',
  'escalate',
  'remind',
  'autoClose',
  'remindUnclaimed',
  'rehome',
  'relieve',
] as const;
export type TicketAction = (typeof TICKET_ACTIONS)[number];

/**
 * `same`: allowed, the state stays. `resume`: back to work, in progress where an owner holds the lock, open otherwise.
 * A state: allowed, and this is the state after it. `{ refuse }`: not allowed, with the reason.
 */
export type Transition =
  | 'same'
  | 'resume'
  | Exclude<StateKind, 'new'>
  | {
      readonly refuse: Extract<
        RefusalCode,
        'closed' | 'mergedInto' | 'nothingDue' | 'notWaiting' | 'notClosed'
      >;
    };

/** What one action does, state by state. */
export type Row = Readonly<Record<StateKind, Transition>>;

const closed = { refuse: 'closed' } as const;
const mergedInto = { refuse: 'mergedInto' } as const;
const notWaiting = { refuse: 'notWaiting' } as const;
const notClosed = { refuse: 'notClosed' } as const;
const nothingDue = { refuse: 'nothingDue' } as const;

/** Where somebody could work on the ticket. */
function whileOpen(does: Transition, except: Partial<Row> = {}): Row {
  return {
    new: does,
    open: does,
    inProgress: does,
    waitingReminder: does,
    waitingRequester: does,
    waitingAutoClose: does,
    closedSuccessfully: closed,
    closedUnsuccessfully: closed,
    merged: mergedInto,
    ...except,
  };
}

/** Also on a closed ticket; never on one that has been merged into another. */
function alsoClosed(does: Transition, whenClosed: Transition, except: Partial<Row> = {}): Row {
  return whileOpen(does, { closedSuccessfully: whenClosed, closedUnsuccessfully: whenClosed, ...except });
}

/** What only time does: not doing it is no news to anybody. */
function byTimer(does: Transition): Row {
  return whileOpen(does, {
    closedSuccessfully: nothingDue,
    closedUnsuccessfully: nothingDue,
    merged: nothingDue,
  });
}

/** Somebody begins to work, or goes on; a ticket that waits goes on waiting. */
const working = whileOpen('inProgress', {
  inProgress: 'same',
  waitingReminder: 'same',
  waitingRequester: 'same',
  waitingAutoClose: 'same',
});

export const TRANSITIONS: Readonly<Record<TicketAction, Row>> = {
  // Claiming does not end the wait for the requester: only their answer does (T7).
  claim: whileOpen('inProgress', { inProgress: 'same', waitingRequester: 'same' }),
  note: alsoClosed('same', 'same'),
  reply: working,
  replyAndWait: whileOpen('waitingRequester', { waitingRequester: 'same' }),
  replyAndClose: whileOpen('closedSuccessfully'),
  replyAndRemind: whileOpen('waitingReminder'),
  replyAndAutoClose: whileOpen('waitingAutoClose'),
  replyAndGiveUp: whileOpen('closedUnsuccessfully'),
  close: whileOpen('closedSuccessfully'),
  closeUnsuccessfully: whileOpen('closedUnsuccessfully'),
  review: alsoClosed(notClosed, 'same'),
  wait: whileOpen('waitingReminder'),
  resume: whileOpen('resume', { new: notWaiting, open: notWaiting, inProgress: notWaiting }),
  phone: whileOpen('same'),
  contactFailed: whileOpen('same'),
  // So many times in vain: the number is the desk's (T14).
  lastContactFailed: whileOpen('closedUnsuccessfully'),
  // The requester hears nothing of it, so it neither begins the work nor ends a wait for them.
  forward: whileOpen('same'),
  // An answer from outside is read by who works the ticket: it reopens nothing by itself, as only the requester does (T9).
  receiveMail: alsoClosed('same', 'same'),
  mailFailed: alsoClosed('same', 'same', { merged: 'same' }),
  classify: whileOpen('same'),
  assign: working,
  link: alsoClosed('same', 'same'),
  merge: whileOpen('merged'),
  // The other side has decided it: where it went meanwhile, this one has to do with it.
  linkBack: alsoClosed('same', 'same', { merged: 'same' }),
  // Never into one that has been merged itself: two would point at each other, and neither went on.
  absorb: alsoClosed('same', 'same'),
  undoMerge: { ...byTimer(nothingDue), merged: 'open' },
  watch: alsoClosed('same', 'same'),
  // Whoever follows a ticket may stop, whatever has become of it.
  unwatch: alsoClosed('same', 'same', { merged: 'same' }),
  mark: alsoClosed('same', 'same'),
  release: whileOpen('same', { inProgress: 'open' }),
  appoint: whileOpen('same'),
  changeRequester: whileOpen('same'),
  move: whileOpen('same'),
  requesterMessage: alsoClosed('same', 'open', {
    waitingReminder: 'resume',
    waitingRequester: 'resume',
    waitingAutoClose: 'resume',
  }),
  // Where the requester was asked something, “ok” may be the answer.
  requesterThanks: alsoClosed('same', 'same', { waitingRequester: 'resume' }),
  // Like a message, but for what is closed: who only mends what they wrote before wants nothing anew.
  correct: alsoClosed('same', 'same', {
    waitingReminder: 'resume',
    waitingRequester: 'resume',
    waitingAutoClose: 'resume',
  }),
  deleteMessage: alsoClosed('same', 'same', { merged: 'same' }),
  withdraw: whileOpen('closedUnsuccessfully'),
  rate: alsoClosed(notClosed, 'same'),
  escalate: byTimer('same'),
  remind: { ...byTimer(nothingDue), waitingReminder: 'same' },
  rehome: byTimer('same'),
  relieve: byTimer('same'),
  remindUnclaimed: { ...byTimer(nothingDue), new: 'same', open: 'same' },
  autoClose: { ...byTimer(nothingDue), waitingAutoClose: 'closedSuccessfully' },
};
