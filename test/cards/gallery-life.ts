/** Cards of a ticket's later life, for the gallery. */

import type { Outgoing } from '../../src/app/ports.ts';
import { movedPointer, personalNotice } from '../../src/cards/agent-notice-view.ts';
import type { CardContext, Notice } from '../../src/cards/context.ts';
import type { FormState } from '../../src/cards/fields.ts';
import { assignTask } from '../../src/cards/tasks.ts';
import type { PersonRef, Ticket } from '../../src/domain/ticket.ts';

type Scene = {
  readonly ticket: Ticket;
  readonly by: PersonRef;
  readonly link: string;
  readonly notice: Notice;
  /** A form that was not accepted. */
  readonly state: FormState;
};

export function laterCards(
  { ticket, by, link, notice, state }: Scene,
  context: CardContext,
): Record<string, Outgoing> {
  const task = assignTask(ticket, context, state);
  return {
    'personal notice: released, to be assigned': personalNotice(
      { kind: 'agentReleased', ticket, by, link, notice, task },
      context,
    ),
    'queue: moved away': movedPointer({ ticket, link }, context),
  };
}
