/** Buttons on the card of a request in preparation. */

import type { Draft } from '../../domain/draft.ts';
import { joinSaid } from '../../domain/intake/said-meanwhile.ts';
import { actorFor } from '../../domain/rights.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { DRAFT_CARD_KEY, REQUESTER_CARD_KEY } from '../changing/notify.ts';
import type { House } from '../house.ts';
import { meet } from '../people.ts';
import type { Owner, Post } from '../ports/delivery.ts';
import type { Answer, InboundAction } from '../ports/inbound.ts';
import { isTold, samePost, sameRoom } from '../ports/posts.ts';
import type { Profile, Receipt } from '../ports/store.ts';
import { say, unknownAction } from '../say.ts';
import { isCardOfAnother, pointerWithoutTicket, showCardOf } from '../showing/show.ts';
import { pressOnCall } from './by-phone.ts';
import { showDraft } from './draft-card.ts';
import { changeDraft, formInputs, type Said, submitDraft } from './intake.ts';
import { add, turnOf } from './write-to-ticket.ts';

const ROUNDS = 5;

export function actOnDraft(
  house: House,
  action: InboundAction,
  id: string,
  receipt: Receipt,
): Promise<Answer> {
  // A message that is just being added to the draft goes with it, or comes after it.
  return house.turns(turnOf(action.sender.person), () => pressed(house, action, id, receipt));
}

async function pressed(house: House, action: InboundAction, id: string, receipt: Receipt): Promise<Answer> {
  const { sender, verb } = action;
  const { locale } = sender;
  const draft = await house.store.draft(id);
  // Whose it is, is not told to anybody else.
  if (!draft || draft.requester.id !== sender.person) return say(translate(locale, 'chat.draftGone'));
  if (draft.arrival?.kind === 'phone') return pressOnCall(house, action, draft, receipt, 'card');
  const ticket = await house.store.ticketOfDraft(id);
  // Once there is a ticket its own card is the one that lives, also where the form was posted twice.
  const owner: Owner = ticket ? { kind: 'ticket', id: ticket.number } : { kind: 'draft', id: draft.id };
  const key = ticket ? REQUESTER_CARD_KEY : DRAFT_CARD_KEY;
  const live = await livePost(house, owner, key, action.post);
  const copy = await draftCopy(house, action, draft, owner, live);
  if (copy) return copy;
  if (ticket) {
    const actor = actorFor(house.desk, draft.requester);
    const content = await showCardOf(
      house,
      action,
      { actor, ticket },
      { ...(verb === 'sendRequest' ? { notice: 'requestSent' } : {}), slot: { kind: 'requesterCard' } },
    );
    return content
      ? { kind: 'card', content }
      : say(translate(locale, 'chat.draftSent', { number: ticket.number }));
  }
  if (draft.withdrawn || verb === 'refresh') return card(house, draft);
  const profile = await meet(house, sender);
  const changeTo = async (what: (draft: Draft) => Partial<Draft>): Promise<Answer> => {
    const changed = await change(house, draft, what, action.answerable);
    // Another instance has just sent it: what the press finds now is a ticket.
    return changed ? card(house, changed) : pressed(house, action, id, receipt);
  };
  switch (verb) {
    case 'sendRequest': {
      const post = live ?? action.post;
      const { inputs, seen, answerable: answered } = action;
      const filled = { inputs, answered, ...(seen === undefined ? {} : { seen }) };
      const submitted = await submitDraft(house, draft, profile, filled, receipt, post);
      if (submitted.kind === 'incomplete') return card(house, submitted.draft, submitted.completed);
      const content = await showCardOf(
        house,
        action,
        { actor: actorFor(house.desk, draft.requester), ticket: submitted.ticket },
        {
          notice: 'requestSent',
          slot: { kind: 'requesterCard' },
          ...(submitted.history && { history: submitted.history }),
        },
      );
      return content ? { kind: 'card', content } : { kind: 'none' };
    }
    case 'editRequest':
      return changeTo((now) => ({
        editing: true,
        inputs: {
          ...now.inputs,
          ...joinSaid(now, formInputs(house.desk, action.inputs), action.seen).inputs,
        },
      }));
    case 'withdrawDraft':
      return changeTo(() => ({ withdrawn: true }));
    case 'newRequest':
      return changeTo(() => ({ candidates: [] }));
    case 'addToTicket': {
      // Only what was offered can be chosen: a card cannot name a ticket of its own.
      const number = draft.candidates.find((candidate) => candidate === action.ticket);
      const chosen = number && (await house.store.ticket(number));
      if (!chosen) return say(translate(locale, 'refusal.unknownTicket'));
      const placed = await addWhole(house, chosen, profile, draft, receipt);
      return placed ?? pressed(house, action, id, receipt);
    }
    default:
      return unknownAction(locale);
  }
}

/** Where the card stands; the press on it tells, where Teams has not. */
async function livePost(
  { store }: House,
  owner: Owner,
  key: string,
  pressed: Post | undefined,
): Promise<Post | undefined> {
  const live = (await store.posts(owner))[key];
  if (!live || isTold(live) || !pressed || !sameRoom(live, pressed)) return live;
  await store.keepPost(owner, key, pressed);
  return pressed;
}

/**
 * A second copy of the draft's card, made when the process died before the first one's id was stored: it becomes a
 * pointer to the one that lives, whichever is pressed.
 */
async function draftCopy(
  house: House,
  { post, sender }: InboundAction,
  draft: Draft,
  owner: Owner,
  live: Post | undefined,
): Promise<Answer | undefined> {
  if (!post) return undefined;
  if (!live || samePost(live, post)) return undefined;
  if (await isCardOfAnother(house, post, [draft.id, owner.id])) return unknownAction(sender.locale);
  if (await house.store.deliveriesPending(owner)) return undefined;
  await house.store.enqueue(
    { kind: 'draft', id: draft.id },
    {
      key: `orphan:${post.activity}`,
      kind: 'orphanPointer',
      to: { kind: 'person', person: draft.requester.id },
      live: false,
      post,
    },
  );
  house.nudge();
  return { kind: 'card', content: pointerWithoutTicket(sender.locale, 'orphan.draft') };
}

/**
 * Adds all that was said to the ticket that it is about, and ends the draft. What comes in on another instance meanwhile
 * goes there, too.
 *
 * @returns undefined when the draft has become a ticket of its own
 */
async function addWhole(
  house: House,
  ticket: Ticket,
  profile: Profile,
  draft: Draft,
  receipt: Receipt,
): Promise<Answer | undefined> {
  let current = draft;
  let rest: Said = draft;
  let key = receipt.key;
  for (let round = 0; round < ROUNDS; round++) {
    if (rest.text !== '' || rest.attachments.length > 0) {
      const answer = await add(house, ticket, profile, rest, { ...receipt, key });
      if (!(await house.store.receipt(key))) return answer;
    }
    const ended = await changeDraft(house, current, { withdrawn: true, addedTo: ticket.number });
    if (ended) return card(house, ended);
    if (await house.store.ticketOfDraft(draft.id)) return undefined;
    const next = await house.store.draft(draft.id);
    if (next?.ended) {
      // It ended at this moment, and what it held is in the ticket.
      current = next;
      rest = { text: '', attachments: [] };
      continue;
    }
    if (!next || next.withdrawn) return next && card(house, next);
    const since = (next.said ?? []).filter(({ version }) => version > current.version);
    rest = {
      text: since.map(({ text }) => text).join('\n'),
      attachments: next.attachments.slice(current.attachments.length),
      messages: next.messages?.slice(current.messages?.length) ?? [],
    };
    key = `${receipt.key}\n${next.version}`;
    current = next;
  }
  throw new Error(`draft ${draft.id} could not be added to a ticket: too many writers`);
}

/**
 * Writes the change, again where another message changed the draft at the same moment.
 * @returns undefined when the draft has become a ticket
 */
async function change(
  house: House,
  draft: Draft,
  what: (draft: Draft) => Partial<Draft>,
  answered: boolean,
): Promise<Draft | undefined> {
  let current: Draft | undefined = draft;
  for (let round = 0; round < ROUNDS && current; round++) {
    const changed = await changeDraft(house, current, what(current), { answered });
    if (changed) return changed;
    if (await house.store.ticketOfDraft(draft.id)) return undefined;
    current = await house.store.draft(draft.id);
  }
  throw new Error(`draft ${draft.id} could not be changed: too many writers`);
}

/** @param completed by what was said while its form stood there */
async function card(house: House, draft: Draft, completed = false): Promise<Answer> {
  const text = translate(draft.locale, 'draft.completed');
  const notice = completed ? ({ text, tone: 'neutral' } as const) : undefined;
  return { kind: 'card', content: await showDraft(house, draft, notice) };
}
