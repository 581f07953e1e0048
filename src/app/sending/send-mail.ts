/** An article on its way to an address outside (W9): what the e-mail says, and what becomes of it. */

import { mailId, subjectMark } from '../../domain/mail-text.ts';
import type { Article, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { formatFullDate } from '../../i18n/when.ts';
import { execute } from '../changing/execute.ts';
import type { House } from '../house.ts';
import type { LeasedDelivery } from '../ports/delivery.ts';
import type { MailFile, OutgoingMail } from '../ports/mail.ts';
import type { SendOutcome } from '../ports/messaging.ts';

/** What came of an attempt. */
type Mailed =
  | Extract<SendOutcome, { readonly kind: 'retry' | 'failed' }>
  | { readonly kind: 'done' | 'nothingToSay' };

export async function sendMail(house: House, delivery: LeasedDelivery, recipient: string): Promise<Mailed> {
  const { mailer, troubles } = house;
  const mail = await mailOf(house, delivery, recipient);
  if (!mail) return { kind: 'nothingToSay' };
  if (!mailer) return { kind: 'retry', reason: 'no mail server is configured', counts: true };
  const outcome = await mailer.send(mail);
  if (outcome.kind === 'retry') {
    if (outcome.outage) troubles.mailFails('SMTP', outcome.reason, outcome.outage.refused);
    return { kind: 'retry', reason: outcome.reason, counts: true };
  }
  troubles.mailWorks('SMTP');
  return outcome.kind === 'sent' ? { kind: 'done' } : outcome;
}

/** Who forwarded it is told that it did not arrive, once for each delivery. */
export async function tellForwarder(
  house: House,
  { owner, key, event = 0, to }: LeasedDelivery,
  reason: string,
): Promise<void> {
  const at = house.clock.now();
  const done = await execute(
    house,
    owner.id,
    {
      type: 'mailFailed',
      at,
      via: 'mail',
      actor: { kind: 'outside' },
      article: event,
      addresses: to.kind === 'address' ? [to.address] : [],
      reason,
    },
    { receipt: { key: `undelivered ${owner.id} ${key}`, at, outcome: null } },
  );
  if (done.kind === 'refused')
    house.log.warn({ ticket: owner.id, refusal: done.refusal.code }, 'nobody was told of a mail that failed');
}

/** @returns undefined where the ticket has no such article, or not for this recipient */
async function mailOf(
  house: House,
  { owner, event }: LeasedDelivery,
  recipient: string,
): Promise<OutgoingMail | undefined> {
  const ticket = await house.store.ticket(owner.id);
  const sent = ticket?.articles.find(({ id }) => id === event);
  const article = ticket?.articles.find(({ id }) => id === sent?.forwarded?.article);
  if (!ticket || !sent?.forwarded || !article) return undefined;
  return {
    id: mailId(ticket.number, sent.id, sent.forwarded.key),
    sender: house.desk.name,
    to: sent.forwarded.to,
    recipient,
    subject: `${subjectMark(ticket.number)} ${ticket.subject}`,
    text: textOf(house, ticket, sent, article),
    ...(article.mail === undefined ? {} : { answers: article.mail }),
    files: article.attachments.map(
      (file): MailFile => ({
        name: file.name,
        contentType: file.contentType,
        async open() {
          const content = await house.attachments.get(file.id);
          if (!content) throw new Error(`attachment ${file.id} is not in the store`);
          return content;
        },
      }),
    ),
  };
}

/** In the desk's language: of whoever reads it nothing is known. */
function textOf({ desk }: House, { number, subject }: Ticket, sent: Article, article: Article): string {
  const { locale } = desk;
  const when = formatFullDate(article.at, locale, desk.timeZone);
  const from = article.by.name || desk.name;
  return [
    ...(sent.text === '' ? [] : [sent.text, '']),
    sent.by.name,
    desk.name,
    translate(locale, 'mail.number', { number }),
    '',
    translate(locale, 'mail.forwarded'),
    translate(locale, 'mail.from', { who: from }),
    translate(locale, 'mail.date', { when }),
    translate(locale, 'mail.subject', { subject }),
    '',
    article.text,
  ].join('\n');
}
