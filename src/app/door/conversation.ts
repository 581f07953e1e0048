/** What a person writes in the chat: a new request, more for the one in preparation, or something on a ticket. */

import type { Draft } from '../../domain/draft.ts';
import { continuesTicket, isMereThanks, isPromise } from '../../domain/intake/thanks.ts';
import { TEXT_LIMIT } from '../../domain/limits.ts';
import { findTicketNumbers } from '../../domain/number.ts';
import { hasRoom } from '../../domain/quotas.ts';
import { withinReach } from '../../domain/reopening.ts';
import { isClosed, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { complaintAbout, keepFiles } from '../files/attach.ts';
import { answerWanted, wantedBy } from '../finding/find-words.ts';
import type { House } from '../house.ts';
import { beginCall, callIn, takesCalls } from '../opening/by-phone.ts';
import { beginDraft, extendDraft, type Said } from '../opening/intake.ts';
import { add, turnOf } from '../opening/write-to-ticket.ts';
import { meet } from '../people.ts';
import type { Answer, InboundMessage } from '../ports/inbound.ts';
import type { Profile, Receipt } from '../ports/store.ts';
import { say } from '../say.ts';
import { notHere } from '../showing/not-here.ts';
import { helpContent, isCallForHelp } from './help.ts';

/** A draft older than this is not what the next message is about. */
const DRAFT_LIVES_MS = 12 * 3_600_000;
/** Of the newest that somebody asked for. */
export const TICKETS_LOOKED_AT = 20;
/** Where no file was fetched. */
const NOTHING = { tooLarge: [], unreadable: [], overQuota: [] };

export async function hear(house: House, message: InboundMessage): Promise<Answer> {
  const { sender } = message;
  const { locale } = sender;
  const text = message.text.trim();
  if (!sender.personal) return notHere(sender);
  if (text.length > TEXT_LIMIT)
    return say(translate(locale, 'chat.tooLong', { length: text.length, limit: TEXT_LIMIT }));
  if (isCallForHelp(text) && message.files.length === 0)
    return { kind: 'card', content: helpContent(house, sender) };
  const call = callIn(text);
  if (call && takesCalls(house, sender)) return hearCall(house, message, call.text);
  // Whoever asks for nothing but the form is told who has it.
  if (call?.text === '' && message.files.length === 0) return beginCall(house, sender, 'card');
  const wanted = message.files.length > 0 || message.quotes !== undefined ? undefined : wantedBy(text);
  if (wanted) {
    await meet(house, sender);
    return answerWanted(house, message, wanted);
  }
  if (text === '' && message.files.length === 0)
    return say(complaintAbout(NOTHING, message.lost, locale) ?? translate(locale, 'chat.emptyMessage'));

  const receipt: Receipt = { key: message.key, at: house.clock.now(), outcome: 'heard' };
  if (await house.store.receipt(receipt.key)) return { kind: 'none' };
  const profile = await meet(house, sender);
  const kept = await keepFiles(house, message.files, sender);
  const complaint = complaintAbout(kept, message.lost, locale);
  const said: Said = { text, attachments: kept.attachments, messages: [{ message: message.id, text }] };
  if (text === '' && said.attachments.length === 0) return say(complaint ?? '');
  // Two messages at the same instant: the second belongs to the draft that the first one makes.
  const answer = await house.turns(turnOf(profile.person), () =>
    place(house, message, profile, said, receipt),
  );
  if (!complaint) return answer;
  return say(answer.kind === 'text' ? `${answer.text}\n\n${complaint}` : complaint);
}

/** The form for a request by phone (I14), with what its agent wrote and sent along. */
async function hearCall(
  house: House,
  { sender, files, lost }: InboundMessage,
  text: string,
): Promise<Answer> {
  await meet(house, sender);
  const kept = await keepFiles(house, files, sender);
  const complaint = complaintAbout(kept, lost, sender.locale);
  const { attachments } = kept;
  return beginCall(house, sender, 'card', { text, attachments, ...(complaint ? { complaint } : {}) });
}

/** Decides what the message is about: what it names, what waits for it, what it goes on about; else something new. */
async function place(
  house: House,
  message: InboundMessage,
  profile: Profile,
  said: Said,
  receipt: Receipt,
): Promise<Answer> {
  const all = await house.store.ticketsOf(profile.person, TICKETS_LOOKED_AT);
  // Who names a ticket means it, also one that can no longer be reopened (T9).
  const named = await namedTicket(house, message, all);
  const tickets = all.filter(({ state }) => withinReach(state, house.desk, house.clock.now()));
  if (named) return add(house, named, profile, said, receipt);

  const draft = await freshDraft(house, profile);
  const waiting = tickets.filter(({ state }) => state.kind === 'waitingRequester');
  if (isMereThanks(said.text) && said.attachments.length === 0) {
    // While the bot prepares a request, thanks are for the bot; otherwise for who answered last.
    const thanked = waiting[0] ?? (draft ? undefined : tickets[0]);
    if (thanked) await add(house, thanked, profile, said, receipt);
    return say(translate(profile.locale, 'chat.thanks'));
  }
  // Who will look and come back asks for nothing yet: it is not the beginning of another request.
  if (!draft && said.attachments.length === 0 && isPromise(said.text)) {
    const [meant] = [...waiting, ...tickets];
    if (meant) return add(house, meant, profile, said, receipt);
  }
  const goingOn = tickets.filter((ticket) => continuesTicket(said.text, ticket).continues);
  // A question that came after the form is what they read last: its answer is not for the form (I11).
  const asked = draft ? waiting.filter(({ state }) => askedSince(state, draft)) : waiting;
  if (!draft || asked.length > 0) {
    const [only, ...more] = asked.length || draft ? asked : goingOn;
    if (only && more.length === 0) return add(house, only, profile, said, receipt);
    const unclear = draft ? asked : [...new Set([...waiting, ...goingOn])];
    if (unclear.length) {
      await beginDraft(house, profile, said, receipt, { candidates: unclear.map(({ number }) => number) });
      return { kind: 'none' };
    }
  }
  if (draft) {
    if (!hasRoom(draft, said)) return say(translate(profile.locale, 'chat.draftFull'));
    const extended = await extendDraft(house, draft, said, receipt);
    if (extended) return say(translate(profile.locale, keptBy(extended, said)));
    // Another instance has sent it just now, or added it to a ticket.
    const made = (await house.store.ticketOfDraft(draft.id)) ?? (await ticketAddedTo(house, draft));
    if (made) return add(house, made, profile, said, receipt);
  }
  // A file without a word belongs to what is open, if that is one thing only.
  const open = tickets.filter(({ state }) => !isClosed(state));
  if (said.text === '' && open.length === 1 && open[0]) return add(house, open[0], profile, said, receipt);
  const candidates = said.text === '' ? open.map(({ number }) => number) : [];
  await beginDraft(house, profile, said, receipt, { candidates });
  return { kind: 'none' };
}

/** What became of a message that came while a draft waits: it is "added" to nothing while nobody has said to what (I11). */
function keptBy({ candidates }: Draft, { text }: Said) {
  if (candidates.length > 0) return 'chat.keptForChoice';
  return text ? 'chat.draftExtended' : 'chat.draftAttached';
}

async function ticketAddedTo(house: House, { id }: Draft): Promise<Ticket | undefined> {
  const number = (await house.store.draft(id))?.addedTo;
  return number === undefined ? undefined : house.store.ticket(number);
}

function askedSince(state: Ticket['state'], { createdAt }: Draft): boolean {
  return state.kind === 'waitingRequester' && state.since > createdAt;
}

async function namedTicket(
  house: House,
  { text, quotes }: InboundMessage,
  tickets: readonly Ticket[],
): Promise<Ticket | undefined> {
  for (const number of findTicketNumbers(text)) {
    const ticket = tickets.find((candidate) => candidate.number === number);
    if (ticket) return ticket;
  }
  if (quotes === undefined) return undefined;
  for (const ticket of tickets) {
    const posts = await house.store.posts({ kind: 'ticket', id: ticket.number });
    if (Object.values(posts).some(({ activity }) => activity === quotes)) return ticket;
  }
  return undefined;
}

async function freshDraft(house: House, profile: Profile): Promise<Draft | undefined> {
  const draft = await house.store.pendingDraftOf(profile.person);
  return draft && house.clock.now() - draft.createdAt < DRAFT_LIVES_MS ? draft : undefined;
}
