/** The world outside, as far as mail goes: a real SMTP server that takes what the desk sends, and the desk’s mailbox. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../../src/config/mail-settings.ts';
import { IMAP_PASSWORD, IMAP_USER, startTestMailbox, type TestMailbox } from './imap-server.ts';

export const DESK_ADDRESS = 'sportello@comune.example';
/** To whom nothing can be delivered. */
export const NOBODY = 'nessuno@fornitore.example';

export type SentMail = ParsedMail & {
  readonly source: string;
  /** To whom it went, whatever it says. */
  readonly recipients: readonly string[];
};

export type MailWorld = {
  readonly settings: Required<MailSettings>;
  readonly sent: readonly SentMail[];
  readonly mailbox: TestMailbox;
  /** What the server says to the next mails, once for each: a code and words; undefined takes it. */
  readonly moods: (
    | { readonly code: number; readonly words: string; readonly at: 'mail' | 'end' }
    | undefined
  )[];
  /** Somebody presses “Answer” on what they got. */
  answer(to: SentMail, from: string, words: string, over?: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
};

export async function startMailWorld(): Promise<MailWorld> {
  const sent: SentMail[] = [];
  const moods: MailWorld['moods'] = [];
  const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
  const smtp = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom(_, __, done) {
      if (moods[0]?.at !== 'mail') return done();
      const { code, words } = moods.shift() ?? { code: 0, words: '' };
      done(refusal(code, words));
    },
    onRcptTo({ address }, _, done) {
      done(address === NOBODY ? refusal(550, `5.1.1 <${NOBODY}>: no such user`) : null);
    },
    async onData(stream, session, done) {
      const source = await text(stream);
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      sent.push({ ...(await simpleParser(Buffer.from(source))), source, recipients });
      const mood = moods.shift();
      done(mood ? refusal(mood.code, mood.words) : null);
    },
  });
  smtp.on('error', () => {});
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const mailbox = await startTestMailbox();
  const loopback = { host: '127.0.0.1', secure: false, plain: true };
  return {
    settings: {
      address: DESK_ADDRESS,
      smtp: { ...loopback, port: (listening.address() as AddressInfo).port },
      imap: { ...loopback, port: mailbox.port, user: IMAP_USER, password: IMAP_PASSWORD },
    },
    sent,
    mailbox,
    moods,
    answer(to, from, words, over = {}) {
      const head = {
        From: from,
        To: DESK_ADDRESS,
        Subject: `R: ${to.subject}`,
        'Message-ID': `<${mailbox.mails.length}.answer@fornitore.example>`,
        'In-Reply-To': to.messageId ?? '',
        'Content-Type': 'text/plain; charset=utf-8',
        ...over,
      };
      mailbox.arrive(
        `${Object.entries(head)
          .map(([name, value]) => `${name}: ${value}\n`)
          .join('')}\n${words}\n`,
      );
    },
    async close() {
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
      await mailbox.close();
    },
  };
}
