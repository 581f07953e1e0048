/** Working on a ticket: taking it, noting, answering, sorting it. */

import type { CommandOf } from '../commands.ts';
import { allowances, calendarFor, pauseClock } from '../deadlines.ts';
import type { EventBody } from '../events.ts';
import { isOwner, mayWork, mayWorkOrSupervise } from '../rights.ts';
import type { Ticket } from '../ticket.ts';
import {
  checkMinutes,
  checkText,
  claimFirst,
  type DecisionContext,
  ownerOnly,
  type Rules,
  spent,
} from './rule.ts';

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
    lock: ownerOnly,
    content: (_, { text, attachments, minutes }) =>
      checkText(text, attachments.length > 0) ?? checkMinutes(minutes),
    events: (_, { text, attachments, minutes }) => [{ type: 'noted', text, attachments, ...spent(minutes) }],
  },
  reply: {
    action: ({ next }) =>
      next === 'stay' ? 'reply' : next === 'waitRequester' ? 'replyAndWait' : 'replyAndClose',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (_, { text, minutes }) => checkText(text) ?? checkMinutes(minutes),
    events: (ticket, command, context) => [...claimFirst(ticket), ...replied(ticket, command, context)],
  },
  classify: {
    action: () => 'classify',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (ticket, { priority, ticketType, service }, { desk }) => {
      if (!desk.services.has(service)) return { code: 'unknownService' };
      return priority === ticket.priority && ticketType === ticket.type && service === ticket.service
        ? { code: 'nothingChanged' }
        : undefined;
    },
    events: (ticket, { priority, ticketType, service }, { desk }) => [
      {
        type: 'classified',
        from: { priority: ticket.priority, ticketType: ticket.type, service: ticket.service },
        to: { priority, ticketType, service },
        deadlines: allowances(desk, { queue: ticket.queue, service, priority }),
      },
    ],
  },
};

function replied(
  ticket: Ticket,
  { text, next, at, minutes }: CommandOf<'reply'>,
  { desk, calendars }: DecisionContext,
): EventBody[] {
  const work = spent(minutes);
  if (next === 'close') return [{ type: 'closedSuccessfully', text, ...work }];
  if (next === 'stay' || ticket.state.kind === 'waitingRequester')
    return [{ type: 'replied', text, ...work }];
  const calendar = calendarFor(desk, calendars, ticket);
  const used = ticket.deadlines
    // The reply itself meets the first response, and the update clock begins anew with it.
    .filter(
      ({ kind, runningSince, metAt }) => kind !== 'firstResponse' && runningSince !== undefined && !metAt,
    )
    .map((clock) => ({
      kind: clock.kind,
      usedMs: clock.kind === 'update' ? 0 : pauseClock(clock, calendar, at).usedMs,
    }));
  return [
    { type: 'replied', text, ...work },
    { type: 'waitedForRequester', used },
  ];
}
