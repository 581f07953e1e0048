/** From a message to a ticket (I13): a dialog that the message fills in, and whose request is its author's. */

import { createHash } from 'node:crypto';
import { type Notice, nameOf } from '../../cards/kit/context.ts';
import { draftDialog } from '../../cards/requester/draft-view.ts';
import type { Draft } from '../../domain/draft.ts';
import { TEXT_LIMIT } from '../../domain/limits.ts';
import { organisationsOf } from '../../domain/organisations.ts';
import { mayOpen } from '../../domain/rights.ts';
import type { Locale, PersonRef, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { complaintAbout, keepFiles } from '../files/attach.ts';
import type { House } from '../house.ts';
import { actorOf, meet } from '../people.ts';
import type { Answer, ChosenMessage, InboundDialog, LostFiles, Sender } from '../ports/inbound.ts';
import type { Profile, Receipt } from '../ports/store.ts';
import { say } from '../say.ts';
import { contextFor } from '../showing/card-context.ts';
import { draftInput } from './draft-card.ts';
import { proposalFor, submitDraft } from './intake.ts';

const FILES_NAMED = 5;

/** Opens the dialog: as it was left, where the same person has sent it from the same message before. */
export async function beginFromMessage(
  house: House,
  { sender, message }: Pick<InboundDialog, 'sender' | 'message'>,
): Promise<Answer> {
  const { locale } = sender;
  if (!message?.author) return say(translate(locale, 'extension.noAuthor'));
  const arrival = { kind: 'message', ...(message.link === undefined ? {} : { link: message.link }) } as const;
  const actor = actorOf(house, sender);
  if (!mayOpen(actor, { requester: message.author, arrival }, house.desk))
    return say(translate(locale, 'extension.notYourMessage', { name: message.author.name }));
  const id = draftId(sender, message);
  const made = await house.store.ticketOfDraft(id);
  if (made) return say(translate(locale, 'extension.madeBefore', { number: made.number }));
  const begun = await house.store.draft(id);
  if (begun && !begun.ended) return show(house, begun, sender, leftBehind(message.lost, locale));
  const { draft, complaint } = await prepare(house, sender, message, message.author, id, arrival, begun);
  return show(house, draft, sender, complaint);
}

/** Sends the dialog's form: a ticket, or the form again with what is wrong. */
export async function sendFromMessage(
  house: House,
  { sender, inputs, message }: InboundDialog,
  draft: Draft,
  receipt: Receipt,
): Promise<Answer> {
  const made = await house.store.ticketOfDraft(draft.id);
  if (made) return created(made, draft, sender);
  const actor = actorOf(house, sender);
  if (!mayOpen(actor, draft, house.desk))
    return say(translate(sender.locale, 'extension.notYourMessage', { name: draft.requester.name }));
  const requester = await house.store.profile(draft.requester.id);
  const submitted = await submitDraft(house, draft, requester, { inputs }, receipt, undefined);
  if (submitted.kind === 'incomplete' && submitted.draft.ended)
    return say(translate(sender.locale, 'draft.ended'));
  return submitted.kind === 'incomplete'
    ? show(house, submitted.draft, sender, leftBehind(message?.lost, sender.locale))
    : created(submitted.ticket, draft, sender);
}

function created({ number }: Ticket, draft: Draft, { locale }: Sender): Answer {
  return say(
    draft.preparedBy
      ? translate(locale, 'extension.created', { number, name: draft.requester.name })
      : translate(locale, 'notice.requestSent', { number }),
  );
}

/** The same person and message lead to the same draft, so that a message becomes one ticket of theirs. */
function draftId({ person, conversation }: Sender, { id }: ChosenMessage): string {
  const [room] = conversation.split(';');
  return createHash('sha256')
    .update(JSON.stringify([person, room, id]))
    .digest('base64url');
}

async function prepare(
  house: House,
  sender: Sender,
  message: ChosenMessage,
  author: PersonRef,
  id: string,
  arrival: NonNullable<Draft['arrival']>,
  ended: Draft | undefined,
): Promise<{ readonly draft: Draft; readonly complaint: string }> {
  const itself = author.id === sender.person;
  const known = itself ? await meet(house, sender) : await house.store.profile(author.id);
  const requester = { id: author.id, name: known?.name || nameIn(house, author) };
  const kept = await keepFiles(house, message.files, sender);
  const complaint = complaintAbout(kept, undefined, sender.locale);
  const { attachments } = kept;
  const said = message.text.slice(0, TEXT_LIMIT);
  const email = known?.email ?? house.desk.people.get(author.id)?.email;
  const draft: Draft = {
    id,
    version: (ended?.version ?? 0) + 1,
    createdAt: ended?.createdAt ?? house.clock.now(),
    ...(ended ? { changedAt: house.clock.now() } : {}),
    requester,
    ...(email === undefined ? {} : { email }),
    locale: known?.locale ?? house.desk.locale,
    organisations: organisationsOf(house.desk, { id: author.id, ...(email === undefined ? {} : { email }) }),
    text: said,
    attachments,
    proposal: proposalFor(house, said),
    inputs: contactOf(requester, known),
    editing: false,
    checked: false,
    candidates: [],
    withdrawn: false,
    arrival,
    ...(itself
      ? {}
      : { preparedBy: { id: sender.person, name: nameIn(house, { id: sender.person, name: sender.name }) } }),
  };
  const result = await house.store.commitDraft({ draft, expected: ended?.version ?? 0, deliveries: [] });
  // The same command was given twice at the same moment: the first one's draft is the one.
  const first = result.kind === 'committed' ? draft : ((await house.store.draft(id)) ?? draft);
  return {
    draft: first,
    complaint: [complaint, leftBehind(message.lost, sender.locale)].filter(Boolean).join('\n'),
  };
}

function nameIn({ desk }: House, { id, name }: PersonRef): string {
  return desk.people.get(id)?.name ?? name;
}

function contactOf({ name }: PersonRef, known: Profile | undefined): Draft['inputs'] {
  return { name, ...(known?.phone === undefined ? {} : { phone: known.phone }) };
}

function show(house: House, draft: Draft, { locale }: Sender, left: string): Answer {
  const notice: Notice = { text: left, tone: 'warning' };
  const content = draftDialog(
    { ...draftInput(house, draft, locale), ...(left === '' ? {} : { notice }) },
    contextFor(house, locale),
  );
  return { kind: 'dialog', title: content.summary, content };
}

/** What of the message only Graph could fetch, and the way in which it gets here all the same. */
function leftBehind(lost: LostFiles | undefined, locale: Locale): string {
  if (!lost) return '';
  const { pictures, nameless } = lost;
  const files = lost.names.slice(0, FILES_NAMED).map(nameOf).join(', ');
  return [
    ...(pictures > 0 ? [translate(locale, 'dialog.picturesLeftOut', { count: pictures })] : []),
    ...(files === '' ? [] : [translate(locale, 'dialog.filesLeftOut', { files })]),
    ...(files === '' && nameless > 0
      ? [translate(locale, 'dialog.namelessLeftOut', { count: nameless })]
      : []),
  ].join(' ');
}
