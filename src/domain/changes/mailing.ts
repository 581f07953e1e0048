/** Mail that went outside, and what came back. */

import { type Changes, withArticle } from './change.ts';

export const MAILING: Changes<'forwarded' | 'mailReceived' | 'mailFailed'> = {
  forwarded: (ticket, event) => {
    const { article, to, key } = event;
    const forwarded = { article, to, ...(key === undefined ? {} : { key }) };
    return withArticle(ticket, 'mailSent', event, { forwarded });
  },
  mailReceived: (ticket, event) => withArticle(ticket, 'mailReceived', event, { mail: event.mail }),
  // Who forwarded it is told; what the ticket is has not changed.
  mailFailed: (ticket) => ticket,
};
