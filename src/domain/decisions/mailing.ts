/** An article goes to an address outside, and what comes back of it (W9). */

import { ADDRESSES_LIMIT, MAIL_FILES_LIMIT } from '../limits.ts';
import { isAddress } from '../outsiders.ts';
import { checkRoom } from '../quotas.ts';
import type { Refusal } from '../refusals.ts';
import { type Actor, actorFor, answerableFor, mayWork, mayWorkOrSupervise } from '../rights.ts';
import type { Article, Ticket } from '../ticket.ts';
import { checkMinutes, checkText, ownerOnly, passesLock, type Rules, spent } from './rule.ts';

export const MAILING: Rules<'forward' | 'receiveMail' | 'mailFailed'> = {
  forward: {
    action: () => 'forward',
    may: mayWork,
    otherwise: 'notYourQueue',
    lock: ownerOnly,
    content: (ticket, { article, to, text, minutes }) =>
      checkArticle(articleOf(ticket, article)) ??
      checkAddresses(to) ??
      checkText(text, true) ??
      checkMinutes(minutes),
    events: (_, { article, to, key, text, minutes }) => [
      { type: 'forwarded', article, to: eachOnce(to), key, text: text.trim(), ...spent(minutes) },
    ],
  },
  receiveMail: {
    action: () => 'receiveMail',
    may: isOutside,
    otherwise: 'notYourQueue',
    lock: passesLock,
    content: (ticket, { text, attachments, mail }) =>
      ticket.articles.some((article) => article.mail === mail)
        ? { code: 'nothingChanged' }
        : (checkText(text, attachments.length > 0) ?? checkRoom(ticket, { text, attachments })),
    adds: true,
    events: (_, { text, attachments, mail }) => [{ type: 'mailReceived', text, attachments, mail }],
  },
  mailFailed: {
    action: () => 'mailFailed',
    may: isOutside,
    otherwise: 'notYourQueue',
    lock: passesLock,
    content: (ticket, { article }) =>
      articleOf(ticket, article)?.forwarded ? undefined : { code: 'unknownArticle' },
    adds: true,
    events: (ticket, { article, addresses, reason }, { desk }) => {
      const sent = articleOf(ticket, article);
      if (!sent) return [];
      // Who has left the queue reads nothing new of it: who answers for it must know.
      const still = mayWorkOrSupervise(actorFor(desk, sent.by), ticket);
      const tells = still ? sent.by : (answerableFor(desk, ticket)[0] ?? sent.by);
      return [{ type: 'mailFailed', article, addresses, tells, reason }];
    },
  },
};

function isOutside(actor: Actor): boolean {
  return actor.kind === 'outside';
}

function articleOf({ articles }: Ticket, id: number): Article | undefined {
  return articles.find((article) => article.id === id);
}

function checkArticle(article: Article | undefined): Refusal | undefined {
  if (!article) return { code: 'unknownArticle' };
  const size = article.attachments.reduce((sum, file) => sum + file.size, 0);
  return size > MAIL_FILES_LIMIT ? { code: 'filesTooLarge', size, limit: MAIL_FILES_LIMIT } : undefined;
}

function checkAddresses(to: readonly string[]): Refusal | undefined {
  if (to.length === 0) return { code: 'noAddress' };
  const wrong = to.find((address) => !isAddress(address));
  if (wrong !== undefined) return { code: 'addressNotValid', address: wrong };
  return eachOnce(to).length > ADDRESSES_LIMIT
    ? { code: 'tooManyAddresses', limit: ADDRESSES_LIMIT }
    : undefined;
}

/** The same address in other capitals is the same mailbox, as mail is delivered in practice. */
function eachOnce(to: readonly string[]): string[] {
  return [...new Map(to.map((address) => [address.toLowerCase(), address])).values()];
}
