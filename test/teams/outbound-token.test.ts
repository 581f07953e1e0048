import assert from 'node:assert/strict';
import { constants, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type BotSettings, readEnvironment } from '../../src/config/environment.ts';
import { outboundToken } from '../../src/teams/outbound-token.ts';
import { makeCertificate } from '../support/certificate.ts';

const NOW = Date.UTC(2026, 10, 5, 8);
const APP = 'a0000000-0000-4000-8000-000000000001';

type Asked = { readonly request: IncomingMessage; readonly url: URL; readonly form: URLSearchParams };
type Answers = (asked: Asked, nth: number) => { status?: number; body: unknown };

/** An endpoint of tokens on loopback, and everything that it was asked. */
async function serve(t: TestContext, answers: Answers): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part;
    const one = {
      request,
      url: new URL(request.url ?? '', 'http://here'),
      form: new URLSearchParams(body),
    };
    asked.push(one);
    const answer = answers(one, asked.length);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function settings(variables: Record<string, string>): BotSettings {
  const read = readEnvironment({ MicrosoftAppId: APP, MicrosoftAppTenantId: 'tenant', ...variables });
  assert.ok(read.ok && read.environment.bot, JSON.stringify(read));
  return read.environment.bot;
}

const identity = (url: string) =>
  settings({
    MicrosoftAppType: 'UserAssignedMSI',
    IDENTITY_ENDPOINT: `${url}/msi/token`,
    IDENTITY_HEADER: 'of this machine',
  });

test('A8 a managed identity gets the bot’s token where Azure says, with the header and no secret', async (t) => {
  const { url, asked } = await serve(t, () => ({
    body: { access_token: 'granted', expires_on: String(NOW / 1000 + 3600), token_type: 'Bearer' },
  }));
  const token = outboundToken(identity(url), () => NOW);
  assert.deepEqual(await Promise.all([token(), token(), token()]), ['granted', 'granted', 'granted']);
  assert.equal(asked.length, 1);
  const [{ request, url: called }] = asked as [Asked];
  assert.equal(request.method, 'GET');
  assert.equal(called.pathname, '/msi/token');
  assert.deepEqual(Object.fromEntries(called.searchParams), {
    'api-version': '2019-08-01',
    resource: 'https://api.botframework.com',
    client_id: APP,
  });
  assert.equal(request.headers['x-identity-header'], 'of this machine');
});

test('A8 the token of a managed identity is asked for again shortly before it ends, and not before', async (t) => {
  const { url, asked } = await serve(t, (_asked, nth) => ({
    body: { access_token: `number ${nth}`, expires_on: String(NOW / 1000 + nth * 3600) },
  }));
  let now = NOW;
  const token = outboundToken(identity(url), () => now);
  assert.equal(await token(), 'number 1');
  now = NOW + 54 * 60_000;
  assert.equal(await token(), 'number 1');
  now = NOW + 56 * 60_000;
  assert.equal(await token(), 'number 2');
  assert.equal(asked.length, 2);
});

test('A8 a managed identity that is refused says so, and the next call tries again', async (t) => {
  const { url } = await serve(t, (_asked, nth) =>
    nth === 1
      ? { status: 400, body: { error: 'invalid_request', error_description: 'Identity not found' } }
      : { body: { access_token: 'granted', expires_in: 3600 } },
  );
  const token = outboundToken(identity(url), () => NOW);
  await assert.rejects(token(), { message: 'the managed identity gave no token: 400 invalid_request' });
  assert.equal(await token(), 'granted');
});

test('A8 the secret of the machine follows no redirect', async (t) => {
  const elsewhere = await serve(t, () => ({ body: { access_token: 'stolen', expires_in: 3600 } }));
  const server = createServer((_request, response) => {
    response.writeHead(302, { location: elsewhere.url }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await assert.rejects(outboundToken(identity(url), () => NOW)());
  assert.equal(elsewhere.asked.length, 0);
});

test('A2 a secret is sent to the login server in the form, and its refusal names Microsoft’s code only', async (t) => {
  const { url, asked } = await serve(t, (_asked, nth) =>
    nth === 1
      ? { body: { access_token: 'granted', expires_in: 3600 } }
      : {
          status: 401,
          body: { error: 'invalid_client', error_codes: [7000222], error_description: 'keys …' },
        },
  );
  const bot = settings({ MicrosoftAppPassword: 'the secret', ToChannelFromBotLoginUrl: url });
  let now = NOW;
  const token = outboundToken(bot, () => now);
  assert.equal(await token(), 'granted');
  const [{ url: called, form }] = asked as [Asked];
  assert.equal(called.pathname, '/oauth2/v2.0/token');
  assert.deepEqual(Object.fromEntries(form), {
    grant_type: 'client_credentials',
    client_id: APP,
    client_secret: 'the secret',
    scope: 'https://api.botframework.com/.default',
  });
  now = NOW + 3_600_000;
  await assert.rejects(token(), {
    message: 'the login server refused the bot: 401 invalid_client AADSTS7000222',
  });
});

for (const modern of [true, false])
  test(`A2 a certificate proves the bot by an assertion signed with ${modern ? 'PS256' : 'RS256'}`, async (t) => {
    const own = makeCertificate();
    const { url, asked } = await serve(t, () => ({ body: { access_token: 'granted', expires_in: 3600 } }));
    const bot = settings({
      ...(modern
        ? { CertificatePrivateKey: own.pem }
        : { CertificatePrivateKey: own.keyPem, CertificateThumbprint: own.certificate.fingerprint }),
      ToChannelFromBotLoginUrl: url,
    });
    assert.equal(await outboundToken(bot, () => NOW)(), 'granted');
    const [{ form }] = asked as [Asked];
    assert.equal(form.get('client_secret'), null);
    assert.equal(form.get('client_assertion_type'), 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    const [header = '', claims = '', signature = ''] = String(form.get('client_assertion')).split('.');
    const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString());
    const thumbprint = modern ? own.certificate.fingerprint256 : own.certificate.fingerprint;
    assert.deepEqual(decode(header), {
      alg: modern ? 'PS256' : 'RS256',
      typ: 'JWT',
      [modern ? 'x5t#S256' : 'x5t']: Buffer.from(thumbprint.replaceAll(':', ''), 'hex').toString('base64url'),
    });
    const { jti, ...rest } = decode(claims);
    assert.match(jti, /^[0-9a-f-]{36}$/);
    assert.deepEqual(rest, {
      aud: `${url}/oauth2/v2.0/token`,
      iss: APP,
      sub: APP,
      nbf: NOW / 1000,
      iat: NOW / 1000,
      exp: NOW / 1000 + 600,
    });
    const key = modern
      ? { key: own.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : own.publicKey;
    const signed = Buffer.from(`${header}.${claims}`);
    assert.ok(verify('sha256', signed, key, Buffer.from(signature, 'base64url')));
  });

const IDENTITY = 'c0000000-0000-4000-8000-000000000003';

/** A machine whose identity vouches for the bot, and the login server that knows of it. */
async function vouched(t: TestContext, identity: Answers, login: Answers, variables = {}) {
  const machine = await serve(t, identity);
  const server = await serve(t, login);
  const bot = settings({
    MANAGED_IDENTITY_CLIENT_ID: IDENTITY,
    IDENTITY_ENDPOINT: `${machine.url}/msi/token`,
    IDENTITY_HEADER: 'of this machine',
    ToChannelFromBotLoginUrl: `${server.url}/tenant`,
    ...variables,
  });
  return { machine, server, bot };
}

test('A8 a managed identity vouches for the bot: its token is the assertion, and there is no secret', async (t) => {
  const { machine, server, bot } = await vouched(
    t,
    (_asked, nth) => ({ body: { access_token: `vouches ${nth}`, expires_on: String(NOW / 1000 + 86_400) } }),
    (_asked, nth) => ({ body: { access_token: `granted ${nth}`, expires_in: 3600 } }),
  );
  let now = NOW;
  const token = outboundToken(bot, () => now);
  assert.deepEqual(await Promise.all([token(), token()]), ['granted 1', 'granted 1']);
  assert.equal(machine.asked.length, 1);
  const [asked] = machine.asked as [Asked];
  assert.deepEqual(Object.fromEntries(asked.url.searchParams), {
    'api-version': '2019-08-01',
    resource: 'api://AzureADTokenExchange',
    client_id: IDENTITY,
  });
  assert.equal(asked.request.headers['x-identity-header'], 'of this machine');
  const [{ url, form, request }] = server.asked as [Asked];
  assert.equal(url.pathname, '/tenant/oauth2/v2.0/token');
  assert.equal(request.headers['x-identity-header'], undefined);
  assert.deepEqual(Object.fromEntries(form), {
    grant_type: 'client_credentials',
    client_id: APP,
    scope: 'https://api.botframework.com/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'vouches 1',
  });
  // An assertion may have ended, or its identity been taken away: it is asked for anew with each token.
  now = NOW + 3_600_000;
  assert.equal(await token(), 'granted 2');
  assert.equal(server.asked[1]?.form.get('client_assertion'), 'vouches 2');
});

test('A8 who does not vouch and who does not believe it are told apart, and the next call tries again', async (t) => {
  const { server, bot } = await vouched(
    t,
    (_asked, nth) =>
      nth === 1
        ? { status: 400, body: { error: 'invalid_request' } }
        : { body: { access_token: 'vouches', expires_in: 3600 } },
    (_asked, nth) =>
      nth === 1
        ? { status: 401, body: { error: 'invalid_client', error_codes: [700213] } }
        : { body: { access_token: 'granted', expires_in: 3600 } },
  );
  const token = outboundToken(bot, () => NOW);
  await assert.rejects(token(), { message: 'the managed identity gave no token: 400 invalid_request' });
  assert.equal(server.asked.length, 0);
  await assert.rejects(token(), {
    message: 'the login server refused the bot: 401 invalid_client AADSTS700213',
  });
  assert.equal(await token(), 'granted');
});

test('A8 what proves the bot follows no redirect of the login server', async (t) => {
  const elsewhere = await serve(t, () => ({ body: { access_token: 'stolen', expires_in: 3600 } }));
  const moved = createServer((_request, response) => {
    response.writeHead(307, { location: `${elsewhere.url}/oauth2/v2.0/token` }).end();
  });
  moved.listen(0, '127.0.0.1');
  await once(moved, 'listening');
  t.after(() => moved.close());
  const bot = settings({
    MicrosoftAppPassword: 'the secret',
    ToChannelFromBotLoginUrl: `http://127.0.0.1:${(moved.address() as AddressInfo).port}`,
  });
  await assert.rejects(outboundToken(bot, () => NOW)());
  assert.equal(elsewhere.asked.length, 0);
});
