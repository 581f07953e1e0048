/** What the state of a ticket has against an action, by the transition table. */

import type { Refusal } from '../refusals.ts';
import type { Ticket } from '../ticket.ts';
import { type TicketAction, TRANSITIONS } from '../transitions.ts';

export function checkState({ state }: Ticket, action: TicketAction): Refusal | undefined {
  const transition = TRANSITIONS[action][state.kind];
  if (typeof transition !== 'object') return undefined;
  if (transition.refuse === 'mergedInto')
    return state.kind === 'merged' ? { code: 'mergedInto', number: state.into } : { code: 'closed' };
  return { code: transition.refuse };
}
