/** What stands before several instances: passes each request on to one of those that run. */

import { once } from 'node:events';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Balancer = {
  readonly url: string;
  /** Ports on which instances may listen. */
  use(ports: readonly number[]): void;
  close(): void;
};

export async function startBalancer(): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;

  function pass(from: IncomingMessage, body: Buffer, to: ServerResponse, first: number, tried = 0): void {
    const port = ports[(first + tried) % ports.length];
    const mayGoOn = tried + 1 < ports.length;
    const goOn = () => pass(from, body, to, first, tried + 1);
    const { method, url, headers } = from;
    let answered = false;
    const onward = ask({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
      // It takes none: it is being stopped.
      if (answer.statusCode === 503 && mayGoOn) {
        answer.resume();
        goOn();
        return;
      }
      answered = true;
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('error', () => to.destroy()).pipe(to);
    });
    onward.on('error', (error) => {
      if (answered) to.destroy();
      // Nobody has seen it yet. What died with it half done is for who asked to ask again.
      else if ('code' in error && error.code === 'ECONNREFUSED' && mayGoOn) goOn();
      else to.writeHead(502).end();
    });
    onward.end(body);
  }

  const server = createServer(async (from, to) => {
    const parts: Buffer[] = [];
    for await (const part of from) parts.push(part as Buffer);
    turn += 1;
    pass(from, Buffer.concat(parts), to, turn);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    use(next) {
      ports = next;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
