/** The mailbox of local Teams, whose moods a test decides. */

import { type KeptMail, startImapServer } from '../../src/local/imap.ts';

type TestMail = KeptMail & { readonly flags: Set<string> };

export type TestMailbox = {
  readonly port: number;
  /** What was asked of it, without what is secret. */
  readonly commands: readonly string[];
  readonly mails: readonly TestMail[];
  /** A mail arrives in the INBOX. */
  arrive(source: string | Buffer): TestMail;
  /** Loses the connection as soon as a command like this comes in; once. */
  dropAt(command: RegExp): void;
  /** Accepts nobody from now on, or does again. */
  refuse(refused: boolean): void;
  close(): Promise<void>;
};

export const IMAP_USER = 'sportello@comune.example';
export const IMAP_PASSWORD = 'p@ss/word';

export async function startTestMailbox(): Promise<TestMailbox> {
  const mails: TestMail[] = [];
  const commands: string[] = [];
  let drop: RegExp | undefined;
  let refused = false;
  const server = await startImapServer({
    user: IMAP_USER,
    password: IMAP_PASSWORD,
    inbox: { mails, flag: ({ uid }, flag) => void mails.find((mail) => mail.uid === uid)?.flags.add(flag) },
    meanwhile(command) {
      commands.push(command.replace(/^LOGIN .*/, 'LOGIN'));
      if (!drop?.test(command)) return refused ? 'refuse' : undefined;
      drop = undefined;
      return 'drop';
    },
  });
  return {
    ...server,
    commands,
    mails,
    arrive(source) {
      const text = typeof source === 'string' ? Buffer.from(source.replace(/\r?\n/g, '\r\n')) : source;
      const mail = { uid: mails.length + 11, source: text, flags: new Set<string>() };
      mails.push(mail);
      return mail;
    },
    dropAt(command) {
      drop = command;
    },
    refuse(now) {
      refused = now;
    },
  };
}
