/** Working on a ticket: taking it, noting, answering, sorting it. */

import { classificationOf, isSameClassification, reclassified } from '../classification.ts';
import type { AfterReply, CommandOf } from '../commands.ts';
import { allowances, calendarFor, pauseClock } from '../deadlines.ts';
import type { EventBody } from '../events.ts';
import { isOwner, mayWork, mayWorkOrSupervise } from '../rights.ts';
import type { Instant, Ticket } from '../ticket.ts';
import type { TicketAction } from '../transitions.ts';
import { reviewOf } from './closing.ts';
import {
  checkMinutes,
  checkText,
  claimFirst,
  type DecisionContext,
  ownerOnly,
  passesLock,
  type Rules,
  spent,
} from './rule.ts';
import { checkUntil } from './waiting.ts';

export const WORKING: Rules<'claim' | 'note' | 'reply' | 'classify'> = {
  claim: {
    action: () => 'claim',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: (ticket, actor) =>
      ticket.locked && isOwner(actor, ticket) ? { code: 'alreadyYours' } : ownerOnly(ticket, actor),
    events: () => [{ type: 'claimed' }],
  },
  note: {
    action: () => 'note',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    // The lock keeps out changes, not advice (T3).
    lock: passesLock,
    adds: true,
    content: (_, { text, attachments, minutes }) =>
      checkText(text, attachments.length > 0) ?? checkMinutes(minutes),
    events: (_, { text, attachments, minutes }) => [{ type: 'noted', text, attachments, ...spent(minutes) }],
  },
  reply: {
    action: ({ next }) => AFTER[next],
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    // A word to the requester is as good after a colleague’s; what ends or parks the ticket was meant for how it stood.
    adds: ({ next }) => next === 'stay' || next === 'waitRequester',
    content: (_, { text, minutes, next, until, at }) =>
      checkText(text) ??
      checkMinutes(minutes) ??
      (next === 'waitReminder' || next === 'waitAutoClose' ? checkUntil(until, at) : undefined),
    events: (ticket, command, context) => [...claimFirst(ticket), ...replied(ticket, command, context)],
  },
  classify: {
    action: () => 'classify',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (ticket, command, { desk }) => {
      const { service, agreement = '' } = command;
      // One that stays may be none (I14), or one that the desk has given up.
      if (service !== ticket.service && !desk.services.has(service)) return { code: 'unknownService' };
      if (agreement !== '' && agreement !== ticket.agreement && !desk.agreements.has(agreement))
        return { code: 'unknownAgreement' };
      return isSameClassification(classificationOf(ticket), reclassified(ticket, command, desk))
        ? { code: 'nothingChanged' }
        : undefined;
    },
    events: (ticket, command, { desk }) => {
      const to = reclassified(ticket, command, desk);
      return [
        {
          type: 'classified',
          from: classificationOf(ticket),
          to,
          deadlines: allowances(desk, { queue: ticket.queue, ...to }),
        },
      ];
    },
  },
};

const AFTER = {
  stay: 'reply',
  waitRequester: 'replyAndWait',
  waitReminder: 'replyAndRemind',
  waitAutoClose: 'replyAndAutoClose',
  close: 'replyAndClose',
  closeUnsuccessfully: 'replyAndGiveUp',
} as const satisfies Record<AfterReply, TicketAction>;

function replied(
  ticket: Ticket,
  command: CommandOf<'reply'>,
  context: DecisionContext,
): readonly EventBody[] {
  const { text, next, until = command.at, at } = command;
  const work = spent(command.minutes);
  const answer: EventBody = { type: 'replied', text, ...work };
  switch (next) {
    case 'close':
      return [{ type: 'closedSuccessfully', text, ...work }];
    case 'closeUnsuccessfully':
      return [{ type: 'closedUnsuccessfully', text, ...work }, reviewOf(ticket, true, context)];
    case 'stay':
      return [answer];
    case 'waitReminder':
      return [answer, { type: 'waitSet', until, note: '' }];
    case 'waitAutoClose':
      return [{ type: 'autoCloseSet', until, text, used: usedByReply(ticket, at, context), ...work }];
    case 'waitRequester':
      if (ticket.state.kind === 'waitingRequester') return [answer];
      return [answer, { type: 'waitedForRequester', used: usedByReply(ticket, at, context) }];
  }
}

/** What the deadlines that a wait for the requester pauses have used up, after a reply. */
function usedByReply(ticket: Ticket, at: Instant, { desk, calendars }: DecisionContext) {
  const calendar = calendarFor(desk, calendars, ticket);
  return (
    ticket.deadlines
      // The reply itself meets the first response, and the update clock begins anew with it.
      .filter(
        ({ kind, runningSince, metAt }) => kind !== 'firstResponse' && runningSince !== undefined && !metAt,
      )
      .map((clock) => ({
        kind: clock.kind,
        usedMs: clock.kind === 'update' ? 0 : pauseClock(clock, calendar, at).usedMs,
      }))
  );
}
