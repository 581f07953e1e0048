/** What agents are told of in person about their queues (N1), beside what concerns tickets of their own. */

import type { PersonId, QueueId } from './ticket.ts';

export const NOTICE_KINDS = ['newTicket', 'answer', 'reminder', 'note', 'move'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The queues, and of what in each of them. */
export type NoticeChoice = { readonly queues: readonly QueueId[]; readonly kinds: readonly NoticeKind[] };

/** Who has chosen. */
export type NoticeChoices = ReadonlyMap<PersonId, NoticeChoice>;

/** What holds for somebody who has not chosen: the notices of R4, for every queue that they work. */
export const UNTIL_CHOSEN: readonly NoticeKind[] = ['newTicket', 'move'];

/** @param words ids and kinds with a comma between each two, as boxes of a card send them; what is unknown is left out */
export function noticeChoiceOf(
  words: { readonly queues: string; readonly kinds: string },
  workedQueues: readonly QueueId[],
): NoticeChoice {
  const [queues, kinds] = [words.queues, words.kinds].map((list) => new Set(list.split(',')));
  return {
    queues: workedQueues.filter((queue) => queues?.has(queue)),
    kinds: NOTICE_KINDS.filter((kind) => kinds?.has(kind)),
  };
}

/** Of these people, those who want to be told of this in that queue. */
export function listenersTo(
  kind: NoticeKind,
  queue: QueueId,
  people: readonly PersonId[],
  choices: NoticeChoices,
): PersonId[] {
  return people.filter((person) => {
    const choice = choices.get(person);
    return choice?.queues.includes(queue) && choice.kinds.includes(kind);
  });
}
