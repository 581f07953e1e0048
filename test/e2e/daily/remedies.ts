/** What became in Sportello of what people complained of. */

import type { OTRS, TaskName } from './otrs.ts';

type ComplainedOf = {
  [K in TaskName]: (typeof OTRS)[K] extends { readonly complaint: string } ? K : never;
}[TaskName];

export const REMEDIES: Readonly<Record<ComplainedOf, string>> = {
  notice:
    'The notice leads to the live card, without another login. Owner and responsible are told without having to ask for it.',
  take: 'An open form locks nothing: only what is sent does.',
  locked: 'It is a number on the dashboard, always in the same place, also when it is none.',
  note: 'A note is internal and nothing else; what the requester reads has a form of its own.',
  wait: 'Its card stays in the channel and says until when. At that time who set it is told in their chat, on a card to work on.',
  reply:
    'What comes next stands in the form itself, and says “Resta in lavorazione” where nothing else is chosen.',
  closeSilently:
    'It takes more clicks than closing with a word, says that it is for exceptions, and has to be confirmed.',
  release: 'The responsible is told at once, and assigns it anew on the notice itself.',
  assign: 'So it is here, on purpose: nobody is given a ticket that they could not open.',
  move: 'The note stands in the same form as the offices. Whoever loses the ticket is told where it went.',
  phoneTicket: 'All is on one form, in any order.',
  forward: 'The number stands in the subject by itself, and the answer comes back to the ticket.',
  findByNumber: 'Closed tickets are found as open ones are: by number, by words, or by the form.',
  notified: 'Queues and kinds of notices are chosen.',
};
