/** What the state of a ticket has against an action, by the transition table. */

import type { Refusal } from '../refusals.ts';
import type { Ticket } from '../ticket.ts';
import { type TicketAction, TRANSITIONS } from '../transitions.ts';

export function checkState({ state }: Ticket, action: TicketAction): Refusal | undefined {
  const transition = TRANSITIONS[action][state.kind];
  if (typeof transition !== 'object') return undefined;
  const { refuse } = transition;
  if (state.kind === 'merged' && refuse === 'mergedInto') return { code: 'mergedInto', number: state.into };
  // Nothing but a merged ticket refuses so.
  return { code: refuse as Exclude<typeof refuse, 'mergedInto'> };
}
