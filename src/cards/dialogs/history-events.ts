/** How each event of a ticket's history is said to those who may read it all (T10). */

import { impactOf } from '../../domain/classification.ts';
import type { EventOf, TicketEvent } from '../../domain/events.ts';
import type { PersonRef } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { agreementName, type CardContext, nameOf, queueName, said, serviceName } from '../kit/context.ts';
import { fitting, oneLine, verbatim } from '../kit/escape.ts';
import { linkText } from '../kit/links-view.ts';

/** Bytes that the text of one entry may take. The request itself may take more. */
export const TEXT_BYTES = 1_500;
const REQUEST_BYTES = 11_000;

/** What is said of a ticket that nobody holds any more, by the reason. */
const RELEASED = {
  byHand: 'history.released',
  moved: 'history.releasedByMove',
  left: 'history.releasedByDesk',
} as const;

export function whatHappened(event: TicketEvent, context: CardContext): string {
  const { desk, locale } = context;
  switch (event.type) {
    case 'opened':
      return translate(locale, 'history.opened', { queue: queueName(desk, event.routing.queue) });
    case 'assigned':
      return translate(locale, 'history.assigned', {
        from: event.from ? nameOf(event.from.name) : translate(locale, 'label.nobody'),
        to: nameOf(event.to.name),
      });
    case 'linked':
      return translate(locale, 'history.linked', { link: linkText(event, context) });
    case 'merged':
    case 'mergeUndone':
      return translate(locale, `history.${event.type}`, { number: event.into });
    case 'absorbed':
      return translate(locale, 'history.absorbed', { number: event.from });
    case 'marked': {
      const key = event.important ? 'history.marked' : 'history.unmarked';
      return translate(locale, key, { article: event.article });
    }
    case 'released':
      return translate(locale, RELEASED[event.because], { from: nameOf(event.from.name) });
    case 'responsibleChanged':
      return translate(locale, 'history.responsibleChanged', {
        from: event.from ? nameOf(event.from.name) : translate(locale, 'label.nobody'),
        to: nameOf(event.to.name),
      });
    case 'requesterChanged':
      return translate(locale, 'history.requesterChanged', {
        from: nameOf(event.from.name),
        to: nameOf(event.to.name),
      });
    case 'requesterWrote':
      return translate(
        locale,
        event.corrects === undefined ? 'history.requesterWrote' : 'history.requesterCorrected',
      );
    case 'messageDeleted': {
      const key = event.restored ? 'history.messageRestored' : 'history.messageDeleted';
      return translate(locale, key, { article: event.article });
    }
    case 'rated':
      return translate(locale, 'history.rated', { stars: event.stars });
    case 'waitSet':
    case 'autoCloseSet':
      return translate(locale, `history.${event.type}`, { until: said(context, event.until) });
    case 'phoned':
      return translate(locale, event.direction === 'made' ? 'article.phoneMade' : 'article.phoneReceived');
    case 'contactFailed':
      return translate(locale, 'history.contactFailed', { attempt: event.attempt });
    case 'forwarded':
      return translate(locale, 'history.forwarded', { article: event.article, to: addresses(event.to) });
    case 'mailFailed':
      return translate(locale, 'history.mailFailed', { to: addresses(event.addresses) });
    case 'closedSuccessfully':
    case 'closedUnsuccessfully':
      return translate(locale, event.silent ? `history.${event.type}Silently` : `history.${event.type}`);
    case 'moved':
      return translate(locale, event.because === 'queueGone' ? 'history.movedQueueGone' : 'history.moved', {
        from: queueName(desk, event.from),
        to: queueName(desk, event.to),
      });
    case 'escalated':
      return translate(locale, event.share >= 1 ? 'history.escalatedBreach' : 'history.escalatedWarning', {
        deadline: translate(locale, `deadline.${event.deadline}`),
        level: oneLine(event.level),
      });
    default:
      return translate(locale, `history.${event.type}`);
  }
}

/** What was said with it, or what it changed; empty for nothing. */
export function detailsOf(event: TicketEvent, context: CardContext): string {
  const { locale } = context;
  switch (event.type) {
    case 'opened':
      return lines(
        shortened(event.request.text, REQUEST_BYTES),
        files(event.request.attachments.length, context),
        event.origin ? linkText(event.origin, context) : '',
        event.request.chargeAccepted ? translate(locale, 'history.chargeAccepted') : '',
      );
    case 'requesterWrote':
    case 'mailReceived':
      return lines(shortened(event.text, TEXT_BYTES), files(event.attachments.length, context));
    case 'noted':
      return lines(
        shortened(event.text, TEXT_BYTES),
        files(event.attachments.length, context),
        work(event, context),
      );
    case 'forwarded':
    case 'phoned':
    case 'contactFailed':
    case 'autoCloseSet':
    case 'replied':
    case 'closedSuccessfully':
    case 'closedUnsuccessfully':
      return lines(shortened(event.text, TEXT_BYTES), work(event, context));
    case 'assigned':
    case 'moved':
      return shortened(event.note, TEXT_BYTES);
    case 'classified':
      return changes(event, context);
    case 'escalated':
      return toldTo(event.notified, context);
    case 'mailFailed':
      return shortened(event.reason, TEXT_BYTES);
    case 'withdrawn':
    case 'rated':
    case 'reviewed':
      return shortened(event.text, TEXT_BYTES);
    case 'waitSet':
      return shortened(event.note, TEXT_BYTES);
    case 'unclaimedReminded':
      return toldTo(event.to, context);
    case 'reviewAsked':
      return toldTo(event.of, context);
    case 'reminded':
      return toldTo([event.to], context);
    case 'autoClosed':
    case 'resumed':
    case 'claimed':
    case 'released':
    case 'responsibleChanged':
    case 'requesterChanged':
    case 'waitedForRequester':
    case 'waitEnded':
    case 'reopened':
    case 'linked':
    case 'merged':
    case 'absorbed':
    case 'mergeUndone':
    case 'watched':
    case 'unwatched':
    case 'marked':
    case 'messageDeleted':
      return '';
  }
}

function addresses(to: readonly string[]): string {
  return to.map(nameOf).join(', ');
}

/** Only what changed. */
function changes({ from, to }: EventOf<'classified'>, context: CardContext): string {
  const { locale } = context;
  const changed = (before: string, after: string): { from: string; to: string }[] =>
    before === after ? [] : [{ from: before, to: after }];
  return [
    ...changed(
      translate(locale, `priority.${from.priority}`),
      translate(locale, `priority.${to.priority}`),
    ).map((params) => translate(locale, 'history.priority', params)),
    ...changed(translate(locale, `type.${from.ticketType}`), translate(locale, `type.${to.ticketType}`)).map(
      (params) => translate(locale, 'history.type', params),
    ),
    ...changed(serviceName(context, from.service), serviceName(context, to.service)).map((params) =>
      translate(locale, 'history.service', params),
    ),
    ...changed(agreementName(context, from.agreement), agreementName(context, to.agreement)).map((params) =>
      translate(locale, 'history.agreement', params),
    ),
    ...changed(
      translate(locale, `impact.${impactOf(from)}`),
      translate(locale, `impact.${impactOf(to)}`),
    ).map((params) => translate(locale, 'history.impact', params)),
  ].join(', ');
}

function files(count: number, { locale }: CardContext): string {
  return count === 0 ? '' : translate(locale, 'history.withFiles', { count });
}

function work(event: { readonly minutes?: number }, { locale }: CardContext): string {
  return event.minutes === undefined ? '' : translate(locale, 'history.minutes', { count: event.minutes });
}

function toldTo(people: readonly PersonRef[], { locale }: CardContext): string {
  const names = shortened(people.map(({ name }) => nameOf(name)).join(', '), TEXT_BYTES);
  return people.length === 0 ? '' : translate(locale, 'history.toldTo', { names });
}

function lines(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}

function shortened(text: string, bytes: number): string {
  const shown = verbatim(text.trim());
  const fitted = fitting(shown, bytes);
  return fitted.length < shown.length ? `${fitted}…` : fitted;
}
