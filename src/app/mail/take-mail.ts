/**
 * What is in the desk’s mailbox (W9): an answer to something that was forwarded becomes an article of its ticket, a report
 * that it did not arrive is told to who had forwarded it. Everything else is somebody else’s, and stays as it is.
 */

import { fileName } from '../../domain/file-names.ts';
import { answerFirst, markedNumbers, readMailId } from '../../domain/mail-text.ts';
import { isAddress, outsider } from '../../domain/outsiders.ts';
import type { AttachmentRef, Ticket } from '../../domain/ticket.ts';
import { translate } from '../../i18n/translate.ts';
import { execute } from '../changing/execute.ts';
import { lookInto } from '../files/file-types.ts';
import type { House } from '../house.ts';
import type { ArrivedFile, ArrivedMail, MailReport } from '../ports/mail.ts';

const NAME_KEPT = 120;
const FILES_KEPT = 50;
/** What is called by what it is, where it has no name. */
const NAMELESS: ReadonlyMap<string, 'mail.attachedMail' | 'mail.attachedInvitation'> = new Map([
  ['message/rfc822', 'mail.attachedMail'],
  ['text/calendar', 'mail.attachedInvitation'],
] as const);
const MERGES_FOLLOWED = 10;

type Taken = 'taken' | 'left';

/** Takes one mail, once however often it is handed over. @throws when it could not be kept, so that it is tried again */
export async function takeMail(house: House, mail: ArrivedMail): Promise<Taken> {
  const report = await mail.report();
  if (report) return takeReport(house, mail, report);
  if (mail.automatic || !mail.from || !isAddress(mail.from.address)) return 'left';
  const ticket = await ticketMeant(house, mail);
  return ticket ? takeAnswer(house, mail, mail.from, ticket) : 'left';
}

/** Only where something was forwarded can an answer come: anybody can write a number into a subject. */
async function ticketMeant({ store }: House, { subject, answers }: ArrivedMail): Promise<Ticket | undefined> {
  const named = [...markedNumbers(subject), ...answers.flatMap((id) => readMailId(id)?.number ?? [])];
  for (const number of new Set(named)) {
    const ticket = await store.ticket(number);
    if (ticket?.articles.some(({ kind }) => kind === 'mailSent')) return whereItGoesOn(store, ticket);
  }
  return undefined;
}

/** The ticket that goes on for it where it was merged (T11). */
async function whereItGoesOn(store: House['store'], ticket: Ticket): Promise<Ticket> {
  let current = ticket;
  for (let step = 0; step < MERGES_FOLLOWED && current.state.kind === 'merged'; step++)
    current = (await store.ticket(current.state.into)) ?? current;
  return current;
}

async function takeAnswer(
  house: House,
  mail: ArrivedMail,
  { name, address }: NonNullable<ArrivedMail['from']>,
  { number }: Ticket,
): Promise<Taken> {
  const { locale } = house.desk;
  const attachments: AttachmentRef[] = [];
  const complaints: string[] = [];
  const read = await mail.read(async (file) => {
    const kept =
      attachments.length < FILES_KEPT
        ? await keep(house, address, file)
        : left(house, 'mail.fileLeft', nameIn(house, file, file.contentType));
    if (typeof kept !== 'string') attachments.push(kept);
    else if (complaints.length < FILES_KEPT) complaints.push(kept);
  });
  if (read === 'unreadable') {
    house.log.warn({ ticket: number }, 'a mail could not be read and is left in the mailbox');
    return 'left';
  }
  const text = answerFirst(read.text, translate(locale, 'mail.cut'), complaints.join('\n'));
  const at = house.clock.now();
  const done = await execute(
    house,
    number,
    {
      type: 'receiveMail',
      at,
      via: 'mail',
      actor: { kind: 'outside' },
      by: { id: outsider(address), name: whoWrites(name.trim(), address) },
      text: text === '' && attachments.length === 0 ? translate(locale, 'mail.empty') : text,
      attachments,
      mail: mail.id,
    },
    { receipt: { key: `mail ${mail.id}`, at, outcome: null } },
  );
  // Taken before: it was marked too late.
  if (done.kind !== 'refused' || done.refusal.code === 'nothingChanged') return 'taken';
  house.log.warn({ ticket: number, refusal: done.refusal.code }, 'a ticket did not take a mail');
  return 'left';
}

/** A name can be anybody’s: the address stands before it, where no length of a name can hide it. */
function whoWrites(name: string, address: string): string {
  return name === '' || name === address ? address : `${address} (${name.slice(0, NAME_KEPT)})`;
}

/** @returns what is said of it where it is larger than an attachment may be, or one too many from this address */
async function keep(house: House, address: string, file: ArrivedFile): Promise<AttachmentRef | string> {
  const { contentType, content } = await lookInto(file.content, file.contentType);
  const stored = await house.fileQuota.put(outsider(address.toLowerCase()), content, house.desk.fairUse);
  const name = nameIn(house, file, contentType);
  if (stored === 'tooLarge') return left(house, 'mail.fileLeft', name);
  if (stored === 'overQuota') return left(house, 'mail.fileOverQuota', name);
  return { ...stored, name, contentType };
}

function left({ desk }: House, key: 'mail.fileLeft' | 'mail.fileOverQuota', name: string): string {
  return translate(desk.locale, key, { name });
}

function nameIn({ desk }: House, { name = '' }: ArrivedFile, contentType: string): string {
  const key = NAMELESS.get(contentType) ?? 'mail.attachedFile';
  return fileName(name, contentType, translate(desk.locale, key));
}

/** Whoever forwarded what did not arrive is told; a report on anything else is left. */
async function takeReport(house: House, { id }: ArrivedMail, report: MailReport): Promise<Taken> {
  // Numbers can be guessed by whoever has seen one: without the key of what went out it is somebody’s invention.
  const ours = report.about.flatMap((one) => readMailId(one) ?? []).find(({ key }) => key !== undefined);
  const ticket = ours && (await house.store.ticket(ours.number));
  const sent = ticket?.articles.find((article) => article.id === ours?.article)?.forwarded;
  if (!ours || !sent || sent.key !== ours.key) return 'left';
  const named = sent.to.filter((to) =>
    report.addresses.some((one) => one.toLowerCase() === to.toLowerCase()),
  );
  const at = house.clock.now();
  await execute(
    house,
    ours.number,
    {
      type: 'mailFailed',
      at,
      via: 'mail',
      actor: { kind: 'outside' },
      article: ours.article,
      addresses: named.length > 0 ? named : sent.to,
      reason: report.reason,
    },
    { receipt: { key: `mail ${id}`, at, outcome: null } },
  );
  return 'taken';
}
