/** Passing a ticket on, pressed on a card. */

import { type Presses, press } from './press.ts';

export const PASSING: Presses = {
  assign: press<'assign'>({
    command: ({ to = '', note = '' }) => ({ type: 'assign', to, note }),
    notice: () => 'assignedTo',
    fields: { emptyText: 'note', textTooLong: 'note', unknownAgent: 'to', alreadyAssigned: 'to' },
  }),
};
