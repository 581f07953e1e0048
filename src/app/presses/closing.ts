/** Closing and looking at it again, pressed on a card. */

import { ABOUT_TEXT, minutesIn, type Presses, press } from './press.ts';

export const CLOSING = {
  close: press<'close'>({
    command: ({ text = '', outcome = 'solved', silent, confirmed, review, ...rest }) => ({
      type: 'close',
      text,
      ...(outcome === 'unsolved' ? { unsuccessfully: true } : {}),
      ...(silent === 'true' ? { silent: confirmed === 'true' ? 'confirmed' : 'asked' } : {}),
      ...(review === 'true' ? { review: true } : {}),
      ...minutesIn(rest),
    }),
    notice: () => 'ticketClosed',
    fields: { ...ABOUT_TEXT, confirmSilence: 'silent' },
  }),
  review: press<'review'>({
    command: ({ text = '' }) => ({ type: 'review', text }),
    notice: () => 'reviewed',
  }),
} satisfies Presses;
