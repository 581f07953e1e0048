import { isMereThanks, isPromise } from '../../domain/intake/thanks.ts';
import { type Actor, actorFor, isRequester } from '../../domain/rights.ts';
import { sayingsOf } from '../../domain/sayings.ts';
import { isClosed, type PersonId, type Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { execute } from '../changing/execute.ts';
import type { House } from '../house.ts';
import { refOf } from '../people.ts';
import type { Answer } from '../ports/inbound.ts';
import type { Profile, Receipt } from '../ports/store.ts';
import { say } from '../say.ts';
import { refusalText } from '../showing/refusal-text.ts';
import { beginDraft, type Said } from './intake.ts';

/** Key under which what one person says and does to their drafts happens in order. */
export function turnOf(person: PersonId): string {
  return `person ${person}`;
}

/**
 * Adds what was said to a ticket, or to the one that it was merged into (T11); where the ticket takes no more messages, it
 * becomes a new request that is linked to it (T9).
 */
export async function add(
  house: House,
  asked: Ticket,
  profile: Profile,
  said: Said,
  receipt: Receipt,
): Promise<Answer> {
  const actor = actorFor(house.desk, refOf(profile));
  const ticket = await whereItGoesOn(house, asked, actor);
  const result = await execute(
    house,
    ticket.number,
    {
      type: 'requesterMessage',
      at: house.clock.now(),
      via: 'chat',
      actor,
      text: said.text,
      attachments: said.attachments,
      ...(said.messages ? { messages: sayingsOf(said.messages, said.text) } : {}),
      thanks: isMereThanks(said.text) || (isClosed(ticket.state) && isPromise(said.text)),
    },
    { receipt },
  );
  const { locale } = profile;
  if (result.kind === 'refused') {
    if (result.refusal.code !== 'closedTooLongAgo' && result.refusal.code !== 'mergedInto')
      return say(refusalText(house, result.refusal, locale));
    await beginDraft(house, profile, said, receipt, { continues: ticket.number });
    return say(refusalText(house, result.refusal, locale));
  }
  // A reopened ticket announces itself with a notice of its own.
  if (result.kind === 'done' && result.events.some(({ type }) => type === 'reopened'))
    return { kind: 'none' };
  const key = said.text === '' ? 'chat.attachmentAdded' : 'chat.messageAdded';
  return say(translate(locale, key, { number: ticket.number }));
}

const MERGES_FOLLOWED = 10;

/** The ticket that goes on where this one was merged, as far as this person may write there. */
export async function whereItGoesOn(house: House, ticket: Ticket, actor: Actor): Promise<Ticket> {
  let current = ticket;
  for (let step = 0; step < MERGES_FOLLOWED && current.state.kind === 'merged'; step++) {
    const next = await house.store.ticket(current.state.into);
    if (!next || !isRequester(actor, next)) return current;
    current = next;
  }
  return current;
}
