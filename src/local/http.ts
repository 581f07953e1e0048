/** What all doors of local Teams share: answers as values, bodies with a limit, and who may knock. */

import type { IncomingMessage, ServerResponse } from 'node:http';

export type Reply = {
  readonly status: number;
  /** Sent as JSON, or as it is when it is bytes. Absent: an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** An error body as the Bot Connector writes it. */
export function refusal(status: number, code: string, message: string, headers?: Reply['headers']): Reply {
  return { status, body: { error: { code, message } }, ...(headers === undefined ? {} : { headers }) };
}

export function send(response: ServerResponse, reply: Reply): void {
  if (response.destroyed || response.headersSent) return;
  const bytes = encode(reply.body);
  response.writeHead(reply.status, {
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(bytes === undefined || reply.body instanceof Uint8Array
      ? {}
      : { 'Content-Type': 'application/json; charset=utf-8' }),
    'Content-Length': String(bytes?.length ?? 0),
    ...reply.headers,
  });
  response.end(bytes);
}

function encode(body: unknown): Uint8Array | undefined {
  if (body === undefined) return undefined;
  return body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
}

/** Reads the whole body. The rest of a body that is too large is thrown away, so that the client can read the answer. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= limitBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size > limitBytes ? 'tooLarge' : Buffer.concat(chunks);
}

/** The path's segments, each decoded; `undefined` where the encoding is broken. Dots are not resolved. */
export function segmentsOf(request: IncomingMessage): readonly string[] | undefined {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  try {
    return path.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

export function queryOf(request: IncomingMessage): URLSearchParams {
  const url = request.url ?? '';
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/** False where the `Host` header is not loopback: a foreign name that was made to resolve to this machine. */
export function isLoopbackHost(request: IncomingMessage): boolean {
  return LOOPBACK_HOST.test(request.headers.host ?? '');
}

/** True for pages of this server and for programs, which send no `Origin`; false for any other page. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  return origin === undefined || (host !== undefined && origin === `http://${host}`);
}
