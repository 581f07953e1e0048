/** Asks which ticket a message is about (I10, I11). */

import type { Draft } from '../../domain/draft.ts';
import type { Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { type Button, button } from '../kit/buttons.ts';
import type { Outgoing } from '../kit/card.ts';
import { type CardContext, dated, type Maybe, type QuoteData, quote, subjectOf } from '../kit/context.ts';
import { extract, verbatim } from '../kit/escape.ts';
import { cardTemplate, compose } from '../kit/render.ts';

const MESSAGE_SHOWN = 300;
const CANDIDATES_SHOWN = 5;

export type WhichTicketInput = {
  readonly draft: Draft;
  /** Most likely first; at most five are offered. */
  readonly candidates: readonly Pick<Ticket, 'number' | 'subject' | 'createdAt' | 'state'>[];
};

/** Data of `which-ticket.template.json`. */
export type WhichTicketData = {
  readonly fallbackText: string;
  readonly title: string;
  readonly text: string;
  readonly quote: Maybe<QuoteData>;
  readonly candidates: readonly {
    readonly subject: string;
    readonly details: string;
    readonly choose: Button;
  }[];
  readonly buttons: readonly Button[];
};

export const whichTicketTemplate = cardTemplate<WhichTicketData>(import.meta.dirname, 'which-ticket');

export function whichTicketCard(input: WhichTicketInput, context: CardContext): Outgoing {
  const data = whichTicketView(input, context);
  const about = { draft: input.draft.id, version: input.draft.version };
  const refresh = { data: { verb: 'refresh' as const, ...about }, userIds: context.refreshFor ?? [] };
  return { card: compose(whichTicketTemplate, data, { refresh }), summary: data.title };
}

export function whichTicketView(
  { draft, candidates }: WhichTicketInput,
  context: CardContext,
): WhichTicketData {
  const { locale } = context;
  const about = { draft: draft.id, version: draft.version };
  const title = translate(locale, 'whichTicket.title');
  return {
    fallbackText: title,
    title,
    text: translate(locale, 'whichTicket.text'),
    quote: quote(verbatim(extract(draft.text, MESSAGE_SHOWN))),
    candidates: candidates.slice(0, CANDIDATES_SHOWN).map(({ number, subject, createdAt, state }) => ({
      subject: subjectOf(subject),
      details: translate(locale, 'whichTicket.candidate', {
        when: dated(context, createdAt),
        state: translate(locale, `requesterState.${state.kind}`),
      }),
      choose: button(
        translate(locale, 'action.addToTicket'),
        'addToTicket',
        { number, ...about },
        { tooltip: subjectOf(subject) },
      ),
    })),
    buttons: [button(translate(locale, 'action.newRequest'), 'newRequest', about)],
  };
}
