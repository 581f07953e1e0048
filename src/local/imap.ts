/** A mailbox that speaks as much IMAP (RFC 3501) as a client asks for who reads an INBOX: on loopback, in this process. */

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export type KeptMail = { readonly uid: number; readonly source: Buffer; readonly flags: ReadonlySet<string> };

export type Inbox = {
  /** In the order in which they came. */
  readonly mails: readonly KeptMail[];
  flag(mail: KeptMail, flag: string): void;
};

export type ImapServer = { readonly port: number; close(): Promise<void> };

type Say = (text: string | Buffer) => void;
/** What a command is answered with at its end; undefined where it is none that is known here. */
type Ended = `OK ${string}` | `NO ${string}` | undefined;

/**
 * @param parts.user and password: of the one who may read it, in letters and signs that a quoted string takes as they are
 * @param parts.meanwhile asked before each command, without its tag: `drop` loses the connection, `refuse` accepts no login
 */
export async function startImapServer(parts: {
  readonly user: string;
  readonly password: string;
  readonly inbox: Inbox;
  readonly meanwhile?: (command: string) => 'drop' | 'refuse' | undefined;
}): Promise<ImapServer> {
  const { user, password, inbox, meanwhile = () => undefined } = parts;
  const sockets = new Set<Socket>();

  const serve = (socket: Socket) => {
    let said = '';
    let known = false;
    const say: Say = (text) => void socket.write(text);

    const answer = (line: string): void => {
      const [, tag = '*', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      const mood = meanwhile(command);
      if (mood === 'drop') return void socket.destroy();
      const word = command.split(' ')[0]?.toUpperCase();
      let ended: Ended;
      if (word === 'LOGIN') {
        known = mood !== 'refuse' && isLogin(command, user, password);
        ended = known ? 'OK welcome' : `NO [AUTHENTICATIONFAILED] no such user ${user}`;
      } else ended = forAnybody(word, say) ?? (known ? forReader(inbox, command, say) : undefined);
      say(`${tag} ${ended ?? 'BAD unknown'}\r\n`);
      if (word === 'LOGOUT') socket.end();
    };

    say('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
      for (let end = said.indexOf('\r\n'); end >= 0; end = said.indexOf('\r\n')) {
        const line = said.slice(0, end);
        said = said.slice(end + 2);
        answer(line);
      }
    });
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isLogin(command: string, user: string, password: string): boolean {
  const [, ...said] = /^LOGIN "?([^"\s]*)"? "?([^"\s]*)"?$/i.exec(command) ?? [];
  return said[0] === user && said[1] === password;
}

function forAnybody(word: string | undefined, say: Say): Ended {
  switch (word) {
    case 'CAPABILITY':
      say('* CAPABILITY IMAP4rev1\r\n');
      return 'OK done';
    case 'NOOP':
      return 'OK done';
    case 'LOGOUT':
      say('* BYE\r\n');
      return 'OK done';
    default:
      return undefined;
  }
}

function forReader(inbox: Inbox, command: string, say: Say): Ended {
  const { mails } = inbox;
  if (/^LIST /i.test(command)) {
    say('* LIST (\\HasNoChildren) "/" INBOX\r\n');
    return 'OK done';
  }
  const [, opening, folder] = /^(SELECT|EXAMINE) "?([^"]*)"?$/i.exec(command) ?? [];
  if (opening !== undefined) {
    if (folder?.toUpperCase() !== 'INBOX') return 'NO there is only an INBOX';
    say(`* FLAGS (\\Seen)\r\n* ${mails.length} EXISTS\r\n* 0 RECENT\r\n`);
    say('* OK [UIDVALIDITY 7] valid\r\n* OK [PERMANENTFLAGS (\\Seen)] kept\r\n');
    return opening.toUpperCase() === 'SELECT' ? 'OK [READ-WRITE] selected' : 'OK [READ-ONLY] examined';
  }
  if (/^UID SEARCH (UNSEEN|NOT SEEN)$/i.test(command)) {
    const unseen = mails.filter(({ flags }) => !flags.has('\\Seen')).map(({ uid }) => uid);
    say(`* SEARCH${unseen.map((uid) => ` ${uid}`).join('')}\r\n`);
    return 'OK done';
  }
  const [, doing, uid] = /^UID (FETCH|STORE) (\d+) /i.exec(command) ?? [];
  if (doing === undefined) return undefined;
  const index = mails.findIndex((mail) => mail.uid === Number(uid));
  const mail = mails[index];
  if (doing.toUpperCase() === 'FETCH') {
    if (mail) say(fetched(mail, index + 1, command));
    return 'OK done';
  }
  const flag = /\+FLAGS(?:\.SILENT)? \((\S+)\)$/i.exec(command)?.[1];
  if (flag === undefined) return undefined;
  if (mail) inbox.flag(mail, flag);
  return 'OK done';
}

function fetched({ uid, source }: KeptMail, place: number, command: string): Buffer {
  const [, start, length] = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/i.exec(command) ?? [];
  const [name, content] =
    start === undefined
      ? [headName(command), headOf(source, command)]
      : [`BODY[]<${start}>`, source.subarray(Number(start), Number(start) + Number(length))];
  const about = `* ${place} FETCH (UID ${uid} RFC822.SIZE ${source.length} ${name} {${content.length}}\r\n`;
  return Buffer.concat([Buffer.from(about, 'latin1'), content, Buffer.from(')\r\n')]);
}

function headName(command: string): string {
  const fields = /BODY\.PEEK(\[HEADER\.FIELDS \([^()]*\)\])/i.exec(command)?.[1];
  return fields === undefined ? 'BODY[HEADER]' : `BODY${fields}`;
}

/** The fields that were asked for, with their folded lines; all of them where none is named. */
function headOf(source: Buffer, command: string): Buffer {
  const end = source.indexOf('\r\n\r\n');
  const head = source.subarray(0, end < 0 ? source.length : end).toString('latin1');
  const named = /HEADER\.FIELDS \(([^()]*)\)/i.exec(command)?.[1];
  const wanted = named && new Set(named.toLowerCase().replaceAll('"', '').split(' '));
  const fields = head.split(/\r\n(?![ \t])/).filter((field) => {
    const [name = ''] = field.split(':');
    return !wanted || wanted.has(name.toLowerCase());
  });
  return Buffer.from(`${fields.map((field) => `${field}\r\n`).join('')}\r\n`, 'latin1');
}
