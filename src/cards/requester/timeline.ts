/** What a requester may know of a ticket's history (N4), step by step. Everything else stays out by not being named. */

import type { TicketEvent } from '../../domain/events.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardContext, dated, nameOf, queueName } from '../kit/context.ts';

export type Step = { readonly when: string; readonly what: string };

/** Oldest first. */
export function publicSteps(history: readonly TicketEvent[], context: CardContext): Step[] {
  return history.flatMap((event) => {
    const what = publicStep(event, context);
    return what === undefined ? [] : [{ when: `${dated(context, event.at)}\u2002`, what }];
  });
}

function publicStep(event: TicketEvent, context: CardContext): string | undefined {
  const { locale, desk } = context;
  const who = event.by ? nameOf(event.by.name) : nameOf(desk.name);
  switch (event.type) {
    case 'requesterWrote':
      return translate(
        locale,
        event.corrects === undefined ? 'step.requesterWrote' : 'step.requesterCorrected',
      );
    case 'opened':
    case 'waitedForRequester':
    case 'reopened':
      return translate(locale, `step.${event.type}`);
    case 'merged':
      return translate(locale, 'step.merged', { number: event.into });
    case 'mergeUndone':
      return translate(locale, 'step.reopened');
    case 'claimed':
    case 'replied':
    case 'closedSuccessfully':
      return translate(locale, `step.${event.type}`, { who });
    case 'assigned':
      // Who works it now is theirs to know; who passed it on and what they wrote to each other is not.
      return translate(locale, 'step.assigned', { who: nameOf(event.to.name) });
    case 'moved':
      return translate(locale, 'step.moved', { office: queueName(desk, event.to) });
    case 'closedUnsuccessfully':
      return translate(
        locale,
        event.attempts === undefined ? 'step.closedUnsuccessfully' : 'step.unreachable',
        {
          who,
        },
      );
    case 'withdrawn':
      return translate(locale, 'step.withdrawn');
    case 'autoClosed':
      return translate(locale, 'step.autoClosed');
    case 'autoCloseSet':
      return translate(locale, 'step.autoCloseSet', { who, until: dated(context, event.until) });
    case 'contactFailed':
      return translate(locale, 'step.contactFailed', { who });
    case 'rated':
    case 'unclaimedReminded':
    case 'waitSet':
    case 'resumed':
    case 'phoned':
    case 'forwarded':
    case 'mailReceived':
    case 'mailFailed':
    case 'reviewAsked':
    case 'reviewed':
    case 'reminded':
    case 'released':
    case 'responsibleChanged':
    case 'requesterChanged':
    case 'noted':
    case 'classified':
    case 'waitEnded':
    case 'escalated':
    case 'linked':
    case 'absorbed':
    case 'watched':
    case 'unwatched':
    case 'marked':
    case 'messageDeleted':
      return undefined;
  }
}
