/** What the requester does to their own ticket. */

import type { EventBody } from '../events.ts';
import { type Actor, isRequester } from '../rights.ts';
import type { Ticket } from '../ticket.ts';
import { TRANSITIONS } from '../transitions.ts';
import { checkText, passesLock, type Rules } from './rule.ts';

export const REQUESTER: Rules<'requesterMessage' | 'withdraw' | 'rate'> = {
  requesterMessage: {
    action: ({ thanks }) => (thanks ? 'requesterThanks' : 'requesterMessage'),
    may: isRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: (_, { text, attachments }) => checkText(text, attachments.length > 0),
    adds: true,
    events: (ticket, { text, attachments, thanks }) => {
      const wrote: EventBody = { type: 'requesterWrote', text, attachments };
      const transition = TRANSITIONS[thanks ? 'requesterThanks' : 'requesterMessage'][ticket.state.kind];
      if (transition === 'resume') return [wrote, { type: 'waitEnded' }];
      return transition === 'open' ? [wrote, { type: 'reopened' }] : [wrote];
    },
  },
  withdraw: {
    action: () => 'withdraw',
    may: isFirstRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: (_, { text }) => checkText(text, true),
    adds: true,
    events: (_, { text }) => [{ type: 'withdrawn', text: text.trim() }],
  },
  rate: {
    action: () => 'rate',
    may: isFirstRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: ({ rating }, { stars, text }) => {
      if (rating) return { code: 'alreadyRated' };
      if (!Number.isInteger(stars) || stars < 1 || stars > 5) return { code: 'starsNotValid' };
      return checkText(text, true);
    },
    adds: true,
    events: (_, { stars, text }) => [{ type: 'rated', stars, text: text.trim() }],
  },
};

/** Who asked for it. Requesters of merged duplicates follow it, and end nothing for others. */
function isFirstRequester(actor: Actor, { requester }: Ticket): boolean {
  return actor.kind === 'person' && actor.id === requester.id;
}
