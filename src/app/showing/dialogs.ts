/** Dialogs that a card opens to look at: the history and the attachments of its ticket. Rights are checked at that moment. */

import { attachmentsDialog } from '../../cards/dialogs/attachments-view.ts';
import { historyDialog } from '../../cards/dialogs/history-view.ts';
import { isRequester, mayReadInternally } from '../../domain/rights.ts';
import { isPublic } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { actorOf } from '../people.ts';
import type { Answer, InboundDialog } from '../ports/inbound.ts';
import { unknownAction } from '../say.ts';
import { contextFor } from './card-context.ts';
import { healOrphan, slotOfPost } from './show.ts';

export async function openDialog(house: House, dialog: InboundDialog): Promise<Answer> {
  const { sender, verb, ticket: number, post } = dialog;
  // Whether there is such a ticket, the answer to a button that is none does not tell.
  if (verb !== 'history' && verb !== 'attachments') return unknownAction(sender.locale);
  const refused: Answer = { kind: 'text', text: translate(sender.locale, 'refusal.unknownTicket') };
  const ticket = number === undefined ? undefined : await house.store.ticket(number);
  const actor = actorOf(house, sender);
  if (!ticket) return refused;
  const inside = mayReadInternally(actor, ticket);
  if (inside && post && (await slotOfPost(house, ticket, post)) === 'orphan')
    await healOrphan(house, ticket, post, sender);
  const context = contextFor(house, sender.locale);
  if (verb === 'history' && inside)
    return dialogOf(historyDialog(ticket, await house.store.history(ticket.number), context));
  if (verb === 'attachments' && (inside || isRequester(actor, ticket))) {
    // A note's files are as internal as the note.
    const files = ticket.articles
      .filter((article) => inside || isPublic(article))
      .flatMap(({ attachments }) => attachments);
    return dialogOf(
      attachmentsDialog(
        ticket,
        files.map((file) => ({
          file,
          url: house.links.toAttachment({ ticket: ticket.number, file, person: sender.person }),
        })),
        context,
      ),
    );
  }
  return refused;
}

function dialogOf(content: Extract<Answer, { kind: 'dialog' }>['content']): Answer {
  return { kind: 'dialog', title: content.summary, content };
}
