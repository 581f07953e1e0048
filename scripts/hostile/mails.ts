/** The mailbox that hostile mails arrive in, and the server that takes what the bot forwards. */

import type { MailSettings } from '../../src/config/mail-settings.ts';
import { type KeptMail, startImapServer } from '../../src/local/imap.ts';
import { startSmtpServer } from '../../src/local/smtp.ts';

const [USER, PASSWORD] = ['sportello', 'secret-of-the-mailbox'];

type Arrived = KeptMail & { readonly flags: Set<string> };

export type Mails = {
  readonly settings: MailSettings;
  /** Message-IDs of what was forwarded. */
  readonly sent: readonly string[];
  arrive(source: string): void;
  /** How many were not looked at yet; those that were set aside stay unread. */
  waiting(): number;
};

export async function startMails(): Promise<Mails> {
  // What was read is forgotten: ten thousand of them are gigabytes.
  const unread: Arrived[] = [];
  const sent: string[] = [];
  let uids = 0;
  let looked = 0;
  const inbox = {
    get mails() {
      return unread;
    },
    flag({ uid }: KeptMail, flag: string) {
      if (flag !== '\\Seen') return;
      const index = unread.findIndex((mail) => mail.uid === uid);
      if (index >= 0) unread.splice(index, 1);
    },
  };
  const imap = await startImapServer({
    ...{ user: USER, password: PASSWORD, inbox },
    meanwhile(command) {
      const [, uid] = /^UID FETCH (\d+) /i.exec(command) ?? [];
      if (uid !== undefined) looked = Math.max(looked, Number(uid));
      return undefined;
    },
  });
  const smtp = await startSmtpServer({
    ...{ user: USER, password: PASSWORD },
    async take(_, source) {
      const [, id] =
        /^Message-ID: (<[^<>\s]{1,300}>)/im.exec(source.toString('latin1').slice(0, 20_000)) ?? [];
      if (id) sent.push(id);
    },
  });
  const server = { host: '127.0.0.1', secure: false, plain: true, user: USER, password: PASSWORD };
  return {
    settings: {
      address: 'sportello@comune.example',
      smtp: { ...server, port: smtp.port },
      imap: { ...server, port: imap.port },
    },
    sent,
    arrive(source) {
      unread.push({ uid: ++uids, source: Buffer.from(source.replace(/\r?\n/g, '\r\n')), flags: new Set() });
      // Of what is somebody else's, and stays unread, the newest are enough.
      while ((unread[0]?.uid ?? uids) <= looked - 200) unread.shift();
    },
    waiting: () => uids - looked,
  };
}

/** @param about the number of a ticket from which something was forwarded, and the id of that mail */
export function hostileMail(
  text: string,
  index: number,
  about: { readonly number: string; readonly id: string },
): string {
  const words = text.toWellFormed();
  const folded = words.slice(0, 200_000).replace(/[\r\n]+/g, ' ');
  const head = (over: Readonly<Record<string, string>>, body: string) =>
    `${Object.entries({
      From: 'Ada Neri <ada@fornitore.example>',
      To: 'sportello@comune.example',
      Subject: `R: [Ticket#${about.number}] x`,
      'Message-ID': `<${index}@fornitore.example>`,
      'In-Reply-To': about.id,
      'Content-Type': 'text/plain; charset=utf-8',
      ...over,
    })
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('')}\n${body}\n`;
  const report = (fields: string) =>
    head(
      {
        'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
        From: 'postmaster@fornitore.example',
      },
      `--b\nContent-Type: message/delivery-status\n\n${fields}\n\n--b\nContent-Type: message/rfc822\n\nMessage-ID: ${about.id}\n\n--b--`,
    );
  const shapes: (() => string)[] = [
    () => head({}, words),
    () => head({ 'Content-Type': 'text/html; charset=utf-8' }, words),
    () => report(`Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; ${folded}`),
    () =>
      report(
        `Action: failed\nDiagnostic-Code:\n${words.slice(0, 240_000).replace(/\n?([^\n]{0,900})/g, '\n $1')}`,
      ),
    () => report(`Final-Recipient: rfc822; ${folded}\nAction: failed\nStatus: ${folded.slice(0, 10_000)}`),
    () => head({ Subject: folded }, 'x'),
    () => head({ From: `${folded} <ada@fornitore.example>` }, 'x'),
    () => head({ References: folded, 'In-Reply-To': folded }, 'x'),
    () => head({ 'Content-Type': `text/plain; name="${folded}"; charset=${folded.slice(0, 1_000)}` }, 'x'),
    () =>
      head(
        { 'Content-Type': 'multipart/mixed; boundary=b' },
        `--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="${folded}"\n\nx\n--b\nContent-Type: text/html\n\n${words}\n--b--`,
      ),
    () => head({ 'Content-Type': 'text/plain', 'Content-Transfer-Encoding': 'quoted-printable' }, words),
    () => head({ 'Content-Type': 'text/plain', 'Content-Transfer-Encoding': 'base64' }, words),
    () => head({ Precedence: folded, 'Auto-Submitted': folded, 'X-Auto-Response-Suppress': folded }, 'x'),
    () =>
      head(
        { 'Content-Type': 'multipart/mixed; boundary=b' },
        '--b\nContent-Type: multipart/mixed; boundary=b\n\n'.repeat(Math.min(20_000, words.length)),
      ),
    () => words,
  ];
  return shapes[index % shapes.length]?.() ?? '';
}
