/**
 * A server in front of another that can lose an answer: the request arrives, the reply does not, the connection ends. It
 * can also be as dead as the other would be.
 */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type LossyProxy = {
  /** `host:port` */
  readonly address: string;
  /** Loses the answer to the next request that holds this text, which is then run once by the server. */
  loseAnswerTo(text: string): void;
  /** How many answers were lost. */
  lost(): number;
  /** Ends all connections, and each new one at once, as if the server behind had been killed. */
  die(): void;
  revive(): void;
  close(): Promise<void>;
};

/** @param target `host:port` */
export async function startProxy(target: string): Promise<LossyProxy> {
  const [host = '', port] = target.split(':');
  const sockets = new Set<Socket>();
  let text: string | undefined;
  let lost = 0;
  let dead = false;

  const server = createServer((client) => {
    if (dead) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), host);
    let silent = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    }
    client.on('data', (request) => {
      if (text !== undefined && request.includes(text)) {
        text = undefined;
        silent = true;
      }
      upstream.write(request);
    });
    upstream.on('data', (answer) => {
      if (!silent) {
        client.write(answer);
        return;
      }
      lost += 1;
      client.destroy();
      upstream.destroy();
    });
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseAnswerTo(wanted) {
      text = wanted;
    },
    lost: () => lost,
    die() {
      dead = true;
      for (const socket of sockets) socket.destroy();
    },
    revive() {
      dead = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
