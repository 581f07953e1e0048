/** Sends e-mail by SMTP. */

import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Mailer, MailOutcome, OutgoingMail } from '../app/ports/mail.ts';
import type { MailServer, MailSettings } from '../config/mail-settings.ts';
import { codeOf, withoutAddresses } from './reason.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** The outbox keeps its lease for a little longer. */
const LONGEST_MS = 45_000;

/** The desk's credentials are not accepted, or it has to show some (RFC 4954). */
const LOGIN_CODES: ReadonlySet<number> = new Set([530, 534, 535, 538]);

type SmtpError = { readonly code?: string; readonly responseCode?: number; readonly response?: string };

export function createMailer({ address, smtp }: Pick<MailSettings, 'address' | 'smtp'>): Mailer {
  const transport = createTransport(transportOptions(smtp));
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return {
    async send(mail) {
      const opened: Readable[] = [];
      let callOff = () => {};
      const late = new Promise<MailOutcome>((resolve) => {
        const timer = setTimeout(
          () =>
            resolve({ kind: 'retry', reason: `no end within ${LONGEST_MS} ms`, outage: { refused: false } }),
          LONGEST_MS,
        );
        callOff = () => clearTimeout(timer);
      });
      try {
        for (const file of mail.files) opened.push(Readable.from(await file.open(), { objectMode: false }));
        return await Promise.race([send(mail, opened), late]);
      } finally {
        callOff();
        for (const stream of opened) stream.destroy();
      }
    },
  };

  async function send(mail: OutgoingMail, contents: readonly Readable[]): Promise<MailOutcome> {
    try {
      await transport.sendMail({
        from: { name: mail.sender, address },
        replyTo: address,
        to: [...mail.to],
        // What everybody is named in goes to each by itself.
        envelope: { from: address, to: mail.recipient },
        messageId: `<${mail.id}@${domain}>`,
        subject: mail.subject,
        text: mail.text,
        ...(mail.answers === undefined ? {} : { inReplyTo: mail.answers, references: [mail.answers] }),
        headers: { 'Auto-Submitted': 'no' },
        attachments: mail.files.map(({ name, contentType }, index) => ({
          filename: name,
          contentType,
          content: contents[index] as Readable,
        })),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOf(error as SmtpError);
    }
  }
}

function transportOptions({ host, port, secure, plain, user, password }: MailServer) {
  return {
    host,
    port,
    secure,
    requireTLS: !secure && !plain,
    ignoreTLS: plain,
    // Who has a password to show is not content with a server that asks for none.
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' }, forceAuth: true }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  };
}

/** Knocks, shows the credentials and goes again. @returns why mail could not be sent; undefined where it could */
export async function trySending(
  server: MailServer,
): Promise<{ readonly reason: string; readonly refused: boolean } | undefined> {
  try {
    await createTransport(transportOptions(server)).verify();
    return undefined;
  } catch (error) {
    const outcome = outcomeOf(error as SmtpError);
    if (outcome.kind === 'sent') return undefined;
    const refused = outcome.kind === 'retry' && outcome.outage?.refused === true;
    return { reason: outcome.reason, refused };
  }
}

function outcomeOf(error: SmtpError): MailOutcome {
  const { code, responseCode = 0, response } = error;
  const reason = response === undefined ? codeOf(error) : withoutAddresses(response);
  if (code === 'EAUTH' || code === 'ENOAUTH' || LOGIN_CODES.has(responseCode))
    return { kind: 'retry', reason, outage: { refused: true } };
  // What it says of TLS or of us is not about this mail.
  const aboutMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  // Our own client would not send it to anybody: no address for this server, or too large for it.
  if (aboutMail && responseCode === 0) return { kind: 'failed', reason };
  if (!aboutMail || responseCode < 400) return { kind: 'retry', reason, outage: { refused: false } };
  return responseCode >= 500 ? { kind: 'failed', reason } : { kind: 'retry', reason };
}
