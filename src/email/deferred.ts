/**
 * The desk’s mail, whose clients are loaded when they are first needed: they are large, most desks forward nothing in the
 * first minute, and a desk without mail never needs them.
 */

import type { Mailbox, Mailer } from '../app/mail.ts';
import type { Log } from '../app/signals.ts';
import type { MailSettings } from '../config/mail-settings.ts';

export function createMailer(settings: MailSettings): Mailer {
  let loading: Promise<Mailer> | undefined;
  const loaded = () => {
    loading ??= import('./smtp.ts').then((smtp) => smtp.createMailer(settings));
    return loading;
  };
  return { send: async (mail) => (await loaded()).send(mail) };
}

/** @returns undefined where no mailbox is set up */
export function createMailbox(settings: MailSettings, log: Log): Mailbox | undefined {
  const { address, imap } = settings;
  if (!imap) return undefined;
  let loading: Promise<Mailbox> | undefined;
  const loaded = () => {
    loading ??= import('./imap.ts').then((module) => module.createMailbox({ address, imap }, log));
    return loading;
  };
  return { look: async (take, ended) => (await loaded()).look(take, ended) };
}
