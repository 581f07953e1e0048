/** The card of a request in preparation: what was understood, and just what is missing. */

import type { Outgoing } from '../../cards/kit/card.ts';
import type { Notice } from '../../cards/kit/context.ts';
import { textCard, withdrawnCard } from '../../cards/notices/text-view.ts';
import type { DraftInput } from '../../cards/requester/draft-fields.ts';
import { draftCard } from '../../cards/requester/draft-view.ts';
import { whichTicketCard } from '../../cards/requester/which-ticket-view.ts';
import { isTicketType } from '../../domain/desk.ts';
import type { Draft } from '../../domain/draft.ts';
import { checkRequest, formValues, isChargeable } from '../../domain/intake/form.ts';
import { route } from '../../domain/routing.ts';
import type { Instant, Locale, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import type { House } from '../house.ts';
import { contextOf } from '../showing/card-context.ts';
import { fieldErrorText } from './field-error-text.ts';

export async function showDraft(house: House, draft: Draft, notice?: Notice): Promise<Outgoing> {
  const { locale } = draft;
  if (draft.addedTo !== undefined)
    return textCard({
      paragraphs: [translate(locale, 'chat.messageAdded', { number: draft.addedTo })],
      tone: 'good',
    });
  if (draft.ended) return textCard({ paragraphs: [translate(locale, 'draft.ended')], tone: 'neutral' });
  if (draft.withdrawn) return withdrawnCard(locale);
  const context = await contextOf(house, { locale }, draft.requester.id);
  if (draft.candidates.length) {
    const tickets = await Promise.all(draft.candidates.map((number) => house.store.ticket(number)));
    const candidates = tickets.filter((ticket): ticket is Ticket => ticket !== undefined);
    return whichTicketCard({ draft, candidates }, context);
  }
  return draftCard({ ...draftInput(house, draft, locale), ...(notice ? { notice } : {}) }, context);
}

/** What the form of a draft shows, in the language of who fills it in. */
export function draftInput(house: House, draft: Draft, locale: Locale): DraftInput {
  const values = formValues(draft, house.desk);
  const check = checkRequest(draft, draft.inputs, house.desk, house.vocabulary);
  const errors = check.ok ? [] : check.errors;
  const service = values.service === undefined ? undefined : house.desk.services.get(values.service);
  const type = values.type !== undefined && isTicketType(values.type) ? values.type : undefined;
  const organisation =
    values.organisation === undefined ? undefined : house.desk.organisations.get(values.organisation);
  const queue =
    service &&
    route(house.desk, {
      service: service.id,
      type: type ?? 'other',
      subject: values.subject ?? '',
      text: values.text ?? '',
      ...(organisation ? { organisation: organisation.id } : {}),
      ...(draft.email === undefined ? {} : { email: draft.email }),
    }).queue;
  const closed = queue === undefined ? undefined : closedNow(house, queue, service?.calendar);
  return {
    draft,
    values,
    missing: errors.map(({ field }) => field),
    // Before the first try everything that is missing is simply asked for.
    errors: Object.fromEntries(
      (draft.checked ? errors : []).map((error) => [error.field, fieldErrorText(error, locale)]),
    ),
    chargeable: service !== undefined && type !== undefined && isChargeable(type, service, organisation),
    ...(queue === undefined ? {} : { queue }),
    ...(closed ? { closed } : {}),
  };
}

/** Present while the office is closed (I17): when it opens again, as far as its calendar says. */
function closedNow(
  { desk, calendars, clock }: House,
  queue: string,
  serviceCalendar: string | undefined,
): { readonly reopensAt?: Instant } | undefined {
  const calendar = calendars.get(serviceCalendar ?? desk.queues.get(queue)?.calendar ?? '');
  if (!calendar || calendar.isOpen(clock.now())) return undefined;
  const reopensAt = calendar.nextOpening(clock.now());
  return reopensAt === undefined ? {} : { reopensAt };
}
