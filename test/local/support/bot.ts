/** A small bot on bare node:http that believes nothing unsigned, and a local Teams around it. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { createMovableClock } from '../../../src/local/clock.ts';
import type { Json } from '../../../src/local/json.ts';
import { type LocalTeams, type LocalTeamsOptions, startLocalTeams } from '../../../src/local/local-teams.ts';
import { scenario } from './scenario.ts';

// biome-ignore lint/suspicious/noExplicitAny: activities and answers are looked into at any depth here
export type Loose = any;

type Answer = { readonly status?: number; readonly body?: unknown } | 'never';

export type TestBot = {
  readonly endpoint: string;
  /** Every delivery, repeated ones included. */
  readonly received: Loose[];
  readonly tokens: { readonly raw: string; readonly claims: JWTPayload }[];
  /** Decides the answer to the next activities; 200 without a body by default. */
  answer: (activity: Loose) => Answer | Promise<Answer>;
};

export type Fixture = {
  readonly teams: LocalTeams;
  readonly bot: TestBot;
  /** Calls the connector as the bot, with a token of the login service. */
  call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; headers: Headers; body: Loose }>;
  /** Sends a text as the bot and returns its id. */
  post(conversation: string, content: string | Json): Promise<string>;
};

/** Calls anything on local Teams; the body is sent as JSON. */
export async function callUrl(url: string, method: string, headers: Record<string, string>, body?: unknown) {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as Loose),
  };
}

export async function requestToken(teams: LocalTeams, changes: Record<string, string> = {}) {
  const { settings } = teams;
  const response = await fetch(`${settings.ToChannelFromBotLoginUrl}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: settings.MicrosoftAppId,
      client_secret: settings.MicrosoftAppPassword,
      scope: `${settings.ToChannelFromBotOAuthScope}/.default`,
      ...changes,
    }),
  });
  return { status: response.status, body: (await response.json()) as Loose };
}

export async function startFixture(
  t: TestContext,
  options: Partial<LocalTeamsOptions> = {},
): Promise<Fixture> {
  // The limits run on a clock of the test: they never get in the way unless a test wants them to.
  let ticks = 0;
  const teams = await startLocalTeams({
    scenario,
    clock: createMovableClock(),
    port: 0,
    file: ':memory:',
    timeZone: 'Europe/Rome',
    monotonicNow: () => (ticks += 10_000_000),
    ...options,
  });
  t.after(() => teams.close());
  const bot = await startBot(t, teams);
  teams.connectBot(bot.endpoint);

  let token: string | undefined;
  const call: Fixture['call'] = async (method, path, body) => {
    token ??= (await requestToken(teams)).body.access_token as string;
    return callUrl(`${teams.serviceUrl}v3/${path}`, method, { Authorization: `Bearer ${token}` }, body);
  };
  const post: Fixture['post'] = async (conversation, content) => {
    const activity = typeof content === 'string' ? { type: 'message', text: content } : content;
    const answer = await call(
      'POST',
      `conversations/${encodeURIComponent(conversation)}/activities`,
      activity,
    );
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.id as string;
  };
  return { teams, bot, call, post };
}

async function startBot(t: TestContext, teams: LocalTeams): Promise<TestBot> {
  const { settings } = teams;
  const metadata = (await (await fetch(settings.ToBotFromChannelOpenIdMetadataUrl)).json()) as Loose;
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));
  const server = createServer(async (request, response) => {
    const raw = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    try {
      const { payload } = await jwtVerify(raw, keys, {
        algorithms: ['RS256'],
        issuer: settings.ToBotFromChannelTokenIssuer,
        audience: settings.MicrosoftAppId,
        requiredClaims: ['exp', 'nbf', 'serviceurl'],
      });
      bot.tokens.push({ raw, claims: payload });
    } catch {
      response.writeHead(401).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const activity = JSON.parse(Buffer.concat(chunks).toString()) as Loose;
    bot.received.push(activity);
    const answer = await bot.answer(activity);
    if (answer === 'never') return;
    response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json' });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
    server.closeAllConnections();
    if (server.listening) await once(server, 'close');
  });
  const bot: TestBot = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    received: [],
    tokens: [],
    answer: () => ({}),
  };
  return bot;
}

/** Expects an error of the connector. */
export async function refusedWith(call: ReturnType<Fixture['call']>, status: number, code: string) {
  const answer = await call;
  assert.deepEqual([answer.status, answer.body?.error?.code], [status, code], JSON.stringify(answer.body));
  assert.equal(typeof answer.body.error.message, 'string');
}

/** An Adaptive Card with one text. */
export function card(text: string): Json {
  return { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text }] };
}

export function cardMessage(text: string): Json {
  return {
    type: 'message',
    summary: text,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card(text) }],
  };
}
