/** What the requester presses on their own cards. */

import { isMereThanks } from '../../domain/intake/thanks.ts';
import { isClosed } from '../../domain/ticket.ts';
import { type Presses, press } from './press.ts';

export const REQUESTER = {
  writeToOffice: press<'requesterMessage'>({
    command: ({ text = '' }) => ({
      type: 'requesterMessage',
      text,
      attachments: [],
      thanks: isMereThanks(text),
    }),
    notice: ({ thanks }, { state }) => (isClosed(state) && !thanks ? 'messageReopened' : 'messageSent'),
  }),
  withdraw: press<'withdraw'>({
    command: ({ text = '' }) => ({ type: 'withdraw', text }),
    notice: () => 'withdrawn',
  }),
  rate: press<'rate'>({
    command: ({ stars = '', suggestion = '' }) => ({
      type: 'rate',
      stars: /^[1-5]$/.test(stars) ? Number(stars) : 0,
      text: suggestion,
    }),
    notice: () => 'rated',
  }),
} satisfies Presses;
