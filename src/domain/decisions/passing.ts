/** Passing a ticket on: to whom it goes and who lets it go (T3–T5). */

import { agentsOf, mayWorkOrSupervise } from '../rights.ts';
import { checkText, ownerOrSupervisor, queueNameOf, type Rules, refOf } from './rule.ts';

export const PASSING: Rules<'assign'> = {
  assign: {
    action: () => 'assign',
    may: mayWorkOrSupervise,
    otherwise: 'notYourQueue',
    lock: ownerOrSupervisor,
    content: (ticket, { to, note }, { desk }) => {
      if (!agentsOf(desk, ticket.queue).some(({ id }) => id === to))
        return { code: 'unknownAgent', queue: queueNameOf(desk, ticket.queue) };
      if (ticket.locked && ticket.owner?.id === to)
        return { code: 'alreadyAssigned', owner: ticket.owner.name };
      return checkText(note);
    },
    events: (ticket, { to, note }, { desk }) => [
      { type: 'assigned', to: refOf(desk, to), note, ...(ticket.owner ? { from: ticket.owner } : {}) },
    ],
  },
};
