/** What the requester does to their own ticket. */

import type { CommandOf } from '../commands.ts';
import type { EventBody } from '../events.ts';
import { checkRoom } from '../quotas.ts';
import { type Actor, isRequester } from '../rights.ts';
import { articleMadeOf, saysAlready } from '../sayings.ts';
import type { Ticket } from '../ticket.ts';
import { TRANSITIONS } from '../transitions.ts';
import { checkText, passesLock, type Rules } from './rule.ts';

export const REQUESTER: Rules<'requesterMessage' | 'correct' | 'deleteMessage' | 'withdraw' | 'rate'> = {
  requesterMessage: {
    action: ({ thanks }) => (thanks ? 'requesterThanks' : 'requesterMessage'),
    may: isRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: (ticket, said) => checkText(said.text, said.attachments.length > 0) ?? checkRoom(ticket, said),
    adds: true,
    events: (ticket, { text, attachments, thanks, messages = [] }) =>
      written(ticket, thanks ? 'requesterThanks' : 'requesterMessage', {
        type: 'requesterWrote',
        text,
        attachments,
        ...(messages.length > 0 ? { messages } : {}),
      }),
  },
  correct: {
    action: correction,
    may: isRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: (ticket, { message, text, attachments }) =>
      saysAlready(ticket, message, text) && attachments.length === 0
        ? { code: 'nothingChanged' }
        : (checkText(text, attachments.length > 0) ?? checkRoom(ticket, { text, attachments })),
    adds: true,
    events: (ticket, command) => {
      const { text, attachments, message: corrects } = command;
      return written(ticket, correction(command, ticket), {
        type: 'requesterWrote',
        text,
        attachments,
        corrects,
      });
    },
  },
  deleteMessage: {
    action: () => 'deleteMessage',
    may: isRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: (ticket, { message, restored }) => {
      const saying = articleMadeOf(ticket, message)?.messages?.find((one) => one.message === message);
      if (!saying) return { code: 'unknownArticle' };
      return (saying.deleted ?? false) === !restored ? { code: 'nothingChanged' } : undefined;
    },
    adds: true,
    events: (ticket, { message, restored }) => [
      {
        type: 'messageDeleted',
        message,
        article: articleMadeOf(ticket, message)?.id ?? 0,
        ...(restored ? { restored: true } : {}),
      },
    ],
  },
  withdraw: {
    action: () => 'withdraw',
    may: isFirstRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: (_, { text }) => checkText(text, true),
    adds: true,
    events: (_, { text }) => [{ type: 'withdrawn', text: text.trim() }],
  },
  rate: {
    action: () => 'rate',
    may: isFirstRequester,
    otherwise: 'notYourTicket',
    lock: passesLock,
    content: ({ rating }, { stars, text }) => {
      if (rating) return { code: 'alreadyRated' };
      if (!Number.isInteger(stars) || stars < 1 || stars > 5) return { code: 'starsNotValid' };
      return checkText(text, true);
    },
    adds: true,
    events: (_, { stars, text }) => [{ type: 'rated', stars, text: text.trim() }],
  },
};

/** With what follows from it in the state that the ticket is in. */
function written(
  { state }: Ticket,
  action: 'requesterMessage' | 'requesterThanks' | 'correct',
  wrote: EventBody,
): EventBody[] {
  const transition = TRANSITIONS[action][state.kind];
  if (transition === 'resume') return [wrote, { type: 'waitEnded' }];
  return transition === 'open' ? [wrote, { type: 'reopened' }] : [wrote];
}

/** What was written after the end, as thanks are, and now says something else is as good as a message (T9). */
function correction({ message }: CommandOf<'correct'>, ticket: Ticket): 'correct' | 'requesterMessage' {
  const article = articleMadeOf(ticket, message);
  const { state } = ticket;
  return article && 'at' in state && state.kind !== 'merged' && article.at >= state.at && article.id > 1
    ? 'requesterMessage'
    : 'correct';
}

/** Who asked for it. Requesters of merged duplicates follow it, and end nothing for others. */
function isFirstRequester(actor: Actor, { requester }: Ticket): boolean {
  return actor.kind === 'person' && actor.id === requester.id;
}
