/** The cards of the message extension, for the gallery. */

import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext } from '../../src/cards/kit/context.ts';
import { insertedCard } from '../../src/cards/lists/inserted-view.ts';
import type { DraftInput } from '../../src/cards/requester/draft-fields.ts';
import { draftDialog } from '../../src/cards/requester/draft-view.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';

export type ExtensionWorld = {
  readonly context: CardContext;
  readonly ticket: Ticket;
  /** A draft with all that is known of it. */
  readonly draft: DraftInput;
  readonly typed: { readonly agentName: string; readonly error: string };
};

export function extensionShapes(world: ExtensionWorld): Record<string, Outgoing> {
  const { context, ticket, draft, typed } = world;
  const { error } = typed;
  const link = 'https://teams.microsoft.com/l/message/19%3Afinance/1';
  const prepared: DraftInput = {
    ...draft,
    draft: {
      ...draft.draft,
      arrival: { kind: 'message', link },
      preparedBy: { id: PERSON.anna, name: typed.agentName },
    },
  };
  const several = { ...prepared.draft, organisations: ['comune', 'unione'] };
  return {
    'dialog: from a message': draftDialog(prepared, context),
    'dialog: from a message, not accepted': draftDialog(
      { ...prepared, draft: several, errors: { subject: error, phone: error }, chargeable: true },
      context,
    ),
    'inserted: for anybody': insertedCard({ ticket, reader: 'anybody' }, context),
    'inserted: for anybody, confidential': insertedCard(
      { ticket, reader: 'anybody', discreet: true },
      context,
    ),
    'inserted: for the requester': insertedCard({ ticket, reader: 'requester' }, context),
    'inserted: for an agent': insertedCard({ ticket, reader: 'inside', link }, context),
  };
}
