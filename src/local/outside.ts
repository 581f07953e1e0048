/** The world outside as far as e-mail goes: who gets the bot's mails there and answers them, and the bot's own mailbox. */

import { randomBytes, randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import type { Clock } from './clock.ts';
import { cleanFileName, cleanMediaType } from './files.ts';
import type { History } from './history.ts';
import { startImapServer } from './imap.ts';
import type { Live } from './live.ts';
import { Misuse } from './misuse.ts';
import { type AnswerToMail, type MailView, OUTSIDE } from './protocol.ts';
import { startSmtpServer } from './smtp.ts';

/** What a bot has to be told, so that its mail goes out and comes in here. */
export type MailSettings = {
  readonly SMTP_URL: string;
  readonly MAIL_FROM: string;
  readonly IMAP_URL: string;
};

export type Outside = {
  readonly settings: MailSettings;
  /** What the bot sent, the newest first. */
  mails(): readonly MailView[];
  /** Somebody answers what they got: the answer is put into the bot's mailbox. Throws `Misuse`. */
  answer(answer: AnswerToMail): Promise<MailView>;
  close(): Promise<void>;
};

const MAX_TEXT = 100_000;

/** @param parts.address the bot's own */
export async function startOutside(parts: {
  readonly address: string;
  readonly history: History;
  readonly live: Live;
  readonly clock: Clock;
}): Promise<Outside> {
  const { address, history, live, clock } = parts;
  const password = randomBytes(24).toString('base64url');
  const show = (mail: MailView) => live.publish({ type: 'mail', mail }, [OUTSIDE]);
  const compose = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  const take = async (recipients: readonly string[], source: Buffer) => {
    const { subject = '', text = '', messageId = '', attachments = [] } = await simpleParser(source);
    const files = attachments.map(
      ({ filename = '', contentType, content }) =>
        history.addFile(cleanFileName(filename), cleanMediaType(contentType), content).view,
    );
    for (const to of recipients) {
      const mail: MailView = {
        id: history.nextId(clock.now()),
        to,
        at: clock.now(),
        subject,
        text: text.trim(),
        messageId,
        files,
        answers: [],
      };
      history.keepMail(mail);
      show(mail);
    }
  };

  const imap = await startImapServer({
    user: address,
    password,
    inbox: {
      get mails() {
        return history.inbox();
      },
      flag: ({ uid }, flag) => history.flagInbox(uid, flag),
    },
  });
  const smtp = await startSmtpServer({ user: address, password, take });
  const login = `${encodeURIComponent(address)}:${password}@127.0.0.1`;
  return {
    settings: {
      SMTP_URL: `smtp://${login}:${smtp.port}`,
      MAIL_FROM: address,
      IMAP_URL: `imap://${login}:${imap.port}`,
    },
    mails: () => history.mails(),
    async answer({ mail: id, text }) {
      const mail = history.mail(id);
      if (mail === undefined) throw new Misuse(404, `There is no mail ${id}.`);
      if (text.trim() === '') throw new Misuse(400, 'The answer is empty.');
      if (text.length > MAX_TEXT) throw new Misuse(413, 'The answer is too long.');
      const at = clock.now();
      const { message } = await compose.sendMail({
        messageId: `<${randomUUID()}@${mail.to.slice(mail.to.lastIndexOf('@') + 1)}>`,
        from: mail.to,
        to: address,
        subject: /^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`,
        inReplyTo: mail.messageId,
        references: [mail.messageId],
        date: new Date(at),
        text,
      });
      history.arrive(message as Buffer);
      // Another answer may have come while this one was composed.
      const { answers } = history.mail(id) ?? mail;
      const answered = { ...mail, answers: [...answers, { at, text: text.trim() }] };
      history.keepMail(answered);
      show(answered);
      return answered;
    },
    async close() {
      await Promise.all([smtp.close(), imap.close()]);
    },
  };
}
