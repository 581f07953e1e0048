/** Requests by phone, for the gallery. */

import { callForm, callOpened } from '../../src/cards/dialogs/call-view.ts';
import type { Outgoing } from '../../src/cards/kit/card.ts';
import type { CardContext } from '../../src/cards/kit/context.ts';
import { queueCard } from '../../src/cards/queue/queue-view.ts';
import type { Draft } from '../../src/domain/draft.ts';
import { CALL_FIELDS } from '../../src/domain/intake/call.ts';
import { outsider } from '../../src/domain/outsiders.ts';
import { actorFor } from '../../src/domain/rights.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { PERSON } from '../support/desk.ts';

type Scene = {
  readonly ticket: Ticket;
  readonly draft: Draft;
  /** A text as long as it may be, a short one, and what is wrong with either. */
  readonly typed: {
    readonly text: string;
    readonly subject: string;
    readonly phone: string;
    readonly error: string;
  };
};

export function callCards({ ticket, draft, typed }: Scene, context: CardContext): Record<string, Outgoing> {
  const { text, subject, phone, error } = typed;
  const values = { requester: phone, phone, type: 'fault', queue: 'finance', subject, text };
  const empty = { ...draft, attachments: [] };
  const organisations = ['comune', 'unione'];
  const contact = { ...ticket.contact, phone: '', email: 'ada.neri@ditta.example', availability: [] };
  const byPhone: Ticket = {
    ...ticket,
    requester: { id: outsider('ada.neri@ditta.example'), name: ticket.requester.name },
    contact: { ...contact, name: ticket.requester.name },
    service: '',
    fields: {},
    arrival: { kind: 'phone' },
    articles: ticket.articles.map((article) => ({ ...article, kind: 'phoneRequest' as const })),
  };
  const carla = actorFor(context.desk, { id: PERSON.anna, name: '' });
  return {
    'call: empty': callForm({ draft: empty, state: {}, organisations: [] }, 'card', context),
    'call: filled': callForm({ draft, state: { values }, organisations: [] }, 'dialog', context),
    'call: further fields': callForm(
      {
        draft: { ...draft, editing: true },
        state: { values: { ...values, answer: text, date: '2026-11-09' } },
        organisations: [],
        notice: { text: error, tone: 'warning' },
      },
      'card',
      context,
    ),
    'call: to be corrected': callForm(
      {
        draft,
        state: {
          values,
          errors: Object.fromEntries(
            [...CALL_FIELDS, 'organisation', 'acceptCharge', 'minutes'].map((field) => [field, error]),
          ),
        },
        organisations,
      },
      'dialog',
      context,
    ),
    'call: opened': callOpened(ticket, true, true, context),
    'call: opened for somebody without Teams': callOpened(byPhone, false, false, context),
    'queue: by phone': queueCard({ ticket: byPhone, viewer: carla }, context),
  };
}
