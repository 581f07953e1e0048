/** What the requester does to their own ticket. */

import type { EventBody } from '../events.ts';
import { isRequester } from '../rights.ts';
import { TRANSITIONS } from '../transitions.ts';
import { checkText, passesLock, type Rules } from './rule.ts';

export const REQUESTER: Rules<'requesterMessage'> = {
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
};
