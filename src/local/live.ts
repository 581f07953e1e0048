/** Who is looking, and what they are told at once: server-sent events for pages, plain functions for programs. */

import type { ServerResponse } from 'node:http';
import type { LiveEvent } from './protocol.ts';

/** A page that reads so slowly that more than this waits for it is disconnected; it reconnects and reloads. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

export type Live = {
  /** Calls `listener` with what this person gets to see, until the returned function is called. */
  listen(user: string, listener: (event: LiveEvent) => void): () => void;
  /** Turns the response into a stream of server-sent events for this person. */
  stream(user: string, response: ServerResponse): void;
  publish(event: LiveEvent, audience: readonly string[] | 'everybody'): void;
  /** Open streams and listeners. */
  readonly size: number;
  close(): void;
};

export function createLive(heartbeatMs = 20_000): Live {
  const listeners = new Set<{ readonly user: string; readonly listener: (event: LiveEvent) => void }>();
  const streams = new Set<ServerResponse>();
  // Without it a proxy, or a page whose machine slept, would not notice that the line is dead.
  const heartbeat = setInterval(() => {
    for (const response of streams) response.write(': still here\n\n');
  }, heartbeatMs);
  heartbeat.unref();

  const listen: Live['listen'] = (user, listener) => {
    const entry = { user: user.toLowerCase(), listener };
    listeners.add(entry);
    return () => void listeners.delete(entry);
  };

  return {
    listen,
    stream(user, response) {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
      });
      response.write('retry: 1000\n\n');
      streams.add(response);
      const stop = listen(user, (event) => {
        if (response.writableLength > MAX_WAITING_BYTES) response.destroy();
        else response.write(`data: ${JSON.stringify(event)}\n\n`);
      });
      response.once('close', () => {
        stop();
        streams.delete(response);
      });
    },
    publish(event, audience) {
      const wanted = audience === 'everybody' ? undefined : new Set(audience.map((id) => id.toLowerCase()));
      for (const { user, listener } of listeners) if (wanted?.has(user) ?? true) listener(event);
    },
    get size() {
      return listeners.size;
    },
    close() {
      clearInterval(heartbeat);
      for (const response of streams) response.end();
      streams.clear();
      listeners.clear();
    },
  };
}
