import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createConnector } from '../../src/teams/connector.ts';
import { createHosts } from '../../src/teams/hosts.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A service on loopback that answers as told; the base address is without its last slash. */
async function serve(t: TestContext, handler: Handler): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    handler(request, response, body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const LOCAL = createHosts('http://127.0.0.1:3979/');
const connector = createConnector(async () => 'secret', LOCAL);

test('N3 a call carries the token and the body as JSON, and its answer is read', async (t) => {
  let asked: Record<string, unknown> = {};
  const url = await serve(t, ({ url, headers }, response, body) => {
    asked = { url, authorization: headers.authorization, type: headers['content-type'], body };
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"àé"}');
  });
  const reply = await connector.call('POST', `${url}/it`, 'v3/conversations/a%3A1/activities', {
    text: 'perché',
  });
  assert.deepEqual(reply, { kind: 'answer', status: 201, body: { id: 'àé' } });
  assert.deepEqual(asked, {
    url: '/it/v3/conversations/a%3A1/activities',
    authorization: 'Bearer secret',
    type: 'application/json',
    body: '{"text":"perché"}',
  });
});

test('N3 Retry-After is read in seconds and as a date', async (t) => {
  const words = ['3', new Date(Date.now() + 60_000).toUTCString(), 'soon'];
  const url = await serve(t, (_request, response) => {
    response.writeHead(429, { 'retry-after': words.shift() ?? '' }).end();
  });
  const [seconds, date, nonsense] = [
    await connector.call('GET', url, 'v3'),
    await connector.call('GET', url, 'v3'),
    await connector.call('GET', url, 'v3'),
  ];
  assert.deepEqual(seconds, { kind: 'answer', status: 429, body: undefined, retryAfterMs: 3_000 });
  assert.ok(date.kind === 'answer' && date.retryAfterMs !== undefined);
  assert.ok(date.retryAfterMs > 30_000 && date.retryAfterMs <= 60_000);
  assert.deepEqual(nonsense, { kind: 'answer', status: 429, body: undefined });
});

test('N3 who does not answer, or not to the end, has given no answer', async (t) => {
  // The time is over when the service has done all that it will do.
  let time = new AbortController();
  const limits: number[] = [];
  const limited = createConnector(
    async () => 'secret',
    LOCAL,
    4_711,
    (ms) => {
      limits.push(ms);
      time = new AbortController();
      return time.signal;
    },
  );
  const silent = await serve(t, () => time.abort());
  const endless = await serve(t, (_request, response) => {
    response.writeHead(200).write('{"id":', () => time.abort());
  });
  const broken = await serve(t, (_request, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"id":', () => response.destroy());
  });
  for (const url of [silent, endless, broken])
    assert.equal((await limited.call('POST', url, 'v3', {})).kind, 'noAnswer');
  // How long a post is waited for, and how much longer it is listened to.
  assert.deepEqual(limits, Array.from({ length: 3 }, () => [4_711, 4_711 * 5.5]).flat());
});

test('N3 a connection that is refused is no answer, and neither is a token that cannot be had', async (t) => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  assert.equal((await connector.call('GET', `http://127.0.0.1:${port}`, 'v3')).kind, 'noAnswer');

  const without = createConnector(async () => {
    throw new Error('the login server refused the bot');
  }, LOCAL);
  const url = await serve(t, (_request, response) => void response.end());
  const reply = await without.call('GET', url, 'v3');
  assert.ok(reply.kind === 'noAnswer' && reply.reason.includes('refused the bot'));
});

test('A2 a redirect is an answer like any other: the token goes nowhere else', async (t) => {
  let visits = 0;
  const elsewhere = await serve(t, (_request, response) => {
    visits += 1;
    response.end();
  });
  const url = await serve(t, (_request, response) => {
    response.writeHead(307, { location: `${elsewhere}/v3` }).end();
  });
  const reply = await connector.call('POST', url, 'v3', {});
  assert.deepEqual(reply, { kind: 'answer', status: 307, body: undefined });
  assert.equal(visits, 0);
});

test('A2 the token goes to hosts of the connector only, whatever address is kept of somebody', async () => {
  let asked = 0;
  const strict = createConnector(async () => {
    asked += 1;
    return 'secret';
  }, createHosts('https://smba.trafficmanager.net/teams/'));
  for (const address of [
    'https://evil.trafficmanager.net/teams/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://smba.trafficmanager.net:8443/',
    'http://smba.trafficmanager.net/teams/',
    'http://127.0.0.1:1/',
  ]) {
    const reply = await strict.call('POST', address, 'v3/conversations', {});
    assert.ok(reply.kind === 'noAnswer' && /is no host of the connector/.test(reply.reason), address);
  }
  assert.equal(asked, 0);
});
