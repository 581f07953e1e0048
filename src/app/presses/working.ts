/** Taking, noting, answering, sorting and closing, pressed on a card. */

import { PRIORITIES, TICKET_TYPES } from '../../domain/desk.ts';
import { ABOUT_TEXT, minutesIn, type Presses, press } from './press.ts';

export const WORKING: Presses = {
  claim: press<'claim'>({ command: () => ({ type: 'claim' }), notice: () => 'claimedByYou' }),
  note: press<'note'>({
    command: ({ text = '', ...rest }) => ({ type: 'note', text, attachments: [], ...minutesIn(rest) }),
    notice: () => 'noteAdded',
    fields: ABOUT_TEXT,
  }),
  reply: press<'reply'>({
    command: ({ text = '', then = 'stay', ...rest }) => {
      const next = (['stay', 'waitRequester', 'close'] as const).find((word) => word === then);
      return next && { type: 'reply', text, next, ...minutesIn(rest) };
    },
    notice: ({ next }) => (next === 'close' ? 'ticketClosed' : 'replySent'),
    fields: ABOUT_TEXT,
  }),
  close: press<'close'>({
    command: ({ text = '', ...rest }) => ({ type: 'close', text, ...minutesIn(rest) }),
    notice: () => 'ticketClosed',
    fields: ABOUT_TEXT,
  }),
  classify: press<'classify'>({
    command: ({ priority, type, service = '' }) => {
      const level = PRIORITIES.find((value) => String(value) === priority);
      const ticketType = TICKET_TYPES.find((value) => value === type);
      return level && ticketType && { type: 'classify', priority: level, ticketType, service };
    },
    notice: () => 'classified',
    fields: { unknownService: 'service' },
  }),
};
