/** Splits an article off a ticket into a new one (T11). */

import type { Refusal } from '../../domain/refusals.ts';
import { type Actor, mayReadInternally } from '../../domain/rights.ts';
import type { Article, Request, Ticket } from '../../domain/ticket.ts';
import type { House } from '../house.ts';
import type { Receipt } from '../ports/store.ts';
import { openTicket } from './open-ticket.ts';

/** What stands in the form, and where it was sent. */
export type SplitInput = {
  readonly inputs: Readonly<Record<string, string | undefined>>;
  readonly sender: { readonly personal: boolean };
};

export type Split =
  | { readonly kind: 'done' }
  /** The form, filled with what the chosen article says. */
  | { readonly kind: 'form'; readonly values: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The field of the form that a refusal is about. */
export const SPLIT_FIELDS: Readonly<Partial<Record<Refusal['code'], string>>> = {
  unknownArticle: 'article',
  subjectNotValid: 'subject',
  unknownService: 'service',
  emptyText: 'text',
  textTooLong: 'text',
};

/**
 * @param inputs the article alone, which is answered with the form; then the form
 * @param receipt also makes the new ticket's draft, so that the same press makes one ticket
 */
export async function splitOff(
  house: House,
  { inputs, sender }: SplitInput,
  actor: Actor,
  ticket: Ticket,
  receipt: Receipt,
): Promise<Split> {
  // Asked before the form is filled with what an article says; whether it may be sent is decided like all else.
  if (!mayReadInternally(actor, ticket)) {
    const queue = house.desk.queues.get(ticket.queue)?.name ?? ticket.queue;
    return { kind: 'refused', refusal: { code: 'notYourQueue', queue } };
  }
  const article = ticket.articles.find(({ id }) => String(id) === inputs.article);
  if (!article) return { kind: 'refused', refusal: { code: 'unknownArticle' } };
  if (inputs.text === undefined) {
    const { subject, service } = ticket;
    return { kind: 'form', values: { article: String(article.id), subject, text: article.text, service } };
  }
  const request = requestFor(ticket, article, inputs);
  const result = await openTicket(
    house,
    {
      via: sender.personal ? 'chat' : 'queueChannel',
      actor,
      draft: `split-${receipt.key}`,
      request,
      origin: { kind: 'splitFrom', ticket, article: article.id },
    },
    { receipt },
    ticket.contact.email,
  );
  if (result.kind !== 'refused' || result.refusal.code === 'alreadyOpen') return { kind: 'done' };
  return { kind: 'refused', refusal: result.refusal };
}

/** What the same requester asks for besides; answers about a service go along where it is the same one. */
function requestFor(ticket: Ticket, article: Article, inputs: SplitInput['inputs']): Request {
  const { requester, locale, organisation, contact, type, fields, chargeAccepted } = ticket;
  const { subject = '', text = '', service = '' } = inputs;
  const same = service === ticket.service;
  return {
    requester,
    locale,
    ...(organisation === undefined ? {} : { organisation }),
    contact,
    subject: subject.trim(),
    text: text.trim(),
    type,
    service,
    fields: same ? fields : {},
    chargeAccepted: same && chargeAccepted,
    attachments: article.attachments,
  };
}
