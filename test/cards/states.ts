import type { TicketState } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { MORNING } from '../support/tickets.ts';

/** One of every state there is. */
export const STATES_FOR_TEST: readonly TicketState[] = [
  { kind: 'new' },
  { kind: 'open' },
  { kind: 'inProgress' },
  { kind: 'waitingReminder', until: MORNING, setBy: PERSON.anna },
  { kind: 'waitingRequester', since: MORNING },
  { kind: 'waitingAutoClose', until: MORNING },
  { kind: 'closedSuccessfully', at: MORNING },
  { kind: 'closedUnsuccessfully', at: MORNING },
  { kind: 'merged', into: '1', at: MORNING },
];
