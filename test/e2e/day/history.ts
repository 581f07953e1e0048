/** Tells the history of a ticket in the words of the script. */

import type { TicketEvent } from '../../../src/domain/events.ts';

/** @param idOf the script's name for a number */
export function told(event: TicketEvent, idOf: (number: string) => string): string {
  return `${event.by?.name ?? 'Sportello'} ${deed(event, idOf)}`;
}

function deed(event: TicketEvent, idOf: (number: string) => string): string {
  switch (event.type) {
    case 'opened':
      return `asks ${event.routing.queue}: ${event.request.text}`;
    case 'claimed':
      return 'takes it';
    case 'noted':
      return `notes: ${event.text}`;
    case 'replied':
      return `replies: ${event.text}`;
    case 'requesterWrote':
      return `${event.corrects === undefined ? 'writes' : 'corrects'}: ${event.text}`;
    case 'messageDeleted':
      return `deletes ${event.article}`;
    case 'classified':
      return `sets the priority ${event.to.priority}`;
    case 'waitSet':
      return 'waits';
    case 'released':
      return `lets ${event.from.name} go: ${event.because}`;
    case 'closedSuccessfully':
      return `closes${event.silent ? ', without a word' : ''}: ${event.text}`;
    case 'assigned':
      return `assigns to ${event.to.name}: ${event.note}`;
    case 'moved':
      return `moves it to ${event.to}${event.note === '' ? '' : `: ${event.note}`}`;
    case 'contactFailed':
      return `calls in vain, ${event.attempt}: ${event.text}`;
    case 'closedUnsuccessfully':
      return `gives up${event.attempts === undefined ? `: ${event.text}` : `, called ${event.attempts} times`}`;
    case 'autoCloseSet':
      return `replies, to close alone: ${event.text}`;
    case 'waitedForRequester':
      return 'waits for the requester';
    case 'resumed':
      return 'resumes';
    case 'reviewAsked':
      return 'asks for a review';
    case 'reviewed':
      return `reviews: ${event.text}`;
    case 'responsibleChanged':
      return `appoints ${event.to.name}`;
    case 'requesterChanged':
      return `gives it to ${event.to.name}`;
    case 'withdrawn':
      return 'withdraws';
    case 'rated':
      return `rates ${event.stars}`;
    case 'unwatched':
      return 'watches no longer';
    case 'marked':
      return `marks ${event.article}`;
    case 'phoned':
      return `phones, ${event.direction}: ${event.text}`;
    case 'forwarded':
      return `forwards ${event.article} to ${event.to.join(', ')}: ${event.text}`;
    case 'mailReceived':
      return `mails: ${event.text}`;
    case 'watched':
      return 'watches';
    case 'linked':
      return `links ${idOf(event.number)} (${event.kind})`;
    case 'merged':
      return `merges it into ${idOf(event.into)}`;
    case 'absorbed':
      return `absorbs ${idOf(event.from)}`;
    default:
      // Nothing else happens in the script; were it to happen, its name would say so.
      return event.type;
  }
}
