/** The doctor knocks at the mail servers, shows its credentials, and sends and reads nothing. */

import type { MailServer, MailSettings } from '../../src/config/mail-settings.ts';
import { tryMailbox } from '../../src/email/imap.ts';
import { trySending } from '../../src/email/smtp.ts';
import { bad, type Finding, good, note } from './finding.ts';

export async function checkMail(mail: MailSettings | undefined, patienceMs: number): Promise<Finding[]> {
  if (!mail) return [note('e-mail', 'none is set up: articles cannot be forwarded')];
  const { smtp, imap } = mail;
  return Promise.all([
    tried('SMTP_URL', smtp, trySending(smtp), patienceMs),
    imap
      ? tried('IMAP_URL', imap, tryMailbox(imap), patienceMs)
      : note('IMAP_URL', 'is not set: answers to what is forwarded stay in the mailbox'),
  ]);
}

async function tried(
  name: string,
  { host, port }: MailServer,
  trying: ReturnType<typeof trySending>,
  patienceMs: number,
): Promise<Finding> {
  const where = `${host}:${port}`;
  let callOff = () => {};
  const late = new Promise<Awaited<typeof trying>>((resolve) => {
    const timer = setTimeout(
      () => resolve({ reason: `no answer within ${patienceMs} ms`, refused: false }),
      patienceMs,
    );
    callOff = () => clearTimeout(timer);
  });
  const wrong = await Promise.race([trying, late]);
  callOff();
  if (!wrong) return good(name, `${where} lets the desk in`);
  return wrong.refused
    ? bad(
        name,
        `${where} refuses the user or the password (${wrong.reason})`,
        `Correct both in ${name}, signs such as @ and / as %40 and %2F, and see whether the server takes passwords at all.`,
      )
    : bad(
        name,
        `${where} cannot be used (${wrong.reason})`,
        'Compare host, port and TLS (smtps, imaps: from the first byte; smtp, imap: STARTTLS), and let this machine reach it.',
      );
}
