/** A whole list as a file for a spreadsheet (W6). Whoever has the link gets what the person it was made for may see now. */

import { queryOf, readAsked, scopeOf } from '../../domain/asked.ts';
import { impactOf } from '../../domain/classification.ts';
import type { Desk } from '../../domain/desk.ts';
import { type Actor, actorFor, isStaff } from '../../domain/rights.ts';
import { type Locale, minutesOf, type Ticket } from '../../domain/ticket.ts';
import type { TicketQuery } from '../../domain/ticket-query.ts';
import { translate } from '../../i18n/translate.ts';
import { formatForSheet } from '../../i18n/when.ts';
import type { House } from '../house.ts';
import type { Listing } from '../ports/links.ts';
import { csvLine } from './csv.ts';
import { findVisible } from './visible.ts';

/** Tickets read from the store at once. */
const AT_ONCE = 200;
/** A file longer than this is no list any more. */
const LONGEST = 10_000;
/** By this spreadsheets know that it is Unicode. */
const BYTE_ORDER_MARK = '\uFEFF';

type Column = readonly [title: string, value: (ticket: Ticket) => string];

/** @returns undefined where the list asks for what cannot be understood */
export function listFile(
  house: House,
  { asked, person, locale }: Listing,
): AsyncIterable<string> | undefined {
  const { desk, clock } = house;
  const actor = actorFor(desk, { id: person, name: '' });
  const what = readAsked(asked);
  const understood = queryOf(what, { actor, desk, now: clock.now() });
  if (!understood.ok) return undefined;
  const internally = isStaff(actor) && scopeOf(what, actor) !== 'requested';
  return lines(house, actor, understood.query, columns(desk, locale, internally));
}

async function* lines(
  house: House,
  actor: Actor,
  query: TicketQuery,
  shown: readonly Column[],
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(shown.map(([title]) => title));
  let after: string | undefined;
  for (let read = 0; read < LONGEST; read += AT_ONCE) {
    const page = await findVisible(house, actor, query, {
      limit: AT_ONCE,
      ...(after === undefined ? {} : { after }),
    });
    yield page.tickets.map((ticket) => csvLine(shown.map(([, value]) => value(ticket)))).join('');
    after = page.next;
    if (after === undefined) return;
  }
}

/** @param internally with what requesters never see (N4) */
function columns(desk: Desk, locale: Locale, internally: boolean): readonly Column[] {
  const when = (at: number | undefined) => (at === undefined ? '' : formatForSheet(at, desk.timeZone));
  const label = (name: Parameters<typeof translate>[1]) => translate(locale, name);
  const agreement: Column = [
    label('label.agreement'),
    ({ agreement: id = '' }) => desk.agreements.get(id)?.name[locale] ?? id,
  ];
  const changedAt: Column = [label('list.changedAt'), (ticket) => when(ticket.changedAt)];
  const inside: readonly Column[] = [
    [label('label.priority'), ({ priority }) => translate(locale, `priority.${priority}`)],
    ...(desk.agreements.size === 0 ? [] : [agreement]),
    [label('label.impact'), (ticket) => translate(locale, `impact.${impactOf(ticket)}`)],
    [label('asked.createdIn'), ({ createdIn }) => desk.queues.get(createdIn)?.name ?? createdIn],
    [label('asked.responsible'), ({ responsible }) => responsible?.name ?? ''],
    [label('form.minutes'), (ticket) => String(minutesOf(ticket))],
  ];
  return [
    // A spreadsheet would take sixteen digits for a number, and round it.
    [label('asked.digits'), ({ number }) => `#${number}`],
    [label('label.subject'), ({ subject }) => subject],
    [
      label('asked.state'),
      ({ state }) => translate(locale, internally ? `state.${state.kind}` : `requesterState.${state.kind}`),
    ],
    [label('asked.queue'), ({ queue }) => desk.queues.get(queue)?.name ?? queue],
    [label('label.type'), ({ type }) => translate(locale, `type.${type}`)],
    [label('label.service'), ({ service }) => desk.services.get(service)?.name[locale] ?? service],
    [
      label('label.organisation'),
      ({ organisation = '' }) => desk.organisations.get(organisation)?.name ?? organisation,
    ],
    [label('asked.person'), ({ requester }) => requester.name],
    [label('label.owner'), ({ owner, locked }) => (internally || locked ? (owner?.name ?? '') : '')],
    [label('list.createdAt'), ({ createdAt }) => when(createdAt)],
    // A note changes the ticket, too.
    ...(internally ? [changedAt] : []),
    [label('list.closedAt'), ({ state }) => when('at' in state ? state.at : undefined)],
    ...(internally ? inside : []),
  ];
}
