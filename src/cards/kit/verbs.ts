/** What a button of ours asks for, by who answers it. */

/** Each becomes one command to its ticket, by the table of `app/presses/`. */
const PRESS_VERBS = [
  'appoint',
  'assign',
  'changeRequester',
  'claim',
  'classify',
  'close',
  'contactFailed',
  'courtesy',
  'forward',
  'link',
  'mark',
  'merge',
  'move',
  'note',
  'phoneMade',
  'phoneReceived',
  'rate',
  'release',
  'reply',
  'resume',
  'review',
  'unwatch',
  'wait',
  'watch',
  'withdraw',
  'writeToOffice',
] as const;
export type PressVerb = (typeof PRESS_VERBS)[number];

/** Change what is shown of a ticket, and not the ticket. */
const CARD_VERBS = ['closeForm', 'openForm', 'refresh', 'showTicket', 'workView'] as const;
export type CardVerb = (typeof CARD_VERBS)[number];

/** Open a dialog, or are pressed in one. */
const DIALOG_VERBS = ['attachments', 'comment', 'history', 'phoneRequest', 'split', 'useTemplate'] as const;
export type DialogVerb = (typeof DIALOG_VERBS)[number];

/** On the card of a request in preparation. */
const DRAFT_VERBS = ['addToTicket', 'editRequest', 'newRequest', 'sendRequest', 'withdrawDraft'] as const;
export type DraftVerb = (typeof DRAFT_VERBS)[number];

/** Find tickets, or change what is looked for. */
const LIST_VERBS = [
  'board',
  'bulk',
  'chooseNotices',
  'deleteSearch',
  'leaveBulk',
  'list',
  'noticeChoice',
  'openTicket',
  'saveSearch',
  'search',
  'searchForm',
  'searches',
  'selectTickets',
] as const;
export type ListVerb = (typeof LIST_VERBS)[number];

/** About deliveries that were given up. */
export const FAILURE_VERBS = ['discardDelivery', 'failures', 'retryDeliveries', 'retryDelivery'] as const;
export type FailureVerb = (typeof FAILURE_VERBS)[number];

const VERBS = [
  ...PRESS_VERBS,
  ...CARD_VERBS,
  ...DIALOG_VERBS,
  ...DRAFT_VERBS,
  ...LIST_VERBS,
  ...FAILURE_VERBS,
  'showAlert',
] as const;
export type Verb = (typeof VERBS)[number];

const KNOWN: ReadonlySet<string> = new Set(VERBS);

/** Whether a button of ours can have sent it. */
export function isVerb(word: string): word is Verb {
  return KNOWN.has(word);
}
