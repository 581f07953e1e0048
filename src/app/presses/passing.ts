/** Passing a ticket on, pressed on a card. */

import { type Caller, checkCaller } from '../../domain/intake/caller.ts';
import { type Presses, press, type Setting } from './press.ts';

export const PASSING = {
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
  changeRequester: press<'changeRequester'>({
    command: ({ requester = '', person: picked = '' }, { desk, met }) => {
      const caller = picked === '' ? checkCaller(requester, desk.people.values(), met) : chosen(met);
      const nobody = { id: '', name: '' };
      if (!caller.ok) return { type: 'changeRequester', to: nobody };
      const { person, email, phone } = caller.value;
      return {
        type: 'changeRequester',
        to: person,
        ...(email === undefined ? {} : { email }),
        ...(phone === undefined ? {} : { phone }),
      };
    },
    notice: () => 'requesterChanged',
    fields: { requesterNotValid: 'requester', nothingChanged: 'requester' },
  }),
  move: press<'move'>({
    command: ({ queue = '', note = '' }) => ({ type: 'move', queue, note }),
    notice: () => 'movedTo',
    fields: { reasonRequired: 'note', textTooLong: 'note' },
  }),
} satisfies Presses;

/** Whom somebody picked in the directory, where they were found. */
function chosen(met: Setting['met']): { readonly ok: true; readonly value: Caller } | { readonly ok: false } {
  if (!met) return { ok: false };
  const { id, name, ...rest } = met;
  return { ok: true, value: { ...rest, person: { id, name } } };
}
