/** Closing a ticket, with or without a solution, and looking at it again (T8). */

import type { EventBody } from '../events.ts';
import { answerableFor, maySupervise, mayWork } from '../rights.ts';
import type { Ticket } from '../ticket.ts';
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

export const CLOSING: Rules<'close' | 'review'> = {
  close: {
    action: ({ unsuccessfully }) => (unsuccessfully ? 'closeUnsuccessfully' : 'close'),
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (_, { text, minutes, silent }) =>
      checkText(text) ??
      checkMinutes(minutes) ??
      (silent === 'asked' ? { code: 'confirmSilence' } : undefined),
    events: (ticket, { text, minutes, unsuccessfully, silent, review }, context) => [
      ...claimFirst(ticket),
      {
        type: unsuccessfully ? 'closedUnsuccessfully' : 'closedSuccessfully',
        text,
        ...(silent ? { silent: true as const } : {}),
        ...spent(minutes),
      },
      ...(unsuccessfully || review ? [reviewOf(ticket, unsuccessfully ?? false, context)] : []),
    ],
  },
  review: {
    action: () => 'review',
    may: maySupervise,
    otherwise: 'supervisorsOnly',
    lock: passesLock,
    content: ({ review }, { text }) => (review === 'asked' ? checkText(text) : { code: 'noReview' }),
    adds: true,
    events: (_, { text }) => [{ type: 'reviewed', text }],
  },
};

/** Who answers for the ticket is asked to look at it again. */
export function reviewOf(ticket: Ticket, unsuccessfully: boolean, { desk }: DecisionContext): EventBody {
  return { type: 'reviewAsked', of: answerableFor(desk, ticket), unsuccessfully };
}
