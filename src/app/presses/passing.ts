/** Passing a ticket on, pressed on a card. */

import { type Presses, press } from './press.ts';

export const PASSING: Presses = {
  assign: press<'assign'>({
    command: ({ to = '', note = '' }) => ({ type: 'assign', to, note }),
    notice: () => 'assignedTo',
    fields: { emptyText: 'note', textTooLong: 'note', unknownAgent: 'to', alreadyAssigned: 'to' },
  }),
  release: press<'release'>({ command: () => ({ type: 'release' }), notice: () => 'released' }),
  appoint: press<'appoint'>({
    command: ({ to = '' }) => ({ type: 'appoint', to }),
    notice: () => 'appointed',
    fields: { unknownSupervisor: 'to' },
  }),
  move: press<'move'>({
    command: ({ queue = '', note = '' }) => ({ type: 'move', queue, note }),
    notice: () => 'movedTo',
    fields: { reasonRequired: 'note', textTooLong: 'note' },
  }),
};
