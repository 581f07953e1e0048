/** Calls with the requester, pressed on a card: one form, and the button says how it went. */

import { ABOUT_TEXT, minutesIn, type Presses, press } from './press.ts';

const call = (direction: 'made' | 'received') =>
  press<'phone'>({
    command: ({ text = '', ...rest }) => ({ type: 'phone', direction, text, ...minutesIn(rest) }),
    notice: () => 'callNoted',
    form: 'phone',
    fields: ABOUT_TEXT,
  });

export const PHONE = {
  phoneMade: call('made'),
  phoneReceived: call('received'),
  contactFailed: press<'contactFailed'>({
    command: ({ text = '', ...rest }) => ({ type: 'contactFailed', text, ...minutesIn(rest) }),
    notice: (_, { failedContacts = 0 }, { desk }) =>
      failedContacts + 1 >= desk.contactAttempts ? 'unreachableClosed' : 'attemptNoted',
    form: 'phone',
    fields: ABOUT_TEXT,
  }),
} satisfies Presses;
