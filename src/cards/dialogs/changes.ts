/** What has happened to a ticket since somebody opened a form about it, in a line. */

import type { TicketEvent } from '../../domain/events.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardContext, nameOf } from '../kit/context.ts';
import { whatHappened } from './history-events.ts';

/** More would hide what the sentence is about. */
const CHANGES_NAMED = 4;

/** What changes nothing that whoever fills in a form looks at. */
const QUIET: ReadonlySet<TicketEvent['type']> = new Set([
  'watched',
  'unwatched',
  'escalated',
  'reminded',
  'unclaimedReminded',
]);

/** @param events oldest first @returns empty where nothing happened that matters */
export function changesText(events: readonly TicketEvent[], context: CardContext): string {
  const { locale } = context;
  const loud = events.filter(({ type }) => !QUIET.has(type));
  const named = loud.slice(-CHANGES_NAMED).map((event) => {
    const who = event.by ? nameOf(event.by.name) : translate(locale, 'history.desk');
    return translate(locale, 'dialog.change', { what: whatHappened(event, context), who });
  });
  const count = loud.length - named.length;
  return [...(count > 0 ? [translate(locale, 'dialog.changesBefore', { count })] : []), ...named].join(', ');
}
