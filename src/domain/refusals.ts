/** Expected "no"s: values, never exceptions. Texts stand in `src/i18n` under `refusal.<code>`. */

import type { Instant } from './ticket.ts';

export type Refusal =
  /** Somebody else has the ticket locked. */
  | { readonly code: 'lockedByOther'; readonly owner: string; readonly since: Instant }
  | { readonly code: 'alreadyYours' }
  | { readonly code: 'claimFirst' }
  | { readonly code: 'notYourQueue'; readonly queue: string }
  | { readonly code: 'notYourTicket' }
  | { readonly code: 'supervisorsOnly' }
  /** The person looked at an older version. */
  | { readonly code: 'stale' }
  | { readonly code: 'closed' }
  | { readonly code: 'closedTooLongAgo'; readonly days: number }
  | { readonly code: 'mergedInto'; readonly number: string }
  | { readonly code: 'emptyText' }
  | { readonly code: 'textTooLong'; readonly limit: number; readonly length: number }
  | { readonly code: 'minutesNotValid'; readonly limit: number }
  | { readonly code: 'unknownService' }
  | { readonly code: 'unknownAgreement' }
  | { readonly code: 'unknownAgent'; readonly queue: string }
  | { readonly code: 'alreadyAssigned'; readonly owner: string }
  | { readonly code: 'unknownArticle' }
  | { readonly code: 'notLocked' }
  | { readonly code: 'noAddress' }
  /** What was typed is no address that a mail could be sent to. */
  | { readonly code: 'addressNotValid'; readonly address: string }
  | { readonly code: 'tooManyAddresses'; readonly limit: number }
  /** The attachments together, in bytes. */
  | { readonly code: 'filesTooLarge'; readonly size: number; readonly limit: number }
  /** It holds as much as a request may. */
  | { readonly code: 'ticketFull' }
  | { readonly code: 'unknownSupervisor'; readonly queue: string }
  | { readonly code: 'unknownQueue' }
  /** The ticket's queue may not send there. */
  | { readonly code: 'mayNotMoveThere'; readonly queue: string }
  /** The contact centre wants to know why. */
  | { readonly code: 'reasonRequired'; readonly queue: string }
  /** A ticket has to do with itself already. */
  | { readonly code: 'sameTicket' }
  | { readonly code: 'alreadyLinked'; readonly number: string }
  /** The other ticket is closed: it cannot go on for both. */
  | { readonly code: 'otherClosed'; readonly number: string }
  | { readonly code: 'subjectNotValid'; readonly limit: number }
  /** The date of a wait is none, has passed, or is more than a year away. */
  | { readonly code: 'dateNotValid' }
  | { readonly code: 'notWaiting' }
  | { readonly code: 'notClosed' }
  /** Nobody asked for a review, or it has been given. */
  | { readonly code: 'noReview' }
  | { readonly code: 'alreadyRated' }
  | { readonly code: 'starsNotValid' }
  /** Closing without a word to the requester wants to be said twice. */
  | { readonly code: 'confirmSilence' }
  | { readonly code: 'nothingChanged' }
  | { readonly code: 'nothingDue' }
  /** Only who works a queue opens tickets for others. */
  | { readonly code: 'agentsOnly' }
  /** Only the contact centre opens tickets by phone. */
  | { readonly code: 'firstLevelOnly'; readonly queue: string }
  /** A requester whom neither Teams nor an e-mail address can tell. */
  | { readonly code: 'requesterNotValid' }
  | { readonly code: 'alreadyOpen' }
  | { readonly code: 'unknownTicket' };

export type RefusalCode = Refusal['code'];

export type Decision<Event> =
  | { readonly ok: true; readonly events: readonly [Event, ...Event[]] }
  | { readonly ok: false; readonly refusal: Refusal };

export function refuse<Event>(refusal: Refusal): Decision<Event> {
  return { ok: false, refusal };
}
