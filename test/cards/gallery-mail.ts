/** What was forwarded and what came back, for the gallery. */

import { formDialog } from '../../src/cards/dialogs/form-dialog-view.ts';
import { historyDialog } from '../../src/cards/dialogs/history-view.ts';
import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext } from '../../src/cards/kit/context.ts';
import { queueCard } from '../../src/cards/queue/queue-view.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { AttachmentRef, Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';

type Scene = {
  readonly ticket: Ticket;
  readonly history: readonly TicketEvent[];
  readonly typed: {
    readonly agentName: string;
    /** Who answers is whoever they say. */
    readonly requesterName: string;
    readonly recipient: string;
    readonly note: string;
    readonly text: string;
    readonly reason: string;
  };
  readonly file: AttachmentRef;
};

export function mailCards(
  { ticket, history, typed, file }: Scene,
  context: CardContext,
): Record<string, Outgoing> {
  const at = ticket.changedAt + 60_000;
  const anna = { id: PERSON.anna, name: typed.agentName };
  const to = [typed.recipient, 'assistenza@fornitore.example'];
  const forwarded: TicketEvent = {
    ...{ type: 'forwarded', at, by: anna, via: 'queueChannel', article: 1, to, text: typed.note },
    minutes: 5,
  };
  const answered: TicketEvent = {
    ...{ type: 'mailReceived', at, via: 'mail', text: typed.text, attachments: [file], mail: '<1@x>' },
    by: { id: 'mail:ada@fornitore.example', name: typed.requesterName },
  };
  const sent = evolve(ticket, forwarded);
  const failed: TicketEvent = {
    ...{ type: 'mailFailed', at, via: 'mail', article: sent.version, addresses: to, tells: anna },
    reason: typed.reason,
  };
  const viewer = actorFor(context.desk, { id: PERSON.anna, name: '' });
  const both = evolve(evolve(sent, failed), answered);
  return {
    'queue: forwarded, for its owner': queueCard({ ticket: sent, viewer }, { ...context, mail: true }),
    'queue: answered by mail, for its owner': queueCard({ ticket: both, viewer }, { ...context, mail: true }),
    'form dialog: forward, filled': formDialog(
      {
        ...{ ticket: both, seen: both.version, form: 'forward' },
        state: { values: { to: to.join(', '), text: typed.note, article: '1' } },
      },
      context,
    ),
    'history: forwarded': historyDialog(both, [...history, forwarded, failed, answered], context),
  };
}
