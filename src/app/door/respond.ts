/** What the desk answers to what reaches it. The same activity delivered again gets the same answer (A3). */

import { LRUCache } from 'lru-cache';
import { isVerb } from '../../cards/kit/verbs.ts';
import { translate } from '../../i18n/translate.ts';
import { type Allowance, createFairUse } from '../fairness/fair-use.ts';
import { searchTickets } from '../finding/search-tickets.ts';
import type { House } from '../house.ts';
import { beginFromMessage } from '../opening/from-message.ts';
import { turnOf } from '../opening/write-to-ticket.ts';
import { inKnownLanguage, meet, takeLeave } from '../people.ts';
import type { Answer, Inbound } from '../ports/inbound.ts';
import { pressKey } from '../presses/press-key.ts';
import { retryTo } from '../retry-failed.ts';
import { unknownAction } from '../say.ts';
import { act } from './act.ts';
import { answerDialog } from './answer-dialog.ts';
import { hear } from './conversation.ts';
import { hearEdit } from './corrections.ts';
import { welcomeContent } from './help.ts';
import { heedTeam } from './team-events.ts';

/**
 * Teams repeats within seconds; what matters longer is kept with its effect, in the store. Each answer holds a card, of
 * three kilobytes as a rule and of twenty-eight at most.
 */
const REMEMBERED = 1_000;
const REMEMBERED_MS = 10 * 60_000;
const MINUTE_MS = 60_000;
/** A client asks for each card that comes into view: of these there may be so many times as many. */
const CARDS_IN_VIEW = 10;

export type Responder = (inbound: Inbound) => Promise<Answer>;

export function createResponder(house: House): Responder {
  const answers = new LRUCache<string, Promise<Answer>>({
    max: REMEMBERED,
    ttl: REMEMBERED_MS,
    ttlResolution: 1_000,
  });
  const fairUse = createFairUse(house.clock.now, MINUTE_MS);
  const cards = createFairUse(house.clock.now, MINUTE_MS);
  /** Undefined where it is not too much. */
  const refused = (inbound: Inbound): Answer | undefined => {
    if (inbound.kind === 'team') return undefined;
    const most = house.desk.fairUse?.perMinute;
    const { person } = inbound.sender;
    const byItself = inbound.kind === 'action' && inbound.automatic;
    const allowance = byItself
      ? cards(person, most === undefined ? undefined : most * CARDS_IN_VIEW)
      : fairUse(person, most);
    return allowance.kind === 'granted' ? undefined : refusal(house, inbound, allowance);
  };
  return (inbound) => {
    // What a card asks by itself, and a search, change nothing and must be fresh each time. What becomes of the team may be
    // told as often as it happens: doing it again changes nothing.
    if (
      inbound.kind === 'search' ||
      inbound.kind === 'team' ||
      (inbound.kind === 'action' && inbound.automatic)
    ) {
      const tooMuch = refused(inbound);
      return tooMuch ? Promise.resolve(tooMuch) : answer(house, inbound);
    }
    const key = inbound.kind === 'action' ? `${inbound.key}\n${pressKey(inbound)}` : inbound.key;
    const known = answers.get(key);
    // What was said in the conversation stands there: whoever says it again makes two of it.
    if (known)
      return known.then((earlier) =>
        isAnsweredInPlace(inbound) && earlier.kind !== 'message' ? earlier : { kind: 'none' },
      );
    const tooMuch = refused(inbound);
    // Not remembered: sent again later it is taken.
    if (tooMuch) return Promise.resolve(tooMuch);
    const given = answer(house, inbound);
    answers.set(key, given);
    // A fault is not an answer: the next delivery may fare better.
    given.catch(() => answers.delete(key));
    return given;
  };
}

/** Said to every press, whose client waits for an answer, and once in a spell to whoever writes: a flood gets no flood. */
function refusal(
  { log }: House,
  inbound: Inbound,
  { againInMs, first }: Extract<Allowance, { readonly kind: 'refused' }>,
): Answer {
  if (first) log.warn({ kind: inbound.kind }, 'somebody asks for more than is fair');
  if (!first && !isAnsweredInPlace(inbound) && inbound.kind !== 'search') return { kind: 'none' };
  const seconds = Math.max(1, Math.ceil(againInMs / 1_000));
  return { kind: 'text', text: translate(inbound.sender.locale, 'chat.tooMuch', { seconds }) };
}

/** Whether the answer is the request's own; otherwise it is a message, and so something that happened. */
function isAnsweredInPlace(inbound: Inbound): boolean {
  return inbound.kind === 'dialog' || (inbound.kind === 'action' && inbound.answerable);
}

async function answer(house: House, received: Inbound): Promise<Answer> {
  const inbound = await inKnownLanguage(house, received);
  switch (inbound.kind) {
    case 'message':
      return hear(house, inbound);
    case 'edit':
      return hearEdit(house, inbound);
    case 'action': {
      const { verb } = inbound;
      return isVerb(verb) ? act(house, { ...inbound, verb }) : unknownAction(inbound.sender.locale);
    }
    case 'dialog': {
      const { verb } = inbound;
      if (isVerb(verb)) return answerDialog(house, { ...inbound, verb });
      // A command of the message extension.
      return verb === 'createRequest' && inbound.step === 'fetch'
        ? fromMessage(house, inbound)
        : unknownAction(inbound.sender.locale);
    }
    case 'search':
      return searchTickets(house, inbound);
    case 'installed': {
      if (inbound.change === 'removed') {
        await takeLeave(house, inbound.sender);
        return { kind: 'none' };
      }
      const profile = await meet(house, inbound.sender);
      await retryTo(house, (to) => to.kind === 'person' && to.person === profile.person);
      return inbound.change === 'added'
        ? { kind: 'card', content: welcomeContent(house, profile) }
        : { kind: 'none' };
    }
    case 'team':
      await heedTeam(house, inbound.team, inbound.change);
      return { kind: 'none' };
  }
}

/** What one person prepares happens in order, whichever way it comes. */
function fromMessage(house: House, asked: Extract<Inbound, { kind: 'dialog' }>): Promise<Answer> {
  return house.turns(turnOf(asked.sender.person), () => beginFromMessage(house, asked));
}
