/** A mail server by SMTP that takes whatever the bot sends outside, on loopback. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export type SmtpServer = { readonly port: number; close(): Promise<void> };

/** Whoever is still connected then is cut off. */
const CLOSE_MS = 1_000;
/** More than a mail with all that a bot can attach to it. */
const MAX_MAIL_BYTES = 100 * 1024 * 1024;

/** @param parts.take throws where it cannot keep the mail: then the bot is asked to try again */
export async function startSmtpServer(parts: {
  readonly user: string;
  readonly password: string;
  take(recipients: readonly string[], source: Buffer): Promise<void>;
}): Promise<SmtpServer> {
  const refusal = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
  const smtp = new SMTPServer({
    // Nothing leaves the machine: there is nothing to hide from.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: CLOSE_MS,
    onAuth({ username, password }, _, done) {
      const known = username === parts.user && password === parts.password;
      done(known ? null : refusal(535, '5.7.8 no such user'), { user: username });
    },
    onData(stream, { envelope }, done) {
      const recipients = envelope.rcptTo.map(({ address }) => address);
      const taken = buffer(stream).then((source) =>
        stream.sizeExceeded
          ? done(refusal(552, '5.3.4 too large'))
          : parts.take(recipients, source).then(() => done()),
      );
      taken.catch(() => done(refusal(451, '4.3.0 could not be kept')));
    },
  });
  // A connection that was lost is the bot's to notice.
  smtp.on('error', () => {});
  const listening = smtp.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
}
