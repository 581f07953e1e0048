/** The other tickets that one has to do with (T11), by number and what they are to it. */

import type { Ticket, TicketLink } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { CardContext } from './context.ts';

export function linkText({ number, kind }: TicketLink, { locale }: CardContext): string {
  return translate(locale, `link.${kind}`, { number });
}

/** Newest first; empty where it has to do with none. */
export function linksText({ links = [], state }: Ticket, context: CardContext): string {
  const into =
    state.kind === 'merged' ? [translate(context.locale, 'link.into', { number: state.into })] : [];
  return [...into, ...links.toReversed().map((link) => linkText(link, context))].join(', ');
}
