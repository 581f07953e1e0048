/** How the bot fares, for whoever runs it: `/healthz`, `/readyz` and `/metrics`. None of it names anybody. */

import type restify from 'restify';
import type { Readiness } from '../app/alerts/readiness.ts';

export type SignalParts = {
  readonly readiness: () => Promise<Readiness>;
  /** Absent where nobody may have the figures: then there is no such address. */
  readonly metrics?: () => Promise<{ readonly contentType: string; readonly text: string }>;
};

export function addSignals(server: restify.Server, { readiness, metrics }: SignalParts): void {
  // That it answers says it: a probe that looked further would have a bot killed for its store's trouble.
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) => {
    say(response, 200, 'application/json', JSON.stringify({ alive: true }));
  });
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const state = await readiness();
    say(response, state.ready ? 200 : 503, 'application/json', JSON.stringify(state));
  });
  if (metrics)
    server.get('/metrics', async (_request: restify.Request, response: restify.Response) => {
      const { contentType, text } = await metrics();
      say(response, 200, contentType, text);
    });
}

function say(response: restify.Response, status: number, contentType: string, text: string): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  });
  response.end(text);
}
