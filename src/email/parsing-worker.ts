/**
 * Parses mails in a thread of its own: whatever a mail does to a parser, it stops nobody else. It holds no credentials and
 * speaks to nobody but the thread that started it.
 */

import { Readable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { readBody } from './body.ts';
import { readHead } from './head.ts';
import type { Asked, Call, Reply, Said } from './parsing.ts';
import { readReport } from './report.ts';

const port = parentPort;
if (!port) throw new Error('this file is for a worker thread');

/** A call without its number. */
type Wanted = Call extends infer C ? (C extends Call ? Omit<C, 'call'> : never) : never;

const waiting = new Map<number, (reply: Reply) => void>();
let calls = 0;

/** What only the other thread can do: fetch the next piece, keep a file. */
function call(said: Wanted): Promise<Reply> {
  const id = ++calls;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    port?.postMessage({ ...said, call: id });
  });
}

port.on('message', (message: Asked | Reply) => {
  if (message.kind === 'reply') {
    waiting.get(message.call)?.(message);
    waiting.delete(message.call);
    return;
  }
  answer(message).then(
    (value) => port.postMessage({ kind: 'done', value } satisfies Said),
    (error: unknown) =>
      port.postMessage({
        kind: 'broke',
        reason: error instanceof Error ? error.name : 'unknown',
      } satisfies Said),
  );
});

async function answer(asked: Asked): Promise<unknown> {
  switch (asked.kind) {
    case 'head':
      return readHead(Buffer.from(asked.source), asked.own);
    case 'report':
      return readReport(Buffer.from(asked.source).toString('utf8'));
    case 'body':
      return readBody(theSource(), keep);
  }
}

function theSource(): Readable {
  return new Readable({
    read() {
      call({ kind: 'more' }).then(
        ({ chunk }) => this.push(chunk ? Buffer.from(chunk) : null),
        (error: Error) => this.destroy(error),
      );
    },
  });
}

async function keep({
  name,
  contentType,
  content,
}: Parameters<Parameters<typeof readBody>[1]>[0]): Promise<void> {
  await call({ kind: 'file', contentType, ...(name === undefined ? {} : { name }) });
  // A file that is not wanted is read over here as well.
  for await (const chunk of content) {
    const { enough } = await call({ kind: 'piece', chunk });
    if (enough) break;
  }
  await call({ kind: 'fileEnd' });
}
