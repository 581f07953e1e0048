/** Cards of tickets that others have to do with, or that somebody follows, for the gallery. */

import { formDialog } from '../../src/cards/dialogs/form-dialog-view.ts';
import { historyDialog } from '../../src/cards/dialogs/history-view.ts';
import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext } from '../../src/cards/kit/context.ts';
import type { PrintLinks } from '../../src/cards/kit/quiet-row.ts';
import { queueCard } from '../../src/cards/queue/queue-view.ts';
import type { TicketEvent } from '../../src/domain/events.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';
import { ticketNumber } from '../support/tickets.ts';

type Scene = {
  readonly taken: Ticket;
  readonly answered: { readonly ticket: Ticket; readonly history: readonly TicketEvent[] };
  readonly subject: string;
  readonly text: string;
  readonly print: PrintLinks;
};

export function linkedCards(
  { taken, answered, subject, text, print }: Scene,
  context: CardContext,
): Record<string, Outgoing> {
  const viewer = (id: string) => actorFor(context.desk, { id, name: '' });
  const anna = viewer(PERSON.anna);
  const values = { article: '1', subject, text, service: 'payment-orders' };
  return {
    'queue: with something important, for a watcher': queueCard(
      { ticket: watched(answered.ticket), viewer: viewer(PERSON.elena), print },
      context,
    ),
    'queue: linked, for an agent': queueCard({ ticket: linked(taken), viewer: anna }, context),
    'form dialog: split, filled': formDialog(
      { ticket: taken, seen: taken.version, form: 'split', state: { values } },
      context,
    ),
    'history: with something important': historyDialog(watched(answered.ticket), answered.history, context),
  };
}

/** With other tickets that have to do with it. */
function linked(ticket: Ticket): Ticket {
  const kinds = ['related', 'duplicate', 'splitInto', 'splitFrom', 'continues', 'continuedBy'] as const;
  return { ...ticket, links: kinds.map((kind, index) => ({ number: ticketNumber(index + 2), kind })) };
}

/** Followed by somebody, with its note marked as important. */
function watched(ticket: Ticket): Ticket {
  const articles = ticket.articles.map((article) =>
    article.kind === 'note' ? { ...article, important: true as const } : article,
  );
  return { ...ticket, articles, watchers: [{ id: PERSON.elena, name: '' }] };
}
