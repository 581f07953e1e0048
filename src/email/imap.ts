/** The desk's mailbox by IMAP. Each look is a connection of its own: nothing has to be kept alive, or found to be dead. */

import { createHash } from 'node:crypto';
import { ImapFlow } from 'imapflow';
import type { ArrivedMail, Looked, Mailbox, MailsAside } from '../app/ports/mail.ts';
import type { Log } from '../app/ports/signals.ts';
import type { MailSettings } from '../config/mail-settings.ts';
import { HEAD_FIELDS } from './head.ts';
import { createParsing, type Parsing } from './parsing.ts';
import { codeOf, withoutAddresses } from './reason.ts';
import { REPORT_READ } from './report.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;
/** Mails handed over in one look; the others follow in the next. */
const AT_ONCE = 50;
const LATER_MS = 60_000;
/** Of a larger mail the rest is not fetched: some three attachments as large as they may be, with their encoding. */
const MAIL_READ = 80 * 1024 * 1024;

/** Of its head this much is read: no address or subject is so long. */
const HEAD_READ = 128 * 1024;

type Imap = NonNullable<MailSettings['imap']>;

export function createMailbox(
  { address, imap }: Pick<MailSettings, 'address'> & { readonly imap: Imap },
  log: Log,
  parsing = createParsing(),
): Mailbox {
  /** Mails that are somebody else's, by the mailbox's generation and uid. */
  let left = new Set<string>();
  /** Those that come later, until when. */
  const postponed = new Map<string, number>();

  async function look(
    client: ImapFlow,
    take: Parameters<Mailbox['look']>[0],
    ended: () => boolean,
    aside: MailsAside,
  ): Promise<void> {
    const { uidValidity } = await client.mailboxOpen('INBOX');
    const unread = (await client.search({ seen: false }, { uid: true })) || [];
    const placeOf = (uid: number) => `${uidValidity}.${uid}`;
    const there = new Set(unread.map(placeOf));
    left = new Set([...left].filter((place) => there.has(place)));
    for (const place of postponed.keys()) if (!there.has(place)) postponed.delete(place);
    const notTried = await aside.among(there);
    const wanted = unread
      .filter((uid) => !left.has(placeOf(uid)) && !notTried.has(placeOf(uid)))
      .filter((uid) => !((postponed.get(placeOf(uid)) ?? 0) > performance.now()))
      .sort((a, b) => a - b);
    for (const uid of wanted.slice(0, AT_ONCE)) {
      if (ended()) return;
      const place = placeOf(uid);
      let mail: ArrivedMail | undefined;
      try {
        mail = await mailAt(client, uid, place, address, parsing);
        const taken = mail === undefined ? 'left' : await take(mail);
        if (taken === 'taken') await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
        if (taken === 'left') left.add(place);
        if (taken === 'later') postponed.set(place, performance.now() + LATER_MS);
      } catch (error) {
        // The connection went with it: the rest is for the next look, and the mail has nothing to do with it.
        if (!client.usable) throw error;
        log.error({ err: error, uid }, 'a mail could not be taken and will be tried again');
        const from = mail?.from?.address;
        await aside.broke({ place, uid, error, ...(from === undefined ? {} : { from }) });
      }
      if (!client.usable) throw Object.assign(new Error('the connection was lost'), { code: 'NoConnection' });
    }
  }

  return {
    async look(take, ended, aside): Promise<Looked> {
      const client = clientFor(imap);
      // Told by what is awaited as well.
      client.on('error', () => {});
      try {
        await client.connect();
        await look(client, take, ended, aside);
        await client.logout();
        return { kind: 'looked' };
      } catch (error) {
        const { reason, refused } = outageOf(error);
        return { kind: 'away', reason, outage: { refused } };
      } finally {
        client.close();
        await parsing.close();
      }
    },
  };
}

/** Opens the INBOX and goes again. @returns why it could not be read; undefined where it could */
export async function tryMailbox(imap: Imap): Promise<ReturnType<typeof outageOf> | undefined> {
  const client = clientFor(imap);
  client.on('error', () => {});
  try {
    await client.connect();
    await client.mailboxOpen('INBOX', { readOnly: true });
    await client.logout();
    return undefined;
  } catch (error) {
    return outageOf(error);
  } finally {
    client.close();
  }
}

function outageOf(error: unknown): { readonly reason: string; readonly refused: boolean } {
  const { authenticationFailed, responseText } = error as {
    readonly authenticationFailed?: boolean;
    readonly responseText?: string;
  };
  return {
    reason: responseText === undefined ? codeOf(error) : withoutAddresses(responseText),
    refused: authenticationFailed === true,
  };
}

function clientFor({ host, port, secure, plain, user, password }: Imap): ImapFlow {
  return new ImapFlow({
    host,
    port,
    secure,
    doSTARTTLS: !secure && !plain,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
}

/** @returns undefined where it is gone. @throws where its head cannot be read */
async function mailAt(
  client: ImapFlow,
  uid: number,
  place: string,
  own: string,
  parsing: Parsing,
): Promise<ArrivedMail | undefined> {
  const message = await client.fetchOne(String(uid), { uid: true, headers: [...HEAD_FIELDS] }, { uid: true });
  if (!message || message.headers === undefined) return undefined;
  const source = message.headers.subarray(0, HEAD_READ);
  const head = await parsing.head(source, own);
  const { messageId, isReport, ...shown } = head;
  const fetched = async (maxBytes: number) => {
    const { content } = await client.download(String(uid), undefined, { uid: true, maxBytes });
    if (!content) throw new Error('the mail is not in the mailbox any more');
    return content;
  };
  return {
    ...shown,
    id: messageId ?? `<${createHash('sha256').update(`${place}\n`).update(source).digest('hex')}@unnamed>`,
    report: async () => (isReport ? parsing.report(await fetched(REPORT_READ)) : undefined),
    read: async (keep) => parsing.body(await fetched(MAIL_READ), keep),
  };
}
