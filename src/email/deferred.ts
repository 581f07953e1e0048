/**
 * The desk’s mail, whose clients are loaded when they are first needed: they are large, most desks forward nothing in the
 * first minute, and a desk without mail never needs them.
 */

import type { Mailbox, Mailer } from '../app/ports/mail.ts';
import type { Log } from '../app/ports/signals.ts';
import type { MailSettings } from '../config/mail-settings.ts';

export function createMailer(settings: MailSettings): Mailer {
  const loaded = once(async () => (await import('./smtp.ts')).createMailer(settings));
  return { send: async (mail) => (await loaded()).send(mail) };
}

/** @returns undefined where no mailbox is set up */
export function createMailbox(settings: MailSettings, log: Log): Mailbox | undefined {
  const { address, imap } = settings;
  if (!imap) return undefined;
  const loaded = once(async () => (await import('./imap.ts')).createMailbox({ address, imap }, log));
  return { look: async (...asked) => (await loaded()).look(...asked) };
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
