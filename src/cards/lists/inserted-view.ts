/**
 * The card of a ticket that somebody puts into a message, or looks at in the command box and may copy from there (W7).
 * Everybody sees number, state and office; who may read more gets a version of their own.
 */

import { isInTeams } from '../../domain/outsiders.ts';
import type { Sight } from '../../domain/rights.ts';
import type { PersonId, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { aboutTicket, type Button, button, type LinkButton, linkButton } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import {
  type CardContext,
  type Color,
  type Fact,
  factSet,
  type Line,
  type Maybe,
  maybe,
  nameOf,
  organisationName,
  queueName,
  serviceName,
  subjectOf,
} from '../kit/context.ts';
import { extract, oneLine, plain } from '../kit/escape.ts';
import { cardTemplate, compose } from '../kit/render.ts';
import { deadlineLine } from '../queue/deadline-view.ts';
import { viewersOf } from '../queue/queue-buttons.ts';
import { STATE_COLOR as AGENTS_COLOR } from '../queue/queue-view.ts';
import { STATE_COLOR as REQUESTERS_COLOR } from '../requester/request-view.ts';

const FACT_SHOWN = 120;

/** Data of `inserted.template.json`. */
export type InsertedData = {
  readonly fallbackText: string;
  readonly number: string;
  readonly subject: Maybe<Line>;
  readonly state: string;
  readonly stateColor: Color;
  readonly place: string;
  readonly facts: Maybe<{ readonly facts: readonly Fact[] }>;
  readonly hint: Maybe<Line>;
  readonly buttons: readonly (Button | LinkButton)[];
};

export const insertedTemplate = cardTemplate<InsertedData>(import.meta.dirname, 'inserted');

export type InsertedInput = {
  readonly ticket: Ticket;
  readonly reader: Sight;
  /** Its office is in a private or shared channel: that somebody turned to it is nobody else's business. */
  readonly discreet?: boolean;
  /** To the live card in its channel. */
  readonly link?: string;
};

export function insertedCard(input: InsertedInput, context: CardContext): Outgoing {
  const data = insertedView(input, context);
  const card = compose(insertedTemplate, data, {
    refresh: {
      data: { verb: 'showTicket', ...aboutTicket(input.ticket) },
      // A conversation in which the bot may not be asks for nobody else's version.
      userIds: readersOf(input.ticket, context).map((person) => `8:orgid:${person}`),
    },
  });
  return { card, summary: data.fallbackText };
}

/** The requester first, who is one; only the first sixty get a version of their own. */
function readersOf(ticket: Ticket, { desk }: CardContext): PersonId[] {
  return [ticket.requester.id, ...viewersOf(desk, ticket)].filter(isInTeams);
}

export function insertedView(input: InsertedInput, context: CardContext): InsertedData {
  const { ticket, reader, discreet = false } = input;
  const { locale, desk } = context;
  const open = reader !== 'anybody';
  const hidden = discreet && !open;
  const number = translate(locale, 'card.requestNumber', { number: ticket.number });
  return {
    // A client that shows only this shows it to everybody.
    fallbackText: number,
    number,
    subject: maybe(open ? subjectOf(ticket.subject) : ''),
    state: translate(
      locale,
      hidden
        ? 'card.confidential'
        : reader === 'inside'
          ? `state.${ticket.state.kind}`
          : `requesterState.${ticket.state.kind}`,
    ),
    stateColor: hidden
      ? 'Default'
      : (reader === 'inside' ? AGENTS_COLOR : REQUESTERS_COLOR)[ticket.state.kind],
    place: hidden ? '' : ` · ${queueName(desk, ticket.queue)}`,
    facts: factSet(open ? facts(ticket, reader, context) : []),
    hint: maybe(open ? '' : translate(locale, 'card.detailsElsewhere')),
    buttons: buttons(input, context),
  };
}

function buttons({ ticket, reader, link }: InsertedInput, { locale }: CardContext): (Button | LinkButton)[] {
  // Outside of a message, as in the command box, nothing asks for the reader's version by itself.
  if (reader === 'anybody')
    return [button(translate(locale, 'action.showDetails'), 'showTicket', aboutTicket(ticket))];
  return reader === 'inside' && link !== undefined
    ? [linkButton(translate(locale, 'action.openCard'), link)]
    : [];
}

function facts(ticket: Ticket, reader: Sight, context: CardContext): Fact[] {
  const { desk, locale } = context;
  const fact = (title: string, value: string): Fact[] =>
    value === '' ? [] : [{ title: plain(title), value: plain(extract(oneLine(value), FACT_SHOWN)) }];
  const owner = ticket.owner && ticket.locked ? nameOf(ticket.owner.name) : '';
  const service = fact(translate(locale, 'label.service'), serviceName(context, ticket.service));
  if (reader === 'requester') return [...service, ...fact(translate(locale, 'label.owner'), owner)];
  const requester = nameOf(ticket.requester.name);
  return [
    ...fact(
      translate(locale, 'label.requester'),
      ticket.organisation === undefined
        ? requester
        : translate(locale, 'card.from', {
            requester,
            organisation: organisationName(desk, ticket.organisation),
          }),
    ),
    ...service,
    ...fact(translate(locale, 'label.owner'), owner || translate(locale, 'card.noOwner')),
    ...fact(translate(locale, 'label.deadline'), deadlineLine(ticket, context, false).text),
  ];
}

/** A line for the list of results. It is not a card, so nothing in it may look like markup. */
export function resultLines(
  { ticket, reader }: InsertedInput,
  context: CardContext,
): { readonly title: string; readonly text: string } {
  const view = insertedView({ ticket, reader }, context);
  const unmarked = (text: string) => oneLine(text).replaceAll('<', '‹').replaceAll('>', '›');
  const who = reader === 'inside' ? [nameOf(ticket.requester.name)] : [];
  return {
    title: unmarked(subjectOf(ticket.subject)),
    text: unmarked([`${ticket.number} · ${view.state}${view.place}`, ...who].join(' · ')),
  };
}
