/**
 * Stands for Teams in the benchmark, in a process of its own: it signs the tokens that a bot checks, gives the bot its
 * own token, and takes every post and edit at once. It has no limits and no memory: `src/local/` is the one that behaves.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { APP_ID, BOT_TOKEN } from './names.ts';

export type ConnectorReady = {
  readonly kind: 'ready';
  readonly url: string;
  /** Value of the `Authorization` header for calls to a bot. */
  readonly authorization: string;
};
/** Calls of a bot so far, asked for with any message. */
export type ConnectorCalls = { readonly kind: 'calls'; readonly calls: number };

/** Of the token that the bot gets. */
const TOKEN_SECONDS = 3_600;
/** Of the one that it is called with: longer than any run. */
const CALLER_TOKEN_SECONDS = 24 * 3_600;

const { privateKey, publicKey } = await generateKeyPair('RS256');
const { kty, n, e } = await exportJWK(publicKey);
const keys = { keys: [{ kid: 'bench', use: 'sig', alg: 'RS256', kty, n, e, endorsements: ['msteams'] }] };
/** Members of every channel. */
const members: unknown = JSON.parse(process.env.MEMBERS ?? '[]');
let calls = 0;
let ids = 0;

const server = createServer((request, response) => {
  const [path = ''] = (request.url ?? '').split('?');
  if (path.startsWith('/v3/')) {
    takeCall(request, response, path);
    return;
  }
  request.resume();
  if (path === '/.well-known/openidconfiguration')
    reply(response, 200, { issuer: url, jwks_uri: `${url}/keys` });
  else if (path === '/keys') reply(response, 200, keys);
  else if (path.endsWith('/oauth2/v2.0/token'))
    reply(response, 200, { token_type: 'Bearer', expires_in: TOKEN_SECONDS, access_token: BOT_TOKEN });
  else reply(response, 404, { error: { code: 'NotFound', message: path } });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

function takeCall(request: IncomingMessage, response: ServerResponse, path: string): void {
  request.resume();
  request.on('end', () => {
    if (request.headers.authorization !== `Bearer ${BOT_TOKEN}`) {
      reply(response, 401, { error: { code: 'Unauthorized', message: 'the bot’s token is missing' } });
      return;
    }
    calls++;
    if (request.method === 'GET')
      reply(response, 200, path.endsWith('members') ? { members } : memberOf(path));
    else if (request.method === 'POST') {
      const id = String(++ids);
      reply(response, 201, path === '/v3/conversations' ? { id: `19:${id}`, activityId: id } : { id });
    } else reply(response, 200, { id: path.slice(path.lastIndexOf('/') + 1) });
  });
}

function memberOf(path: string): unknown {
  const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  return { id, name: id, email: `${id.replace(/\W/g, '')}@comune.example` };
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const now = Math.floor(Date.now() / 1000);
const token = await new SignJWT({ serviceurl: `${url}/` })
  .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'bench' })
  .setIssuer('https://api.botframework.com')
  .setAudience(APP_ID)
  .setIssuedAt(now)
  .setNotBefore(now - 60)
  .setExpirationTime(now + CALLER_TOKEN_SECONDS)
  .sign(privateKey);

process.on('message', () => process.send?.({ kind: 'calls', calls } satisfies ConnectorCalls));
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', url, authorization: `Bearer ${token}` } satisfies ConnectorReady);
