/** What somebody writes in the chat to find tickets (W5, W6, W10), and nothing that merely sounds like it. */

import { searchOpener } from '../../cards/lists/search-form-view.ts';
import type { Asked } from '../../domain/asked.ts';
import { findTicketNumbers, isTicketNumber } from '../../domain/number.ts';
import type { TicketNumber } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { answerFailures } from '../alerts/failed-deliveries.ts';
import { openCopy } from '../changing/copies.ts';
import type { House } from '../house.ts';
import type { Answer, InboundMessage } from '../ports/inbound.ts';
import { lookingOf } from './find-tickets.ts';
import { showBoard, showList } from './lists.ts';

const BOARD = new Set(['bacheca', 'la bacheca', 'dashboard', 'my dashboard']);
const REQUESTED = new Set(['le mie richieste', 'mie richieste', 'my requests', 'my tickets']);
const FAILURES = new Set([
  'messaggi non consegnati',
  'consegne fallite',
  'failed deliveries',
  'messages not delivered',
]);
const SEARCH = /^(?:cerca|cercare|search|find)(?=\s|$)/i;
/** More than a search can need: what is longer is a message. */
const LONGEST_SEARCH = 210;

type Wanted =
  | { readonly kind: 'board' }
  | { readonly kind: 'failures' }
  | { readonly kind: 'form' }
  | { readonly kind: 'list'; readonly asked: Asked }
  | { readonly kind: 'ticket'; readonly number: TicketNumber };

/** @returns undefined where it is no command, and so something to be helped with */
export function wantedBy(text: string): Wanted | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_SEARCH) return undefined;
  const said = trimmed.toLowerCase().replace(/[.!]$/, '').replace(/\s+/g, ' ');
  if (BOARD.has(said)) return { kind: 'board' };
  if (REQUESTED.has(said)) return { kind: 'list', asked: { scope: 'requested' } };
  if (FAILURES.has(said)) return { kind: 'failures' };
  const byNumber = numberIn(trimmed);
  if (byNumber) return byNumber;
  const [search] = SEARCH.exec(trimmed) ?? [];
  if (search === undefined) return undefined;
  const what = trimmed.slice(search.length).trim();
  if (what === '') return { kind: 'form' };
  return numberIn(what) ?? { kind: 'list', asked: { words: what } };
}

/** A number and nothing else: whole, with wildcards, or the end of one behind a `#`. */
function numberIn(text: string): Wanted | undefined {
  const bare = text.replace(/^\s*(?:ticket\s*)?#/i, '').replace(/[\s.]+/g, '');
  if (/^\d+$/.test(bare)) {
    const number = isTicketNumber(bare) ? bare : findTicketNumbers(text)[0];
    if (number !== undefined && bare === number) return { kind: 'ticket', number };
    return text.trim().startsWith('#') ? { kind: 'list', asked: { digits: `*${bare}` } } : undefined;
  }
  return /^[\d*]+$/.test(bare) && /\d/.test(bare) ? { kind: 'list', asked: { digits: bare } } : undefined;
}

export async function answerWanted(
  house: House,
  { sender }: Pick<InboundMessage, 'sender'>,
  wanted: Wanted,
): Promise<Answer> {
  const looking = lookingOf(house, sender);
  switch (wanted.kind) {
    case 'board':
      return { kind: 'card', content: await showBoard(house, looking, {}) };
    case 'failures':
      return answerFailures(house, sender);
    case 'list':
      return { kind: 'card', content: await showList(house, looking, wanted.asked) };
    case 'form':
      return { kind: 'card', content: searchOpener({}, sender.locale) };
    case 'ticket': {
      const ticket = await house.store.ticket(wanted.number);
      const opened = ticket && (await openCopy(house, sender, looking.actor, ticket));
      return opened
        ? { kind: 'none' }
        : { kind: 'text', text: translate(sender.locale, 'refusal.unknownTicket') };
    }
  }
}
