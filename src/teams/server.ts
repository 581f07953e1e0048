/** The bot's HTTP server. The only door: every activity is authenticated here before anything else looks at it. */

import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Activity, CloudAdapter } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import restify from 'restify';
import type { FileAsked, Listing } from '../app/ports/links.ts';
import type { Correlation, Log, Meter } from '../app/ports/signals.ts';
import type { Printing } from '../domain/printing.ts';
import { translate } from '../i18n/translate.ts';
import type { HardenedAuthentication } from './authentication.ts';
import { MalformedActivity, type Turn } from './bot.ts';
import { readJson } from './json.ts';
import type { SignedLinks } from './links.ts';
import { createRunning } from './running.ts';
import { addSignals, type SignalParts } from './signal-routes.ts';

/** Room for a text far beyond the limit, so that the person is told so in words. Teams sends at most some 100 KB. */
const BODY_LIMIT = 1024 * 1024;

/** How long requests under way may go on once the server has been told to stop. */
const GRACE_MS = 1_000;

export type ServerParts = {
  readonly authentication: HardenedAuthentication;
  readonly turn: Turn;
  readonly links: SignedLinks;
  /** The content of a ticket's file; undefined where there is none, or not for that person any more. */
  readonly file: (asked: FileAsked) => Promise<AsyncIterable<Uint8Array> | undefined>;
  /** The printed ticket, as HTML; undefined where there is none, or not for that person any more. */
  readonly print: (asked: Printing) => Promise<string | undefined>;
  /** The list as lines of a file; undefined where it asks for nothing that can be understood. */
  readonly list: (asked: Listing) => AsyncIterable<string> | undefined;
  /** What tells others how the bot fares, on the same port. */
  readonly signals: SignalParts;
  readonly correlation: Correlation;
  readonly meter: Pick<Meter, 'rejected'>;
  readonly log: Log;
};

export type Server = {
  readonly port: number;
  /** Takes no new turns from now on, and waits for those that run. @returns how many still run after so many milliseconds */
  finishTurns(withinMs: number): Promise<number>;
  /** Takes no new requests and waits for those under way. */
  close(): Promise<void>;
};

/** Opens the protected door of the SDK's adapter: our server answers HTTP itself, so that each failure has its status. */
class Adapter extends CloudAdapter {
  take(authorization: string, activity: Activity, turn: Turn) {
    return this.processActivity(authorization, activity, turn);
  }
}

/** @param host `127.0.0.1` where only this machine may speak to the bot */
export async function startServer(parts: ServerParts, port: number, host: string): Promise<Server> {
  const adapter = new Adapter(parts.authentication);
  const server = restify.createServer({ name: 'Sportello' });
  const turns = createRunning();
  server.post(
    '/api/messages',
    (_request: restify.Request, response: restify.Response, next: restify.Next) => {
      if (!turns.ended) {
        next();
        return;
      }
      parts.meter.rejected('stopping');
      // Whoever keeps the connection would come here again, instead of to the instance that takes over.
      response.setHeader('connection', 'close');
      response.setHeader('retry-after', '1');
      send(response, 503, problem('ServiceUnavailable', 'Sportello is being stopped: try again.'));
      next(false);
    },
    refuseEncodedBody,
    restify.plugins.bodyReader({ maxBodySize: BODY_LIMIT }),
    async (request: restify.Request, response: restify.Response) => {
      await turns.run(() => parts.correlation.follow(() => takeTurn(parts, adapter, request, response)));
    },
  );
  addSignals(server, parts.signals);
  server.get('/attachments/:id', async (request: restify.Request, response: restify.Response) => {
    const id = String(request.params.id);
    const asked = parts.links.verify(id, new URLSearchParams(request.getQuery()));
    const content = asked && (await parts.file(asked));
    if (!content) {
      send(response, 404, problem('NotFound', 'This link is not valid any more: open the card again.'));
      return;
    }
    // Shown inside a browser only where that cannot run anything.
    const { name, contentType } = asked.file;
    const inline = /^(image\/(png|jpeg|gif|webp)|text\/plain)$/.test(contentType);
    response.writeHead(200, {
      'content-type': inline ? contentType : 'application/octet-stream',
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox",
      'cache-control': 'private, no-store',
    });
    await pipeline(Readable.from(content), response).catch((error: unknown) =>
      parts.log.warn({ err: error }, 'a download broke off'),
    );
  });
  server.get('/print/:number', async (request: restify.Request, response: restify.Response) => {
    const query = new URLSearchParams(request.getQuery());
    const asked = parts.links.verifyPrint(String(request.params.number), query);
    const page = asked && (await parts.print(asked));
    const text = page ?? translate(query.get('locale') === 'en' ? 'en' : 'it', 'print.expired');
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': `text/${page === undefined ? 'plain' : 'html'}; charset=utf-8`,
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-modals",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    response.end(text);
  });
  server.get('/list', async (request: restify.Request, response: restify.Response) => {
    const query = new URLSearchParams(request.getQuery());
    const asked = parts.links.verifyList(query);
    const lines = asked && parts.list(asked);
    const headers = { 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store' };
    if (!lines) {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain; charset=utf-8' });
      response.end(translate(query.get('locale') === 'en' ? 'en' : 'it', 'list.expired'));
      return;
    }
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${translate(asked.locale, 'list.fileName')}"`,
    });
    await pipeline(Readable.from(lines), response).catch((error: unknown) =>
      parts.log.warn({ err: error }, 'a list broke off'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    // restify repeats its inner server's errors on itself, and nobody listening there would end the process.
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    finishTurns: turns.finish,
    close: () =>
      new Promise((resolve) => {
        // A turn takes milliseconds; a download that nobody reads could take for ever.
        const enough = setTimeout(() => server.server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(enough);
          resolve();
        });
      }),
  };
}

async function takeTurn(
  { turn, meter, correlation, log }: ServerParts,
  adapter: Adapter,
  request: restify.Request,
  response: restify.Response,
): Promise<void> {
  const activity = parseBody(request.body);
  if (!activity) {
    meter.rejected('malformed');
    send(response, 400, problem('BadSyntax', 'The body must be a JSON object: a Bot Framework activity.'));
    return;
  }
  try {
    const answer = await adapter.take(request.header('authorization') ?? '', activity, turn);
    if (answer) send(response, answer.status, answer.body);
    else send(response, 200);
  } catch (error) {
    if (error instanceof AuthenticationError) {
      meter.rejected('unauthenticated');
      log.warn({ reason: error.message }, 'a request was not authenticated');
      send(response, 401, problem('Unauthorized', 'The request does not carry a valid Bot Framework token.'));
      return;
    }
    if (error instanceof MalformedActivity) {
      meter.rejected('malformed');
      log.warn({ reason: error.message }, 'an activity was malformed');
      send(response, 400, problem('BadArgument', `The activity is not valid: ${error.message}.`));
      return;
    }
    meter.rejected('fault');
    log.error({ err: error }, 'a request broke');
    send(
      response,
      500,
      problem('ServiceError', `The request could not be served: fault ${correlation.id()}.`),
    );
  }
}

/**
 * Before anybody is authenticated: restify's reader would unpack a few kilobytes into gigabytes, whatever its limit says,
 * and a body that is not gzip after all ends the process. Teams sends its activities as they are.
 */
function refuseEncodedBody(request: restify.Request, response: restify.Response, next: restify.Next): void {
  if (request.header('content-encoding') === undefined) {
    next();
    return;
  }
  send(response, 415, problem('UnsupportedMediaType', 'Send the body as it is, without a Content-Encoding.'));
  next(false);
}

function parseBody(body: unknown): Activity | undefined {
  try {
    const value: unknown = typeof body === 'string' ? readJson(body) : body;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Activity)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Not restify's own: that one first finds out which of its formatters suits the request. */
function send(response: restify.Response, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-length': Buffer.byteLength(text),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  });
  response.end(text);
}

function problem(code: string, message: string): unknown {
  return { error: { code, message } };
}
