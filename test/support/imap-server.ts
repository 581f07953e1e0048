/** A mailbox that speaks as much IMAP as a client asks for who reads an INBOX: on loopback, in this process. */

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export type KeptMail = { readonly uid: number; readonly source: Buffer; readonly flags: Set<string> };

export type ImapServer = {
  readonly port: number;
  /** What was asked of it, without what is secret. */
  readonly commands: readonly string[];
  readonly mails: readonly KeptMail[];
  /** A mail arrives in the INBOX. */
  arrive(source: string | Buffer): KeptMail;
  /** Loses the connection as soon as a command like this comes in; once. */
  dropAt(command: RegExp): void;
  /** Accepts nobody from now on, or does again. */
  refuse(refused: boolean): void;
  close(): Promise<void>;
};

export const IMAP_USER = 'sportello';
export const IMAP_PASSWORD = 'p@ss/word';

export async function startImapServer(): Promise<ImapServer> {
  const mails: KeptMail[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let drop: RegExp | undefined;
  let refused = false;

  function answer(socket: Socket, line: string): void {
    const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    commands.push(command.replace(/^LOGIN .*/, 'LOGIN'));
    if (drop?.test(command)) {
      drop = undefined;
      socket.destroy();
      return;
    }
    const say = (text: string | Buffer) => socket.write(text);
    const ok = (text = 'done') => say(`${tag} OK ${text}\r\n`);
    const word = command.replace(/^UID /, '').split(' ')[0]?.toUpperCase();
    switch (word) {
      case 'CAPABILITY':
        say('* CAPABILITY IMAP4rev1\r\n');
        return void ok();
      case 'LOGIN':
        return void (command === `LOGIN "${IMAP_USER}" "${IMAP_PASSWORD}"` && !refused
          ? ok()
          : say(`${tag} NO [AUTHENTICATIONFAILED] no such user ${IMAP_USER}@example.it\r\n`));
      case 'LIST':
        say('* LIST (\\HasNoChildren) "/" INBOX\r\n');
        return void ok();
      case 'SELECT':
      case 'EXAMINE':
        say(`* FLAGS (\\Seen)\r\n* ${mails.length} EXISTS\r\n* 0 RECENT\r\n`);
        say('* OK [UIDVALIDITY 7] valid\r\n* OK [PERMANENTFLAGS (\\Seen)] kept\r\n');
        return void ok('[READ-WRITE] selected');
      case 'SEARCH': {
        const unseen = mails.filter(({ flags }) => !flags.has('\\Seen')).map(({ uid }) => uid);
        say(`* SEARCH${unseen.map((uid) => ` ${uid}`).join('')}\r\n`);
        return void ok();
      }
      case 'FETCH':
        fetch(command, say);
        return void ok();
      case 'STORE': {
        const uid = Number(/^UID STORE (\d+)/.exec(command)?.[1]);
        const flag = /\(([^)]*)\)/.exec(command)?.[1] ?? '';
        mails.find((mail) => mail.uid === uid)?.flags.add(flag);
        return void ok();
      }
      case 'LOGOUT':
        say('* BYE\r\n');
        ok();
        return void socket.end();
      case 'NOOP':
        return void ok();
      default:
        say(`${tag} BAD unknown\r\n`);
    }
  }

  function fetch(command: string, say: (text: string | Buffer) => void): void {
    const uid = Number(/^UID FETCH (\d+)/.exec(command)?.[1]);
    const index = mails.findIndex((mail) => mail.uid === uid);
    const mail = mails[index];
    if (!mail) return;
    const [, start, length] = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(command) ?? [];
    const [name, content] =
      start === undefined
        ? [headName(command), headOf(mail.source, command)]
        : [`BODY[]<${start}>`, mail.source.subarray(Number(start), Number(start) + Number(length))];
    say(`* ${index + 1} FETCH (UID ${uid} RFC822.SIZE ${mail.source.length} ${name} {${content.length}}\r\n`);
    say(content);
    say(')\r\n');
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    let said = '';
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
      for (let end = said.indexOf('\r\n'); end >= 0; end = said.indexOf('\r\n')) {
        const line = said.slice(0, end);
        said = said.slice(end + 2);
        answer(socket, line);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
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
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function headName(command: string): string {
  return (
    /BODY\.PEEK(\[HEADER\.FIELDS \([^)]*\)\])/.exec(command)?.[1]?.replace(/^/, 'BODY') ?? 'BODY[HEADER]'
  );
}

/** The fields that were asked for, with their folded lines. */
function headOf(source: Buffer, command: string): Buffer {
  const wanted = new Set(
    (/HEADER\.FIELDS \(([^)]*)\)/.exec(command)?.[1] ?? '').toLowerCase().replaceAll('"', '').split(' '),
  );
  const end = source.indexOf('\r\n\r\n');
  const head = source.subarray(0, end < 0 ? source.length : end).toString('latin1');
  const fields = head.split(/\r\n(?![ \t])/).filter((field) => {
    const [name = ''] = field.split(':');
    return wanted.has(name.toLowerCase());
  });
  return Buffer.from(`${fields.map((field) => `${field}\r\n`).join('')}\r\n`, 'latin1');
}
