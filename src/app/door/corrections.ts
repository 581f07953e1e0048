/** What people edit or delete of what they wrote: a draft follows, and of a ticket the history is told. */

import type { Draft } from '../../domain/draft.ts';
import { withCorrection } from '../../domain/intake/said-meanwhile.ts';
import { TEXT_LIMIT } from '../../domain/limits.ts';
import { type Actor, actorFor } from '../../domain/rights.ts';
import { articleMadeOf, saysAlready } from '../../domain/sayings.ts';
import type { AttachmentRef, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { execute } from '../changing/execute.ts';
import { complaintAbout, keepFiles } from '../files/attach.ts';
import type { House } from '../house.ts';
import { changeDraft, proposalFor } from '../opening/intake.ts';
import { turnOf, whereItGoesOn } from '../opening/write-to-ticket.ts';
import { meet, refOf } from '../people.ts';
import type { Answer, InboundEdit } from '../ports/inbound.ts';
import type { Receipt } from '../ports/store.ts';
import { say } from '../say.ts';
import { refusalText } from '../showing/refusal-text.ts';
import { TICKETS_LOOKED_AT } from './conversation.ts';

const NOTHING: Answer = { kind: 'none' };
/** Other instances write to the same draft; more rounds than this are a fault. */
const ROUNDS = 5;

/** Nothing is said of what nobody has made anything of: a command, thanks, what was refused. */
export async function hearEdit(house: House, edit: InboundEdit): Promise<Answer> {
  if (!edit.sender.personal) return NOTHING;
  // After the message itself, should that still be on its way.
  return house.turns(turnOf(edit.sender.person), async () => {
    const { person } = edit.sender;
    for (let round = 0; round < ROUNDS; round++) {
      const draft = await house.store.pendingDraftOf(person);
      if (!draft?.messages?.some(({ message }) => message === edit.id)) break;
      const followed = await follow(house, draft, edit);
      if (followed) return followed;
    }
    const tickets = await house.store.ticketsOf(person, TICKETS_LOOKED_AT);
    const ticket = tickets.find((one) => articleMadeOf(one, edit.id));
    if (!ticket) return NOTHING;
    const actor = actorFor(house.desk, refOf(await meet(house, edit.sender)));
    return edit.what === 'edited'
      ? correct(house, ticket, actor, edit)
      : tellDeleted(house, ticket, actor, edit);
  });
}

/** @returns undefined where somebody else changed the draft at the same moment */
async function follow(house: House, draft: Draft, edit: InboundEdit): Promise<Answer | undefined> {
  const { sender, what, id, text } = edit;
  const { locale } = sender;
  if (what === 'restored') return NOTHING;
  // What was written is not lost by a slip of the hand; who means it takes the request back.
  if (what === 'deleted') return say(translate(locale, 'chat.deletedInDraft'));
  if (text.length > TEXT_LIMIT) return say(tooLong(edit));
  const before = draft.messages?.find(({ message }) => message === id)?.text ?? '';
  const { attachments, complaint } = await newFiles(house, edit, draft.attachments);
  if (text === before && attachments.length === 0) return NOTHING;
  const changed = await changeDraft(house, draft, {
    ...withCorrection(draft, id, text, (whole) => proposalFor(house, whole)),
    attachments: [...draft.attachments, ...attachments],
  });
  return changed && say([translate(locale, 'chat.draftCorrected'), complaint].filter(Boolean).join('\n\n'));
}

async function correct(house: House, ticket: Ticket, actor: Actor, edit: InboundEdit): Promise<Answer> {
  const { sender, id, text } = edit;
  const { locale } = sender;
  if (text.length > TEXT_LIMIT) return say(tooLong(edit));
  const target = await whereItGoesOn(house, ticket, actor);
  const known = [...ticket.articles, ...target.articles].flatMap((article) => article.attachments);
  const { attachments, complaint } = await newFiles(house, edit, known);
  if ((saysAlready(target, id, text) ?? saysAlready(ticket, id, text)) && attachments.length === 0)
    return NOTHING;
  const result = await execute(
    house,
    target.number,
    { type: 'correct', at: house.clock.now(), via: 'chat', actor, message: id, text, attachments },
    { receipt: receiptOf(house, edit) },
  );
  if (result.kind === 'refused')
    return result.refusal.code === 'nothingChanged'
      ? NOTHING
      : say(refusalText(house, result.refusal, locale));
  // A reopened ticket announces itself with a notice of its own.
  if (result.kind === 'repeated' || result.events.some(({ type }) => type === 'reopened')) return NOTHING;
  const taken = translate(locale, 'chat.correctionAdded', { number: target.number });
  return say([taken, complaint].filter(Boolean).join('\n\n'));
}

/** The article stays: somebody may have read it and acted on it. */
async function tellDeleted(house: House, ticket: Ticket, actor: Actor, edit: InboundEdit): Promise<Answer> {
  const restored = edit.what === 'restored';
  const result = await execute(
    house,
    ticket.number,
    { type: 'deleteMessage', at: house.clock.now(), via: 'chat', actor, message: edit.id, restored },
    { receipt: receiptOf(house, edit) },
  );
  if (result.kind !== 'done' || restored) return NOTHING;
  return say(translate(edit.sender.locale, 'chat.deletedOnTicket', { number: ticket.number }));
}

/** Those that came with the edit; what it had before comes once more, with the same bytes. */
async function newFiles(
  house: House,
  { files, lost, sender }: InboundEdit,
  known: readonly AttachmentRef[],
): Promise<{ readonly attachments: readonly AttachmentRef[]; readonly complaint?: string | undefined }> {
  const kept = await keepFiles(house, files, sender);
  const ids = new Set(known.map(({ id }) => id));
  const attachments = kept.attachments.filter(({ id }) => !ids.has(id));
  return { attachments, complaint: complaintAbout(kept, lost, sender.locale) };
}

function receiptOf({ clock }: House, { key }: InboundEdit): Receipt {
  return { key, at: clock.now(), outcome: 'heard' };
}

function tooLong({ sender, text }: InboundEdit): string {
  return translate(sender.locale, 'chat.tooLong', { length: text.length, limit: TEXT_LIMIT });
}
